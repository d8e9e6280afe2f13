/** Altering, deleting, inserting or reordering any entry makes verification name the first bad one (domain.md rule 5). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalBytes,
  GENESIS,
  type LedgerEntry,
  linkEntry,
  verifyStream,
} from '../../src/domain/ledger.js';
import type { Account, Instant, Json, Person } from '../../src/vocabulary/values.js';
import { chainOf, chains, headOf, relink } from './ledger-samples.js';

const pick = (chain: readonly LedgerEntry[]) => fc.nat({ max: chain.length - 1 });
const chainWithPlace = chains.chain((chain) => fc.tuple(fc.constant(chain), pick(chain)));

const changes: readonly ((entry: LedgerEntry) => LedgerEntry)[] = [
  (entry) => ({ ...entry, at: '2031-01-01T00:00:00Z' as Instant }),
  (entry) => ({ ...entry, actor: { ...entry.actor, person: 'mallory' as Person } }),
  (entry) => ({ ...entry, actor: { ...entry.actor, account: 'slack:U666' as Account } }),
  (entry) => ({ ...entry, type: `${entry.type}_not` }),
  (entry) => ({ ...entry, body: { was: entry.body } }),
  (entry) => ({ ...entry, body: 'half \ud800 a character' }),
  (entry) => ({ ...entry, sealed: entry.sealed === null ? 'AAAA' : null }),
  (entry) => ({ ...entry, prev: 'f'.repeat(64) }),
  (entry) => ({ ...entry, hash: 'f'.repeat(64) }),
];

describe('a stream', () => {
  it('verifies when nothing was done to it', () => {
    fc.assert(
      fc.property(chains, (chain) => {
        expect(verifyStream('S', chain, headOf(chain))).toBeNull();
      }),
    );
    expect(verifyStream('S', [], null)).toBeNull();
  });

  it('names the altered entry, whatever was altered in it', () => {
    fc.assert(
      fc.property(chainWithPlace, fc.constantFrom(...changes), ([chain, at], change) => {
        const altered = chain.map((entry, index) => (index === at ? change(entry) : entry));
        expect(verifyStream('S', altered, headOf(chain))).toMatchObject({ stream: 'S', seq: at + 1 });
      }),
    );
  });

  it('names the entry after one that was altered and hashed anew', () => {
    fc.assert(
      fc.property(chainWithPlace, ([chain, at]) => {
        const forged = chain.map((entry, index) =>
          index === at ? linkEntry({ ...entry, type: `${entry.type}_not` }) : entry,
        );
        const seq = Math.min(at + 2, chain.length);
        expect(verifyStream('S', forged, headOf(chain))).toMatchObject({ seq });
      }),
    );
  });

  it('names the deleted entry', () => {
    fc.assert(
      fc.property(chainWithPlace, ([chain, at]) => {
        const rest = chain.filter((_, index) => index !== at);
        const fault = verifyStream('S', rest, headOf(chain));
        expect(fault?.seq).toBe(at + 1);
        expect(fault?.flaw.what).toMatch(/missing/);
      }),
    );
  });

  it('names the first of a deleted tail, and of a whole stream that is gone', () => {
    fc.assert(
      fc.property(chainWithPlace, ([chain, at]) => {
        expect(verifyStream('S', chain.slice(0, at), headOf(chain))?.seq).toBe(at + 1);
      }),
    );
  });

  it('names an inserted entry, or the one it pushed on', () => {
    fc.assert(
      fc.property(chainWithPlace, fc.boolean(), ([chain, at], linked) => {
        const prev = chain[at - 1]?.hash ?? GENESIS;
        const forged = linkEntry({
          ...(chain[at] as LedgerEntry),
          type: 'forged',
          prev: linked ? prev : 'e'.repeat(64),
        });
        const pushed = chain.slice(at).map((entry) => ({ ...entry, seq: entry.seq + 1 }));
        const fault = verifyStream('S', [...chain.slice(0, at), forged, ...pushed], headOf(chain));
        expect(fault?.seq).toBe(linked ? at + 2 : at + 1);
      }),
    );
  });

  it('names the first of two entries that changed places', () => {
    const twoPlaces = chains
      .filter((chain) => chain.length > 1)
      .chain((chain) => fc.tuple(fc.constant(chain), pick(chain), pick(chain)))
      .filter(([, one, other]) => one !== other);
    fc.assert(
      fc.property(twoPlaces, fc.boolean(), ([chain, one, other], renumbered) => {
        const swapped = chain.map((entry, index) => {
          const from = index === one ? chain[other] : index === other ? chain[one] : entry;
          return renumbered ? { ...(from as LedgerEntry), seq: index + 1 } : (from as LedgerEntry);
        });
        expect(verifyStream('S', swapped, headOf(chain))?.seq).toBe(Math.min(one, other) + 1);
      }),
    );
  });

  it('notices a head that was rewritten or lost', () => {
    const chain = chainOf('S', [{ n: 1 }, { n: 2 }, { n: 3 }]);
    expect(verifyStream('S', chain, null)).toMatchObject({ seq: 1, flaw: { what: 'no-head' } });
    expect(verifyStream('S', chain, { seq: 2, hash: chain[1]?.hash ?? '' })).toMatchObject({ seq: 3 });
    expect(verifyStream('S', chain, { seq: 3, hash: GENESIS })).toMatchObject({ seq: 3 });
    expect(verifyStream('S', chain, { seq: 5, hash: GENESIS })).toMatchObject({
      seq: 4,
      flaw: { what: 'entries-missing', to: 5 },
    });
    expect(verifyStream('S', [], { seq: 2, hash: GENESIS })).toMatchObject({ seq: 1 });
  });

  it('names an entry of another stream', () => {
    const [first, ...rest] = chainOf('S', [{}, {}]);
    const moved = [linkEntry({ ...(first as LedgerEntry), stream: 'T' }), ...rest];
    expect(verifyStream('S', moved, headOf(moved))).toMatchObject({
      seq: 1,
      flaw: { what: 'other-stream', of: 'T' },
    });
  });

  it('does not see a chain that was rewritten to its end: that is the checkpoints’ work', () => {
    const chain = chainOf('S', [{ n: 1 }, { n: 2 }, { n: 3 }]);
    const rewritten = relink(chain, 1, { n: 'other' });
    expect(verifyStream('S', rewritten, headOf(rewritten))).toBeNull();
  });
});

describe('canonical bytes', () => {
  it('do not depend on the order of keys', () => {
    const entry = (body: Json) => ({ ...(chainOf('S', [body])[0] as LedgerEntry) });
    expect(canonicalBytes(entry({ b: 1, a: [2, { d: 3, c: 4 }] }))).toBe(
      canonicalBytes(entry({ a: [2, { c: 4, d: 3 }], b: 1 })),
    );
  });

  it('cover every part of an entry and begin with their version', () => {
    const [entry] = chainOf('PR-2026-0001', [{ type: 'x' }]);
    expect(JSON.parse(canonicalBytes(entry as LedgerEntry))).toEqual({
      v: 1,
      stream: 'PR-2026-0001',
      seq: 1,
      at: entry?.at,
      actor: entry?.actor,
      type: 'happened',
      body: { type: 'x' },
      sealed: null,
      prev: GENESIS,
    });
  });
});
