/**
 * The figures of a month read from the record: three months at once, in pages, each page a transaction of its own where
 * the caller has one to give, so that no desk is too large for it. Opens nothing that is sealed. Must not know: wording, who asks.
 */
import {
  type CaseFacts,
  caseFacts,
  figuresOf,
  lastDayOf,
  type MonthFigures,
  monthBefore,
  type ReportFigures,
  type Span,
  spanOf,
} from '../../domain/report.js';
import type { PrivacyRequest } from '../../domain/requests/request.js';
import { civilDay, compareInstants } from '../../policy/calendar.js';
import { stampedOf, stateAfter } from '../../record/load.js';
import type { DisclosureRow, RequestRow } from '../../record/rows.js';
import type { Tx } from '../../record/store.js';
import { partsOf } from '../../vocabulary/references.js';
import type { Instant } from '../../vocabulary/values.js';
import { disclosures } from '../disclosures/kind.js';
import { requests } from '../requests/kind.js';

/** Runs one page: in a transaction of its own, or in the one the caller is in. */
export type ReadPage = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

const ROWS = 500;
const STREAMS_A_PAGE = 25;
/** Entries of one case read at once: most have fewer. */
const ENTRIES_OF_A_CASE = 50;
/** Entries looked through a page for refusals. */
const ENTRIES_FOR_REFUSALS = 20_000;
/** Counts nowhere: a case that never was (domain.md, "Settled points"). */
const IN_ERROR = 'logged_in_error';

/** What was found of one month so far. */
type Found = {
  readonly span: Span;
  readonly cases: CaseFacts[];
  readonly disclosures: { readonly basis: string; readonly recipient: string }[];
  readonly refusals: string[];
};

/** The month, the one before it and the same a year before, as the record stands at `now`. */
export async function readReport(
  read: ReadPage,
  asked: { readonly month: string; readonly zone: string; readonly now: Instant },
): Promise<ReportFigures> {
  const { month, zone, now } = asked;
  const months = [month, monthBefore(month), monthBefore(month, 12)];
  const [current, last, yearBefore] = months.map((each): Found => {
    return { span: spanOf(each, zone, now), cases: [], disclosures: [], refusals: [] };
  });
  if (current === undefined || last === undefined || yearBefore === undefined)
    throw new Error('three months');
  const found = [current, last, yearBefore];
  await readCases(read, found);
  for (const one of found) await readDisclosures(read, one, civilDay(now, zone));
  await readRefusals(read, found);
  const begun = await read(firstRecord);
  const figures = ({ span, cases, disclosures, refusals }: Found): MonthFigures =>
    figuresOf(span, cases, disclosures, refusals);
  const figuresIfBegun = (one: Found): MonthFigures | null =>
    begun === null || compareInstants(begun, one.span.end) >= 0 ? null : figures(one);
  return {
    ...lastDayOf(current.span),
    month: figures(current),
    last: figuresIfBegun(last),
    yearBefore: figuresIfBegun(yearBefore),
  };
}

/** When the desk's first case or disclosure was recorded; null before there is one. Numbers are given in order. */
export async function firstRecord(tx: Tx): Promise<Instant | null> {
  let first: Instant | null = null;
  for (const { prefix } of [disclosures.streams, requests.streams]) {
    const [entry] = await tx.rawEntries({ after: { stream: `${prefix}-`, seq: 0 }, take: 1 });
    if (entry === undefined || partsOf(entry.stream)?.prefix !== prefix) continue;
    if (first === null || compareInstants(entry.at, first) < 0) first = entry.at;
  }
  return first;
}

async function readCases(read: ReadPage, found: readonly Found[]): Promise<void> {
  for (let after = ''; ; ) {
    const rows = await read((tx) => tx.requests({ after, limit: ROWS }));
    const wanted = rows.filter((row) => found.some(({ span }) => mayCount(row, span)));
    for (let at = 0; at < wanted.length; at += STREAMS_A_PAGE) {
      const page = wanted.slice(at, at + STREAMS_A_PAGE);
      await read(async (tx) => {
        for (const { ref } of page) addCase(await statesOf(tx, ref, found), found);
      });
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < ROWS) return;
    after = last.ref;
  }
}

/** Whether a case can have been open, opened or closed in the span, as its row stands now. */
function mayCount({ loggedAt, closedAt, outcome }: RequestRow, { from, end }: Span): boolean {
  if (outcome === IN_ERROR || compareInstants(loggedAt, end) >= 0) return false;
  return closedAt === null || compareInstants(closedAt, from) >= 0;
}

type State = PrivacyRequest | null;

/** The case as it stood at the end of each span; null before it was logged. Sealed parts stay sealed. */
async function statesOf(tx: Tx, ref: string, found: readonly Found[]): Promise<readonly State[]> {
  const states: State[] = found.map(() => null);
  let state: State = null;
  for (let seq = 0; ; ) {
    const page = await tx.rawEntries({ after: { stream: ref, seq }, take: ENTRIES_OF_A_CASE });
    const own = page.filter(({ stream }) => stream === ref);
    for (const entry of own) {
      state = stateAfter(requests, state, [stampedOf(requests, { ...entry, personal: null })]);
      for (const [index, { span }] of found.entries())
        if (compareInstants(entry.at, span.end) < 0) states[index] = state;
    }
    const last = own.at(-1);
    if (last === undefined || own.length < ENTRIES_OF_A_CASE) return states;
    seq = last.seq;
  }
}

function addCase(states: readonly State[], found: readonly Found[]): void {
  for (const [index, state] of states.entries()) {
    const one = found[index];
    const facts = state === null || one === undefined ? null : caseFacts(state, one.span);
    if (facts !== null) one?.cases.push(facts);
  }
}

async function readDisclosures(read: ReadPage, one: Found, today: string): Promise<void> {
  const { month } = one.span;
  const sentFrom = `${month}-01` as DisclosureRow['sentDay'] & string;
  const sentTo = `${month}-31` as DisclosureRow['sentDay'] & string;
  for (let after = ''; ; ) {
    const rows = await read((tx) => tx.disclosures({ sentFrom, sentTo, after, limit: ROWS }));
    for (const { basis, recipient, withhold } of rows) {
      // Whom a withheld one went to is for fewer people than this report (domain.md, "By law and in secret").
      const kept = withhold !== null && today < withhold;
      one.disclosures.push({ basis, recipient: kept ? '(withheld)' : recipient });
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < ROWS) return;
    after = last.ref;
  }
}

async function readRefusals(read: ReadPage, found: readonly Found[]): Promise<void> {
  for (let after: number | null = 0; after !== null; ) {
    const page: { readonly after: number; readonly span: number } = { after, span: ENTRIES_FOR_REFUSALS };
    const { entries, next } = await read((tx) => tx.entriesOfType('command_refused', page));
    for (const { at, body } of entries) {
      const code = codeIn(body);
      for (const { span, refusals } of found)
        if (compareInstants(at, span.from) >= 0 && compareInstants(at, span.end) < 0) refusals.push(code);
    }
    after = next;
  }
}

function codeIn(body: unknown): string {
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : null;
  return typeof code === 'string' ? code : 'unknown';
}
