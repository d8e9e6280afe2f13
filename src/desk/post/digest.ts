/**
 * What a digest says on a day, gathered from the rows at sending time: every case once, the most urgent first (dates.md, "One
 * digest per channel per local day"). Must not know: wording, when it is posted.
 */
import type { Row } from '../../chat/card.js';
import type { AnyCheckpoint } from '../../domain/checkpoint.js';
import { isWithheld, readsWithheld } from '../../domain/disclosures/withheld.js';
import type { NotSigned } from '../../domain/house.js';
import { amongThem } from '../../domain/people.js';
import { EARLY_OUTCOMES } from '../../domain/requests/events.js';
import type { Reader } from '../../domain/requests/reading.js';
import { isUnheard } from '../../domain/requests/reminding.js';
import { WITH_THE_OFFICER } from '../../language/en/disclosure-cards.js';
import { addDays, dayOf, daysBetween, localTime } from '../../policy/calendar.js';
import type { Pack } from '../../policy/schema.js';
import { checkpointNumbered, latestCheckpoint } from '../../record/checkpoints.js';
import { type People, type PresentStaff, peopleOf } from '../../record/people.js';
import type { DisclosureRow, RequestRow } from '../../record/rows.js';
import type { Tx } from '../../record/store.js';
import type { Day } from '../../vocabulary/values.js';
import { disclosureRow } from '../disclosures/cards/row.js';
import { standingIn } from '../front/roles.js';
import { caseRow, mayRule } from '../requests/cards/row.js';
import { caseInList, type RowMeans } from '../requests/on-request.js';
import { readable } from '../requests/readable.js';

/** Rows of a heading, and of all headings together: one and a half of a telephone's screens. */
export const HEADING_SHOWN = 10;
export const DIGEST_SHOWN = 12;
/** More than any desk has open: every case is counted, and looked up only where it is shown. */
const MOST = 1_000_000;

export type Heading = {
  readonly kind: 'decide' | 'mine' | 'overdue' | 'today' | 'within' | 'offer';
  /** Of `within`: at most so many days. */
  readonly days: number;
  readonly rows: readonly Row[];
  readonly count: number;
};

/** What is named in one line: of cases that stand in no row above. */
export type Also = {
  readonly kind: 'decide' | 'kept' | 'acknowledge' | 'recipients' | 'withholding' | 'unowned' | 'early';
  readonly refs: readonly string[];
};

export type DigestFacts = {
  readonly day: Day;
  readonly officer: boolean;
  readonly open: number;
  /** When the next open case is due; null where there is none. */
  readonly nextDue: Day | null;
  readonly counts: {
    readonly overdue: number;
    readonly today: number;
    readonly soon: number;
    /** What `soon` means. */
    readonly days: number;
    readonly unowned: number;
    readonly undecided: number;
  };
  readonly headings: readonly Heading[];
  readonly also: readonly Also[];
  /** Whose cases are overdue or due today, or who stands in for them. */
  readonly owners: readonly PresentStaff[];
  readonly checkpoint: AnyCheckpoint | null;
  /** Why this day has no checkpoint. */
  readonly notSigned: NotSigned | null;
};

/** Of a channel, nothing stands in it that is kept from any of its readers; `reader` null. */
export type DigestOf = {
  readonly day: Day;
  readonly officer: boolean;
  readonly reader: Reader | null;
  /** The number of the checkpoint an officer's digest carries; left out: the last one. */
  readonly checkpoint?: number | null | undefined;
  readonly notSigned?: NotSigned | null | undefined;
};

type Urgency = {
  readonly kind: Heading['kind'];
  readonly days: number;
  readonly rows: readonly RequestRow[];
};

export async function digestFacts(means: RowMeans, pack: Pack, of: DigestOf): Promise<DigestFacts> {
  const { tx } = means;
  const { day: today, officer, reader } = of;
  const people = await peopleOf(tx, today);
  const open = await readable(tx, await tx.requests({ open: true, limit: MOST }), reader);
  const undecided = await askedOf(tx, people, reader);
  const rules = means.reader(pack).may('disclosure.decide') && (officer || reader !== null);
  const deciding = officer || reader !== null ? await toDecide(means, open) : [];
  const decides = new Set(deciding.map(({ ref }) => ref));
  const mine =
    reader === null ? [] : open.filter((row) => row.owner === reader.person && !decides.has(row.ref));
  const urgent = urgencyOf(pack, open, today);
  const mineDue = mine.filter((row) => urgent.some(({ rows }) => rows.includes(row)));
  const others = urgent.map((one) => ({
    ...one,
    rows: one.rows.filter((row) => !decides.has(row.ref) && !mineDue.includes(row)),
  }));
  const offered = await tx.disclosures({ offered: true, limit: MOST });
  const sees = (row: DisclosureRow): boolean =>
    !isWithheld(row.withhold, today) ||
    officer ||
    (reader !== null && readsWithheld([row.requestedBy], reader));
  const named = (row: DisclosureRow): DisclosureRow =>
    sees(row) ? row : { ...row, recipient: WITH_THE_OFFICER };
  const headings = await fitted(means, [
    { kind: 'decide', days: 0, rows: [...deciding, ...(rules ? undecided.map(named) : [])] },
    { kind: 'mine', days: 0, rows: mineDue },
    ...others,
    { kind: 'offer', days: 0, rows: offered.map(named) },
  ]);
  const listed = new Set(headings.flatMap(({ refs }) => refs));
  const [overdue = 0, dueToday = 0, ...soon] = urgent.map(({ rows }) => rows.length);
  return {
    day: today,
    officer,
    open: open.length,
    nextDue: open.map(({ due }) => due).sort()[0] ?? null,
    counts: {
      overdue,
      today: dueToday,
      soon: soon.reduce((sum, count) => sum + count, 0),
      days: Math.max(0, ...pack.digest.within),
      unowned: open.filter(({ owner }) => owner === null).length,
      undecided: open.filter(({ status }) => status === 'awaiting_decision').length + undecided.length,
    },
    headings,
    also: await alsoOf({ tx, pack }, open, await askedOf(tx, people, null), { ...of, listed }),
    owners: reader === null && !officer ? ownersOf(people, urgent.slice(0, 2)) : [],
    checkpoint: officer ? await checkpointOf(tx, of) : null,
    notSigned: of.notSigned ?? null,
  };
}

const checkpointOf = (tx: Tx, { checkpoint }: DigestOf): Promise<AnyCheckpoint | null> =>
  checkpoint === undefined ? latestCheckpoint(tx) : checkpointNumbered(tx, checkpoint ?? 0);

/** Overdue, today, then one group for each `within` of the pack; every case in one of them. */
function urgencyOf(pack: Pack, open: readonly RequestRow[], today: Day): readonly Urgency[] {
  const dueIn = (from: number, to: number) =>
    open.filter((row) => {
      const left = daysBetween(today, row.due);
      return left >= from && left <= to;
    });
  const bounds = [...pack.digest.within].sort((one, other) => one - other);
  return [
    { kind: 'overdue', days: 0, rows: dueIn(Number.NEGATIVE_INFINITY, -1) },
    { kind: 'today', days: 0, rows: dueIn(0, 0) },
    ...bounds.map((days, index) => ({
      kind: 'within' as const,
      days,
      rows: dueIn((bounds[index - 1] ?? 0) + 1, days),
    })),
  ];
}

/** Proposals that whoever reads it may rule on; of a channel, that an officer may. */
async function toDecide(means: RowMeans, open: readonly RequestRow[]): Promise<readonly RequestRow[]> {
  const found: RequestRow[] = [];
  for (const row of open.filter(({ status }) => status === 'awaiting_decision')) {
    const loaded = await caseInList(means, row.ref);
    if (loaded !== null && mayRule(loaded, means.reader)) found.push(row);
  }
  return found;
}

/** Disclosures that nobody decided, but for those this reader asked for. */
async function askedOf(tx: Tx, { same }: People, reader: Reader | null): Promise<readonly DisclosureRow[]> {
  const rows = await tx.disclosures({ statuses: ['requested'], limit: MOST });
  return reader === null
    ? rows
    : rows.filter(
        ({ requestedBy }) => requestedBy === null || !amongThem(same, [requestedBy], reader.person),
      );
}

type Wanted = {
  readonly kind: Heading['kind'];
  readonly days: number;
  readonly rows: readonly (RequestRow | DisclosureRow)[];
};

const isCase = (row: RequestRow | DisclosureRow): row is RequestRow => 'due' in row;

/** As many rows as there is room for, the first headings first; a heading nothing of which is shown is still counted. */
async function fitted(
  means: RowMeans,
  wanted: readonly Wanted[],
): Promise<readonly (Heading & { readonly refs: readonly string[] })[]> {
  const headings = [];
  let room = DIGEST_SHOWN;
  for (const { kind, days, rows: all } of wanted) {
    if (all.length === 0) continue;
    const rows: Row[] = [];
    for (const row of all.slice(0, Math.min(HEADING_SHOWN, room)))
      rows.push(isCase(row) ? await caseRow(means, row) : await disclosureRow(means, row));
    room -= rows.length;
    headings.push({ kind, days, rows, count: all.length, refs: all.map(({ ref }) => ref) });
  }
  return headings;
}

async function alsoOf(
  { tx, pack }: { readonly tx: Tx; readonly pack: Pack },
  open: readonly RequestRow[],
  undecided: readonly DisclosureRow[],
  { day: today, officer, reader, listed }: DigestOf & { readonly listed: ReadonlySet<string> },
): Promise<readonly Also[]> {
  const said = new Set(listed);
  const once = (kind: Also['kind'], rows: readonly { readonly ref: string }[]): Also => {
    const refs = rows.map(({ ref }) => ref).filter((ref) => !said.has(ref));
    for (const ref of refs) said.add(ref);
    return { kind, refs };
  };
  const ended = (await tx.requests({ retainedUntilBy: today, limit: MOST })).filter(
    ({ status }) => status === 'closed',
  );
  const withheld = officer ? await tx.disclosures({ limit: MOST, withheldUntil: today }) : [];
  const early = officer ? await endedEarly(tx, pack, today, reader) : [];
  return [
    once('decide', [...open.filter(({ status }) => status === 'awaiting_decision'), ...undecided]),
    once('kept', ended),
    once(
      'acknowledge',
      open.filter((row) => isUnheard(row) && row.ackDue <= today),
    ),
    once(
      'recipients',
      open.filter(({ openRecipients }) => openRecipients > 0),
    ),
    once('withholding', withheld),
    once('early', early),
    once(
      'unowned',
      open.filter(({ owner }) => owner === null),
    ),
  ].filter(({ refs }) => refs.length > 0);
}

function ownersOf(people: People, late: readonly Urgency[]): readonly PresentStaff[] {
  const owners = new Set(late.flatMap(({ rows }) => rows.map(({ owner }) => owner)));
  return standingIn(
    people,
    people.staff.filter(({ active, person }) => active && owners.has(person)),
  );
}

/** Since nine o'clock of the day of the checkpoint before today's, which the last officer's digest carried. */
async function endedEarly(
  tx: Tx,
  pack: Pack,
  today: Day,
  reader: Reader | null,
): Promise<readonly RequestRow[]> {
  const last = await latestCheckpoint(tx);
  const ofDayBefore =
    last !== null && last.day >= today ? await checkpointNumbered(tx, last.number - 1) : last;
  const before = ofDayBefore?.day ?? addDays(today, -1);
  const closedFrom = localTime(dayOf(before), pack.digest.at, pack.zone);
  const closed = await tx.requests({ open: false, closedFrom, limit: MOST });
  const early = closed.filter(({ outcome }) => EARLY_OUTCOMES.some((one) => one === outcome));
  return readable(tx, early, reader);
}
