/** The store's contract over SQLite and PostgreSQL, and what only PostgreSQL must do. */
import { afterAll, describe } from 'vitest';
import { startPostgres } from '../support/postgres.js';
import { SQLITE_DRIVERS } from '../support/sqlite.js';
import { storeContract } from './store-contract.js';
import { postgresHarness, sqliteHarness } from './store-harness.js';
import { postgresOnly } from './store-postgresql.js';

for (const driver of SQLITE_DRIVERS) storeContract(`SQLite, ${driver.name}`, () => sqliteHarness(driver));

const server = await startPostgres();
if (server === null) describe.skip('PostgreSQL', () => {});
else {
  afterAll(() => server.stop());
  storeContract('PostgreSQL', () => postgresHarness(server));
  describe('PostgreSQL only', () => postgresOnly(server));
}
