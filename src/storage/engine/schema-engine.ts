/**
 * Prisma's own schema engine, without its CLI and without a download: loads the WebAssembly build and reads the
 * migration folders and models it works on. Must not know: when migrations are applied, or what they mean.
 */
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import type {
  MigrationList,
  SchemaContainer,
  SchemaEngine,
} from '@prisma/schema-engine-wasm/schema_engine_bg';

import { StoreProblem } from '../../record/store.js';

export type Engine = 'sqlite' | 'postgresql';

export const NO_FILTERS = { externalTables: [], externalEnums: [] };

/** `prisma/` of this package: two folders up from src/storage and from dist/storage alike. */
const PRISMA = new URL('../../../prisma/', import.meta.url);

/** Node has it; its types (without lib.dom) do not. */
declare const WebAssembly: {
  instantiate(
    bytes: Uint8Array,
    imports: Readonly<Record<string, object>>,
  ): Promise<{ readonly instance: { readonly exports: { readonly __wbindgen_start: () => void } } }>;
};

type EngineModule = typeof import('@prisma/schema-engine-wasm/schema_engine_bg');
let loaded: Promise<EngineModule> | undefined;

async function loadEngine(): Promise<EngineModule> {
  const module = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const script = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const bytes = await readFile(script.replace(/\.js$/, '.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': { ...module } });
  module.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return module;
}

/** Runs `work` with an engine on this database; the engine's memory is freed afterwards. */
export async function withSchemaEngine<T>(
  engine: Engine,
  factory: SqlMigrationAwareDriverAdapterFactory,
  work: (schema: SchemaEngine) => Promise<T>,
): Promise<T> {
  loaded ??= loadEngine();
  const { SchemaEngine } = await loaded;
  const datamodels = (await readModels(engine)).map(({ path, content }): [string, string] => [path, content]);
  const noLog = () => {};
  const schema = await SchemaEngine.new({ datamodels }, noLog, bindMigrationAwareSqlAdapterFactory(factory));
  try {
    return await work(schema);
  } finally {
    schema.free();
  }
}

export async function readModels(engine: Engine): Promise<SchemaContainer[]> {
  const read = async (path: string) => ({ path, content: await readFile(new URL(path, PRISMA), 'utf8') });
  return [await read(`${engine}/datasource.prisma`), await read('models.prisma')];
}

/** The migrations this build carries, oldest first. Throws StoreProblem 74 where they are missing. */
export async function readMigrations(engine: Engine): Promise<MigrationList> {
  const base = new URL(`${engine}/migrations/`, PRISMA);
  try {
    return await migrationsIn(base);
  } catch (cause) {
    throw new StoreProblem(
      `The folder ${fileURLToPath(base)}, which comes with Ombud and makes the tables of the database, cannot be read. ` +
        'Install this version of Ombud again. The database was not touched.',
      74,
      { cause },
    );
  }
}

async function migrationsIn(base: URL): Promise<MigrationList> {
  const folders = (await readdir(base, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const names = folders.map((entry) => entry.name).sort();
  return {
    baseDir: base.pathname,
    lockfile: {
      path: 'migration_lock.toml',
      content: await readFile(new URL('migration_lock.toml', base), 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.map(async (name) => ({
        path: name,
        migrationFile: {
          path: 'migration.sql',
          content: {
            tag: 'ok' as const,
            value: await readFile(new URL(`${name}/migration.sql`, base), 'utf8'),
          },
        },
      })),
    ),
  };
}
