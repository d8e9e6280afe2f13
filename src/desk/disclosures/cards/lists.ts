import { type Block, type Card, card, facts, text } from '../../../chat/card.js';
import { type Consent, liveCategories, withdrawingCases } from '../../../domain/disclosures/consent.js';
import type { KnownStanding } from '../../../domain/disclosures/standing.js';
import type { FreezeSays } from '../../../domain/freeze.js';
import { scopeWords } from '../../../language/en/categories.js';
import { dayWords, minuteWords } from '../../../language/en/dates.js';
import { freezeWords } from '../../../language/en/disclosure-cards.js';
import * as words from '../../../language/en/disclosure-lists.js';
import { basisWords } from '../../../language/en/disclosures.js';
import { ERASED, personWords } from '../../../language/en/people.js';
import { civilDay } from '../../../policy/calendar.js';
import type { Pack } from '../../../policy/schema.js';
import type { DisclosureRow, StandingRow } from '../../../record/rows.js';
import { maskedText } from '../../../vocabulary/mask.js';
import { type Day, maskReference } from '../../../vocabulary/values.js';
import type { RegisterLine } from '../register.js';

export type ListLine = DisclosureRow & { readonly customer: string };

export function listCard(
  title: string,
  lines: readonly ListLine[],
  more: number,
  extra: readonly Block[],
  pack: Pack,
): Card {
  const rows = lines.map((line) => [
    line.ref,
    line.customer,
    line.recipient,
    scopeWords(line.categories),
    basisWords(line.basis),
    words.STATE_SHORT[line.offered ? 'offered' : line.status],
    minuteWords(line.askedAt, pack.zone),
  ]);
  const table: readonly Block[] =
    rows.length === 0
      ? [text(words.LIST.none)]
      : [
          {
            kind: 'table',
            columns: words.LIST.columns,
            rows,
          },
        ];
  const rest = more > 0 ? [text(words.LIST.more(more))] : [];
  return card(title, 'neutral', [...table, ...rest, ...extra]);
}

/** A customer's consents, with what is left of each. */
export function consentBlocks(consents: readonly Consent[], pack: Pack): readonly Block[] {
  if (consents.length === 0) return [];
  return [
    text(words.CONSENTS.title),
    {
      kind: 'table',
      columns: words.CONSENTS.columns,
      rows: consents.map((one) => [
        one.ref,
        one.recipient ?? words.CONSENTS.anyRecipient,
        maskedText(one.purpose, one.reference),
        scopeWords(one.categories),
        dayWords(civilDay(one.grantedAt, pack.zone)),
        consentState(one),
      ]),
    },
  ];
}

const consentState = (consent: Consent): string =>
  words.consentState(liveCategories(consent), withdrawingCases(consent.withdrawals));

export function standingBlocks(standings: readonly StandingRow[]): readonly Block[] {
  if (standings.length === 0) return [];
  return [
    text(words.STANDINGS.title),
    {
      kind: 'table',
      columns: words.STANDINGS.columns,
      rows: standings.map((one) => [
        String(one.number),
        one.recipient,
        one.template,
        scopeWords(one.categories),
        `@${one.by}`,
        dayWords(one.until),
      ]),
    },
  ];
}

/** `uses`: how often each approved something. */
export function standingsTable(
  standings: readonly KnownStanding[],
  uses: readonly number[],
  today: Day,
): Block {
  return {
    kind: 'table',
    columns: words.STANDINGS.known,
    rows: standings.map((one, index) => [
      String(one.number),
      one.recipient,
      one.template,
      scopeWords(one.categories),
      `@${one.by}`,
      dayWords(one.until),
      String(uses[index] ?? 0),
      words.standingState(one, today),
    ]),
  };
}

export function registerCard(
  title: string,
  lines: readonly RegisterLine[],
  more: boolean,
  extra: readonly Block[],
  pack: Pack,
): Card {
  if (lines.length === 0 && extra.length === 0) return card(title, 'neutral', [text(words.REGISTER.nothing)]);
  const rows = lines.map((line) => [
    minuteWords(line.sentAt, pack.zone),
    line.ref,
    line.customer,
    line.recipient,
    line.categories.join(', '),
    maskedText(line.purpose, line.reference),
    words.REGISTER.basis(line.basis, line.clause),
    words.REGISTER.decidedBy(line.decidedBy, line.standing),
    line.notices.join(', ') || words.REGISTER.empty,
    line.withhold === null ? words.REGISTER.empty : dayWords(line.withhold),
  ]);
  const table: Block =
    rows.length === 0
      ? text(words.REGISTER.nothing)
      : { kind: 'table', columns: words.REGISTER.columns, rows };
  const rest = more ? [text(words.REGISTER.more)] : [];
  return card(title, 'neutral', [table, ...rest, ...extra]);
}

/** What whoever recorded it is told. */
export function recordedConsentCard(consent: Consent, pack: Pack): Card {
  const { ref, withdrawals } = consent;
  const live = liveCategories(consent);
  const late = withdrawals.length === 0 ? [] : [text(words.CONSENT.older(withdrawingCases(withdrawals)))];
  const use = live.length === 0 ? [text(words.CONSENT.recorded(ref))] : [text(words.CONSENT.says(ref))];
  const tone = live.length === 0 ? 'warning' : 'good';
  return card(consentTitle(consent), tone, [...use, ...late, consentFacts(consent, pack)], { ref });
}

/** A consent, what is left of it, and why; `frozen`: what open cases say to the rest of it. */
export function consentCard(consent: Consent, frozen: FreezeSays, pack: Pack): Card {
  const { labels, withdrawn } = words.CONSENT;
  return card(
    consentTitle(consent),
    liveCategories(consent).length === 0 ? 'warning' : 'neutral',
    [
      consentFacts(consent, pack),
      facts(
        ...consent.withdrawals.map((one) => [labels.withdrawn, withdrawn(one, pack.zone)] as const),
        [labels.frozen, liveCategories(consent).length === 0 ? null : freezeWords(frozen)],
        [
          labels.recorded,
          `${minuteWords(consent.recordedAt, pack.zone)} by ${personWords(consent.recordedBy)}`,
        ],
      ),
    ],
    { ref: consent.ref },
  );
}

const consentTitle = ({ ref, reference }: Consent): string =>
  words.CONSENT.title(ref, reference === null ? ERASED : maskReference(reference));

function consentFacts(consent: Consent, pack: Pack): Block {
  const { labels, anyRecipient } = words.CONSENT;
  const { reference } = consent;
  return facts(
    [labels.recipient, consent.recipient ?? anyRecipient],
    [labels.purpose, maskedText(consent.purpose, reference)],
    [labels.categories, scopeWords(consent.categories)],
    [labels.given, minuteWords(consent.grantedAt, pack.zone)],
    [labels.evidence, maskedText(consent.evidence, reference)],
    [labels.now, consentState(consent)],
  );
}
