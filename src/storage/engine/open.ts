/**
 * The storage's front door: which database, whether it was used before, open it.
 * Must not know: configuration or the environment.
 */
import { stat } from 'node:fs/promises';
import type { Store } from '../../record/store.js';
import { openWitness, unkept } from '../witness.js';

export type Database =
  | { readonly kind: 'sqlite'; readonly file: string }
  | { readonly kind: 'postgresql'; readonly url: string };

// Each database's code is loaded only when it is the one used: the other's driver may not even be installed.

/** Whether there is something a key must already exist for. Throws StoreProblem when the server is not reached. */
export async function databaseExists(database: Database): Promise<boolean> {
  if (database.kind === 'postgresql') return (await import('./postgresql.js')).postgresHasDesk(database.url);
  // An empty file is what a disk leaves of one that was being made, and no desk.
  return stat(database.file).then(
    (found) => !found.isFile() || found.size > 0,
    () => false,
  );
}

/** How the end of the record is watched over. */
export type Watch = {
  /** Where what was written last is kept, away from the database; left out: with the process only. */
  readonly witness?: string;
  /** A database that is behind it is taken as it is; otherwise it is refused. */
  readonly acceptRestored?: boolean;
};

/**
 * Opens the database, making or updating its tables first. Throws StoreProblem; 78 when the database is behind what this
 * desk wrote last and nobody accepted that.
 */
export async function openStore(
  database: Database,
  masterKey: Uint8Array,
  watch: Watch = {},
): Promise<Store> {
  const witness = watch.witness === undefined ? unkept() : await openWitness(watch.witness);
  const given = { masterKey, witness, acceptRestored: watch.acceptRestored === true };
  if (database.kind === 'postgresql')
    return (await import('./postgresql.js')).openPostgresStore({ url: database.url, ...given });
  return (await import('./sqlite.js')).openSqliteStore({ file: database.file, ...given });
}
