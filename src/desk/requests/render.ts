/** A case's messages, made from its state at sending time. Must not know: any platform, where they go. */
import { civilDay } from '../../policy/calendar.js';
import { peopleOf } from '../../record/people.js';
import type { Render } from '../tell/kinds.js';
import { caseCard } from './cards/head.js';
import { proposalCard } from './cards/proposal.js';
import { threadCard } from './cards/told.js';
import { loadCase } from './on-request.js';

export const renderRequest: Render = async ({ tx, packOf, now }, effect) => {
  if (effect.kind === 'digest' || effect.kind === 'file' || effect.kind === 'report') return null;
  const loaded = await loadCase({ tx, packOf }, effect.ref, { lock: false });
  if (loaded === null) return null;
  const { request, pack, history } = loaded;
  if (effect.kind === 'card')
    return { card: caseCard(request, pack, civilDay(now, pack.zone), civilDay(request.loggedAt, pack.zone)) };
  const people = await peopleOf(tx, civilDay(now, pack.zone));
  const card =
    effect.kind === 'proposal'
      ? proposalCard(history, effect.number, pack, people)
      : threadCard(history, effect.seq, pack, people);
  return card === null ? null : { card };
};
