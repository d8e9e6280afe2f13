/**
 * Brings a database to this build's migrations, or says why it must not be touched.
 * Must not know: how to connect, or how to keep two instances apart while it runs.
 */
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import type { DiagnoseMigrationHistoryOutput } from '@prisma/schema-engine-wasm/schema_engine_bg';
import { StoreProblem } from '../desk/store.js';
import { type Engine, NO_FILTERS, readMigrations, readModels, withSchemaEngine } from './schema-engine.js';

/** Applies what is missing. Throws StoreProblem 78 for a newer or half-migrated database, touching nothing. */
export async function migrate(engine: Engine, factory: SqlMigrationAwareDriverAdapterFactory): Promise<void> {
  const migrationsList = await readMigrations(engine);
  await withSchemaEngine(engine, factory, async (schema) => {
    const found = await schema.diagnoseMigrationHistory({
      migrationsList,
      optInToShadowDatabase: false,
      filters: NO_FILTERS,
    });
    refuseUnlessOurs(found);
    if (found.history?.diagnostic === 'databaseIsBehind')
      await schema.applyMigrations({ migrationsList, filters: NO_FILTERS });
  });
}

function refuseUnlessOurs({ failedMigrationNames, history }: DiagnoseMigrationHistoryOutput): void {
  const failed = failedMigrationNames[0];
  if (failed !== undefined)
    throw new StoreProblem(
      `The database stopped halfway through the change "${failed}" of an earlier start. ` +
        'Restore the copy made before that upgrade, then start again.',
      78,
    );
  if (history === null || history.diagnostic === 'databaseIsBehind') return;
  throw new StoreProblem(
    `The database is newer than this build of Ombud: it has "${history.unpersistedMigrationNames.join('", "')}", ` +
      'which this build does not know. Start the version that last used it, or a newer one.',
    78,
  );
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
