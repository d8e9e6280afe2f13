import { button, type Card, card, text } from '../../../chat/card.js';
import type { ChannelRow } from '../../../record/rows.js';
import { showStep } from '../../../vocabulary/references.js';
import type { Diagnosis } from '../../front/plan.js';
import { boundLines } from './channel.js';

/** Cases whose posts do not arrive, each behind a button. */
const REFS_SHOWN = 5;

/** `again`: some posts were given up, and can be sent again; `channels`: those that are bound. */
export function doctorCard(
  { warnings, facts }: Diagnosis,
  {
    again = false,
    channels = [],
    refs = [],
  }: {
    readonly again?: boolean;
    readonly channels?: readonly ChannelRow[];
    /** What the posts that do not arrive are about. */
    readonly refs?: readonly string[];
  } = {},
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
      actions: [
        ...(again
          ? [
              button('Send again', 'plain', {
                command: 'desk',
                verb: 'doctor',
                fields: { send_again: 'yes' },
              }),
            ]
          : []),
        ...refs.slice(0, REFS_SHOWN).flatMap((ref) => {
          const show = showStep(ref);
          return show === null ? [] : [button(ref, 'plain', show)];
        }),
      ],
    },
  );
}
