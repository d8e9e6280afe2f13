import { type Block, button, type Card, card, facts, text } from '../../../chat/card.js';
import { proposersOf } from '../../../domain/requests/proposal-guards.js';
import { requestFrom } from '../../../domain/requests/replay.js';
import type { PrivacyRequest, Proposal, StampedEvent } from '../../../domain/requests/request.js';
import { retainedCategories } from '../../../domain/requests/request.js';
import { groundRule, typeRules } from '../../../domain/requests/rules.js';
import { scopeWords } from '../../../language/en/categories.js';
import { dayWords, minuteWords } from '../../../language/en/dates.js';
import {
  answerWords,
  askedWords,
  EVIDENCED,
  NOT_VERIFIED,
  verifiedWords,
} from '../../../language/en/history.js';
import { commas } from '../../../language/en/lists.js';
import { NOBODY_DECIDES, personWords } from '../../../language/en/people.js';
import { BUTTONS, outcomeWords } from '../../../language/en/requests.js';
import { civilDay } from '../../../policy/calendar.js';
import type { Pack } from '../../../policy/schema.js';
import type { People } from '../../../record/people.js';
import { maskedText } from '../../../vocabulary/mask.js';
import { decidersFor } from '../../front/roles.js';
import { dueWords, maskedCustomer, TYPE_TITLES } from '../../tell/words.js';
import { anybody, rulingButtons } from './buttons.js';
import { freezeLine, statusLine } from './head.js';

const VERDICTS = { approve: 'Approved', return: 'Returned', refuse: 'Refused' } as const;

/** The proposal of that number with the state it was made on; null when the stream has none. */
function proposalIn(
  history: readonly StampedEvent[],
  number: number,
): { readonly request: PrivacyRequest; readonly proposal: Proposal } | null {
  const at = history.findIndex(({ event }) => event.type === 'outcome_proposed' && event.number === number);
  if (at === -1) return null;
  const request = requestFrom(history.slice(0, at + 1));
  return request.phase.status === 'awaiting_decision' ? { request, proposal: request.phase.proposal } : null;
}

export function proposalCard(
  history: readonly StampedEvent[],
  number: number,
  pack: Pack,
  around: People,
): Card | null {
  const found = proposalIn(history, number);
  if (found === null) return null;
  const { request, proposal } = found;
  const now = requestFrom(history);
  const ruling = now.rulings.find((each) => each.number === number) ?? null;
  const overtaken =
    ruling === null && (now.phase.status !== 'awaiting_decision' || now.phase.proposal.number !== number);
  const clause =
    (proposal.ground === null ? null : groundRule(pack, request.type, proposal.ground)?.clause) ??
    typeRules(pack, request.type).clause;
  const masked = (value: string | null) => (value === null ? null : maskedText(value, request.reference));
  const kept = retainedCategories(request);
  const body = facts(
    ['Customer', maskedCustomer(request)],
    ['Proposed', outcomeWords(proposal.outcome)],
    ['By', personWords(proposal.by)],
    ['Ground', proposal.ground === null ? null : `${proposal.ground} (clause ${clause})`],
    ['Law', masked(proposal.law)],
    ['Until', proposal.until === null ? null : dayWords(proposal.until)],
    ['Facts', masked(proposal.facts)],
    ['Evidence', masked(proposal.evidence)],
    ['Name change', masked(proposal.nameEvidence)],
    ['Kept', kept.length === 0 ? null : kept.join(', ')],
    ['Due', askedWords(dueWords(request.dates.due, civilDay(proposal.at, pack.zone)))],
    ['Scope', request.needsChecklist ? scopeWords(request.scope) : null],
    ['Identity', identityLine(request, history, pack.zone)],
    ['Checklist', checklistAnswers(request)],
    ['Notes', request.notes.length === 0 ? null : String(request.notes.length)],
    ['Freeze', freezeLine(request)],
  );
  const refusal = proposal.outcome === 'refused' && ruling?.verdict === 'approve' ? 'refusal ' : '';
  const title = `${request.ref} · ${TYPE_TITLES[request.type]}: ${overtaken ? 'no longer asked' : ruling === null ? 'decision asked' : `${refusal}${VERDICTS[ruling.verdict].toLowerCase()}`}`;
  if (ruling !== null) {
    const reason = ruling.reason === null ? '' : ` Reason: ${maskedText(ruling.reason, request.reference)}`;
    const verdict = text(
      `${VERDICTS[ruling.verdict]} by ${personWords(ruling.by)}, ${minuteWords(ruling.at, pack.zone)}, clause ${clause}.${reason}`,
    );
    return card(title, ruling.verdict === 'approve' ? 'good' : 'warning', [body, verdict], {
      ref: request.ref,
    });
  }
  if (overtaken) {
    const over = text(`Nobody decided this: the case is ${statusLine(now, pack)}.`);
    return card(title, 'neutral', [body, over], { ref: request.ref });
  }
  const people = decidersFor(around, now.about, proposersOf(request, proposal)).map(
    ({ person, accounts }) => ({
      person,
      accounts,
    }),
  );
  const asked: Block = {
    kind: 'ping',
    people,
    text: `${personWords(proposal.by)} proposes: ${outcomeWords(proposal.outcome)}. Please decide.`,
  };
  const nobody = people.length === 0;
  return card(title, 'warning', [asked, ...(nobody ? [text(NOBODY_DECIDES.request)] : []), body], {
    actions: [
      ...(nobody ? [] : rulingButtons(request, anybody(pack, proposal.at))),
      button(BUTTONS.show, 'plain', { command: 'privacy', verb: 'show', fields: { case: request.ref } }),
    ],
    footer: effectOf(proposal, request),
    ref: request.ref,
  });
}

/** How the identity was checked; where that is on record is for those who may see evidence. */
function identityLine(
  request: PrivacyRequest,
  history: readonly StampedEvent[],
  zone: string,
): string | null {
  if (!request.identity.needed) return null;
  const passed = history.findLast(
    ({ event }) => event.type === 'identity_checked' && event.result === 'pass',
  );
  return passed?.event.type === 'identity_checked' && request.identity.state === 'verified'
    ? verifiedWords(passed.event.method, EVIDENCED, passed, zone)
    : NOT_VERIFIED;
}

const checklistAnswers = (request: PrivacyRequest): string | null =>
  commas(
    request.scope.flatMap((category) => {
      const answer = request.checklist[category];
      return answer === undefined ? [] : [answerWords(category, answer.result, answer.ref !== null)];
    }),
  ) || null;

/** What each button leads to, in one line. */
function effectOf(proposal: Proposal, request: PrivacyRequest): string {
  const approve =
    proposal.outcome === 'refused'
      ? 'the request is refused and closes after its notice'
      : `the agent carries it out${request.freezes ? '; the freeze stays until the case closes' : ''}`;
  return `Approve: ${approve}. Return: back to the agent, with a reason. Refuse: the customer is refused, with a ground.`;
}
