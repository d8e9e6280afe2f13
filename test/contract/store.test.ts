/** The store's contract over SQLite and PostgreSQL, and what only PostgreSQL must do. */
import { afterAll, describe } from 'vitest';
import { startPostgres } from '../support/postgres.js';
import { storeContract } from './store-contract.js';
import { postgresHarness, sqliteHarness } from './store-harness.js';
import { postgresOnly } from './store-postgresql.js';

storeContract('SQLite', sqliteHarness);

const server = await startPostgres();
if (server === null) describe.skip('PostgreSQL', () => {});
else {
  afterAll(() => server.stop());
  storeContract('PostgreSQL', () => postgresHarness(server));
  describe('PostgreSQL only', () => postgresOnly(server));
}
