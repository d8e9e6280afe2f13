/**
 * Lists of cases as their reader may see them. Must not know: which list it is, wording.
 */
import { isSecret, mayRead, type Reader } from '../../domain/requests/reading.js';
import { rawStream } from '../../record/audit-checkpoints.js';
import { replay } from '../../record/load.js';
import type { RequestRow } from '../../record/rows.js';
import type { Tx } from '../../record/store.js';
import { requests } from './kind.js';

/** Whether this reader may see the case at all; null: what anybody may see who reads a channel. */
async function sees(
  tx: Tx,
  { ref, type }: Pick<RequestRow, 'ref' | 'type'>,
  reader: Reader | null,
): Promise<boolean> {
  // Only a complaint is about an officer.
  if (type !== 'complaint') return true;
  // Whom it is about, who owns and who logged it stand in the clear: nothing sealed is opened for it.
  const entries = (await rawStream(tx, ref)).map((entry) => ({ ...entry, personal: null }));
  const request = replay(requests, ref, entries)?.state;
  if (request === undefined) return false;
  return reader === null ? !isSecret(request) : mayRead(request, reader);
}

export async function readable<Row extends Pick<RequestRow, 'ref' | 'type'>>(
  tx: Tx,
  rows: readonly Row[],
  reader: Reader | null,
): Promise<readonly Row[]> {
  const found: Row[] = [];
  for (const row of rows) if (await sees(tx, row, reader)) found.push(row);
  return found;
}

/** Whether the case of this number is there and kept from this reader. Of anything else it is false. */
export async function isKeptFrom(tx: Tx, ref: string, reader: Reader): Promise<boolean> {
  const row = await tx.request(ref);
  return row !== null && !(await sees(tx, row, reader));
}
