/**
 * Rows beside the ledger that are not as the desk wrote them, page by page: customers, posts, slots, settings.
 * Must not know: who asks, what becomes of it.
 */
import type { ForeignRow, SealedTable } from '../../domain/tampering.js';
import type { Tx } from '../../record/store.js';
import { among, type Sql, type Table } from '../engine/sql.js';
import type { Seals } from '../seals.js';
import type { Vault } from '../vault.js';
import { MESSAGE, POST, SUBJECT, SUBJECT_KEY } from './columns.js';
import { isSettingSealed } from './house.js';
import { isMessageSealed, postFlaw } from './outbox.js';
import { isForgotten, isSubjectSealed, type Keys, openedReference } from './subjects.js';

type ForeignTx = Pick<Tx, 'foreignRows' | 'missingKeys'>;
type SettingRow = { key: string; value: string; mac: string | null };
const SETTING: Table<SettingRow> = { name: 'setting', columns: { key: 'text', value: 'text', mac: 'text?' } };

export function foreignTx(sql: Sql, vault: Vault, keys: Keys): ForeignTx {
  const { seals } = keys;
  const looks: Readonly<Record<SealedTable, (after: string, take: number) => Promise<Looked>>> = {
    subject: async (after, take) => {
      const rows = await sql.from(SUBJECT)`WHERE "id" > ${after} ORDER BY "id" LIMIT ${take}`;
      await keys.ofSubjects(rows.map(({ id }) => id));
      const found: Looked[number][] = [];
      for (const row of rows) found.push([row.id, await subjectFlaw(row, { vault, keys, seals })]);
      return found;
    },
    post: async (after, take) =>
      (await sql.from(POST)`WHERE "key" > ${after} ORDER BY "key" LIMIT ${take}`).map((row) => [
        row.key,
        postFlaw(seals, row),
      ]),
    message: async (after, take) =>
      (await sql.from(MESSAGE)`WHERE "slot" > ${after} ORDER BY "slot" LIMIT ${take}`).map((row) => [
        row.slot,
        isMessageSealed(seals, row) ? null : 'changed',
      ]),
    setting: async (after, take) =>
      (await sql.from(SETTING)`WHERE "key" > ${after} ORDER BY "key" LIMIT ${take}`).map((row) => [
        row.key,
        isSettingSealed(seals, row) ? null : 'changed',
      ]),
  };
  return {
    foreignRows: async (table, { after, take }) => {
      const looked = await looks[table](after, take);
      const rows = looked.flatMap(([key, flaw]) => (flaw === null ? [] : [{ table, key, flaw }]));
      return { rows, next: looked.length < take ? null : (looked.at(-1)?.[0] ?? null) };
    },

    missingKeys: async (ids) => {
      const there = new Set<string>();
      for (let from = 0; from < ids.length; from += KEYS_A_STATEMENT) {
        const some = ids.slice(from, from + KEYS_A_STATEMENT);
        for (const { id } of await sql.from(SUBJECT_KEY)`WHERE "id" IN ${among(some)}`) there.add(id);
      }
      return ids.filter((id) => !there.has(id));
    },
  };
}

const KEYS_A_STATEMENT = 500;

type Looked = readonly (readonly [key: string, flaw: ForeignRow['flaw'] | null])[];

/** A customer is found under the keyed hash of their reference, and their key is there, or its destruction is on record. */
async function subjectFlaw(
  row: Parameters<typeof isSubjectSealed>[1],
  { vault, keys, seals }: { readonly vault: Vault; readonly keys: Keys; readonly seals: Seals },
): Promise<ForeignRow['flaw'] | null> {
  if (!isSubjectSealed(seals, row)) return 'changed';
  if (isForgotten(row)) return (await keys.erasedSubjects()).has(row.id) ? null : 'key-missing';
  const reference = await openedReference(keys, row);
  if (reference === 'key-missing') return 'key-missing';
  if (reference === 'unreadable') return 'changed';
  const lookups = [vault.lookup(reference.text), ...vault.formerLookups(reference.text)];
  return lookups.includes(row.lookup) ? null : 'other-lookup';
}
