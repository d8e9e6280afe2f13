/** What the officers' channel is told of somebody who looks up many customers. */
import { card, text } from '../../chat/card.js';
import { manyLookedUp } from '../../language/en/lookups.js';
import { personWords } from '../../language/en/people.js';
import { STREAMS } from '../../record/entry.js';
import { stampedOf } from '../../record/load.js';
import type { Render } from '../tell/kinds.js';
import { lookups } from './kind.js';

export const renderLookup: Render = async ({ tx, pack }, effect) => {
  if (effect.kind !== 'officer') return null;
  const stream = STREAMS.lookups;
  const [raw] = await tx.rawEntries({ after: { stream, seq: effect.seq - 1 }, take: 1 });
  if (raw?.stream !== stream || raw.seq !== effect.seq) return null;
  const { event, actor } = stampedOf(lookups, { ...raw, personal: null });
  const told = manyLookedUp(personWords(actor), event.within, pack.desk?.lookups?.clause ?? null);
  return {
    card: card(
      told.title,
      'warning',
      told.lines.map((line) => text(line)),
    ),
  };
};
