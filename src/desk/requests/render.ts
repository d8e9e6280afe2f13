/** A case's messages, made from its state at sending time. Must not know: any platform, where they go. */
import { button, type Card, card, text } from '../../chat/card.js';
import { isSecret } from '../../domain/requests/reading.js';
import { civilDay } from '../../policy/calendar.js';
import { type People, peopleOf } from '../../record/people.js';
import { forgettingOn } from '../forgetting/customer.js';
import type { Render } from '../tell/kinds.js';
import { caseCard } from './cards/head.js';
import { proposalCard } from './cards/proposal.js';
import { threadCard } from './cards/told.js';
import { type LoadedCase, loadCase } from './on-request.js';

export const renderRequest: Render = async ({ tx, packOf, now, pack: active }, effect) => {
  if (!('ref' in effect)) return null;
  if (effect.kind === 'file' || effect.kind === 'report' || effect.kind === 'table') return null;
  const loaded = await loadCase({ tx, packOf }, effect.ref, { lock: false });
  if (loaded === null) return null;
  const { request, pack, history } = loaded;
  if (isSecret(request) && effect.kind !== 'private') {
    const isHead = effect.kind === 'card' || effect.kind === 'proposal';
    return isHead ? { card: keptCard(request.ref), onlyAnew: true } : null;
  }
  if (effect.kind === 'card')
    return { card: caseCard(request, pack, now, await forgettingOn({ tx, packOf, now, active }, request)) };
  const people = await peopleOf(tx, civilDay(now, pack.zone));
  const card =
    effect.kind === 'proposal'
      ? proposalCard(history, effect.number, pack, people)
      : effect.kind === 'private'
        ? privateCard(loaded, effect.seq, people)
        : threadCard(history, effect.seq, pack, people);
  return card === null ? null : { card };
};

/** In place of what a channel showed of a case before it was kept from it. */
const keptCard = (ref: string): Card =>
  card(ref, 'neutral', [text('Handled in private by those it concerns.')], { ref });

/** The same as a thread is told, with a way on: there is no card beside it. */
function privateCard({ history, pack }: LoadedCase, seq: number, people: People): Card | null {
  const event = history.find((each) => each.seq === seq)?.event;
  if (event?.type === 'outcome_proposed' && !event.settled)
    return proposalCard(history, event.number, pack, people);
  const told = threadCard(history, seq, pack, people);
  if (told === null || told.actions.length > 0) return told;
  const show = { command: 'privacy', verb: 'show', fields: { case: told.ref ?? '' } };
  return { ...told, actions: [button('Show', 'plain', show)] };
}
