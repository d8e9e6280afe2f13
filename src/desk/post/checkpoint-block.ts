/** A checkpoint of the ledger as a digest carries it. Must not know: what else a digest says. */
import type { Block } from '../../chat/card.js';
import { type AnyCheckpoint, ofLog } from '../../domain/checkpoint.js';
import { checkpointWords } from '../../language/en/checkpoints.js';
import { CHECKPOINT } from '../../language/en/ledger.js';

/** The signed note, line by line, to be copied as it stands. */
export const checkpointBlock = (point: AnyCheckpoint): Block =>
  ofLog(point)
    ? { kind: 'checkpoint', title: checkpointWords(point), lines: point.note.trimEnd().split('\n') }
    : {
        kind: 'checkpoint',
        title: CHECKPOINT.title(point.number, point.streams),
        lines: [CHECKPOINT.root(point.root)],
      };
