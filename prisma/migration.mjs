/**
 * Writes the next migration of both databases: `npm run build && node prisma/migration.mjs <name>` compares the
 * migrations with models.prisma, through an empty shadow database, and writes what is missing. PostgreSQL needs
 * DATABASE_URL with the right to create databases. Look the file over: triggers and COLLATE "C" are not in the models.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { PrismaPg } from '@prisma/adapter-pg';
import { pgForMigrations, sqliteForMigrations } from '../dist/storage/adapters.js';
import { missingMigration } from '../dist/storage/migrations.js';

const name = process.argv[2];
if (!/^[a-z0-9_]+$/.test(name ?? '')) {
  console.error('Say what the migration does, e.g. node prisma/migration.mjs add_disclosures');
  process.exit(64);
}

const factories = {
  sqlite: sqliteForMigrations(new PrismaBetterSqlite3({ url: ':memory:' })),
  postgresql: pgForMigrations(new PrismaPg({ connectionString: process.env.DATABASE_URL })),
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
