import { button, type Card, card, text } from '../../../chat/card.js';
import type { ChannelRow } from '../../../record/rows.js';
import type { Diagnosis } from '../../front/plan.js';
import { boundLines } from './channel.js';

/** `again`: some posts were given up, and can be sent again; `channels`: those that are bound. */
export function doctorCard(
  { warnings, facts }: Diagnosis,
  {
    again = false,
    channels = [],
  }: { readonly again?: boolean; readonly channels?: readonly ChannelRow[] } = {},
): Card {
  const count = `${warnings.length} thing${warnings.length === 1 ? '' : 's'} to mend`;
  return card(
    warnings.length === 0 ? 'The desk is well' : `The desk: ${count}`,
    warnings.length === 0 ? 'good' : 'warning',
    [
      ...warnings.map((warning) => text(`⚠ ${warning}`)),
      { kind: 'facts', facts },
      ...(channels.length === 0 ? [] : [boundLines(channels)]),
    ],
    {
      actions: again
        ? [
            button('Send again', 'plain', {
              command: 'desk',
              verb: 'doctor',
              fields: { send_again: 'yes' },
            }),
          ]
        : [],
    },
  );
}
