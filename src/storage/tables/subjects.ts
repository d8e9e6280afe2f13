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

type SubjectTx = Pick<Tx, 'subject' | 'findSubject' | 'lockSubject' | 'reference'>;

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
    if (dialect.width > 1) await sql.from(SUBJECT)`WHERE "id" = ${id} ${dialect.forUpdate}`;
  };

  return {
    subject: async (reference, at) => {
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
      await lock(id);
      await renewKey(sql, vault, keys, id, reference);
      return id;
    },

    findSubject: find,

    lockSubject: lock,

    reference: async (id) => {
      const key = await keys.ofSubject(id);
      if (key === null) return null;
      const [row] = await sql.from(SUBJECT)`WHERE "id" = ${id}`;
      return row === undefined ? null : key.dataKey.open(row.reference, referencePlace(id));
    },
  };
}

/**
 * An erased subject that comes back keeps its id (its freezes still hold) and gets a new key: what the old one
 * sealed stays unreadable.
 */
async function renewKey(sql: Sql, vault: Vault, keys: Keys, id: SubjectId, reference: string): Promise<void> {
  if ((await keys.ofSubject(id)) !== null) return;
  const key = vault.makeDataKey(id);
  await keys.add(id, key);
  await sql.run`
    UPDATE "subject" SET "reference" = ${key.dataKey.seal(reference, referencePlace(id))} WHERE "id" = ${id}`;
}

type HeldKey = { readonly id: string; readonly dataKey: DataKey };

/** The subjects' keys of one transaction: each is read and unwrapped once, and let go with the transaction. */
export type Keys = {
  /** The key that seals new texts of a subject; null when it was destroyed. */
  readonly ofSubject: (id: SubjectId) => Promise<HeldKey | null>;
  /** Those of these keys that still exist, by their ids. */
  readonly byId: (ids: readonly string[]) => Promise<ReadonlyMap<string, DataKey>>;
  readonly add: (subjectId: SubjectId, made: ReturnType<Vault['makeDataKey']>) => Promise<void>;
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
  };
}
