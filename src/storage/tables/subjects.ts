/**
 * Data subjects: found by a keyed hash, their reference and texts sealed with a key of their own.
 * Must not know: requests, or when a subject is to be erased.
 */
import { randomUUID } from 'node:crypto';
import { erasureEvent } from '../../domain/erasure.js';
import { STREAMS } from '../../record/entry.js';
import { SubjectDamage, type Tx } from '../../record/store.js';
import { normalised, skeleton } from '../../vocabulary/spelling.js';
import type { SubjectId } from '../../vocabulary/values.js';
import type { Dialect } from '../engine/dialect.js';
import { among, literal, type Sql } from '../engine/sql.js';
import type { Subject as SubjectRow } from '../generated/sqlite/client.js';
import type { Seals } from '../seals.js';
import type { DataKey, Vault } from '../vault.js';
import { LEDGER_ENTRY, SETTING, SUBJECT, SUBJECT_KEY } from './columns.js';
import { entryOf, isVouched, type Stored } from './entry-rows.js';
import { isSettingSealed, settingSeal } from './house.js';

type SubjectTx = Pick<
  Tx,
  | 'subject'
  | 'findSubject'
  | 'drawnLikeAnother'
  | 'markOf'
  | 'lockSubject'
  | 'reference'
  | 'forgetSubject'
  | 'rememberedSubjects'
>;

/** In the place of a keyed hash, which never has a colon. */
const forgottenLookup = (id: string): string => `forgotten:${id}`;
/** A setting that names who is drawn like this keyed hash's reference. */
const drawnKey = (lookup: string): string => `drawn:${lookup}`;
const referencePlace = (id: string): string => `subject:${id}`;

export function subjectTx(sql: Sql, dialect: Dialect, vault: Vault, keys: Keys): SubjectTx {
  const { seals } = keys;
  const find = async (reference: string): Promise<SubjectId | null> => {
    const lookup = vault.lookup(reference);
    const rows = await sql.from(SUBJECT)`
      WHERE "lookup" IN ${among([lookup, ...vault.formerLookups(reference)])}`;
    const row = rows.find((each) => each.lookup === lookup) ?? rows[0];
    if (row === undefined) return null;
    if (!isSubjectSealed(seals, row)) throw new SubjectDamage(row.id as SubjectId);
    return row.id as SubjectId;
  };
  /** By how it looks: a reference with letters of another script is found by the Latin one that looks the same. */
  const rememberDrawing = async (id: SubjectId, reference: string): Promise<void> => {
    if (skeleton(reference) === normalised(reference)) return;
    const key = drawnKey(vault.lookup(skeleton(reference)));
    const row = { key, value: id, mac: settingSeal(seals, { key, value: id }) };
    await sql.insert(SETTING, [row], literal('ON CONFLICT ("key") DO NOTHING'));
  };
  const lock = async (id: SubjectId): Promise<void> => {
    await locked(id);
  };
  /** False: it was forgotten while this waited for it. */
  const locked = async (id: SubjectId): Promise<boolean> => {
    if (dialect.width === 1) return true;
    const [row] = await sql.from(SUBJECT)`WHERE "id" = ${id} ${dialect.forUpdate}`;
    return row?.lookup !== forgottenLookup(id);
  };
  const subject: Tx['subject'] = async (reference, at) => {
    const known = await find(reference);
    if (known === null) {
      const id = randomUUID() as SubjectId;
      const key = vault.makeDataKey(id);
      const sealed = key.dataKey.seal(reference, referencePlace(id));
      const plain = { id, lookup: vault.lookup(reference), reference: sealed, createdAt: at };
      const row = { ...plain, mac: subjectSeal(seals, plain) };
      const made = await sql.insert(SUBJECT, [row], literal('ON CONFLICT ("lookup") DO NOTHING'));
      if (made === 1) {
        await keys.add(id, key);
        await rememberDrawing(id, reference);
        return id;
      }
    }
    const id = known ?? (await find(reference));
    if (id === null) throw new Error('a subject vanished while its row was made');
    return (await locked(id)) ? id : subject(reference, at);
  };

  return {
    subject,

    findSubject: find,

    drawnLikeAnother: async (reference) => {
      if ((await find(reference)) !== null) return false;
      const drawn = skeleton(reference);
      if (drawn !== normalised(reference) && (await find(drawn)) !== null) return true;
      const key = drawnKey(vault.lookup(drawn));
      const rows = await sql.from(SETTING)`WHERE "key" = ${key}`;
      return rows.some((row) => isSettingSealed(seals, row));
    },
    markOf: async (reference, within) => vault.mark(reference, within),

    lockSubject: lock,

    reference: async (id) => {
      const key = await keys.ofSubject(id);
      if (key === null) return null;
      const [row] = await sql.from(SUBJECT)`WHERE "id" = ${id}`;
      if (row === undefined) return null;
      if (!isSubjectSealed(seals, row)) throw new SubjectDamage(id);
      return key.dataKey.open(row.reference, referencePlace(id));
    },

    // The row stays: its streams and rows name it. Its hash goes too, since it would tell whether a reference was here.
    forgetSubject: async (id) => {
      await lock(id);
      const destroyed = await keys.destroy(id);
      if (destroyed === null) return null;
      await sql.run`DELETE FROM "setting" WHERE "value" = ${id} AND "key" LIKE ${drawnKey('%')}`;
      const [row] = await sql.from(SUBJECT)`WHERE "id" = ${id}`;
      if (row === undefined) throw new Error('a subject without a row had a key');
      const left = { ...row, lookup: forgottenLookup(id), reference: '' };
      await sql.run`
        UPDATE "subject" SET "lookup" = ${left.lookup}, "reference" = '', "mac" = ${subjectSeal(seals, left)}
        WHERE "id" = ${id}`;
      return destroyed;
    },

    rememberedSubjects: async (after, take) => {
      const rows = await sql.from(SUBJECT_KEY)`
        WHERE "subjectId" > ${after} ORDER BY "subjectId" LIMIT ${take}`;
      return rows.map(({ subjectId }) => subjectId as SubjectId);
    },
  };
}

const subjectFields = ({ id, lookup, reference, createdAt }: Omit<SubjectRow, 'mac'>) => [
  id,
  lookup,
  reference,
  createdAt,
];

/** Under which reference a customer is found, and what it says: written anew whenever one of them changes. */
export const subjectSeal = (seals: Seals, row: Omit<SubjectRow, 'mac'>): string =>
  seals.of('subject', subjectFields(row));

export const isSubjectSealed = (seals: Seals, row: SubjectRow): boolean =>
  seals.fits(row.mac, 'subject', subjectFields(row));

export const isForgotten = ({ id, lookup }: Pick<SubjectRow, 'id' | 'lookup'>): boolean =>
  lookup === forgottenLookup(id);

/** The reference a row seals, or why it does not open. */
export async function openedReference(
  keys: Keys,
  { id, reference }: SubjectRow,
): Promise<{ readonly text: string } | 'key-missing' | 'unreadable'> {
  try {
    // Branded: the row was written with it.
    const key = await keys.ofSubject(id as SubjectId);
    return key === null ? 'key-missing' : { text: key.dataKey.open(reference, referencePlace(id)) };
  } catch {
    return 'unreadable';
  }
}

type HeldKey = { readonly id: string; readonly dataKey: DataKey };

/** The subjects' keys of one transaction: each is read and unwrapped once, and let go with the transaction. */
export type Keys = {
  /** What everything kept is sealed with. */
  readonly seals: Seals;
  /** The key that seals new texts of a subject; null when it was destroyed. */
  readonly ofSubject: (id: SubjectId) => Promise<HeldKey | null>;
  /** Those of these keys that still exist, by their ids. */
  readonly byId: (ids: readonly string[]) => Promise<ReadonlyMap<string, DataKey>>;
  readonly add: (subjectId: SubjectId, made: ReturnType<Vault['makeDataKey']>) => Promise<void>;
  /** Reads the keys of these customers at once. */
  readonly ofSubjects: (ids: readonly string[]) => Promise<void>;
  /** The customers whose keys' destruction is on record. */
  readonly erasedSubjects: () => Promise<ReadonlySet<string>>;
  /** The ids of keys whose destruction is on record: only then is what they sealed erased, and not damaged. */
  readonly erased: () => Promise<ReadonlySet<string>>;
  /** The id of the key that is no more; null when there was none. */
  readonly destroy: (subjectId: SubjectId) => Promise<string | null>;
};

export function keysIn(sql: Sql, vault: Vault, seals: Seals): Keys {
  const held = new Map<string, HeldKey>();
  const byIds = new Map<string, DataKey>();
  let erased: Erased | null = null;
  const erasures = async (): Promise<Erased> => {
    erased ??= erasedOf(
      await sql.from(LEDGER_ENTRY)`WHERE "stream" = ${STREAMS.erasures} ORDER BY "seq"`,
      seals,
    );
    return erased;
  };
  const hold = (subjectId: string, id: string, dataKey: DataKey): HeldKey => {
    const one = { id, dataKey };
    held.set(subjectId, one);
    byIds.set(id, dataKey);
    return one;
  };
  return {
    seals,
    ofSubject: async (subjectId) => {
      const known = held.get(subjectId);
      if (known !== undefined) return known;
      const [row] = await sql.from(SUBJECT_KEY)`WHERE "subjectId" = ${subjectId}`;
      return row === undefined ? null : hold(subjectId, row.id, vault.unwrap(row.wrapped, subjectId));
    },
    byId: async (ids) => {
      const missing = ids.filter((id) => !byIds.has(id));
      if (missing.length > 0)
        for (const row of await sql.from(SUBJECT_KEY)`WHERE "id" IN ${among(missing)}`)
          hold(row.subjectId, row.id, vault.unwrap(row.wrapped, row.subjectId));
      return byIds;
    },
    add: async (subjectId, { wrapped, dataKey }) => {
      const id = randomUUID();
      await sql.insert(SUBJECT_KEY, [{ id, subjectId, wrapped }]);
      hold(subjectId, id, dataKey);
    },
    ofSubjects: async (ids) => {
      if (ids.length === 0) return;
      for (const row of await sql.from(SUBJECT_KEY)`WHERE "subjectId" IN ${among(ids)}`)
        try {
          hold(row.subjectId, row.id, vault.unwrap(row.wrapped, row.subjectId));
        } catch {
          // Altered: whoever needs it finds out.
        }
    },
    erased: async () => (await erasures()).keys,
    erasedSubjects: async () => (await erasures()).subjects,
    destroy: async (subjectId) => {
      const [row] = await sql.from(SUBJECT_KEY)`WHERE "subjectId" = ${subjectId}`;
      if (row === undefined) return null;
      await sql.run`DELETE FROM "subject_key" WHERE "subjectId" = ${subjectId}`;
      held.delete(subjectId);
      erased = null;
      byIds.delete(row.id);
      return row.id;
    },
  };
}

type Erased = { readonly keys: ReadonlySet<string>; readonly subjects: ReadonlySet<string> };

/** An entry that is not the desk's tells of no erasure. */
function erasedOf(rows: readonly Stored[], seals: Seals): Erased {
  const keys = new Set<string>();
  const subjects = new Set<string>();
  for (const row of rows) {
    const entry = entryOf(row);
    if (!isVouched(seals, row, entry)) continue;
    const read = erasureEvent.safeParse({ ...Object(entry.body), type: entry.type });
    if (!read.success) continue;
    keys.add(read.data.keyId);
    subjects.add(read.data.subjectId);
  }
  return { keys, subjects };
}
