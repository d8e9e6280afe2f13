import { type Block, type Card, card, facts, text } from '../../../chat/card.js';
import { type Consent, liveCategories, withdrawingCases } from '../../../domain/disclosures/consent.js';
import { scopeWords } from '../../../language/en/categories.js';
import { dayWords, minuteWords } from '../../../language/en/dates.js';
import * as words from '../../../language/en/disclosure-lists.js';
import { basisWords } from '../../../language/en/disclosures.js';
import { ERASED } from '../../../language/en/people.js';
import { civilDay } from '../../../policy/calendar.js';
import type { Pack } from '../../../policy/schema.js';
import type { DisclosureRow, StandingRow } from '../../../record/rows.js';
import { maskedText } from '../../../vocabulary/mask.js';
import { maskReference } from '../../../vocabulary/values.js';
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

export function consentCard(consent: Consent, pack: Pack): Card {
  const { ref, reference } = consent;
  const { title, says, labels, anyRecipient } = words.CONSENT;
  return card(
    title(ref, reference === null ? ERASED : maskReference(reference)),
    'good',
    [
      text(says(ref)),
      facts(
        [labels.recipient, consent.recipient ?? anyRecipient],
        [labels.purpose, maskedText(consent.purpose, reference)],
        [labels.categories, scopeWords(consent.categories)],
        [labels.given, minuteWords(consent.grantedAt, pack.zone)],
        [labels.evidence, maskedText(consent.evidence, reference)],
        [labels.now, consentState(consent)],
      ),
    ],
    { ref },
  );
}
