/**
 * Bundles the program into dist/: a few files instead of some two thousand, each loaded when it is needed, with source maps and
 * the licences of what is inside. What has a native or WebAssembly file of its own stays outside (package.json, `dependencies`).
 * dist-tools/ is what only this repository runs.
 */
import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import manifest from '../package.json' with { type: 'json' };
import { deferred, libraries } from './deferred.mjs';
import { writeLicences } from './licences.mjs';
import { packsRead } from './packs.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SRC = join(ROOT, 'src') + sep;
const DIST = join(ROOT, 'dist');
const TOOLS = join(ROOT, 'dist-tools');

/** Optional natives of bundled libraries: each is tried by its library, and none is installed. */
const NOT_INSTALLED = ['pg-native', 'zlib-sync', 'bufferutil', 'utf-8-validate', 'erlpack'];
/** Its script is bundled, since CommonJS cannot load it; its WebAssembly is read from where it is installed. */
const SCHEMA_ENGINE = '@prisma/schema-engine-wasm';
const OUTSIDE = new Set([...Object.keys(manifest.dependencies), ...NOT_INSTALLED, ...builtinModules]);
OUTSIDE.delete(SCHEMA_ENGINE);

/** What libraries do on purpose: a client that evaluates for its shards, and a module with a default among named exports. */
const EXPECTED = new Set(['EVAL', 'MIXED_EXPORTS']);

/** The tools of package.json's scripts, what prisma/migration.mjs needs, and what reads the packs below. */
const FOR_THIS_REPOSITORY = {
  docs: 'src/tools/docs.ts',
  manifests: 'src/tools/manifests.ts',
  migrations: 'src/storage/engine/migrations.ts',
  'postgresql-adapter': 'src/storage/engine/postgresql-adapter.ts',
  'sqlite-adapter': 'src/storage/engine/sqlite-adapter.ts',
  'sqlite-driver': 'src/storage/engine/sqlite-driver.ts',
  pack: 'src/policy/pack.ts',
};

const packageOf = (id) => /^(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? id;
const isOutside = (id) =>
  id.startsWith('node:') || (!/^[./\0]/.test(id) && (OUTSIDE.has(packageOf(id)) || OUTSIDE.has(id)));

/** A source finds files of the package by where it stands; in the bundle it stands elsewhere. */
const whereItStood = (format) => ({
  name: 'where-it-stood',
  transform: {
    filter: { id: /\/src\/.*\.ts$/, code: 'import.meta.url' },
    handler(code, id) {
      const place = JSON.stringify(relative(SRC, id).replaceAll('\\', '/').replace(/\.ts$/, '.js'));
      const url =
        format === 'cjs'
          ? `require('node:url').pathToFileURL(require('node:path').join(__dirname, ${place})).href`
          : `new URL(${place}, import.meta.url).href`;
      return { code: code.replaceAll('import.meta.url', url), map: null };
    },
  },
});

/** It waits for the optional `canvas` at its top level, which no CommonJS can; the pictures are SVG, drawn without one. */
const withoutCanvas = {
  name: 'without-canvas',
  transform: {
    filter: { id: /vega-canvas\.node\.js$/ },
    handler: (code) => ({ code: code.replace("await import('canvas')", 'undefined'), map: null }),
  },
};

/** Files of a folder of their own are named by it: surfaces/slack/app.ts is slack-app.js. */
function nameOf({ facadeModuleId, name }) {
  if (facadeModuleId?.startsWith(SRC) !== true) return `${name}.js`;
  const [file, folder] = relative(SRC, facadeModuleId).split(sep).reverse();
  return `${folder}-${file.replace(/\.ts$/, '.js')}`;
}

async function bundle(input, folder, format, plugins = []) {
  const built = await rolldown({
    input,
    cwd: ROOT,
    platform: 'node',
    external: isOutside,
    plugins: [whereItStood(format), withoutCanvas, ...plugins],
    tsconfig: false,
    logLevel: 'warn',
    onLog: (level, log, report) => {
      if (!EXPECTED.has(log.code)) report(level, log);
    },
  });
  try {
    const { output } = await built.write({
      dir: folder,
      format,
      dynamicImportInCjs: false,
      sourcemap: true,
      sourcemapExcludeSources: true,
      entryFileNames: '[name].js',
      chunkFileNames: nameOf,
      comments: { legal: false },
    });
    return output;
  } finally {
    await built.close();
  }
}

/** By which one build is told from another. */
function buildOf(output) {
  const hash = createHash('sha256');
  for (const chunk of output) if (chunk.type === 'chunk') hash.update(chunk.fileName).update(chunk.code);
  return hash.digest('hex').slice(0, 16);
}

await Promise.all([DIST, TOOLS].map((folder) => rm(folder, { recursive: true, force: true })));
await bundle(FOR_THIS_REPOSITORY, TOOLS, 'es');
const output = [
  ...(await bundle(libraries, DIST, 'cjs')),
  ...(await bundle({ desk: 'src/main.ts' }, DIST, 'cjs', [
    deferred,
    await packsRead(join(TOOLS, 'pack.js')),
  ])),
];
await writeFile(join(DIST, 'package.json'), '{ "type": "commonjs" }\n');
const boot = await readFile(join(ROOT, 'build', 'boot.cjs'), 'utf8');
await writeFile(join(DIST, 'main.js'), boot.replace("'unbuilt'", `'${buildOf(output)}'`), { mode: 0o755 });
await writeLicences(output, join(DIST, 'LICENCES.txt'));
// The script of an evidence page: dist/page/evidence.js.
await import('../src/page/bundle.mjs');
