/**
 * The streams that moved since the last checkpoint, against their heads, seals and keys: what the next checkpoint would sign.
 * Must not know: who asks, how findings are worded.
 */
import type { LedgerFault } from '../domain/ledger.js';
import { verifyStream } from '../domain/ledger.js';
import { rawStream } from './audit.js';
import { goneSince, type KeyPlaces, keysGone, notePlaces } from './audit-beside.js';
import { checkpoints } from './checkpoints.js';
import type { Page } from './kind.js';
import { loadOnly } from './load.js';
import { LedgerDamage } from './store.js';

const STREAMS_A_PAGE = 25;

/** The first fault of each; empty: all of it is as this desk wrote it. */
export async function movedFaults(page: Page): Promise<readonly LedgerFault[]> {
  const { streams, lastSeen, unread } = await page(async ({ tx }) => {
    const seen = tx.lastSeen();
    const heads = await tx.heads();
    const covered = new Map<string, string>();
    let damaged: LedgerFault | null = null;
    try {
      for (const { moved } of (await loadOnly(tx, checkpoints, { lock: false })).state)
        for (const { stream, hash } of moved) covered.set(stream, hash);
    } catch (error) {
      if (!(error instanceof LedgerDamage)) throw error;
      damaged = { stream: error.stream, seq: error.seq, flaw: { what: 'not-sealed' } };
    }
    const moved = heads.filter(({ stream, hash, vouched }) => covered.get(stream) !== hash || !vouched);
    const gone = [...covered.keys(), ...seen.keys()].filter(
      (stream) => !heads.some((head) => head.stream === stream),
    );
    return {
      lastSeen: seen,
      unread: damaged,
      streams: [...new Set([...moved.map(({ stream }) => stream), ...gone])].sort(),
    };
  });
  const faults: LedgerFault[] = unread === null ? [] : [unread];
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
        if (fault !== null && fault.stream !== unread?.stream) faults.push(fault);
      }
      faults.push(...(await keysGone(tx, places)));
    });
  return faults;
}
