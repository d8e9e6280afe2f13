/**
 * The register of disclosures and the cases of a month as tables, as they stood when they were asked for.
 * Must not know: who asks, how a file is sent.
 */
import { isWithheld } from '../../domain/disclosures/withheld.js';
import { onTime } from '../../domain/requests/on-time.js';
import { mayRead, type Reader } from '../../domain/requests/reading.js';
import { type PrivacyRequest, resolutionOf } from '../../domain/requests/request.js';
import { civilDay } from '../../policy/calendar.js';
import { replay } from '../../record/load.js';
import { maskedText } from '../../vocabulary/mask.js';
import type { Day, Instant, SubjectId } from '../../vocabulary/values.js';
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
  'customer_id',
  'recipient',
  'categories',
  'purpose',
  'basis',
  'clause',
  'decided_by',
  'standing_approval',
  'results_told',
] as const;

/**
 * `customer` null: everybody's. `today` null: with what is withheld from the customer, and until when. The id of a customer
 * is the desk's own, made by chance: it tells masked customers apart and leads to nobody.
 */
export async function registerTable(
  reading: Reading,
  asked: {
    readonly customer: SubjectId | null;
    readonly from: Day | null;
    readonly to: Day | null;
    readonly asOf: Instant;
  },
  today: Day | null,
): Promise<string> {
  const { customer, from, to, asOf } = asked;
  const lines = await registerLines(reading, {
    ...(customer === null ? {} : { subjectId: customer }),
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
    line.subjectId,
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
  'customer_id',
  'received_day',
  'received_at',
  'logged_at',
  'acknowledge_by',
  'acknowledged',
  'acknowledged_on_time',
  'due',
  'target',
  'owner',
  'status',
  'outcome',
  'ground',
  'closed_at',
  'on_time',
  'freeze',
  'policy',
] as const;

/** The cases received in a month (`2026-11`) that its reader may see, by number. */
export async function monthTable(
  { tx, packOf }: Reading,
  { month, asOf, reader }: { readonly month: string; readonly asOf: Instant; readonly reader: Reader },
): Promise<string> {
  const rows: (readonly string[])[] = [];
  const refs = (await tx.requests({ limit: ROWS_MAX }))
    .filter(({ receiptDay }) => receiptDay.startsWith(month))
    .map(({ ref }) => ref)
    .sort();
  for (const ref of refs) {
    const loaded = replay(requests, ref, upTo(asOf, await tx.entries(ref, { lock: false })));
    if (loaded === null || !mayRead(loaded.state, reader)) continue;
    const { zone } = await packOf(loaded.state.pack.hash);
    rows.push(caseRow(loaded.state, onTime(loaded.state, zone, civilDay(asOf, zone))));
  }
  return csv(CASES, rows);
}

const yesNo = (is: boolean | null): string => (is === null ? '' : is ? 'yes' : 'no');

function caseRow(request: PrivacyRequest, kept: ReturnType<typeof onTime>): readonly string[] {
  const { dates, phase } = request;
  const closed = phase.status === 'closed' ? phase : null;
  return [
    request.ref,
    request.type,
    maskedCustomer(request),
    request.subjectId,
    dates.receiptDay,
    request.receivedAt,
    request.loggedAt,
    dates.ackDue,
    kept.acknowledged.day ?? '',
    yesNo(kept.acknowledged.onTime),
    dates.due,
    dates.target,
    request.owner ?? '',
    phase.status,
    closed?.outcome ?? '',
    resolutionOf(request)?.ground ?? '',
    closed?.closedAt ?? '',
    yesNo(kept.closed),
    request.freeze,
    request.pack.name,
  ];
}
