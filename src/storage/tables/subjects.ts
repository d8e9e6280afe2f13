/**
 * Data subjects: found by a keyed hash, their reference and texts sealed with a key of their own.
 * Must not know: requests, or when a subject is to be erased.
 */
import { randomUUID } from 'node:crypto';
import type { Tx } from '../../record/store.js';
import type { SubjectId } from '../../vocabulary/values.js';
import type { Db, Dialect } from '../engine/dialect.js';
import type { DataKey, Vault } from '../vault.js';

type SubjectTx = Pick<Tx, 'subject' | 'findSubject' | 'lockSubject' | 'reference'>;

const referencePlace = (id: string): string => `subject:${id}`;

export function subjectTx(db: Db, dialect: Dialect, vault: Vault): SubjectTx {
  const find = async (reference: string): Promise<SubjectId | null> => {
    const lookup = vault.lookup(reference);
    const rows = await db.subject.findMany({
      where: { lookup: { in: [lookup, ...vault.formerLookups(reference)] } },
      select: { id: true, lookup: true },
    });
    const row = rows.find((each) => each.lookup === lookup) ?? rows[0];
    return row === undefined ? null : (row.id as SubjectId);
  };

  return {
    subject: async (reference, at) => {
      const known = await find(reference);
      if (known === null) {
        const id = randomUUID() as SubjectId;
        const key = vault.makeDataKey(id);
        const sealed = key.dataKey.seal(reference, referencePlace(id));
        const made = await db.$executeRaw`
          INSERT INTO "subject" ("id", "lookup", "reference", "createdAt")
          VALUES (${id}, ${vault.lookup(reference)}, ${sealed}, ${at}) ON CONFLICT ("lookup") DO NOTHING`;
        if (made === 1) {
          await db.subjectKey.create({ data: { id: randomUUID(), subjectId: id, wrapped: key.wrapped } });
          return id;
        }
      }
      const id = known ?? (await find(reference));
      if (id === null) throw new Error('a subject vanished while its row was made');
      await dialect.lockSubject(db, id);
      await renewKey(db, vault, id, reference);
      return id;
    },

    findSubject: find,

    lockSubject: (id) => dialect.lockSubject(db, id),

    reference: async (id) => {
      const row = await db.subject.findUnique({ where: { id }, include: { key: true } });
      if (row === null || row.key === null) return null;
      return vault.unwrap(row.key.wrapped, id).open(row.reference, referencePlace(id));
    },
  };
}

/**
 * An erased subject that comes back keeps its id (its freezes still hold) and gets a new key: what the old one
 * sealed stays unreadable.
 */
async function renewKey(db: Db, vault: Vault, id: SubjectId, reference: string): Promise<void> {
  if ((await db.subjectKey.count({ where: { subjectId: id } })) > 0) return;
  const key = vault.makeDataKey(id);
  await db.subjectKey.create({ data: { id: randomUUID(), subjectId: id, wrapped: key.wrapped } });
  await db.subject.update({
    where: { id },
    data: { reference: key.dataKey.seal(reference, referencePlace(id)) },
  });
}

export type HeldKey = { readonly id: string; readonly dataKey: DataKey };

/** The key that seals new texts of a subject; null when it was destroyed. */
export async function keyOfSubject(db: Db, vault: Vault, subjectId: SubjectId): Promise<HeldKey | null> {
  const row = await db.subjectKey.findUnique({ where: { subjectId } });
  return row === null ? null : { id: row.id, dataKey: vault.unwrap(row.wrapped, subjectId) };
}

/** The keys of these ids that still exist. */
export async function keysById(
  db: Db,
  vault: Vault,
  ids: readonly string[],
): Promise<ReadonlyMap<string, DataKey>> {
  if (ids.length === 0) return new Map();
  const rows = await db.subjectKey.findMany({ where: { id: { in: [...ids] } } });
  return new Map(rows.map((row) => [row.id, vault.unwrap(row.wrapped, row.subjectId)]));
}
