/**
 * The storage's front door: which database, whether it was used before, open it.
 * Must not know: configuration or the environment.
 */
import { stat } from 'node:fs/promises';
import type { Store } from '../../record/store.js';

export type Database =
  | { readonly kind: 'sqlite'; readonly file: string }
  | { readonly kind: 'postgresql'; readonly url: string };

// Each database's code is loaded only when it is the one used: the other's driver may not even be installed.

/** Whether there is something a key must already exist for. Throws StoreProblem when the server is not reached. */
export async function databaseExists(database: Database): Promise<boolean> {
  if (database.kind === 'postgresql') return (await import('./postgresql.js')).postgresHasDesk(database.url);
  return stat(database.file).then(
    () => true,
    () => false,
  );
}

/** Opens the database, making or updating its tables first. Throws StoreProblem. */
export async function openStore(database: Database, masterKey: Uint8Array): Promise<Store> {
  if (database.kind === 'postgresql')
    return (await import('./postgresql.js')).openPostgresStore({ url: database.url, masterKey });
  return (await import('./sqlite.js')).openSqliteStore({ file: database.file, masterKey });
}
