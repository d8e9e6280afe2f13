/** A case's evidence as the parts of a page, made of the same facts that stand in the data. Must not know: the ledger, markup. */
import { scopeWords } from '../../language/en/categories.js';
import { dayWords, minuteWords } from '../../language/en/dates.js';
import { deciderLine, groundLine, identityWords, LABELS, PARTS } from '../../language/en/evidence-page.js';
import { capital, commas, spoken } from '../../language/en/lists.js';
import { aRequest, FREEZE_WORDS, outcomeWords, statusWords } from '../../language/en/requests.js';
import type { Day, Instant } from '../../vocabulary/values.js';
import { refusalSection } from '../tell/attempts.js';
import type { EvidenceSection } from '../tell/kinds.js';
import type { CaseFacts } from './evidence-facts.js';

const dayIn = (day: Day | null): string => (day === null ? '' : dayWords(day));
const at = (who: string | null): string => (who === null ? '' : `@${who}`);

export function caseSections(facts: CaseFacts, zone: string): readonly EvidenceSection[] {
  const when = (instant: Instant | null): string => (instant === null ? '' : minuteWords(instant, zone));
  return [
    glance(facts, when),
    {
      kind: 'table',
      ...PARTS.dates,
      rows: facts.dates.computed.map(({ day, what, clause }) => [day, what, clause ?? '']),
    },
    ...(facts.history === undefined
      ? []
      : [
          {
            kind: 'table' as const,
            ofEntries: true,
            ...PARTS.history,
            rows: facts.history.map((each) => [String(each.entry), when(each.at), each.who, each.what]),
          },
        ]),
    decisions(facts, when),
    identity(facts, when),
    {
      kind: 'table',
      ...PARTS.checklist,
      rows: Object.entries(facts.checklist).map(([category, result]) => [spoken(category), spoken(result)]),
    },
    kept(facts),
    ...contactParts(facts, when),
    ...(facts.refusals === undefined ? [] : [refusalSection(facts.refusals, zone)]),
  ];
}

type When = (instant: Instant | null) => string;

function glance(facts: CaseFacts, when: When): EvidenceSection {
  const { dates, identity: state } = facts;
  return {
    kind: 'facts',
    title: PARTS.glance.title,
    rows: [
      [LABELS.what, capital(aRequest(facts.type))],
      [LABELS.clause, facts.clause],
      [LABELS.customer, facts.customer],
      [LABELS.customerId, facts.customerId],
      [LABELS.scope, facts.type === 'complaint' ? null : scopeWords(facts.scope)],
      [LABELS.received, `${when(facts.receivedAt)} (${spoken(facts.via)})`],
      [LABELS.logged, `${when(facts.loggedAt)} ${at(facts.loggedBy)}`],
      [LABELS.owner, facts.owner === null ? null : at(facts.owner)],
      [LABELS.status, capital(statusWords(facts.status))],
      [LABELS.outcome, facts.outcome === null ? null : capital(outcomeWords(facts.outcome))],
      [LABELS.closed, facts.closedAt === null ? null : when(facts.closedAt)],
      [LABELS.acknowledge, dayIn(dates.acknowledgeBy.day)],
      [LABELS.act, dates.actBy === null ? null : dayIn(dates.actBy.day)],
      [LABELS.due, dayIn(dates.due.day)],
      [LABELS.target, dayIn(dates.target)],
      [LABELS.identity, identityWords(state.needed, state.state, state.attempts)],
      [LABELS.freeze, FREEZE_WORDS[facts.freeze]],
    ],
  };
}

const decisions = (facts: CaseFacts, when: When): EvidenceSection => ({
  kind: 'table',
  ofEntries: true,
  ...PARTS.decisions,
  rows: facts.decisions.map((each) => [
    String(each.entry),
    capital(each.decision),
    groundLine(each.ground, each.law),
    each.clause,
    dayIn(each.until),
    each.reason ?? '',
    deciderLine(each.by, [each.proposedBy]),
    when(each.at),
  ]),
});

const identity = (facts: CaseFacts, when: When): EvidenceSection => ({
  kind: 'table',
  ofEntries: true,
  ...PARTS.identity,
  rows: facts.identityChecks.map((each) => [
    String(each.entry),
    when(each.at),
    each.method === null ? '' : spoken(each.method),
    each.reason ? `${each.result}: ${each.reason}` : each.result,
    at(each.by),
    each.ref ?? '',
  ]),
});

const kept = (facts: CaseFacts): EvidenceSection => ({
  kind: 'table',
  ...PARTS.kept,
  rows: facts.retentions.map((each) => [
    scopeWords(each.categories),
    each.law ?? '',
    dayIn(each.until),
    each.clause,
    dayIn(each.explainedOn),
    dayIn(each.consentOn),
  ]),
});

/** With the customer, with recipients, and where each is on record. */
function contactParts(facts: CaseFacts, when: When): readonly EvidenceSection[] {
  return [
    {
      kind: 'table',
      ofEntries: true,
      ...PARTS.notices,
      rows: facts.notices.map((each) => [
        String(each.entry),
        spoken(each.kind),
        when(each.sentAt),
        each.via === null ? '' : spoken(each.via),
        each.ref ?? '',
        at(each.by),
      ]),
    },
    {
      kind: 'table',
      ...PARTS.recipients,
      rows: facts.recipients.map((each) => [
        each.recipient,
        commas(each.disclosures),
        dayIn(each.due),
        each.state,
      ]),
    },
    ...(facts.contacts === undefined
      ? []
      : [
          {
            kind: 'table' as const,
            ...PARTS.contacts,
            rows: facts.contacts.map((each) => [
              when(each.receivedAt),
              spoken(each.via),
              each.ref ?? '',
              at(each.by),
            ]),
          },
        ]),
    ...(facts.evidence === undefined
      ? []
      : [
          {
            kind: 'table' as const,
            ofEntries: true,
            ...PARTS.evidence,
            rows: facts.evidence.map((each) => [
              String(each.entry),
              each.step,
              each.ref ?? '',
              at(each.by),
              when(each.at),
            ]),
          },
        ]),
  ];
}
