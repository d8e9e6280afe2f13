/** What officers and administrators are told of the record itself. Must not know: how it was found. */
import { card, text } from '../../chat/card.js';
import { RECORD_TROUBLE, RECORD_TROUBLE_NEXT, RESTORED, RESTORED_NEXT } from '../../language/en/tampering.js';
import { fromEntry, STREAMS } from '../../record/entry.js';
import type { Render } from '../tell/kinds.js';
import { audits } from './audits.js';

export const renderAudits: Render = async ({ tx }, effect) => {
  if (effect.kind !== 'officer' && effect.kind !== 'private') return null;
  const [raw] = await tx.rawEntries({ after: { stream: STREAMS.audits, seq: effect.seq - 1 }, take: 1 });
  if (raw?.stream !== STREAMS.audits || raw.seq !== effect.seq) return null;
  const event = fromEntry(audits.events, { ...raw, personal: null });
  switch (event.type) {
    case 'self_check_failed':
      return {
        card: card(RECORD_TROUBLE, 'bad', [
          ...event.says.map((one) => text(`⚠ ${one}.`)),
          text(RECORD_TROUBLE_NEXT),
        ]),
      };
    case 'restored_accepted':
      return {
        card: card(RESTORED, 'bad', [...event.says.map((one) => text(`⚠ ${one}.`)), text(RESTORED_NEXT)]),
      };
    default:
      return null;
  }
};
