/**
 * The ledgers that a released version wrote (test/fixtures/ledger-*.jsonl), each as a transaction that reads it, over whatever
 * tables are given. Must not know: what a test expects of them.
 */
import { readFileSync } from 'node:fs';
import type { DeskKinds } from '../../src/desk/tell/kinds.js';
import type { LedgerEntry } from '../../src/domain/ledger.js';
import type {
  ChannelRow,
  ConsentRow,
  DisclosureRow,
  RequestRow,
  StaffRow,
  StandingRow,
} from '../../src/record/rows.js';
import type { OpenEntry, RawEntry, Tx } from '../../src/record/store.js';

/** The rows that the version itself had written. */
export type FrozenRows = {
  readonly requests: readonly RequestRow[];
  readonly disclosures: readonly DisclosureRow[];
  readonly consents: readonly ConsentRow[];
  readonly standings: readonly StandingRow[];
  readonly staff: readonly StaffRow[];
  readonly channels: readonly ChannelRow[];
};

export type FrozenLedger = {
  readonly script: string;
  readonly publicKey: string;
  readonly entries: readonly OpenEntry[];
  readonly counters: Readonly<Record<string, number>>;
  readonly rows: FrozenRows;
};

type Line =
  | { readonly version: string; readonly publicKey: string }
  | { readonly script: string; readonly entry: OpenEntry }
  | {
      readonly script: string;
      readonly counters: Readonly<Record<string, number>>;
      readonly rows: FrozenRows;
    };

export function frozenLedgers(version: string): readonly FrozenLedger[] {
  const lines = readFileSync(`test/fixtures/ledger-${version}.jsonl`, 'utf8').trimEnd().split('\n');
  const found: FrozenLedger[] = [];
  let publicKey = '';
  let entries: OpenEntry[] = [];
  for (const line of lines.map((text) => JSON.parse(text) as Line)) {
    if ('version' in line) publicKey = line.publicKey;
    else if ('entry' in line) entries.push(line.entry);
    else {
      found.push({ ...line, publicKey, entries });
      entries = [];
    }
  }
  return found;
}

/** Reads the ledger, and these rows where a table is asked; anything else is not there. */
export function frozenTx(
  { entries, counters }: FrozenLedger,
  kinds: DeskKinds,
  rows: ReadonlyMap<string, readonly object[]>,
): Tx {
  const streams = [...new Set(entries.map(({ stream }) => stream))].sort();
  const of = (stream: string) => entries.filter((entry) => entry.stream === stream);
  const headOf = (stream: string) => {
    const last = of(stream).at(-1);
    return last === undefined ? null : { stream, seq: last.seq, hash: last.hash, vouched: true };
  };
  const rowsOf = <Row>(name: string) => (rows.get(name) ?? []) as readonly Row[];
  const keyed = async <Row>(name: string, key: string): Promise<Row | null> => {
    const table = kinds.all.find((kind) => kind.name === name)?.table;
    return rowsOf<object & Row>(name).find((row) => table?.keyOf(row) === key) ?? null;
  };
  const inOrder = streams.flatMap(of);
  const reading: Partial<Tx> = {
    entries: async (stream) => of(stream),
    head: async (stream) => headOf(stream),
    headSeq: async (stream) => headOf(stream)?.seq ?? 0,
    heads: async () => streams.flatMap((stream) => headOf(stream) ?? []),
    rawEntries: async ({ after, take }) => {
      const from = after === null ? 0 : inOrder.findIndex((entry) => isBehind(entry, after));
      return from < 0 ? [] : inOrder.slice(from, from + take).map(unopened);
    },
    lastSeen: () => new Map(),
    missingKeys: async () => [],
    foreignRows: async () => ({ rows: [], next: null }),
    damage: async () => [],
    logSize: async () => 0,
    leaves: async () => [],
    leavesOf: async () => [],
    lastLeafOf: async () => null,
    counters: async () => new Map(Object.entries(counters)),
    lockSubject: async () => undefined,
    request: (ref) => keyed('request', ref),
    requests: async () => rowsOf('request'),
    disclosure: (ref) => keyed('disclosure', ref),
    disclosures: async () => rowsOf('disclosure'),
    consent: (ref) => keyed('consent', ref),
    consents: async () => rowsOf('consent'),
    standings: async () => rowsOf('standing'),
    staff: async () => rowsOf('staff'),
    channels: async () => rowsOf('channel'),
    pack: (hash) => keyed('policy', hash),
  };
  return new Proxy(reading as Tx, {
    get: (target, name) => {
      const found: unknown = Reflect.get(target, name);
      if (found === undefined) throw new Error(`a frozen ledger has no ${String(name)}`);
      return found;
    },
  });
}

const isBehind = (entry: LedgerEntry, after: { readonly stream: string; readonly seq: number }): boolean =>
  entry.stream > after.stream || (entry.stream === after.stream && entry.seq > after.seq);

const unopened = ({ personal: _personal, ...entry }: OpenEntry): RawEntry => ({
  ...entry,
  vouched: true,
  keyId: null,
});
