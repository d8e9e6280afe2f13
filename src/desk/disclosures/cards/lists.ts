import { type Block, type Card, card, text } from '../../../chat/card.js';
import { type Consent, liveCategories } from '../../../domain/disclosures/consent.js';
import { basisWords } from '../../../language/en/disclosures.js';
import { civilDay, formatDay } from '../../../policy/calendar.js';
import type { Pack } from '../../../policy/schema.js';
import type { DisclosureRow, StandingRow } from '../../../record/rows.js';
import { maskedText } from '../../../vocabulary/mask.js';
import { maskReference } from '../../../vocabulary/values.js';
import { momentWords, scopeWords } from '../../tell/words.js';
import type { RegisterLine } from '../register.js';

const SHORT: Readonly<Record<DisclosureRow['status'], string>> = {
  requested: 'decision asked',
  blocked: 'blocked',
  approved: 'to send',
  executed: 'sent',
  expired: 'expired',
  voided: 'void',
  denied: 'denied',
  cancelled: 'cancelled',
};

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
    line.offered ? 'to offer again' : SHORT[line.status],
    momentWords(line.askedAt, pack.zone),
  ]);
  const table: readonly Block[] =
    rows.length === 0
      ? [text('None.')]
      : [
          {
            kind: 'table',
            columns: ['Disclosure', 'Customer', 'Recipient', 'Categories', 'Basis', 'Status', 'Asked'],
            rows,
          },
        ];
  const rest = more > 0 ? [text(`and ${more} more; narrow it with filter: or customer:`)] : [];
  return card(title, 'neutral', [...table, ...rest, ...extra]);
}

/** A customer's consents, with what is left of each. */
export function consentBlocks(consents: readonly Consent[], pack: Pack): readonly Block[] {
  if (consents.length === 0) return [];
  return [
    text('Consents'),
    {
      kind: 'table',
      columns: ['Consent', 'Recipient', 'Purpose', 'Categories', 'Given', 'Now'],
      rows: consents.map((one) => [
        one.ref,
        one.recipient ?? 'any of its purpose',
        maskedText(one.purpose, one.reference),
        scopeWords(one.categories),
        formatDay(civilDay(one.grantedAt, pack.zone)),
        consentState(one),
      ]),
    },
  ];
}

export function consentState(consent: Consent): string {
  const live = liveCategories(consent);
  const by = [...new Set(consent.withdrawals.map((one) => one.case))].join(', ');
  if (live.length === 0) return `withdrawn by ${by}`;
  return by === '' ? 'live' : `live for ${live.join(', ')}; the rest withdrawn by ${by}`;
}

export function standingBlocks(standings: readonly StandingRow[]): readonly Block[] {
  if (standings.length === 0) return [];
  return [
    text('Standing approvals'),
    {
      kind: 'table',
      columns: ['No.', 'Recipient', 'Template', 'Categories', 'By', 'Last day'],
      rows: standings.map((one) => [
        String(one.number),
        one.recipient,
        one.template,
        scopeWords(one.categories),
        `@${one.by}`,
        formatDay(one.until),
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
  if (lines.length === 0 && extra.length === 0)
    return card(title, 'neutral', [text('Nothing was disclosed.')]);
  const rows = lines.map((line) => [
    momentWords(line.sentAt, pack.zone),
    line.ref,
    line.customer,
    line.recipient,
    line.categories.join(', '),
    maskedText(line.purpose, line.reference),
    `${basisWords(line.basis)} (clause ${line.clause})`,
    `@${line.decidedBy}${line.standing === null ? '' : ` (standing ${line.standing})`}`,
    line.notices.join(', ') || '–',
    line.withhold === null ? '–' : formatDay(line.withhold),
  ]);
  const columns = [
    'Sent',
    'Disclosure',
    'Customer',
    'Recipient',
    'Categories',
    'Purpose',
    'Basis',
    'Decided by',
    'Told results',
    'Withheld until',
  ];
  const table: Block = rows.length === 0 ? text('Nothing was disclosed.') : { kind: 'table', columns, rows };
  const rest = more ? [text('and more; narrow it with from: and to:')] : [];
  return card(title, 'neutral', [table, ...rest, ...extra]);
}

export function consentCard(consent: Consent, pack: Pack): Card {
  const customer = consent.reference === null ? 'erased' : maskReference(consent.reference);
  const recipient = consent.recipient === null ? 'any recipient of this purpose' : consent.recipient;
  return card(
    `${consent.ref} · Consent · ${customer}`,
    'good',
    [
      text(`Recorded as ${consent.ref}. Use it: /disclosure request … basis:consent consent:${consent.ref}`),
      {
        kind: 'facts',
        facts: [
          ['Recipient', recipient],
          ['Purpose', maskedText(consent.purpose, consent.reference)],
          ['Categories', scopeWords(consent.categories)],
          ['Given', momentWords(consent.grantedAt, pack.zone)],
          ['Evidence', maskedText(consent.evidence, consent.reference)],
          ['Now', consentState(consent)],
        ],
      },
    ],
    { ref: consent.ref },
  );
}
