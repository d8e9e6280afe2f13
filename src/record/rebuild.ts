/**
 * Rebuilding every projection from the ledger, and finding where the stored ones say something else (domain.md rule 10).
 * Must not know: whether the ledger itself verifies (audit.ts asks that first), how a difference is worded.
 */
import canonicalize from 'canonicalize';
import { STANDINGS } from '../desk/disclosures/kind.js';
import { type Kept, keptTables, rebuildStandings } from '../desk/disclosures/rebuild.js';
import { channelKey, channelsFrom } from '../desk/house/channels.js';
import { packsFrom } from '../desk/house/packs.js';
import { staffFrom, staffRowOf } from '../desk/house/staff.js';
import { requestOf, requestRowOf } from '../desk/requests/kind.js';
import type { Pack } from '../policy/schema.js';
import { STREAMS } from './entry.js';
import type {
  ChannelRow,
  ConsentRow,
  DisclosureRow,
  PackRow,
  RequestRow,
  StaffRow,
  StandingRow,
} from './rows.js';
import { StoreConflict, StoreProblem, type Tx } from './store.js';

export type PackOf = (hash: string) => Promise<Pack>;

export type Projections = {
  readonly requests: readonly RequestRow[];
  readonly staff: readonly StaffRow[];
  readonly channels: readonly ChannelRow[];
  readonly packs: readonly PackRow[];
  readonly disclosures: readonly DisclosureRow[];
  readonly consents: readonly ConsentRow[];
  readonly standings: readonly StandingRow[];
};

/**
 * Where a table disagrees with the ledger; `field` is `row` when the whole row is missing or has no stream, `stream`
 * when the stream cannot be replayed.
 */
export type Difference = {
  readonly what: 'request' | 'disclosure' | 'consent' | 'standing' | 'staff' | 'channel' | 'policy';
  readonly key: string;
  readonly field: string;
  /** As JSON; null: there is no such row. */
  readonly stored: string | null;
  readonly derived: string | null;
};

/** Everything the tables should hold, from the streams alone. */
export async function rebuildAll(tx: Tx, packOf: PackOf): Promise<Projections> {
  const requests: RequestRow[] = [];
  const [disclosures, consents] = keptTables(tx, packOf);
  for (const ref of await requestStreams(tx)) requests.push(await rebuildRequest(tx, ref, packOf));
  return {
    requests,
    staff: await rebuildStaff(tx),
    channels: await rebuildChannels(tx),
    packs: await rebuildPacks(tx),
    disclosures: await rebuildKept(tx, disclosures),
    consents: await rebuildKept(tx, consents),
    standings: await rebuildStandings(tx),
  };
}

/** Compares every stored row with what its stream gives; a case is read, compared and let go before the next. */
export async function diffProjections(tx: Tx, packOf: PackOf): Promise<readonly Difference[]> {
  const found: Difference[] = [];
  const refs = await requestStreams(tx);
  for (const ref of refs) found.push(...(await diffRequest(tx, ref, packOf)));
  found.push(...(await rowsWithoutStream(tx, refs)));
  const [disclosures, consents] = keptTables(tx, packOf);
  found.push(...(await diffKept(tx, disclosures)), ...(await diffKept(tx, consents)));
  const { staff, channels, policies } = STREAMS;
  found.push(
    ...(await replayable('standing', STANDINGS, async () =>
      compare('standing', (row) => String(row.number), await tx.standings(null), await rebuildStandings(tx)),
    )),
    ...(await replayable('staff', staff, async () =>
      compare('staff', (row) => row.person, await tx.staff(), await rebuildStaff(tx)),
    )),
    ...(await replayable('channel', channels, async () =>
      compare('channel', channelKey, await tx.channels(), await rebuildChannels(tx)),
    )),
    ...(await replayable('policy', policies, async () => {
      const packs = await rebuildPacks(tx);
      const stored: PackRow[] = [];
      for (const { hash } of packs) stored.push(...[await tx.pack(hash)].filter((row) => row !== null));
      return compare('policy', (row) => row.hash, stored, packs);
    })),
  );
  return found;
}

/** The same for one case. */
export async function diffRequest(tx: Tx, ref: string, packOf: PackOf): Promise<readonly Difference[]> {
  const stored = await tx.request(ref);
  return replayable('request', ref, async () =>
    compare('request', (row) => row.ref, stored === null ? [] : [stored], [
      await rebuildRequest(tx, ref, packOf),
    ]),
  );
}

async function rebuildKept<Row extends { readonly ref: string }>(
  tx: Tx,
  { prefix, rebuild }: Kept<Row>,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const ref of await streamsWith(tx, prefix)) rows.push(await rebuild(ref));
  return rows;
}

async function diffKept<Row extends { readonly ref: string }>(
  tx: Tx,
  { what, prefix, stored, some, rebuild }: Kept<Row>,
): Promise<readonly Difference[]> {
  const found: Difference[] = [];
  const refs = await streamsWith(tx, prefix);
  for (const ref of refs) {
    const row = await stored(ref);
    found.push(
      ...(await replayable(what, ref, async () =>
        compare(what, (one) => one.ref, row === null ? [] : [row], [await rebuild(ref)]),
      )),
    );
  }
  for (const row of await some(refs.length + 1))
    if (!refs.includes(row.ref))
      found.push({ what, key: row.ref, field: 'row', stored: json(row), derived: null });
  return found;
}

/** A stream whose hashes fit and whose entries make no sense was written by somebody else: a finding, not a fault. */
async function replayable(
  what: Difference['what'],
  key: string,
  diff: () => Promise<readonly Difference[]>,
): Promise<readonly Difference[]> {
  try {
    return await diff();
  } catch (error) {
    if (error instanceof StoreConflict || error instanceof StoreProblem) throw error;
    return [{ what, key, field: 'stream', stored: null, derived: null }];
  }
}

async function rebuildRequest(tx: Tx, ref: string, packOf: PackOf): Promise<RequestRow> {
  const request = requestOf(await tx.entries(ref, { lock: false }));
  return requestRowOf(request, await packOf(request.pack.hash));
}

const rebuildStaff = async (tx: Tx): Promise<readonly StaffRow[]> =>
  [...staffFrom(await tx.entries(STREAMS.staff, { lock: false })).values()].map(staffRowOf);

const rebuildChannels = async (tx: Tx): Promise<readonly ChannelRow[]> => [
  ...channelsFrom(await tx.entries(STREAMS.channels, { lock: false })).values(),
];

const rebuildPacks = async (tx: Tx): Promise<readonly PackRow[]> => [
  ...packsFrom(await tx.entries(STREAMS.policies, { lock: false })).values(),
];

async function requestStreams(tx: Tx): Promise<readonly string[]> {
  return streamsWith(tx, 'PR-');
}

async function streamsWith(tx: Tx, prefix: string): Promise<readonly string[]> {
  return (await tx.heads()).map(({ stream }) => stream).filter((stream) => stream.startsWith(prefix));
}

/** One row more than there are streams is enough to meet a row that has none. */
async function rowsWithoutStream(tx: Tx, refs: readonly string[]): Promise<readonly Difference[]> {
  const known = new Set(refs);
  const rows = await tx.requests({ limit: refs.length + 1 });
  return rows
    .filter((row) => !known.has(row.ref))
    .map((row) => ({ what: 'request', key: row.ref, field: 'row', stored: json(row), derived: null }));
}

function compare<Row extends object>(
  what: Difference['what'],
  keyOf: (row: Row) => string,
  stored: readonly Row[],
  derived: readonly Row[],
): readonly Difference[] {
  const storedBy = new Map(stored.map((row) => [keyOf(row), row]));
  const derivedBy = new Map(derived.map((row) => [keyOf(row), row]));
  return [...new Set([...derivedBy.keys(), ...storedBy.keys()])].flatMap((key): readonly Difference[] => {
    const kept = storedBy.get(key);
    const should = derivedBy.get(key);
    if (kept === undefined || should === undefined)
      return [
        { what, key, field: 'row', stored: kept ? json(kept) : null, derived: should ? json(should) : null },
      ];
    const keptFields: ReadonlyMap<string, unknown> = new Map(Object.entries(kept));
    return Object.entries(should).flatMap(([field, value]) => {
      const has = json(keptFields.get(field));
      const wants = json(value);
      return has === wants ? [] : [{ what, key, field, stored: has, derived: wants }];
    });
  });
}

const json = (value: unknown): string => canonicalize(value) ?? 'nothing';
