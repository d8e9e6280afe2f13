/** Checkpoints, why one is not signed, and whether a note is of this history, in English. Must not know: logs, surfaces. */
import type { LogCheckpoint } from '../../domain/checkpoint.js';
import type { NotSigned } from '../../domain/house.js';
import { type Step, step } from '../../vocabulary/step.js';

export const checkpointWords = ({ number, streams, size }: LogCheckpoint): string =>
  `Checkpoint ${number} over ${streams} stream${streams === 1 ? '' : 's'}, ${size} leaves of the log. Leave this note here: with it anybody can show that the record was not rewritten since.`;

export const COMPARE_NOTE =
  'Compare it with what the officer’s digest of that day carried, or paste an older one: /desk audit note:"…". The chat is the witness.';

/** A checkpoint from the chat, and the entries recorded after it. */
export const noteWords = (found: { readonly point: LogCheckpoint; readonly since: number }): string =>
  `It is checkpoint ${found.point.number} of ${found.point.day}. The ${found.point.size} leaves it covers are as they were signed, and ${found.since === 0 ? 'no entry has' : found.since === 1 ? 'one entry has' : `${found.since} entries have`} been added since.`;

export const NO_NOTE =
  'is no checkpoint: copy the whole block from the officer’s digest, from the line with the name to the line that begins with —';
export const NOT_OUR_NOTE = 'is not signed by this desk’s key: it was altered, or it is of another log';
export const NOTE_ALONE = 'cannot go with a case: leave one of them out';

/** What stands in the way, and the command that says more. */
export function notSignedWords(why: NotSigned): { readonly says: string; readonly step: Step } {
  const says = `No checkpoint is signed: ${reasonWords(why)}. The desk goes on working.`;
  const isOne = why.what === 'stream-broken' && /^[A-Z]{2}-/.test(why.stream);
  return { says, step: step('desk', 'audit', isOne ? { case: why.stream } : {}) };
}

function reasonWords(why: NotSigned): string {
  switch (why.what) {
    case 'stream-broken':
      return `entry ${why.seq} of ${why.stream} is not what was written there`;
    case 'log-behind':
      return `the log has ${why.size} leaves, and a tree of ${why.signed} was signed before, so this database is an older copy`;
    case 'log-other':
      return `the first ${why.signed} leaves of the log are not the ones that were signed before, so this database is another one or was rewritten`;
    case 'not-sound':
      return 'the desk’s own look at the record found something wrong';
    case 'log-damaged':
      return 'hashes of the log are missing or damaged';
    default:
      return why satisfies never;
  }
}
