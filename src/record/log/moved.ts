/**
 * The streams that have moved since the last checkpoint, each looked over before anything is signed: what is new follows on
 * what the log holds, and is what it was written as. Read in pages, in no transaction that is held.
 * Must not know: how a checkpoint is made, who is told.
 */
import { setImmediate } from 'node:timers/promises';
import { GENESIS, type LedgerFault, verifyStream } from '../../domain/ledger.js';
import type { Page } from '../kind.js';
import type { RawEntry, Tx } from '../store.js';

/** A stream's entries from `from` on are not in the log yet, and are as they were written; their hashes, in order. */
export type Moved = { readonly stream: string; readonly from: number; readonly hashes: readonly string[] };

export type Survey = {
  readonly moved: readonly Moved[];
  /** How many streams there are. */
  readonly streams: number;
  /** The first entry that is not what it should be: nothing may be signed. */
  readonly fault: LedgerFault | null;
};

const HEADS_A_PAGE = 500;
const ENTRIES_A_PAGE = 500;
/** So much of what the log holds already is looked at once more, so that one day's look at a long stream stays short. */
const LOOKED_AT_AGAIN = 1000;

type Logged = { readonly stream: string; readonly seq: number; readonly logged: number };

/** Verifies every moved stream: its entries not in the log yet, and up to a thousand before them. */
export async function surveyMoved(page: Page): Promise<Survey> {
  const moved: Moved[] = [];
  let streams = 0;
  for await (const heads of headsOf(page)) {
    streams += heads.length;
    for (const head of heads.filter(({ seq, logged }) => seq !== logged)) {
      const found = await page(({ tx }) => lookOver(tx, head));
      if ('flaw' in found) return { moved: [], streams, fault: found };
      moved.push(found);
      await setImmediate();
    }
  }
  return { moved, streams, fault: null };
}

/** How many entries are in no checkpoint yet. */
export async function countUnlogged(page: Page): Promise<number> {
  let count = 0;
  for await (const heads of headsOf(page))
    count += heads.reduce((sum, { seq, logged }) => sum + Math.max(0, seq - logged), 0);
  return count;
}

async function* headsOf(page: Page): AsyncGenerator<readonly Logged[]> {
  for (let after = ''; ; ) {
    const from = after;
    const heads: readonly Logged[] = await page(({ tx }) => tx.loggedHeads(from, HEADS_A_PAGE));
    yield heads;
    const last = heads.at(-1);
    if (last === undefined || heads.length < HEADS_A_PAGE) return;
    after = last.stream;
    await setImmediate();
  }
}

/** What is new in a stream, with what may follow it into the log; or the first of its entries that is not what it should be. */
async function lookOver(tx: Tx, { stream, logged }: Logged): Promise<Moved | LedgerFault> {
  const head = await tx.head(stream);
  if (head === null || head.seq < logged)
    return { stream, seq: (head?.seq ?? 0) + 1, flaw: { what: 'entries-missing', to: logged } };
  const seq = Math.max(1, logged - LOOKED_AT_AGAIN + 1);
  const entries = await entriesFrom(tx, stream, seq, head.seq);
  const prev = seq === 1 ? GENESIS : (entries[0]?.prev ?? GENESIS);
  const fault = verifyStream(stream, entries, head, { seq, prev });
  return (
    fault ?? { stream, from: logged + 1, hashes: entries.slice(logged + 1 - seq).map(({ hash }) => hash) }
  );
}

/** The entries `from` to `to` of a stream as stored, unopened, in pages. */
async function entriesFrom(tx: Tx, stream: string, from: number, to: number): Promise<readonly RawEntry[]> {
  const found: RawEntry[] = [];
  for (;;) {
    const after = { stream, seq: found.at(-1)?.seq ?? from - 1 };
    const page = await tx.rawEntries({ after, take: Math.min(ENTRIES_A_PAGE, to - after.seq) });
    const own = page.filter((entry) => entry.stream === stream && entry.seq <= to);
    found.push(...own);
    if (own.length < ENTRIES_A_PAGE || (own.at(-1)?.seq ?? to) >= to) return found;
  }
}
