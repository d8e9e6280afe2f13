/**
 * Every alteration of found/faults.md section 2, and more of their kinds: what is done to the database, and what the desk must
 * say of it. Must not know: which database it is.
 */
import { GENESIS, type LedgerEntry, linkEntry } from '../../src/domain/ledger.js';
import type { Account, Instant, Json, Person } from '../../src/vocabulary/values.js';
import type { Copy } from './databases.js';
import type { Played } from './desk.js';

export type Alteration = {
  readonly what: string;
  readonly does: (copy: Copy, played: Played) => Promise<void>;
  /** What `/desk audit` says; `start`: what the refused start says instead. */
  readonly shows: RegExp | { readonly start: RegExp };
  /** Lines of people that must not be answered as if nothing were: each is an error. */
  readonly refuses?: readonly (readonly [who: string, line: string])[];
  /** Nothing that matches is posted to this channel. */
  readonly keepsFrom?: string;
  /** Where the databases differ in what stands behind it: played on both in the short form too. */
  readonly differs?: true;
  /** The other one has no such thing. */
  readonly only?: 'SQLite';
};

const sql =
  (...statements: readonly string[]) =>
  (copy: Copy): Promise<void> =>
    copy.write(...statements);
const entry = (stream: string, seq: number): string => `"stream" = '${stream}' AND "seq" = ${seq}`;
const set = (stream: string, seq: number, change: string) =>
  sql(`UPDATE ledger_entry SET ${change} WHERE ${entry(stream, seq)}`);
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

type Raw = Readonly<Record<string, unknown>>;
const entryOf = (row: Raw): LedgerEntry => ({
  stream: String(row.stream),
  seq: Number(row.seq),
  at: String(row.at) as Instant,
  actor: {
    person: row.person === null ? null : (String(row.person) as Person),
    account: String(row.account) as Account,
  },
  type: String(row.type),
  body: JSON.parse(String(row.body)) as Json,
  sealed: row.sealed === null ? null : String(row.sealed),
  prev: String(row.prev),
  hash: String(row.hash),
});

const streamOf = async (copy: Copy, stream: string): Promise<readonly LedgerEntry[]> =>
  (await copy.rows(`SELECT * FROM ledger_entry WHERE "stream" = '${stream}' ORDER BY "seq"`)).map(entryOf);

/** The stream's entries changed and hashed anew from there on, the head with them. */
async function rehash(
  copy: Copy,
  stream: string,
  change: (entry: LedgerEntry) => LedgerEntry,
): Promise<readonly LedgerEntry[]> {
  let prev = GENESIS;
  const forged: LedgerEntry[] = [];
  const statements: string[] = [];
  for (const old of await streamOf(copy, stream)) {
    const made = linkEntry({ ...change(old), prev });
    prev = made.hash;
    forged.push(made);
    statements.push(
      `UPDATE ledger_entry SET "person" = ${made.actor.person === null ? 'NULL' : quoted(made.actor.person)},
        "body" = ${quoted(JSON.stringify(made.body))}, "prev" = '${made.prev}', "hash" = '${made.hash}'
        WHERE ${entry(stream, made.seq)}`,
    );
  }
  await copy.write(...statements, `UPDATE stream_head SET "hash" = '${prev}' WHERE "stream" = '${stream}'`);
  return forged;
}

const by =
  (seq: number, person: string) =>
  (one: LedgerEntry): LedgerEntry =>
    one.seq === seq ? { ...one, actor: { ...one.actor, person: person as Person } } : one;

/** An entry behind the stream's head, hashed as the desk would; the triggers stay in place. */
async function append(copy: Copy, stream: string, made: Partial<LedgerEntry>): Promise<void> {
  const last = (await streamOf(copy, stream)).at(-1);
  const template = last ?? (await streamOf(copy, 'PR-2026-0001'))[0];
  if (template === undefined) throw new Error(`${stream} has no entry to copy`);
  const next = linkEntry({
    ...template,
    ...made,
    stream,
    seq: (last?.seq ?? 0) + 1,
    prev: last?.hash ?? GENESIS,
    sealed: made.sealed ?? null,
  });
  const { actor } = next;
  await copy.writeGuarded(
    `INSERT INTO ledger_entry ("stream", "seq", "at", "person", "account", "type", "body", "sealed", "prev", "hash")
      VALUES ('${stream}', ${next.seq}, '${next.at}', ${quoted(actor.person ?? '')}, ${quoted(actor.account)},
        '${next.type}', ${quoted(JSON.stringify(next.body))}, ${next.sealed === null ? 'NULL' : quoted(next.sealed)},
        '${next.prev}', '${next.hash}')`,
    `UPDATE stream_head SET "seq" = ${next.seq}, "hash" = '${next.hash}' WHERE "stream" = '${stream}'`,
  );
}

/** The head of a stream as an older copy has it, seal and all. */
async function headOf(before: Copy, stream: string): Promise<string> {
  const [row] = await before.rows(`SELECT * FROM stream_head WHERE "stream" = '${stream}'`);
  if (row === undefined) return `DELETE FROM stream_head WHERE "stream" = '${stream}'`;
  return `UPDATE stream_head SET "seq" = ${Number(row.seq)}, "hash" = '${String(row.hash)}',
    "mac" = '${String(row.mac)}' WHERE "stream" = '${stream}'`;
}

/** A stream as an older copy has it: its end is cut off, head and request row with it. */
async function cutBack(copy: Copy, { before }: Played, stream: string): Promise<void> {
  const kept = (await streamOf(before, stream)).length;
  const [row] = await before.rows(`SELECT * FROM request WHERE "ref" = '${stream}'`);
  await copy.write(
    `DELETE FROM ledger_entry WHERE "stream" = '${stream}' AND "seq" > ${kept}`,
    await headOf(before, stream),
    ...(row === undefined
      ? []
      : [`UPDATE request SET "version" = ${Number(row.version)} WHERE "ref" = '${stream}'`]),
  );
}

const notSealed = (stream: string, seq: number): RegExp =>
  new RegExp(`^${stream} entry ${seq}: its seal is not this desk’s`);

const CASE = 'PR-2026-0001';
const showsCase = ['mei', `/privacy show ${CASE}`] as const;

/** Named before too (faults.md, section 2, first list). */
const LEDGER: readonly Alteration[] = [
  {
    what: 'body of an entry',
    does: set(CASE, 1, `"body" = replace("body", '"deletion"', '"access"')`),
    shows: /^PR-2026-0001 entry 1: its content does not match its hash/,
    refuses: [showsCase, ['mei', `/privacy note ${CASE} one more`]],
  },
  {
    what: 'due date in an entry',
    does: set(CASE, 1, `"body" = replace("body", '2026-12', '2027-12')`),
    shows: /^PR-2026-0001 entry 1: its content does not match its hash/,
    refuses: [showsCase, ['mei', `/privacy why ${CASE}`]],
  },
  { what: 'actor', does: set(CASE, 2, `"person" = 'dan'`), shows: /^PR-2026-0001 entry 2: its content/ },
  {
    what: 'account',
    does: set(CASE, 2, `"account" = 'slack:U1'`),
    shows: /^PR-2026-0001 entry 2: its content/,
  },
  {
    what: 'time',
    does: set(CASE, 2, `"at" = '2026-11-20T00:00:00Z'`),
    shows: /^PR-2026-0001 entry 2: its content/,
  },
  { what: 'type', does: set(CASE, 2, `"type" = 'note_added'`), shows: /^PR-2026-0001 entry 2: its content/ },
  {
    what: 'hash',
    does: set(CASE, 2, `"hash" = '${'ab'.repeat(32)}'`),
    shows: /^PR-2026-0001 entry 2: its content/,
  },
  {
    what: 'ciphertext',
    does: set(
      CASE,
      1,
      `"sealed" = CASE WHEN substr("sealed", 1, 1) = 'A' THEN 'B' ELSE 'A' END || substr("sealed", 2)`,
    ),
    shows: /^PR-2026-0001 entry 1: its content/,
    refuses: [showsCase],
  },
  {
    what: 'hash of a head',
    does: sql(`UPDATE stream_head SET "hash" = '${'cd'.repeat(32)}' WHERE "stream" = '${CASE}'`),
    shows: /^PR-2026-0001 entry \d: it is not the entry the stream head names/,
    refuses: [['mei', `/privacy note ${CASE} one more`]],
  },
  {
    what: 'deleted middle',
    does: sql(`DELETE FROM ledger_entry WHERE ${entry(CASE, 2)}`),
    shows: /^PR-2026-0001 entry 2: entry 2 is missing; entry 3/,
    refuses: [showsCase],
  },
  {
    what: 'deleted tail, head kept',
    does: (copy) => copy.write(`DELETE FROM ledger_entry WHERE "stream" = '${CASE}' AND "seq" > 3`),
    shows: { start: /behind what this desk wrote last: .*PR-2026-0001 had \d entries and has 3/ },
  },
  {
    what: 'deleted tail, head moved',
    does: async (copy) => {
      const [, , third] = await streamOf(copy, CASE);
      await copy.write(
        `DELETE FROM ledger_entry WHERE "stream" = '${CASE}' AND "seq" > 3`,
        `UPDATE stream_head SET "seq" = 3, "hash" = '${third?.hash}' WHERE "stream" = '${CASE}'`,
      );
    },
    shows: { start: /behind what this desk wrote last: .*PR-2026-0001 had \d entries and has 3/ },
  },
  {
    what: 'deleted tail before the checkpoint, head and row moved',
    does: async (copy) => {
      const [, second] = await streamOf(copy, CASE);
      await copy.write(
        `DELETE FROM ledger_entry WHERE "stream" = '${CASE}' AND "seq" > 2`,
        `UPDATE stream_head SET "seq" = 2, "hash" = '${second?.hash}' WHERE "stream" = '${CASE}'`,
        `UPDATE request SET "version" = 2 WHERE "ref" = '${CASE}'`,
      );
    },
    shows: { start: /behind what this desk wrote last: .*PR-2026-0001 had \d entries and has 2/ },
  },
  {
    what: 'a whole stream, its row kept',
    does: sql(
      `DELETE FROM ledger_entry WHERE "stream" = '${CASE}'`,
      `DELETE FROM stream_head WHERE "stream" = '${CASE}'`,
    ),
    shows: { start: /behind what this desk wrote last: .*PR-2026-0001/ },
  },
  {
    what: 'a whole stream and its row',
    does: sql(
      `DELETE FROM ledger_entry WHERE "stream" = 'PR-2026-0002'`,
      `DELETE FROM stream_head WHERE "stream" = 'PR-2026-0002'`,
      `DELETE FROM request WHERE "ref" = 'PR-2026-0002'`,
    ),
    shows: { start: /behind what this desk wrote last: .*PR-2026-0002/ },
  },
  {
    what: 'a consent’s whole stream and row',
    does: sql(
      `DELETE FROM ledger_entry WHERE "stream" = 'CO-2026-0001'`,
      `DELETE FROM stream_head WHERE "stream" = 'CO-2026-0001'`,
      `DELETE FROM consent WHERE "ref" = 'CO-2026-0001'`,
    ),
    shows: /^CO-2026-0001 entry 1: checkpoint 2 saw this entry, and it is gone/,
  },
  {
    what: 'the channels’ stream',
    does: sql(
      `DELETE FROM ledger_entry WHERE "stream" = 'channels'`,
      `DELETE FROM stream_head WHERE "stream" = 'channels'`,
    ),
    shows: /^channels entry 1: checkpoint 1 saw this entry, and it is gone/,
  },
  {
    what: 'an entry inserted, head kept',
    does: async (copy) => {
      const head = (await copy.rows(`SELECT * FROM stream_head WHERE "stream" = '${CASE}'`))[0];
      await append(copy, CASE, { type: 'note_added', body: {} });
      await copy.write(
        `UPDATE stream_head SET "seq" = ${Number(head?.seq)}, "hash" = '${String(head?.hash)}' WHERE "stream" = '${CASE}'`,
      );
    },
    shows: notSealed(CASE, 7),
    refuses: [showsCase],
  },
  {
    what: 'two entries that changed places',
    does: sql(
      `UPDATE ledger_entry SET "seq" = 99 WHERE ${entry(CASE, 2)}`,
      `UPDATE ledger_entry SET "seq" = 2 WHERE ${entry(CASE, 3)}`,
      `UPDATE ledger_entry SET "seq" = 3 WHERE ${entry(CASE, 99)}`,
    ),
    shows: /^PR-2026-0001 entry 2: its link to the entry before is broken/,
  },
  {
    what: 'an entry moved to another stream',
    does: sql(`UPDATE ledger_entry SET "stream" = 'PR-2026-0002', "seq" = 50 WHERE ${entry(CASE, 3)}`),
    shows: /^PR-2026-0001 entry 3: entry 3 is missing/,
  },
  {
    what: 'the chain hashed anew before a checkpoint',
    does: async (copy) => void (await rehash(copy, CASE, by(1, 'dan'))),
    shows: notSealed(CASE, 1),
    refuses: [showsCase],
  },
  {
    what: 'the same, and the checkpoint’s heads with it',
    does: async (copy) => {
      const forged = await rehash(copy, CASE, by(1, 'dan'));
      await rehash(copy, 'checkpoints', (one) => ({
        ...one,
        body: JSON.parse(
          JSON.stringify(one.body).replace(
            new RegExp(`("stream":"${CASE}","seq":(\\d+),"hash":")[0-9a-f]{64}`),
            (_all, start: string, seq: string) => `${start}${forged[Number(seq) - 1]?.hash ?? ''}`,
          ),
        ) as Json,
      }));
    },
    shows: notSealed(CASE, 1),
  },
  {
    what: 'a checkpoint’s body',
    does: set('checkpoints', 1, `"body" = replace("body", '2026-11', '2026-10')`),
    shows: /^checkpoints entry 1: its content/,
  },
];

const drifts = (what: string, ...statements: readonly string[]): Alteration => ({
  what,
  does: sql(...statements),
  shows: /the ledger (?:says|has it|does not)/,
});

const LISTS: readonly Alteration[] = [
  drifts('request row: due', `UPDATE request SET "due" = '2027-06-01' WHERE "ref" = '${CASE}'`),
  drifts('request row: status', `UPDATE request SET "status" = 'closed' WHERE "ref" = '${CASE}'`),
  drifts('request row: owner', `UPDATE request SET "owner" = 'dan' WHERE "ref" = '${CASE}'`),
  drifts('request row: freeze', `UPDATE request SET "freeze" = '{}' WHERE "ref" = '${CASE}'`),
  drifts('request row: next due moment', `UPDATE request SET "nextDueAt" = NULL WHERE "ref" = '${CASE}'`),
  drifts('request row deleted', `DELETE FROM request WHERE "ref" = 'PR-2026-0002'`),
  drifts(
    'request row added',
    `CREATE TABLE copied AS SELECT * FROM request WHERE "ref" = '${CASE}'`,
    `UPDATE copied SET "ref" = 'PR-2026-0099'`,
    `INSERT INTO request SELECT * FROM copied`,
    `DROP TABLE copied`,
  ),
  drifts(
    'staff row added',
    `CREATE TABLE copied AS SELECT * FROM staff WHERE "person" = 'lyon'`,
    `UPDATE copied SET "person" = 'eve'`,
    `INSERT INTO staff SELECT * FROM copied`,
    `DROP TABLE copied`,
    `INSERT INTO staff_account ("account", "person", "position") VALUES ('terminal:eve', 'eve', 0)`,
  ),
  {
    ...drifts('role raised', `UPDATE staff SET "roles" = '["agent","officer"]' WHERE "person" = 'dan'`),
    refuses: [['dan', '/disclosure decide DR-2026-0002 approve']],
  },
  drifts('training moved', `UPDATE staff SET "trainedUntil" = '2030-01-01' WHERE "person" = 'mei'`),
  {
    ...drifts('account stolen', `UPDATE staff_account SET "person" = 'lyon' WHERE "account" = 'discord:dan'`),
    refuses: [['dan', '/disclosure decide DR-2026-0002 approve']],
  },
  drifts(
    'consent row widened',
    `UPDATE consent SET "categories" = '["email","name","payment"]', "live" = '["email","name","payment"]' WHERE "ref" = 'CO-2026-0001'`,
  ),
  drifts('consent row deleted', `DELETE FROM consent WHERE "ref" = 'CO-2026-0001'`),
  drifts(
    'disclosure row: recipient',
    `UPDATE disclosure SET "recipient" = 'Nobody Ltd' WHERE "ref" = 'DR-2026-0001'`,
  ),
  drifts(
    'disclosure row: withheld',
    `UPDATE disclosure SET "withhold" = '2027-01-01' WHERE "ref" = 'DR-2026-0001'`,
  ),
  drifts(
    'disclosure row: hidden from the register',
    `UPDATE disclosure SET "status" = 'denied' WHERE "ref" = 'DR-2026-0001'`,
  ),
  drifts('standing approval prolonged', `UPDATE standing SET "untilDay" = '2030-01-01'`),
  drifts('channel', `UPDATE channel SET "uses" = '["officer","cases","digest"]' WHERE "channel" = '#cases'`),
  drifts('pack text', `UPDATE pack SET "text" = "text" || '# more'`),
  {
    what: 'counter of PR lowered',
    does: sql(`UPDATE counter SET "value" = "value" - 1 WHERE "series" = 'PR-2026'`),
    shows: /the counter of PR-2026 says 2 were given/,
  },
  {
    what: 'counter of PR raised',
    does: sql(`UPDATE counter SET "value" = "value" + 1 WHERE "series" = 'PR-2026'`),
    shows: /PR-2026-0004 entry 1: the number was given, and the whole stream is gone/,
  },
];

const OTHERS_KEY = `(SELECT "id" FROM subject_key WHERE "subjectId" <> ledger_entry."subjectId" LIMIT 1)`;

/** Not named at 537454c (faults.md, section 2, the table), and the two about keys. */
const UNNAMED: readonly Alteration[] = [
  {
    what: 'key id of another customer',
    does: set(CASE, 1, `"keyId" = ${OTHERS_KEY}`),
    shows: notSealed(CASE, 1),
    refuses: [showsCase],
  },
  {
    what: 'two customers’ keys swapped',
    does: async (copy) => {
      const [one, two] = await copy.rows(`SELECT * FROM subject_key ORDER BY "id"`);
      await copy.write(
        `UPDATE subject_key SET "wrapped" = ${quoted(String(two?.wrapped))} WHERE "id" = '${String(one?.id)}'`,
        `UPDATE subject_key SET "wrapped" = ${quoted(String(one?.wrapped))} WHERE "id" = '${String(two?.id)}'`,
      );
    },
    shows: /not of this desk|was written or changed|cannot be replayed|entries/,
  },
  {
    what: 'tail after the last checkpoint cut, head and row as they were',
    does: (copy, all) => cutBack(copy, all, CASE),
    shows: { start: /behind what this desk wrote last: PR-2026-0001 had \d entries/ },
    differs: true,
  },
  {
    what: 'last case removed with head, row and number',
    does: sql(
      `DELETE FROM ledger_entry WHERE "stream" = 'PR-2026-0003'`,
      `DELETE FROM stream_head WHERE "stream" = 'PR-2026-0003'`,
      `DELETE FROM request WHERE "ref" = 'PR-2026-0003'`,
      `UPDATE counter SET "value" = 2 WHERE "series" = 'PR-2026'`,
    ),
    shows: { start: /behind what this desk wrote last: .*PR-2026-0003 had \d+ entries and has 0/ },
  },
  {
    what: 'forged entry appended with head and row, triggers in place',
    does: (copy) =>
      append(copy, 'DR-2026-0002', {
        actor: { person: 'lyon' as Person, account: 'terminal:lyon' as Account },
        type: 'disclosure_approved',
        body: { categories: ['name', 'delivery'], until: '2026-12-01' },
        sealed: 'AAAA',
      }),
    shows: notSealed('DR-2026-0002', 2),
    refuses: [['mei', '/disclosure sent DR-2026-0002 portal ref:S-1']],
    differs: true,
  },
  {
    what: 'chain hashed anew after the last checkpoint: a note’s author',
    does: async (copy) => void (await rehash(copy, CASE, by(4, 'dan'))),
    shows: notSealed(CASE, 4),
    refuses: [showsCase],
  },
  {
    what: 'last checkpoint and its digests cut, an older entry rewritten',
    does: async (copy) => {
      await rehash(copy, CASE, by(1, 'dan'));
      await copy.write(
        `DELETE FROM ledger_entry WHERE "stream" IN ('checkpoints', 'digests')`,
        `DELETE FROM stream_head WHERE "stream" IN ('checkpoints', 'digests')`,
      );
    },
    shows: { start: /behind what this desk wrote last/ },
  },
  {
    what: 'streams of checkpoints and digests dropped',
    does: sql(
      `DELETE FROM ledger_entry WHERE "stream" IN ('checkpoints', 'digests')`,
      `DELETE FROM stream_head WHERE "stream" IN ('checkpoints', 'digests')`,
    ),
    shows: { start: /behind what this desk wrote last: .*checkpoints|digests/ },
  },
  {
    what: 'an older copy put in place',
    does: (copy, { before }) => copy.replaceBy(before),
    shows: { start: /behind what this desk wrote last/ },
    differs: true,
  },
  {
    what: 'key id of an entry set to NULL',
    does: set(CASE, 1, `"keyId" = NULL`),
    shows: notSealed(CASE, 1),
    refuses: [showsCase],
  },
  {
    what: 'customer of an entry changed',
    does: set(CASE, 1, `"subjectId" = 'somebody-else'`),
    shows: notSealed(CASE, 1),
    refuses: [showsCase],
  },
  {
    what: 'a customer’s key deleted',
    does: sql(
      `DELETE FROM subject_key WHERE "subjectId" = (SELECT "subjectId" FROM request WHERE "ref" = '${CASE}')`,
    ),
    shows:
      /^PR-2026-0001 entry 1: the key that opens it is gone from the database, and no erasure is on record/,
    refuses: [showsCase],
  },
  {
    what: 'lookups of two customers swapped',
    does: async (copy) => {
      const [one, two] = await copy.rows(`SELECT * FROM subject ORDER BY "id"`);
      await copy.write(
        `UPDATE subject SET "lookup" = 'between' WHERE "id" = '${String(one?.id)}'`,
        `UPDATE subject SET "lookup" = ${quoted(String(one?.lookup))} WHERE "id" = '${String(two?.id)}'`,
        `UPDATE subject SET "lookup" = ${quoted(String(two?.lookup))} WHERE "id" = '${String(one?.id)}'`,
      );
    },
    shows: /^The customer \S+ was written or changed in the database|customer/,
  },
  {
    what: 'lookup of a customer garbled',
    does: sql(
      `UPDATE subject SET "lookup" = 'x' WHERE "id" = (SELECT "subjectId" FROM request WHERE "ref" = '${CASE}')`,
    ),
    shows: /customer/,
  },
  {
    what: 'reference of a customer garbled',
    does: sql(
      `UPDATE subject SET "reference" = 'AAAA' WHERE "id" = (SELECT "subjectId" FROM request WHERE "ref" = '${CASE}')`,
    ),
    shows: /customer/,
  },
  {
    what: 'outbox: effect and lane changed, set pending again',
    does: sql(
      `UPDATE post SET "effect" = replace("effect", '#cases', '#random'), "lane" = 'terminal:#random', "status" = 'pending',
        "outcome" = NULL WHERE "id" = (SELECT min("id") FROM post WHERE "effect" LIKE '%"card"%')`,
    ),
    shows: /^The post \S+ was written or changed in the database/,
    keepsFrom: '#random',
    differs: true,
  },
  {
    what: 'outbox: a reminder put in as sent before its day',
    does: sql(
      `INSERT INTO post ("key", "surface", "effect", "lane", "status", "attempt", "notBefore", "createdAt")
        SELECT 'PR-2026-0001:99:thread@terminal:#cases', 'terminal', '{}', 'terminal:#cases', 'sent', 1, "notBefore", "createdAt"
        FROM post WHERE "id" = (SELECT min("id") FROM post)`,
    ),
    shows: /^The post \S+ was written or changed in the database/,
  },
  {
    what: 'outbox: rows set dead',
    does: sql(`UPDATE post SET "status" = 'dead'`),
    shows: /^The post \S+ was marked as sent, given up or waiting in the database/,
  },
  {
    what: 'outbox: rows set waiting again',
    does: sql(`UPDATE post SET "status" = 'pending'`),
    shows: /^The post \S+ was marked as sent, given up or waiting in the database|written or changed/,
  },
  {
    what: 'outbox: a bad effect',
    does: sql(
      `UPDATE post SET "effect" = 'no JSON', "status" = 'pending' WHERE "id" = (SELECT min("id") FROM post)`,
    ),
    shows: /^The post \S+ was written or changed in the database/,
  },
  {
    what: 'where a card stands',
    does: sql(`UPDATE message SET "messageId" = 'elsewhere'`),
    shows: /^The place of the card \S+ was written or changed/,
  },
  {
    what: 'counter of CO lowered',
    does: sql(`UPDATE counter SET "value" = 1 WHERE "series" = 'CO-2026'`),
    shows: /the counter of CO-2026 says 1 were given/,
  },
  {
    what: 'triggers dropped',
    does: async (copy) => {
      const lite = await copy
        .rows(`SELECT name FROM sqlite_master WHERE type = 'trigger'`)
        .catch((): null => null);
      await copy.writeGuarded(
        ...(lite === null
          ? ['DROP TRIGGER ledger_entry_no_change ON ledger_entry']
          : lite.map(({ name }) => `DROP TRIGGER "${String(name)}"`)),
      );
    },
    shows: /^The database’s guard \S+, which refuses changes to the ledger, is gone or altered/,
    differs: true,
  },
  {
    what: 'a setting garbled',
    does: sql(`UPDATE setting SET "value" = '}{'`),
    shows: /^The setting \S+ was written or changed/,
  },
  {
    what: 'a forged button put into a setting',
    does: sql(
      `INSERT INTO setting ("key", "value") VALUES ('terminal-buttons-forged', '[{"code":"desk.staff"}]')`,
    ),
    shows: /^The setting \S+ was written or changed/,
  },
  {
    what: 'the record’s key taken out',
    does: sql(`UPDATE vault SET "recordKey" = NULL`),
    shows: { start: /The key that seals the record was altered/ },
    differs: true,
  },
  {
    what: 'every seal and the record’s key taken out',
    does: sql(
      `UPDATE vault SET "recordKey" = NULL`,
      `UPDATE ledger_entry SET "mac" = NULL`,
      `UPDATE stream_head SET "mac" = NULL`,
    ),
    shows: { start: /The key that seals the record was altered/ },
  },
  {
    what: 'an index that hides a customer’s cases, by one byte',
    does: async (copy) => {
      const [row] = await copy.rows(`SELECT "subjectId" FROM request WHERE "ref" = '${CASE}'`);
      await copy.flipInIndex?.('request_subjectId_idx', String(row?.subjectId));
    },
    shows: /^The table request or an index of it is damaged in the database file/,
    only: 'SQLite',
  },
];

export const ALTERATIONS: readonly Alteration[] = [...LEDGER, ...LISTS, ...UNNAMED];
