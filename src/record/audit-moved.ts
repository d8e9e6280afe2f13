/**
 * The streams that moved since the last checkpoint, against their heads, seals and keys: what the next checkpoint would sign.
 * Must not know: who asks, how findings are worded.
 */
import type { LedgerFault } from '../domain/ledger.js';
import { verifyStream } from '../domain/ledger.js';
import { goneSince, type KeyPlaces, keysGone, notePlaces } from './audit-beside.js';
import { rawStream } from './audit-checkpoints.js';
import type { Page } from './kind.js';
import type { Tx } from './store.js';

const STREAMS_A_PAGE = 25;
const HEADS_A_PAGE = 500;

/** The first fault of each; empty: all of it is as this desk wrote it. */
export async function movedFaults(page: Page): Promise<readonly LedgerFault[]> {
  const { streams, lastSeen } = await page(async ({ tx }) => {
    const seen = tx.lastSeen();
    const heads = await tx.heads();
    const logged = await loggedIn(tx);
    const moved = heads.filter(({ stream, seq, vouched }) => logged.get(stream) !== seq || !vouched);
    const there = new Set(heads.map(({ stream }) => stream));
    const gone = [...seen.keys()].filter((stream) => !there.has(stream));
    return { lastSeen: seen, streams: [...moved.map(({ stream }) => stream), ...gone].sort() };
  });
  const faults: LedgerFault[] = [];
  for (let at = 0; at < streams.length; at += STREAMS_A_PAGE)
    await page(async ({ tx }) => {
      const places: KeyPlaces = new Map();
      for (const stream of streams.slice(at, at + STREAMS_A_PAGE)) {
        await tx.headSeq(stream, { lock: true });
        const entries = await rawStream(tx, stream);
        notePlaces(places, entries);
        const head = await tx.head(stream);
        const fault =
          verifyStream(stream, entries, head) ??
          goneSince(lastSeen, stream, entries) ??
          (entries.length === 0 ? { stream, seq: 1, flaw: { what: 'stream-gone' as const } } : null);
        if (fault !== null) faults.push(fault);
      }
      faults.push(...(await keysGone(tx, places)));
    });
  return faults;
}

/** The last entry of each stream that is in the log. */
async function loggedIn(tx: Tx): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  for (let after = ''; ; ) {
    const heads = await tx.loggedHeads(after, HEADS_A_PAGE);
    for (const { stream, logged } of heads) found.set(stream, logged);
    const last = heads.at(-1);
    if (last === undefined || heads.length < HEADS_A_PAGE) return found;
    after = last.stream;
  }
}
