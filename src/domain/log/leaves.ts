/**
 * What the log's leaves say, byte by byte (evidence.md, The log, 1 and 6). A leaf of an entry holds its hash only, so what is
 * withheld or forgotten proves as well as what is open. Must not know: hashing, where entries are kept.
 */
import { utf8 } from './bytes.js';

export const ENTRY_FORM = 'ombud-entry/v1';
export const DAY_FORM = 'ombud-day/v1';
export const LEGACY_FORM = 'ombud-legacy/v1';

/** Throws when a field would read as two lines. */
function leaf(...lines: readonly (string | number)[]): Uint8Array {
  const text = lines.map(String);
  if (text.some((line) => line.includes('\n')))
    throw new Error(`a leaf's field holds a line break: ${lines[0]}`);
  return utf8(text.map((line) => `${line}\n`).join(''));
}

/** An entry of the ledger; `hash` in 64 hex digits. */
export const entryLeaf = (entry: {
  readonly stream: string;
  readonly seq: number;
  readonly hash: string;
}): Uint8Array => leaf(ENTRY_FORM, entry.stream, entry.seq, entry.hash);

/** The last leaf of each day: the checkpoint's number, its civil day and how many streams the log holds by then. */
export const dayLeaf = (point: {
  readonly number: number;
  readonly day: string;
  readonly streams: number;
}): Uint8Array => leaf(DAY_FORM, point.number, point.day, point.streams);

/** The first leaf of a desk that made checkpoints before the log: number and root (hex) of the last of them. */
export const legacyLeaf = (point: { readonly number: number; readonly root: string }): Uint8Array =>
  leaf(LEGACY_FORM, point.number, point.root);
