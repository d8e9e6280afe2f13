import { defineConfig } from 'vitest/config';

// Every core works, and files share a worker's loaded modules: nothing here mocks a module or keeps state in one.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/run-folder.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: '100%',
    isolate: false,
  },
});
