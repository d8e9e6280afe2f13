/**
 * Makes the script of an evidence page: one text without imports, of the same modules the terminal verifies with.
 * `node src/page/bundle.mjs FILE`. Must not know: what the script does.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const here = dirname(fileURLToPath(import.meta.url));

const bundle = await rolldown({
  input: resolve(here, 'evidence.ts'),
  platform: 'browser',
  resolve: {
    extensionAlias: { '.js': ['.ts', '.js'] },
    alias: { 'date-holidays': resolve(here, 'listed-holidays.ts') },
  },
});
const { output } = await bundle.generate({ format: 'iife', minify: true, comments: false });
const [{ code }] = output;
if (output.length !== 1) throw new Error(`${output.length} files, and a page has room for one`);
// An inline script ends where these begin.
if (/<\/script|<!--/i.test(code)) throw new Error('the script cannot stand in a page');
const file = resolve(process.argv[2] ?? 'dist/page/evidence.js');
await mkdir(dirname(file), { recursive: true });
await writeFile(file, code);
