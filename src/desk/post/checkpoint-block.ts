/** A checkpoint of the ledger as a digest carries it. Must not know: what else a digest says. */
import type { Block } from '../../chat/card.js';
import type { Checkpoint } from '../../domain/checkpoint.js';
import { CHECKPOINT } from '../../language/en/ledger.js';

export const checkpointBlock = (point: Checkpoint): Block => ({
  kind: 'checkpoint',
  title: CHECKPOINT.title(point.number, point.streams),
  lines: [CHECKPOINT.root(point.root)],
});
