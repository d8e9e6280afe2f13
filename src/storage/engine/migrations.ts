/**
 * Brings a database to this build's migrations, or says why it must not be touched.
 * Must not know: how to connect, or how to keep two instances apart while it runs.
 */
import { createHash } from 'node:crypto';
import type { SqlMigrationAwareDriverAdapterFactory, SqlQuery } from '@prisma/driver-adapter-utils';
import type {
  DiagnoseMigrationHistoryOutput,
  MigrationList,
} from '@prisma/schema-engine-wasm/schema_engine_bg';
import { StoreProblem } from '../../record/store.js';
import { witnessed } from './adapter.js';
import { storeFault } from './faults.js';
import { type Engine, NO_FILTERS, readMigrations, readModels, withSchemaEngine } from './schema-engine.js';

/** The engine's codes: no table of migrations yet (SQLite only); tables, but none of migrations. */
const NO_HISTORY = 'P1014';
const NOT_EMPTY = 'P3005';

/**
 * Applies what is missing. Throws StoreProblem: 78, touching nothing, for a database that is newer than this build,
 * half migrated, or somebody else's; 74 when the disk or the server fails.
 */
export async function migrate(engine: Engine, factory: SqlMigrationAwareDriverAdapterFactory): Promise<void> {
  const input = { migrationsList: await readMigrations(engine), filters: NO_FILTERS };
  if (await isRecorded(factory, input.migrationsList)) return;
  let problem: StoreProblem | undefined;
  let lastError: unknown;
  const watched = witnessed(factory, (error) => {
    lastError = error;
    const fault = storeFault(error, engine);
    if (fault instanceof StoreProblem) problem ??= fault;
  });
  await withSchemaEngine(engine, watched, async (schema) => {
    const found = await schema
      .diagnoseMigrationHistory({ ...input, optInToShadowDatabase: false })
      .catch((error: unknown) => {
        if (codeOf(error) === NO_HISTORY) return null;
        throw error;
      });
    const first = input.migrationsList.migrationDirectories[0]?.path;
    if (found === null || !isCurrent(found, first)) await schema.applyMigrations(input);
  }).catch((error: unknown) => {
    throw problem ?? migrationFault(error, lastError);
  });
}

const APPLIED: SqlQuery = {
  sql: `SELECT "migration_name", "checksum", CASE WHEN "finished_at" IS NULL OR "rolled_back_at" IS NOT NULL THEN 'no'
    ELSE 'yes' END FROM "_prisma_migrations" ORDER BY "migration_name", "started_at"`,
  args: [],
  argTypes: [],
};

/**
 * Whether the engine's own table says that exactly these scripts were applied, each to its end: then there is nothing
 * to ask the engine, and a start saves loading it. Anything else, a fault too, is for the engine to judge.
 */
async function isRecorded(
  factory: SqlMigrationAwareDriverAdapterFactory,
  { migrationDirectories }: MigrationList,
): Promise<boolean> {
  const wanted = migrationDirectories.map(({ path, migrationFile: { content } }) =>
    content.tag === 'ok' ? [path, createHash('sha256').update(content.value).digest('hex'), 'yes'] : [path],
  );
  const adapter = await factory.connect();
  try {
    const { rows } = await adapter.queryRaw(APPLIED);
    return JSON.stringify(rows) === JSON.stringify(wanted);
  } catch {
    return false;
  } finally {
    await adapter.dispose();
  }
}

export function notOurs(cause?: unknown): StoreProblem {
  return new StoreProblem(
    "The database holds tables that are not Ombud's. Give Ombud a database of its own.",
    78,
    { cause },
  );
}

function migrationFault(error: unknown, underneath: unknown): StoreProblem {
  if (error instanceof StoreProblem) return error;
  if (codeOf(error) === NOT_EMPTY) return notOurs(error);
  const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
  return new StoreProblem(`The tables of the database could not be made or changed: ${reason}`, 74, {
    cause: underneath ?? error,
  });
}

/** True: nothing to do. False: migrations are missing. */
function isCurrent(
  { failedMigrationNames, history }: DiagnoseMigrationHistoryOutput,
  first: string | undefined,
): boolean {
  const failed = failedMigrationNames[0];
  if (failed !== undefined)
    throw new StoreProblem(
      failed === first
        ? 'The very first start stopped before the database was made. Nothing is in it yet: remove it (the file, or ' +
            'DROP and CREATE DATABASE), then start again.'
        : `The database stopped halfway through the change "${failed}" of an earlier start. ` +
            'Restore the copy made before that upgrade, then start again.',
      78,
    );
  if (history === null) return true;
  if (history.diagnostic === 'databaseIsBehind') return false;
  throw new StoreProblem(
    `The database is newer than this build of Ombud: it has "${history.unpersistedMigrationNames.join('", "')}", ` +
      'which this build does not know. Start the version that last used it, or a newer one.',
    78,
  );
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** The SQL that would bring the migrations up to models.prisma; empty when they agree. Needs a shadow database. */
export async function missingMigration(
  engine: Engine,
  factory: SqlMigrationAwareDriverAdapterFactory,
): Promise<string> {
  const migrations = await readMigrations(engine);
  const files = await readModels(engine);
  const { stdout } = await withSchemaEngine(engine, factory, (schema) =>
    schema.diff({
      from: { tag: 'migrations', ...migrations },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters: NO_FILTERS,
    }),
  );
  return stdout === null || stdout.trim() === '-- This is an empty migration.' ? '' : stdout;
}
