/** What is wrong with a ledger, in English. Must not know: how it was found. */
import type { LedgerFault, LedgerFlaw } from '../../domain/ledger.js';

/** After `PR-2026-0001 entry 4: …`, in words an auditor can act on. */
export function flawWords(flaw: LedgerFlaw, seq: number): string {
  switch (flaw.what) {
    case 'entry-missing':
      return `entry ${seq} is missing; entry ${flaw.instead} stands in its place`;
    case 'entries-missing':
      return `entries ${seq} to ${flaw.to} are missing`;
    case 'other-stream':
      return `it belongs to stream ${flaw.of}`;
    case 'link-broken':
      return 'its link to the entry before is broken';
    case 'content-changed':
      return 'its content does not match its hash';
    case 'no-head':
      return 'the stream has no head';
    case 'after-end':
      return 'it stands after the recorded end of the stream';
    case 'not-the-head':
      return 'it is not the entry the stream head names';
    case 'not-sealed':
      return 'its seal is not this desk’s: somebody without the desk’s key wrote it or what belongs to it';
    case 'head-not-sealed':
      return 'the seal of the stream’s head is not this desk’s: somebody without the desk’s key moved it';
    case 'written-and-gone':
      return `this desk wrote it${flaw.upTo > seq ? `, and on to entry ${flaw.upTo},` : ''} and it is not there any more`;
    case 'key-gone':
      return 'the key that opens it is gone from the database, and no erasure is on record';
    case 'stream-gone':
      return 'the whole stream is gone';
    case 'number-without-stream':
      return 'the number was given, and the whole stream is gone';
    case 'more-than-given':
      return `the counter of ${flaw.series} says ${flaw.given} were given`;
    case 'checkpoint-gone':
      return `the officer's digest of ${flaw.day} carried it, and it is gone`;
    case 'no-checkpoint':
      return 'it is not a checkpoint';
    case 'not-chained':
      return 'it is not chained to the checkpoint before';
    case 'not-signed':
      return 'its signature is not this desk’s';
    case 'other-root':
      return 'its root does not match the heads it covers';
    case 'other-tree':
      return `the first ${flaw.size} leaves of the log do not make its root`;
    case 'leaf-missing':
      return `leaf ${flaw.position} of the log is missing`;
    case 'leaf-changed':
      return `leaf ${flaw.position} of the log, or a hash above it, is not what was written`;
    case 'leaf-added':
      return `leaf ${flaw.position} of the log is covered by no checkpoint`;
    case 'seen-and-gone':
      return `checkpoint ${flaw.checkpoint} saw this entry, and it is gone`;
    case 'seen-otherwise':
      return `checkpoint ${flaw.checkpoint} saw another entry here`;
    default:
      return flaw satisfies never;
  }
}

/** `entry 4: its content does not match its hash`. */
export const entryFault = ({ seq, flaw }: LedgerFault): string => `entry ${seq}: ${flawWords(flaw, seq)}`;

/** `PR-2026-0001 entry 4: its content does not match its hash`. */
export const faultWords = ({ stream, seq, flaw }: LedgerFault): string =>
  `${stream} entry ${seq}: ${flawWords(flaw, seq)}`;

export const CHECKPOINT = {
  title: (number: number, streams: number): string => `Checkpoint ${number} over ${streams} streams`,
  root: (root: string): string => `Merkle root: ${root}`,
} as const;
