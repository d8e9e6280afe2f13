/** What is on record of a request, line by line, in English. Must not know: rules, who reads it, surfaces. */

import type { EventOf, RequestEvent } from '../../domain/requests/events.js';
import type { EvidenceLine, Pointer } from '../../domain/requests/evidence.js';
import type { Actor, Instant } from '../../vocabulary/values.js';
import { amendedSays } from './amendments.js';
import { scopeWords } from './categories.js';
import { dayWords, minuteWords } from './dates.js';
import { FORGOTTEN_BECAUSE } from './forgetting.js';
import { commas, spoken, underClause } from './lists.js';
import { personWords } from './people.js';
import { aRequest, askedBy, clockWords, endedWords, outcomeWords, VIA_WORDS } from './requests.js';

/** `shown`: free text as its reader may see it; `recipient`: who got data, as they may know it. */
type About = {
  readonly zone: string;
  readonly shown: (text: string) => string;
  readonly recipient: (name: string) => string;
};

type Lines = {
  readonly [T in RequestEvent['type']]: (event: EventOf<T>, about: About) => readonly (string | null)[];
};

const quoted = (text: string | null | undefined, { shown }: About): string | null =>
  text ? `“${shown(text)}”` : null;
const law = (text: string | null | undefined, { shown }: About): string | null =>
  text ? `law: ${shown(text)}` : null;
const until = (day: EventOf<'snoozed'>['until'] | null): string | null =>
  day === null ? null : `until ${dayWords(day)}`;
const told = ({ explainedOn, consentOn }: EventOf<'extended' | 'retention_recorded'>): string | null =>
  [
    ...(explainedOn === undefined ? [] : [`explained ${dayWords(explainedOn)}`]),
    ...(consentOn === undefined ? [] : [`agreed ${dayWords(consentOn)}`]),
  ].join(', ') || null;
/** `by phone`, or the word itself. */
const channel = (via: string): string => VIA_WORDS[via] ?? `by ${spoken(via)}`;

/** What each event is called with its particulars; joined by commas. */
const LINES: Lines = {
  request_logged: ({ request, scope, via, receivedAt, requester, personal }, about) => [
    `logged as ${aRequest(request)}`,
    requester === undefined ? null : askedBy(requester),
    request === 'complaint' ? null : `for ${scopeWords(scope)}`,
    `received ${channel(via)} on ${minuteWords(receivedAt, about.zone)}`,
    personal?.force ? `as a case of its own: “${about.shown(personal.force)}”` : null,
  ],
  contact_added: (
    { via, receivedAt, adds = [], dates, returns = false, about = [], requester },
    { zone },
  ) => [
    `asked again ${channel(via)}`,
    requester === undefined ? null : askedBy(requester),
    `received on ${minuteWords(receivedAt, zone)}`,
    adds.length === 0 ? null : `added ${commas(adds)}`,
    dates === undefined ? null : `now due ${dayWords(dates.due)}`,
    returns ? 'in progress again' : null,
    about.length === 0 ? null : 'about the officer',
  ],
  amended: (event, about) => [
    'amended',
    amendedSays(event, about.zone),
    event.personal?.ref
      ? `reference ${about.shown(event.personal.refBefore ?? 'none')} is ${about.shown(event.personal.ref)} now`
      : null,
    quoted(event.personal?.reason, about),
  ],
  identity_checked: ({ method, result, attempt, final }) => [
    `identity check ${result === 'pass' ? 'passed' : 'failed'}: ${spoken(method)}`,
    `attempt ${attempt}`,
    final ? 'the last one' : null,
  ],
  identity_revoked: ({ final, personal }, about) => [
    'the passed identity check taken back',
    final ? 'no attempt is left' : null,
    quoted(personal?.reason, about),
  ],
  assigned: ({ to }) => [`assigned to @${to}`],
  clock_reminded: ({ clock, daysLeft, pinged }) => [
    `reminded: ${clockWords(clock, daysLeft)}`,
    pinged.length === 0 ? null : `escalated to the ${pinged.join(' and the ')}`,
  ],
  proposal_escalated: ({ number, hours, to }) => [
    `proposal ${number} undecided for ${hours} hours: escalated to the ${to.join(' and the ')}`,
  ],
  clock_put_back: () => ['the clock was put back: reminders posted later than this count no more'],
  owner_left: ({ person }) => [`without an owner: @${person} is off the staff list`],
  owner_renamed: ({ from, to }) => [`its owner @${from} is called @${to} now`],
  paused: ({ stops, personal }, about) => [
    `paused, ${stops === null ? 'the clock goes on' : 'the clock stands still'}`,
    quoted(personal?.reason, about),
  ],
  resumed: ({ dates }) => ['resumed', dates === null ? null : `now due ${dayWords(dates.due)}`],
  categories_checked: ({ categories, result }) => [`checked ${commas(categories)}: ${spoken(result)}`],
  retention_recorded: (event, about) => [
    `to be kept: ${commas(event.categories)}`,
    until(event.until),
    law(event.personal?.law, about),
    told(event),
  ],
  outcome_proposed: ({ outcome, ground, until: kept, settled, personal }, about) => [
    `${settled ? 'settled' : 'proposed'}: ${outcomeWords(outcome)}`,
    ground,
    law(personal?.law, about),
    until(kept),
  ],
  proposal_approved: ({ number, personal }, about) => [
    `proposal ${number} approved`,
    quoted(personal?.reason, about),
  ],
  proposal_retracted: ({ number }) => [`proposal ${number} taken back by its proposer`],
  proposal_returned: ({ number, personal }, about) => [
    `proposal ${number} returned`,
    quoted(personal?.reason, about),
  ],
  request_refused: ({ number, ground, personal }, about) => [
    `refused on ${ground} (proposal ${number})`,
    law(personal?.law, about),
    quoted(personal?.reason, about),
  ],
  extended: (event, about) => [
    `extended from ${dayWords(event.from)} to ${dayWords(event.dates.due)}`,
    quoted(event.personal?.reason ?? event.reason, about),
    told(event),
  ],
  completed: ({ recipients }, about) => [
    'carried out',
    recipients.length === 0
      ? null
      : `to tell: ${commas(recipients.map(({ recipient }) => about.recipient(recipient)))}`,
  ],
  notice_recorded: ({ kind, via, sentAt }, { zone }) => [
    `notice to the customer: ${spoken(kind)}${via === null ? '' : ` ${channel(via)}`}`,
    `sent ${minuteWords(sentAt, zone)}`,
  ],
  recipient_notified: ({ recipient, how, via }, about) => [
    how === 'notified'
      ? `told ${about.recipient(recipient)}${via === null ? '' : ` ${channel(via)}`}`
      : `${about.recipient(recipient)} acknowledged`,
  ],
  recipient_excused: ({ recipient, personal }, about) => [
    `${about.recipient(recipient)} need not be told`,
    quoted(personal?.reason, about),
  ],
  closed: ({ outcome, of, personal }, about) => [
    `closed: ${endedWords({ outcome, of })}`,
    quoted(personal?.reason, about),
  ],
  reopened: ({ personal }, about) => ['reopened', quoted(personal?.reason, about)],
  snoozed: ({ until: day, personal }, about) => [
    `reminders rest until ${dayWords(day)}`,
    quoted(personal?.reason, about),
  ],
  note_added: () => ['note added'],
  customer_forgotten: ({ why }) => ['customer forgotten', FORGOTTEN_BECAUSE[why]],
  reference_revealed: () => ['full reference revealed'],
  retention_ended: ({ categories }) => [`kept data deleted: ${commas(categories)}`],
  reminded: ({ daysLeft, pinged }) => [
    daysLeft < 0
      ? `reminded, ${-daysLeft} day${daysLeft === -1 ? '' : 's'} late`
      : `reminded, ${daysLeft} day${daysLeft === 1 ? '' : 's'} left`,
    pinged.length === 0 ? null : `escalated to the ${pinged.join(' and the ')}`,
  ],
  command_refused: ({ command, code, clause }) => [`refused ${command}: ${code}${underClause(clause)}`],
};

/** One line of a case's history: what happened, with its particulars. */
export function historyWords<T extends RequestEvent['type']>(event: EventOf<T>, about: About): string {
  return lineOf(event.type as T)(event, about)
    .filter((part) => part !== null)
    .join(', ');
}

const lineOf = <T extends RequestEvent['type']>(type: T): Lines[T] => LINES[type];

const POINTS_TO: Readonly<Record<Pointer, string>> = {
  ref: '',
  evidence: 'evidence',
  nameEvidence: 'change of name',
  mandate: 'mandate',
  explainedRef: 'explained to the customer',
  consentRef: 'agreed by the customer',
};

/** Which step a reference belongs to: `identity check passed: callback`. */
export function stepWords(
  { event, pointer }: Pick<EvidenceLine, 'event' | 'pointer'>,
  zone: string,
  recipient: About['recipient'],
): string {
  const step = evidenceStep(event, zone, recipient);
  return POINTS_TO[pointer] === '' ? step : `${step}: ${POINTS_TO[pointer]}`;
}

function evidenceStep(event: RequestEvent, zone: string, recipient: About['recipient']): string {
  switch (event.type) {
    case 'request_logged':
    case 'contact_added':
      return `${event.type === 'request_logged' ? 'received' : 'asked again'} ${channel(event.via)}`;
    case 'identity_checked':
      return `identity check ${event.result === 'pass' ? 'passed' : 'failed'}: ${spoken(event.method)}`;
    case 'notice_recorded':
      return `notice to the customer: ${spoken(event.kind)}${event.via === null ? '' : ` ${channel(event.via)}`}`;
    case 'retention_recorded':
      return `kept: ${commas(event.categories)}`;
    case 'outcome_proposed':
      return `proposed: ${outcomeWords(event.outcome)}`;
    case 'request_refused':
      return `refused on ${event.ground}`;
    case 'extended':
      return `extended to ${dayWords(event.dates.due)}`;
    default:
      return historyWords(event, { zone, shown: () => '', recipient });
  }
}

/** Of a reader who sees that a step was evidenced, not by what. */
export const EVIDENCED = 'on record';

/** What stands over each part of a shown case, and over its columns. */
export const SECTIONS = {
  contacts: { title: 'Contacts', columns: ['#', 'Received', 'Via', 'Reference', 'Logged by'] },
  checklist: { title: 'Checklist', columns: ['Category', 'Result', 'Evidence'] },
  decisions: {
    title: 'Decisions',
    columns: ['#', 'Decision', 'Ground', 'Law', 'Until', 'Reason', 'By', 'When'],
  },
  kept: {
    title: 'Kept',
    columns: ['Categories', 'Until', 'Law or terms', 'Explained', 'Agreed'],
  },
  notices: { title: 'Notices to the customer', columns: ['Kind', 'Sent', 'By', 'Reference', 'Recorded by'] },
  recipients: { title: 'Recipients', columns: ['Recipient', 'State', 'By', 'Disclosures'] },
  notes: { title: 'Notes', columns: ['When', 'Who', 'Note'] },
  evidence: { title: 'Evidence', columns: ['#', 'Step', 'Reference', 'Who', 'When'] },
  history: { title: 'History', columns: ['#', 'When', 'Who', 'What'] },
} as const;
export type Section = keyof typeof SECTIONS;

/** `approved: refused`, `returned`, `asked: partially fulfilled`. */
export function decisionWords(
  verdict: 'settled' | 'approved' | 'returned' | 'refused' | 'asked',
  outcome: Parameters<typeof outcomeWords>[0] | null,
): string {
  if (verdict === 'returned' || outcome === null) return 'returned';
  if (verdict === 'refused') return 'refused';
  return `${verdict === 'settled' ? 'settled without an officer' : verdict}: ${outcomeWords(outcome)}`;
}

export const NOT_VERIFIED = 'not verified';

/** `verified: callback, IDENT-REF-2, @mei, Mon 2026-11-23 10:00`. */
export function verifiedWords(
  method: string,
  ref: string,
  { actor, at }: { readonly actor: Actor; readonly at: Instant },
  zone: string,
): string {
  const parts = [spoken(method), ref, personWords(actor), minuteWords(at, zone)];
  return `verified: ${parts.filter((part) => part !== '').join(', ')}`;
}

/** `email: done (on record)`. */
export const answerWords = (category: string, result: string, evidenced: boolean): string =>
  `${category}: ${spoken(result)}${evidenced ? ` (${EVIDENCED})` : ''}`;

/** The days left as they were when somebody was asked. */
export const askedWords = (due: string): string => due.replace(/\)$/, ' when asked)');
