/**
 * Refuses a database that another master key made, before anything in it is read or changed.
 * Must not know: where the key came from.
 */
import { StoreProblem } from '../record/store.js';
import type { Db } from './engine/dialect.js';
import type { Vault } from './vault.js';

/** The check value of a database that has one, in the words of either driver. */
export const READ_CHECK = 'SELECT "check" FROM "vault" WHERE "id" = 1';

/** Throws StoreProblem 78 unless `stored` is this vault's; null (a new database) passes. */
export function refuseOtherKey(vault: Vault, stored: string | null): void {
  if (stored === null || vault.opens(stored)) return;
  throw new StoreProblem(
    'This key does not open this database: it was made with another one. Set OMBUD_KEY, or put back the key file, ' +
      'that belongs to it; a database and its key are restored together.',
    78,
  );
}

/** Records the check value of a new database, or checks the one that another instance recorded meanwhile. */
export async function recordKey(db: Db, vault: Vault): Promise<void> {
  await db.$executeRaw`
    INSERT INTO "vault" ("id", "check") VALUES (1, ${vault.checkValue}) ON CONFLICT ("id") DO NOTHING`;
  refuseOtherKey(vault, (await db.vault.findUniqueOrThrow({ where: { id: 1 } })).check);
}
