/**
 * A case shown to one reader: its facts, then all that is on record of it. References to evidence are for the owner, whoever
 * logged it, and those who may take the evidence out. Must not know: any surface.
 */
import { type Block, type Card, card, facts, text } from '../../../chat/card.js';
import type { Forgetting } from '../../../domain/forgetting.js';
import { contactsOf, decisionsOf, evidenceOf } from '../../../domain/requests/evidence.js';
import type { Circumstances } from '../../../domain/requests/handling.js';
import { nextStep } from '../../../domain/requests/next.js';
import { recipientSeen } from '../../../domain/requests/recipients.js';
import type { PrivacyRequest, StampedEvent } from '../../../domain/requests/request.js';
import { dayWords, minuteWords } from '../../../language/en/dates.js';
import {
  decisionWords,
  EVIDENCED,
  historyWords,
  SECTIONS,
  type Section,
  stepWords,
  verifiedWords,
} from '../../../language/en/history.js';
import { commas, spoken, underClause } from '../../../language/en/lists.js';
import { stepOf } from '../../../language/en/next-steps.js';
import { keptFrom, personWords } from '../../../language/en/people.js';
import { VIA_WORDS } from '../../../language/en/requests.js';
import { civilDay } from '../../../policy/calendar.js';
import { maskedText } from '../../../vocabulary/mask.js';
import { maskedCustomer } from '../../tell/words.js';
import type { LoadedCase } from '../on-request.js';
import { caseButtons, rulingButtons } from './buttons.js';
import { caseFacts, caseMoments, forgettingFacts, titleOf, whatIsLeft } from './head.js';

/** History lines shown; the ledger has all of them (`/desk audit`). */
const HISTORY_MAX = 30;

/** Whoever may take the evidence out may read it here (domain.md, "What is on record can be read"). */
export const readsEvidence = (
  { owner, loggedBy }: Pick<PrivacyRequest, 'owner' | 'loggedBy'>,
  { actor, may }: Pick<Circumstances, 'actor' | 'may'>,
): boolean => owner === actor.person || loggedBy.person === actor.person || may('desk.export');

/** What a part of the view is made with. */
type Shown = LoadedCase & {
  /** Text as others may see it. */
  readonly masked: (value: string | null) => string;
  /** A reference to evidence as this reader may see it; empty where there is none. */
  readonly pointer: (value: string | null) => string;
  /** A recipient as this reader may see it. */
  readonly recipient: (name: string) => string;
};

function section(name: Section, rows: readonly (readonly string[])[]): readonly Block[] {
  const { title, columns } = SECTIONS[name];
  return rows.length === 0 ? [] : [text(title), { kind: 'table', columns, rows }];
}

export function caseView(loaded: LoadedCase, reader: Circumstances, forgetting: Forgetting | null): Card {
  const { request, pack } = loaded;
  const masked = (value: string | null): string => maskedText(value ?? '', request.reference);
  const open = readsEvidence(request, reader);
  const pointer = (value: string | null): string => (value === null ? '' : open ? masked(value) : EVIDENCED);
  const recipient = recipientSeen(request, reader.today, reader);
  const shown: Shown = { ...loaded, masked, pointer, recipient };
  const blocks: readonly Block[] = [
    facts(...viewFacts(shown, reader), ...forgettingFacts(request, pack, forgetting)),
    ...whatIsLeft(request),
    ...nextBlocks(request, reader),
    ...section('checklist', checklistRows(shown)),
    ...section('decisions', decisionRows(shown)),
    ...section('kept', keptRows(shown)),
    ...section('notices', noticeRows(shown)),
    ...section('recipients', recipientRows(shown)),
    ...section('contacts', contactRows(shown)),
    ...section('evidence', evidenceRows(shown)),
    ...section('notes', noteRows(shown)),
    ...section('history', historyRows(shown)),
  ];
  return card(titleOf(request), 'neutral', blocks, {
    actions: [...rulingButtons(request, reader), ...caseButtons(request, reader)],
    moments: caseMoments(request, pack),
    footer: `Policy ${request.pack.name} · customer ${maskedCustomer(request)}`,
    ref: request.ref,
  });
}

/** The one command that brings the case on, where it is theirs who reads it. */
export function nextBlocks(request: PrivacyRequest, reader: Circumstances): readonly Block[] {
  const next = nextStep(request, reader);
  return next === null ? [] : [{ kind: 'next', step: stepOf(request.ref, next, reader.pack) }];
}

type Fact = readonly [string, string | null];

function viewFacts(shown: Shown, reader: Circumstances): readonly Fact[] {
  const { request, pack, pointer } = shown;
  const identity = identityWords(shown);
  const common = caseFacts(request, pack, reader.today, civilDay(request.loggedAt, pack.zone), reader).map(
    ([label, value]): Fact => [label, label === 'Identity' && identity !== null ? identity : value],
  );
  return [
    ...common,
    [
      'Suspected impersonation',
      request.suspectedImpersonation ? `yes${underClause(pack.rules?.impersonation?.clause)}` : null,
    ],
    [
      'About the officer',
      request.about.length > 0
        ? `yes: ${keptFrom(request.about)}${underClause(pack.requests.complaint.clause)}`
        : null,
    ],
    ['Source', pointer(request.sourceRef) || null],
    ['Snoozed', request.snoozedUntil === null ? null : `until ${dayWords(request.snoozedUntil)}`],
  ];
}

/** `verified: callback, IDENT-REF-2, @mei, Mon 2026-11-23 10:00`; null before it was. */
function identityWords({ request, history, pack, pointer }: Shown): string | null {
  if (request.identity.state !== 'verified') return null;
  const passed = history.findLast(
    ({ event }) => event.type === 'identity_checked' && event.result === 'pass',
  );
  if (passed?.event.type !== 'identity_checked') return null;
  const { method, personal } = passed.event;
  return verifiedWords(method, pointer(personal?.ref ?? null), passed, pack.zone);
}

const checklistRows = ({ request, pointer }: Shown): readonly (readonly string[])[] =>
  request.scope.flatMap((category) => {
    const answer = request.checklist[category];
    return answer === undefined ? [] : [[category, spoken(answer.result), pointer(answer.ref)]];
  });

/** Every ruling with what it says, and what waits for one. */
function decisionRows({ request, history, pack, masked }: Shown): readonly (readonly string[])[] {
  const own = (value: string | null): string => (value === null ? '' : masked(value));
  const rows = decisionsOf(history).map((each) => [
    String(each.number),
    decisionWords(each.verdict, each.outcome),
    each.ground ?? '',
    own(each.law),
    each.until === null ? '' : dayWords(each.until),
    own(each.reason),
    personWords(each.by),
    minuteWords(each.at, pack.zone),
  ]);
  if (request.phase.status !== 'awaiting_decision') return rows;
  const { proposal } = request.phase;
  return [
    ...rows,
    [
      String(proposal.number),
      decisionWords('asked', proposal.outcome),
      proposal.ground ?? '',
      own(proposal.law),
      proposal.until === null ? '' : dayWords(proposal.until),
      '',
      personWords(proposal.by),
      minuteWords(proposal.at, pack.zone),
    ],
  ];
}

const keptRows = ({ request, masked }: Shown): readonly (readonly string[])[] =>
  request.retentions.map((kept) => [
    commas(kept.categories),
    `${dayWords(kept.until)}${kept.ended ? ' (deleted)' : ''}`,
    masked(kept.law),
    kept.explained?.day ?? '',
    kept.consent?.day ?? '',
  ]);

const noticeRows = ({ history, pack, pointer }: Shown): readonly (readonly string[])[] =>
  history.flatMap(({ event, actor }) =>
    event.type === 'notice_recorded'
      ? [
          [
            spoken(event.kind),
            minuteWords(event.sentAt, pack.zone),
            event.via ?? '',
            pointer(event.personal?.ref ?? null),
            personWords(actor),
          ],
        ]
      : [],
  );

const recipientRows = ({ request, recipient }: Shown): readonly (readonly string[])[] =>
  request.recipients.map((task) => [
    recipient(task.recipient),
    task.state,
    dayWords(task.due),
    commas(task.disclosures),
  ]);

const contactRows = ({ history, pack, pointer }: Shown): readonly (readonly string[])[] =>
  contactsOf(history).map((each, index) => [
    String(index + 1),
    minuteWords(each.receivedAt, pack.zone),
    VIA_WORDS[each.via] ?? spoken(each.via),
    pointer(each.ref),
    personWords(each.by),
  ]);

const evidenceRows = ({ history, pack, pointer, recipient }: Shown): readonly (readonly string[])[] =>
  evidenceOf(history).map((line) => [
    String(line.entry),
    stepWords(line, pack.zone, recipient),
    pointer(line.ref),
    personWords(line.by),
    minuteWords(line.at, pack.zone),
  ]);

const noteRows = ({ request, pack, masked }: Shown): readonly (readonly string[])[] =>
  request.notes.map((note) => [minuteWords(note.at, pack.zone), personWords(note.by), masked(note.text)]);

function historyRows({ history, pack, masked, recipient }: Shown): readonly (readonly string[])[] {
  const about = { zone: pack.zone, shown: masked, recipient };
  return history
    .slice(-HISTORY_MAX)
    .map(({ seq, at, actor, event }: StampedEvent) => [
      String(seq),
      minuteWords(at, pack.zone),
      personWords(actor),
      historyWords(event, about),
    ]);
}
