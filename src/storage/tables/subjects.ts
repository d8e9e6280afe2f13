/**
 * Data subjects: found by a keyed hash, their reference and texts sealed with a key of their own.
 * Must not know: requests, or when a subject is to be erased.
 */
import { randomUUID } from 'node:crypto';
import type { Tx } from '../../record/store.js';
import type { SubjectId } from '../../vocabulary/values.js';
import type { Dialect } from '../engine/dialect.js';
import { among, literal, type Sql } from '../engine/sql.js';
import type { DataKey, Vault } from '../vault.js';
import { SUBJECT, SUBJECT_KEY } from './columns.js';

type SubjectTx = Pick<Tx, 'subject' | 'findSubject' | 'lockSubject' | 'reference' | 'forgetSubject'>;

/** In the place of a keyed hash, which never has a colon. */
const forgottenLookup = (id: string): string => `forgotten:${id}`;
const referencePlace = (id: string): string => `subject:${id}`;

export function subjectTx(sql: Sql, dialect: Dialect, vault: Vault, keys: Keys): SubjectTx {
  const find = async (reference: string): Promise<SubjectId | null> => {
    const lookup = vault.lookup(reference);
    const rows = await sql.from(SUBJECT)`
      WHERE "lookup" IN ${among([lookup, ...vault.formerLookups(reference)])}`;
    const row = rows.find((each) => each.lookup === lookup) ?? rows[0];
    return row === undefined ? null : (row.id as SubjectId);
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
      const row = { id, lookup: vault.lookup(reference), reference: sealed, createdAt: at };
      const made = await sql.insert(SUBJECT, [row], literal('ON CONFLICT ("lookup") DO NOTHING'));
      if (made === 1) {
        await keys.add(id, key);
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

    lockSubject: lock,

    reference: async (id) => {
      const key = await keys.ofSubject(id);
      if (key === null) return null;
      const [row] = await sql.from(SUBJECT)`WHERE "id" = ${id}`;
      return row === undefined ? null : key.dataKey.open(row.reference, referencePlace(id));
    },

    // The row stays: its streams and rows name it. Its hash goes too, since it would tell whether a reference was here.
    forgetSubject: async (id) => {
      await lock(id);
      const destroyed = await keys.destroy(id);
      if (destroyed === null) return null;
      await sql.run`UPDATE "subject" SET "lookup" = ${forgottenLookup(id)}, "reference" = '' WHERE "id" = ${id}`;
      return destroyed;
    },
  };
}

type HeldKey = { readonly id: string; readonly dataKey: DataKey };

/** The subjects' keys of one transaction: each is read and unwrapped once, and let go with the transaction. */
export type Keys = {
  /** The key that seals new texts of a subject; null when it was destroyed. */
  readonly ofSubject: (id: SubjectId) => Promise<HeldKey | null>;
  /** Those of these keys that still exist, by their ids. */
  readonly byId: (ids: readonly string[]) => Promise<ReadonlyMap<string, DataKey>>;
  readonly add: (subjectId: SubjectId, made: ReturnType<Vault['makeDataKey']>) => Promise<void>;
  /** The id of the key that is no more; null when there was none. */
  readonly destroy: (subjectId: SubjectId) => Promise<string | null>;
};

export function keysIn(sql: Sql, vault: Vault): Keys {
  const ofSubjects = new Map<string, HeldKey>();
  const byIds = new Map<string, DataKey>();
  const hold = (subjectId: string, id: string, dataKey: DataKey): HeldKey => {
    const held = { id, dataKey };
    ofSubjects.set(subjectId, held);
    byIds.set(id, dataKey);
    return held;
  };
  return {
    ofSubject: async (subjectId) => {
      const known = ofSubjects.get(subjectId);
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
    destroy: async (subjectId) => {
      const [row] = await sql.from(SUBJECT_KEY)`WHERE "subjectId" = ${subjectId}`;
      if (row === undefined) return null;
      await sql.run`DELETE FROM "subject_key" WHERE "subjectId" = ${subjectId}`;
      ofSubjects.delete(subjectId);
      byIds.delete(row.id);
      return row.id;
    },
  };
}
