/**
 * The transparency log's tables: which leaf stands where, and the hashes of complete subtrees. Both only grow.
 * Must not know: what a leaf says, how hashes are computed.
 */
import type { Tx } from '../../record/store.js';
import { among, part, type Sql, type Table } from '../engine/sql.js';
import { LOG_HASH, LOG_LEAF } from './columns.js';

type LogTx = Pick<
  Tx,
  | 'logSize'
  | 'loggedHeads'
  | 'leaves'
  | 'leavesOf'
  | 'lastLeafOf'
  | 'keptHashes'
  | 'keptHashesFrom'
  | 'appendToLog'
>;

/** So many numbers in one statement: always as many, so that it is prepared once. */
const IDS_A_STATEMENT = 64;

const LAST_LEAF: Table<{ position: number | null }> = { name: 'log_leaf', columns: { position: 'int?' } };
const LOGGED_HEAD: Table<{ stream: string; seq: number; logged: number | null }> = {
  name: 'stream_head',
  columns: { stream: 'text', seq: 'int', logged: 'int?' },
};
const LEAF_WITH_ENTRY: Table<{ position: number; stream: string; seq: number; hash: string | null }> = {
  name: 'log_leaf',
  columns: { position: 'int', stream: 'text', seq: 'int', hash: 'text?' },
};

export function logTx(sql: Sql): LogTx {
  return {
    logSize: async () => {
      const [last] = await sql.all(LAST_LEAF, part`SELECT max("position") AS "position" FROM "log_leaf"`);
      return (last?.position ?? -1) + 1;
    },

    loggedHeads: async (after, take) => {
      const rows = await sql.all(
        LOGGED_HEAD,
        part`
          SELECT "stream", "seq",
            (SELECT max("seq") FROM "log_leaf" WHERE "log_leaf"."stream" = "stream_head"."stream") AS "logged"
          FROM "stream_head" WHERE "stream" > ${after} ORDER BY "stream" LIMIT ${take}`,
      );
      return rows.map(({ logged, ...head }) => ({ ...head, logged: logged ?? 0 }));
    },

    leaves: async ({ from, to }) => {
      const rows = await sql.all(
        LEAF_WITH_ENTRY,
        part`
          SELECT "log_leaf"."position", "log_leaf"."stream", "log_leaf"."seq", "ledger_entry"."hash"
          FROM "log_leaf" LEFT JOIN "ledger_entry"
            ON "ledger_entry"."stream" = "log_leaf"."stream" AND "ledger_entry"."seq" = "log_leaf"."seq"
          WHERE "log_leaf"."position" >= ${from} AND "log_leaf"."position" < ${to}
          ORDER BY "log_leaf"."position"`,
      );
      return rows.map(({ hash, ...leaf }) => ({ ...leaf, entryHash: hash }));
    },

    leavesOf: async (stream, { after, take }) =>
      sql.from(LOG_LEAF)`
        WHERE "stream" = ${stream} AND "seq" > ${after} ORDER BY "seq" LIMIT ${take}`,

    lastLeafOf: async (stream) => {
      const [last = null] = await sql.from(LOG_LEAF)`WHERE "stream" = ${stream} ORDER BY "seq" DESC LIMIT 1`;
      return last;
    },

    keptHashes: async (ids) => {
      const wanted = [...new Set(ids)];
      const found = new Map<number, string>();
      for (let at = 0; at < wanted.length; at += IDS_A_STATEMENT) {
        const some = wanted.slice(at, at + IDS_A_STATEMENT);
        while (some.length < IDS_A_STATEMENT) some.push(some[0] ?? 0);
        for (const { id, hash } of await sql.from(LOG_HASH)`WHERE "id" IN ${among(some)}`)
          found.set(id, hash);
      }
      return found;
    },

    keptHashesFrom: async ({ from, to }) =>
      sql.from(LOG_HASH)`WHERE "id" >= ${from} AND "id" < ${to} ORDER BY "id"`,

    appendToLog: async (leaves, hashes) => {
      await sql.insert(LOG_LEAF, leaves);
      await sql.insert(LOG_HASH, hashes);
    },
  };
}
