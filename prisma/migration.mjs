/**
 * Writes the next migration of both databases: `npm run build && node prisma/migration.mjs <name>` compares the
 * migrations with models.prisma, through an empty database, and writes what is missing. SCRATCH_DATABASE_URL names
 * an empty PostgreSQL database to do so in. Look the files over: triggers and COLLATE "C" are not in the models.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import pg from 'pg';
import { missingMigration } from '../dist-tools/migrations.js';
import { pgForMigrations } from '../dist-tools/postgresql-adapter.js';
import { sharedConnection, sqliteAdapter, sqliteForMigrations } from '../dist-tools/sqlite-adapter.js';
import { sqliteDriver } from '../dist-tools/sqlite-driver.js';

const name = process.argv[2];
if (!/^[a-z0-9_]+$/.test(name ?? '')) {
  console.error('Say what the migration does, e.g. node prisma/migration.mjs add_disclosures');
  process.exit(64);
}

const scratch = process.env.SCRATCH_DATABASE_URL;
if (!scratch) {
  console.error(
    'SCRATCH_DATABASE_URL must name an empty PostgreSQL database, e.g. postgresql://localhost/scratch',
  );
  process.exit(64);
}
const pool = new pg.Pool({ connectionString: scratch });
const driver = await sqliteDriver();
const factories = {
  sqlite: sqliteForMigrations(sharedConnection(sqliteAdapter(driver.open(':memory:')), driver)),
  postgresql: pgForMigrations(pool),
};
const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);

for (const [database, factory] of Object.entries(factories)) {
  const sql = await missingMigration(database, factory);
  if (sql === '') {
    console.log(`${database}: nothing to write`);
    continue;
  }
  const folder = new URL(`${database}/migrations/${stamp}_${name}/`, import.meta.url);
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL('migration.sql', folder), sql);
  console.log(`${database}: ${folder.pathname}migration.sql`);
}
await pool.end();
