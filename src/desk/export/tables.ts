/**
 * The register of disclosures and the cases of a month as tables, as they stood when they were asked for.
 * Must not know: who asks, how a file is sent.
 */
import { isWithheld } from '../../domain/disclosures/withheld.js';
import { mayRead, type Reader } from '../../domain/requests/reading.js';
import type { PrivacyRequest } from '../../domain/requests/request.js';
import { replay } from '../../record/load.js';
import { maskedText } from '../../vocabulary/mask.js';
import type { Day, Instant } from '../../vocabulary/values.js';
import { registerLines, upTo } from '../disclosures/register.js';
import type { PlanContext } from '../front/plan.js';
import { requests } from '../requests/kind.js';
import { maskedCustomer } from '../tell/words.js';
import { csv } from './csv.js';

type Reading = Pick<PlanContext, 'tx' | 'packOf'>;

/** More rows than any desk has. */
const ROWS_MAX = 1_000_000;

const REGISTER = [
  'sent_day',
  'sent_at',
  'disclosure',
  'customer',
  'recipient',
  'categories',
  'purpose',
  'basis',
  'clause',
  'decided_by',
  'standing_approval',
  'results_told',
] as const;

/** `today` null: with what is withheld from the customer, and until when. */
export async function registerTable(
  reading: Reading,
  asked: { readonly from: Day | null; readonly to: Day | null; readonly asOf: Instant },
  today: Day | null,
): Promise<string> {
  const { from, to, asOf } = asked;
  const lines = await registerLines(reading, {
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to }),
    asOf,
    limit: ROWS_MAX,
  });
  const shown = lines.filter(({ withhold }) => today === null || !isWithheld(withhold, today));
  const rows = shown.map((line) => [
    line.sentDay,
    line.sentAt,
    line.ref,
    line.customer,
    maskedText(line.recipient, line.reference),
    line.categories.join(' '),
    maskedText(line.purpose, line.reference),
    line.basis,
    line.clause,
    line.decidedBy,
    line.standing === null ? '' : String(line.standing),
    line.notices.join('; '),
    ...(today === null ? [line.withhold ?? ''] : []),
  ]);
  return csv([...REGISTER, ...(today === null ? ['withheld_until'] : [])], rows);
}

const CASES = [
  'case',
  'type',
  'customer',
  'received_day',
  'received_at',
  'logged_at',
  'acknowledge_by',
  'due',
  'target',
  'owner',
  'status',
  'outcome',
  'closed_at',
  'freeze',
  'policy',
] as const;

/** The cases received in a month (`2026-11`) that its reader may see, by number. */
export async function monthTable(
  { tx }: Pick<Reading, 'tx'>,
  { month, asOf, reader }: { readonly month: string; readonly asOf: Instant; readonly reader: Reader },
): Promise<string> {
  const rows: (readonly string[])[] = [];
  const refs = (await tx.requests({ limit: ROWS_MAX }))
    .filter(({ receiptDay }) => receiptDay.startsWith(month))
    .map(({ ref }) => ref)
    .sort();
  for (const ref of refs) {
    const loaded = replay(requests, ref, upTo(asOf, await tx.entries(ref, { lock: false })));
    if (loaded !== null && mayRead(loaded.state, reader)) rows.push(caseRow(loaded.state));
  }
  return csv(CASES, rows);
}

function caseRow(request: PrivacyRequest): readonly string[] {
  const { dates, phase } = request;
  const closed = phase.status === 'closed' ? phase : null;
  return [
    request.ref,
    request.type,
    maskedCustomer(request),
    dates.receiptDay,
    request.receivedAt,
    request.loggedAt,
    dates.ackDue,
    dates.due,
    dates.target,
    request.owner ?? '',
    phase.status,
    closed?.outcome ?? '',
    closed?.closedAt ?? '',
    request.freeze,
    request.pack.name,
  ];
}
