/** The evidence of a disclosure and of a consent as the parts of a page. Must not know: the ledger, markup. */
import { scopeWords } from '../../language/en/categories.js';
import { dayWords, minuteWords } from '../../language/en/dates.js';
import { basisLine } from '../../language/en/disclosure-cards.js';
import { stateWords } from '../../language/en/disclosures.js';
import { ANY_RECIPIENT, deciderLine, LABELS, NOTHING_LEFT, PARTS } from '../../language/en/evidence-page.js';
import { capital, commas, spoken } from '../../language/en/lists.js';
import type { Instant } from '../../vocabulary/values.js';
import { refusalSection } from '../tell/attempts.js';
import type { EvidenceSection } from '../tell/kinds.js';
import type { ConsentEvidence, DisclosureEvidence } from './evidence-facts.js';

const at = (who: string | null): string => (who === null ? '' : `@${who}`);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

export function disclosureSections(facts: DisclosureEvidence, zone: string): readonly EvidenceSection[] {
  const when = (instant: Instant): string => minuteWords(instant, zone);
  return [
    glance(facts, when),
    ...historyOf(facts.history, when),
    {
      kind: 'table',
      ofEntries: true,
      ...PARTS.decisions,
      rows: facts.decisions.map((each) => [
        String(each.entry),
        capital(each.verdict),
        facts.law ?? '',
        each.clause ?? '',
        typeof each.expires === 'string' ? each.expires : '',
        text(each.reason),
        deciderLine(each.by, facts.askedBy),
        when(each.at),
      ]),
    },
    ...(facts.evidence === undefined
      ? []
      : [
          {
            kind: 'table' as const,
            ofEntries: true,
            ...PARTS.evidence,
            rows: facts.evidence.map((each) => [
              String(each.entry),
              spoken(each.step),
              each.ref ?? '',
              at(each.by),
              when(each.at),
            ]),
          },
        ]),
    ...(facts.refusals === undefined ? [] : [refusalSection(facts.refusals, zone)]),
  ];
}

function glance(facts: DisclosureEvidence, when: (instant: Instant) => string): EvidenceSection {
  return {
    kind: 'facts',
    title: PARTS.glance.title,
    rows: [
      [LABELS.recipient, facts.recipient],
      [LABELS.purpose, facts.purpose],
      [LABELS.customer, facts.customer],
      [LABELS.customerId, facts.customerId],
      [LABELS.asked, scopeWords(facts.categories.asked)],
      [LABELS.inForce, scopeWords(facts.categories.inForce)],
      [LABELS.basis, basisLine(facts.basis, facts.clause)],
      [LABELS.law, facts.law],
      [LABELS.consent, facts.consent],
      [LABELS.template, facts.template],
      [LABELS.withheld, facts.withheldUntil ? dayWords(facts.withheldUntil) : null],
      [LABELS.askedBy, `${commas(facts.askedBy.map((one) => `@${one}`))}, ${when(facts.requestedAt)}`],
      [LABELS.status, capital(stateWords(facts.status))],
      [LABELS.sent, facts.sent === null ? null : `${when(facts.sent.at)} ${at(facts.sent.by)}`],
    ],
  };
}

export function consentSections(facts: ConsentEvidence, zone: string): readonly EvidenceSection[] {
  const when = (instant: Instant): string => minuteWords(instant, zone);
  return [
    {
      kind: 'facts',
      title: PARTS.glance.title,
      rows: [
        [LABELS.purpose, facts.purpose],
        [LABELS.recipient, facts.recipient ?? ANY_RECIPIENT],
        [LABELS.customer, facts.customer],
        [LABELS.customerId, facts.customerId],
        [LABELS.asked, scopeWords(facts.categories)],
        [LABELS.granted, when(facts.grantedAt)],
        [LABELS.live, facts.live.length === 0 ? NOTHING_LEFT : scopeWords(facts.live)],
        [LABELS.recorded, `${when(facts.recordedAt)} ${at(facts.recordedBy)}`],
        [LABELS.evidence, facts.evidence ?? null],
      ],
    },
    {
      kind: 'table',
      ...PARTS.withdrawals,
      rows: facts.withdrawals.map((each) => [each.case, scopeWords(each.categories), when(each.at)]),
    },
    ...historyOf(facts.history, when),
  ];
}

type Line = { readonly entry: number; readonly at: Instant; readonly who: string; readonly what: string };

const historyOf = (
  history: readonly Line[] | undefined,
  when: (instant: Instant) => string,
): readonly EvidenceSection[] =>
  history === undefined
    ? []
    : [
        {
          kind: 'table',
          ofEntries: true,
          ...PARTS.history,
          rows: history.map((each) => [String(each.entry), when(each.at), each.who, each.what]),
        },
      ];
