/**
 * As much of a store as requests, disclosures, consents and standing approvals need, in memory: for thousands of walks through
 * the desk's own record, which a database would make too slow. It keeps what it is given and seals nothing; a method that is
 * not here throws. Must not know: any rule.
 */
import type { StreamId } from '../../src/domain/ledger.js';
import type { ConsentRow, DisclosureRow, RequestRow, StaffRow, StandingRow } from '../../src/record/rows.js';
import { type OpenEntry, type Store, StoreConflict, type Tx } from '../../src/record/store.js';
import type { Instant, SubjectId } from '../../src/vocabulary/values.js';

type Due = { readonly ref: string; readonly nextDueAt: Instant | null };

/** Earliest first, as the database's index gives them. */
function dueIn<Row extends Due>(rows: Iterable<Row>, now: Instant, take: number): readonly Row[] {
  const at = (row: Row): number => Date.parse(row.nextDueAt ?? '');
  return [...rows]
    .filter((row) => at(row) <= Date.parse(now))
    .sort((one, other) => at(one) - at(other))
    .slice(0, take);
}

const byRef = (one: { readonly ref: string }, other: { readonly ref: string }): number =>
  one.ref < other.ref ? -1 : 1;

export function memoryStore(staff: readonly StaffRow[]): Pick<Store, 'transact'> {
  const streams = new Map<StreamId, OpenEntry[]>();
  const requests = new Map<string, RequestRow>();
  const disclosures = new Map<string, DisclosureRow>();
  const consents = new Map<string, ConsentRow>();
  const standings = new Map<number, StandingRow>();
  const isOf =
    (subjectId: SubjectId | null | undefined) =>
    (row: { readonly subjectId: SubjectId }): boolean =>
      subjectId === null || subjectId === undefined || row.subjectId === subjectId;

  const ledger: Partial<Tx> = {
    entries: async (stream) => streams.get(stream) ?? [],
    headSeq: async (stream) => streams.get(stream)?.length ?? 0,
    append: async (stream, expectedSeq, entries) => {
      const known = streams.get(stream) ?? [];
      if (known.length !== expectedSeq) throw new StoreConflict(stream);
      const more = entries.map((entry, index): OpenEntry => {
        // What is written can be read only if it is JSON, as a database would have it.
        const { body, personal } = JSON.parse(JSON.stringify(entry)) as Pick<OpenEntry, 'body' | 'personal'>;
        const { at, actor, type } = entry;
        return {
          stream,
          seq: expectedSeq + index + 1,
          at,
          actor,
          type,
          body,
          personal,
          sealed: personal === null ? null : 'sealed',
          prev: '',
          hash: '',
        };
      });
      streams.set(stream, [...known, ...more]);
      return more;
    },
    lockSubject: async () => undefined,
  };
  const rows: Partial<Tx> = {
    putRequest: async (row) => void requests.set(row.ref, row),
    request: async (ref) => requests.get(ref) ?? null,
    requests: async ({ subjectId }) => [...requests.values()].filter(isOf(subjectId)).sort(byRef),
    dueRequests: async (now, take) => dueIn(requests.values(), now, take),
    putDisclosure: async (row) => void disclosures.set(row.ref, row),
    disclosure: async (ref) => disclosures.get(ref) ?? null,
    disclosures: async ({ subjectId, statuses }) =>
      [...disclosures.values()]
        .filter(isOf(subjectId))
        .filter(({ status }) => statuses === undefined || statuses.includes(status))
        .sort(byRef),
    dueDisclosures: async (now, take) => dueIn(disclosures.values(), now, take),
    putConsent: async (row) => void consents.set(row.ref, row),
    consent: async (ref) => consents.get(ref) ?? null,
    consents: async (subjectId) => [...consents.values()].filter(isOf(subjectId)).sort(byRef),
    putStanding: async (row) => void standings.set(row.number, row),
    standings: async (day) =>
      [...standings.values()].filter(({ from, until }) => day === null || (from <= day && day <= until)),
    staff: async () => staff,
  };
  const settings = new Map<string, string>();
  rows.setting = async (key) => settings.get(key) ?? null;
  rows.putSetting = async (key, value) => void settings.set(key, value);
  /** Nobody is told anything here. */
  const told: Partial<Tx> = { channels: async () => [], enqueueAll: async () => 0 };
  const known: Partial<Tx> = { ...ledger, ...rows, ...told };
  // Whoever needs more of a store than this is told so by name.
  const tx = new Proxy(known, {
    get: (target, name) =>
      Reflect.get(target, name) ??
      (() => {
        throw new Error(`the store in memory has no ${String(name)}`);
      }),
  }) as Tx;
  return { transact: (work) => work(tx) };
}
