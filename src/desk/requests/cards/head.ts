import { type Block, type Card, card, facts, type Moment, type Tone, text } from '../../../chat/card.js';
import type { Forgetting } from '../../../domain/forgetting.js';
import { missingNotices } from '../../../domain/requests/ending.js';
import type { Circumstances } from '../../../domain/requests/handling.js';
import { openRecipients } from '../../../domain/requests/recipients.js';
import {
  isOpen,
  type PrivacyRequest,
  resolutionOf,
  retainedCategories,
} from '../../../domain/requests/request.js';
import { scopeWords } from '../../../language/en/categories.js';
import { contactLine } from '../../../language/en/contacts.js';
import { dayWords, minuteWords } from '../../../language/en/dates.js';
import {
  FORGETTING_LABEL,
  FORGOTTEN_LABEL,
  forgettingWords,
  forgottenOn,
  WHAT_IS_LEFT,
} from '../../../language/en/forgetting.js';
import { underClause } from '../../../language/en/lists.js';
import { keptFrom, personWords } from '../../../language/en/people.js';
import {
  FREEZE_WORDS,
  outcomeWords,
  requesterWords,
  statusWords,
  VIA_WORDS,
} from '../../../language/en/requests.js';
import { civilDay, daysBetween } from '../../../policy/calendar.js';
import type { Pack } from '../../../policy/schema.js';
import type { Day, Instant } from '../../../vocabulary/values.js';
import { dueMoment, dueWords, maskedCustomer, moment, TYPE_TITLES } from '../../tell/words.js';
import { anybody, caseButtons } from './buttons.js';

export function titleOf(request: PrivacyRequest): string {
  return `${request.ref} · ${TYPE_TITLES[request.type]} · ${maskedCustomer(request)}`;
}

export function statusLine(request: PrivacyRequest, pack: Pack): string {
  const { phase } = request;
  switch (phase.status) {
    case 'closed':
      return `closed: ${outcomeWords(phase.outcome)}`;
    case 'action_approved':
      if (phase.resolution.outcome === 'no_data_held') return 'no data held: tell the customer, then close';
      return statusWords(phase.status);
    case 'decided':
    case 'notifying_recipients': {
      const open = request.recipients.some((task) => task.state === 'open');
      const ready = !open && missingNotices(request, { pack }).length === 0;
      return ready
        ? `${phase.status === 'decided' ? 'refused' : 'done'}, ready to close`
        : statusWords(phase.status);
    }
    default:
      return statusWords(phase.status);
  }
}

export function freezeLine(request: PrivacyRequest): string | null {
  if (!request.freezes) return null;
  const kept = retainedCategories(request);
  const settled = request.freeze !== 'active' && request.freeze !== 'lifted';
  const keeps = settled && kept.length > 0 ? `; ${kept.join(', ')} kept for storage only` : '';
  const what = request.freeze === 'active' ? ` on ${scopeWords(request.scope)}: not used, not provided` : '';
  return `${FREEZE_WORDS[request.freeze]}${what}${keeps}`;
}

function identityLine(request: PrivacyRequest, pack: Pack): string | null {
  const { identity } = request;
  if (!identity.needed) return null;
  if (identity.state === 'verified') return 'verified';
  const tries = `${identity.attempts} of ${pack.identity.attempts} attempts failed`;
  if (identity.state === 'failed') return `not verified (${tries})`;
  return identity.attempts === 0 ? 'not verified yet' : `not verified yet (${tries})`;
}

/** Somebody in the customer's place, and that their mandate is on record; null for the customer. */
function requesterLine({ contacts }: PrivacyRequest): string | null {
  const [first] = contacts;
  if (first === undefined || first.requester === 'self') return null;
  return `${requesterWords(first.requester)}, mandate on record`;
}

function checklistLine(request: PrivacyRequest): string | null {
  if (!request.needsChecklist) return null;
  const answered = request.scope.filter((category) => request.checklist[category] !== undefined).length;
  return `${answered} of ${request.scope.length} categories checked`;
}

/** `11 days before it was logged`, when it was logged on a later day than it was received. */
export function lateLogging(request: PrivacyRequest, loggedDay: Day): string | null {
  const days = daysBetween(request.dates.receiptDay, loggedDay);
  return days <= 0 ? null : `received ${days} day${days === 1 ? '' : 's'} before it was logged`;
}

function toneOf(request: PrivacyRequest, today: Day): Tone {
  if (!isOpen(request)) return 'neutral';
  const left = daysBetween(today, request.dates.due);
  if (left < 0) return 'bad';
  return left <= 3 ? 'warning' : 'neutral';
}

/** The facts every view of a case begins with; `looker`: who reads it, null whoever is in the channel. */
export function caseFacts(
  request: PrivacyRequest,
  pack: Pack,
  today: Day,
  loggedDay: Day,
  looker: Circumstances | null = null,
): readonly (readonly [string, string | null])[] {
  const open = isOpen(request);
  const recipients = openRecipients(request, today, looker);
  return [
    ['Status', statusLine(request, pack)],
    ['Due', open ? dueWords(request.dates.due, today) : dayWords(request.dates.due)],
    ['Target', open ? dayWords(request.dates.target) : null],
    ['Act by', open && request.dates.actDue !== null ? dueWords(request.dates.actDue, today) : null],
    ['Extended', request.extension === null ? null : `until ${dayWords(request.extension.until)}`],
    ['Owner', request.owner === null ? (open ? 'nobody yet' : null) : `@${request.owner}`],
    ['Received', `${minuteWords(request.receivedAt, pack.zone)} ${VIA_WORDS[request.via] ?? ''}`.trim()],
    ['Asked by', requesterLine(request)],
    ['Logged late', lateLogging(request, loggedDay)],
    ['Scope', request.needsChecklist ? scopeWords(request.scope) : null],
    ['Freeze', freezeLine(request)],
    ['Identity', identityLine(request, pack)],
    ['Checklist', checklistLine(request)],
    ['Acknowledge by', open && request.notices.length === 0 ? dayWords(request.dates.ackDue) : null],
    ['Notices to record', missingNotices(request, { pack }).join(', ') || null],
    ['Recipients to tell', recipients.join(', ') || null],
    [
      'Contacts',
      request.contacts.length > 1
        ? request.contacts.map((one) => contactLine(one, minuteWords(one.receivedAt, pack.zone))).join('; ')
        : null,
    ],
  ];
}

/** Of a case that erased the customer's data: when the desk forgets them too, and what stands in the way. */
export function forgettingFacts(
  request: PrivacyRequest,
  pack: Pack,
  forgetting: Forgetting | null,
): readonly (readonly [string, string | null])[] {
  if (request.forgotten !== null)
    return [[FORGOTTEN_LABEL, forgottenOn(civilDay(request.forgotten.at, pack.zone))]];
  return forgetting?.case === request.ref && forgetting.why === 'erasure_fulfilled'
    ? [[FORGETTING_LABEL, forgettingWords(forgetting)]]
    : [];
}

export const whatIsLeft = (request: PrivacyRequest): readonly Block[] =>
  request.forgotten === null ? [] : WHAT_IS_LEFT.map((line) => text(line));

/** When the case came, and when it must be answered. */
export const caseMoments = (request: PrivacyRequest, pack: Pack): readonly Moment[] => [
  moment('received', request.receivedAt, pack.zone),
  ...(isOpen(request) ? [dueMoment(request.dates.due, pack.zone)] : []),
];

/** The card in the channel: its buttons are for whoever may. */
export function caseCard(
  request: PrivacyRequest,
  pack: Pack,
  now: Instant,
  forgetting: Forgetting | null,
): Card {
  const today = civilDay(now, pack.zone);
  const loggedDay = civilDay(request.loggedAt, pack.zone);
  const resolution = resolutionOf(request);
  const flags = [
    request.suspectedImpersonation
      ? text(
          `Suspected impersonation: identity could not be verified${underClause(pack.rules?.impersonation?.clause)}.`,
        )
      : null,
    request.about.length > 0
      ? text(`About the officer: ${keptFrom(request.about)}${underClause(pack.requests.complaint.clause)}.`)
      : null,
    resolution?.decidedBy
      ? text(
          `Decided by ${personWords(resolution.decidedBy)}: ${outcomeWords(resolution.outcome)}${resolution.ground === null ? '' : ` (${resolution.ground})`}.`,
        )
      : null,
  ].filter((block) => block !== null);
  return card(
    titleOf(request),
    toneOf(request, today),
    [
      facts(...caseFacts(request, pack, today, loggedDay), ...forgettingFacts(request, pack, forgetting)),
      ...flags,
      ...whatIsLeft(request),
    ],
    {
      actions: caseButtons(request, anybody(pack, now)),
      moments: caseMoments(request, pack),
      footer: `Policy ${request.pack.name}`,
      ref: request.ref,
    },
  );
}
