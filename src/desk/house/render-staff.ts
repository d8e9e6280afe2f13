/** What the officers' channel is told of the staff list, with a button where a second person's yes is asked. */
import { button, card, text } from '../../chat/card.js';
import { actorWords, staffToldWords } from '../../language/en/staff.js';
import { loadOnly } from '../../record/load.js';
import { step } from '../../vocabulary/step.js';
import type { Render } from '../tell/kinds.js';
import { staff } from './staff.js';

export const renderStaff: Render = async ({ tx }, effect) => {
  if (effect.kind !== 'officer') return null;
  const { history, state } = await loadOnly(tx, staff, { lock: false });
  const stamped = history.find(({ seq }) => seq === effect.seq);
  if (stamped === undefined) return null;
  const { event, actor } = stamped;
  const asked =
    event.type === 'grant_asked' ? state.grants : event.type === 'removal_asked' ? state.removals : [];
  const waits =
    'role' in event && asked.some(({ person, role }) => person === event.person && role === event.role);
  const confirm = { command: 'desk', verb: 'staff', fields: { action: 'confirm', person: event.person } };
  return {
    card: card(
      'Staff',
      event.type === 'grant_asked' || event.type === 'removal_asked' ? 'warning' : 'neutral',
      [
        text(`${actorWords(actor)}: ${staffToldWords(event)}`),
        ...(waits
          ? [
              text('It waits for a second person.'),
              { kind: 'next' as const, step: step(confirm.command, confirm.verb, confirm.fields) },
            ]
          : []),
      ],
      { actions: waits ? [button('Confirm', 'primary', confirm)] : [] },
    ),
  };
};
