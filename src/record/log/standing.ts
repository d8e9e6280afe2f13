/**
 * Whether the log may be signed: it must go on from what was signed before, in this database and outside it. Must not know: what
 * is done about it.
 */
import { type AnyCheckpoint, ofLog } from '../../domain/checkpoint.js';
import type { NotSigned } from '../../domain/house.js';
import { sameBytes } from '../../domain/log/bytes.js';
import type { TreeHead } from '../../domain/log/note.js';
import { openNoteBy } from '../../domain/log/signing.js';
import type { Tx } from '../store.js';
import { LogDamage, rootAt } from './kept.js';
import type { Witness } from './witness.js';

type Known = { readonly publicKeys: readonly Uint8Array[]; readonly witness: Witness };

/**
 * Why nothing may be signed: the log is behind, or beside, a checkpoint this desk's key signed, be it the last on record or the
 * one kept outside the database. Null: it goes on from both. A witness that is none of this desk's says nothing.
 */
export async function whyNotSigned(
  tx: Tx,
  { publicKeys, witness }: Known,
  last: AnyCheckpoint | null,
): Promise<NotSigned | null> {
  const outside = openNoteBy((await witness.last())?.note ?? '', publicKeys);
  const heads: TreeHead[] = outside.kind === 'opened' ? [outside.head] : [];
  if (last !== null && ofLog(last)) {
    const inside = openNoteBy(last.note, publicKeys);
    if (inside.kind !== 'opened') return { what: 'log-other', signed: last.size };
    heads.push(inside.head);
  }
  for (const head of heads) {
    const why = await goesOnFrom(tx, head);
    if (why !== null) return why;
  }
  // Leaves are appended with the checkpoint that covers them, or not at all.
  const covered = last !== null && ofLog(last) ? last.size : 0;
  return (await tx.logSize()) === covered ? null : { what: 'log-other', signed: covered };
}

/** Null: the first leaves of the log are those of this tree. */
async function goesOnFrom(tx: Tx, { size: signed, root }: TreeHead): Promise<NotSigned | null> {
  const size = await tx.logSize();
  if (size < signed) return { what: 'log-behind', size, signed };
  try {
    return sameBytes(await rootAt(tx, signed), root) ? null : { what: 'log-other', signed };
  } catch (error) {
    if (error instanceof LogDamage) return { what: 'log-damaged' };
    throw error;
  }
}
