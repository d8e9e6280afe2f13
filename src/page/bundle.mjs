/**
 * Makes what verifies an evidence file where no package is installed, each one text of the same modules: `evidence.js`, the script
 * of a page, and `verify.mjs`, for Node. `node src/page/bundle.mjs [FOLDER]`. Must not know: what they do.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const here = dirname(fileURLToPath(import.meta.url));
const folder = resolve(process.argv[2] ?? 'dist/page');

async function bundled(input, platform, format) {
  const bundle = await rolldown({
    input: resolve(here, input),
    platform,
    resolve: {
      extensionAlias: { '.js': ['.ts', '.js'] },
      alias: { 'date-holidays': resolve(here, 'listed-holidays.ts') },
    },
  });
  const { output } = await bundle.generate({ format, minify: true, comments: false });
  if (output.length !== 1) throw new Error(`${input} makes ${output.length} files instead of one`);
  return output[0].code;
}

const page = await bundled('evidence.ts', 'browser', 'iife');
// An inline script ends where these begin.
if (/<\/script|<!--/i.test(page)) throw new Error('the script cannot stand in a page');
const alone = await bundled('verify-alone.ts', 'node', 'esm');
await mkdir(folder, { recursive: true });
await writeFile(join(folder, 'evidence.js'), page);
await writeFile(join(folder, 'verify.mjs'), `#!/usr/bin/env node\n${alone}`, { mode: 0o755 });
