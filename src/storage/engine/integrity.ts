/**
 * Damage below the rows: triggers that guard the ledger, pages and indices, and rows that an index hides.
 * Must not know: what is stored, who asks.
 */
import { setImmediate } from 'node:timers/promises';
import type { Damage } from '../../domain/tampering.js';
import type { Dialect } from './dialect.js';
import { type Engine, readMigrations } from './schema-engine.js';
import { literal, part, type Sql, type Table } from './sql.js';

/** `quick`: at start and daily. `whole`: every index against its table too. */
export async function damageIn(
  sql: Sql,
  { engine }: Dialect,
  depth: 'quick' | 'whole',
): Promise<readonly Damage[]> {
  const guards = engine === 'sqlite' ? await sqliteGuards(sql) : await postgresGuards(sql);
  const pages = engine === 'sqlite' ? await damagedPages(sql, depth) : [];
  return [...guards, ...pages, ...(await rowsLost(sql))];
}

type Named = { name: string; text: string };
const NAMED: Table<Named> = { name: 'guard', columns: { name: 'text', text: 'text' } };
const spaceless = (text: string): string => text.replace(/\s+/g, ' ').replace(/;? ?$/, '');

const wanted = new Map<Engine, Promise<ReadonlyMap<string, string>>>();

/** The triggers (SQLite) or the function and triggers (PostgreSQL) of the migrations, the last of each name. */
function guardsOf(engine: Engine): Promise<ReadonlyMap<string, string>> {
  const form =
    engine === 'sqlite'
      ? /CREATE TRIGGER "(\w+)"[\s\S]*?\bEND;/g
      : /CREATE (?:OR REPLACE FUNCTION|FUNCTION|TRIGGER) "(\w+)"(?:\(\)[\s\S]*?\$\$([\s\S]*?)\$\$;|[\s\S]*?;)/g;
  const read = async (): Promise<ReadonlyMap<string, string>> => {
    const found = new Map<string, string>();
    for (const { migrationFile } of (await readMigrations(engine)).migrationDirectories) {
      const { content } = migrationFile;
      if (content.tag !== 'ok') continue;
      for (const [text, name = '', body] of content.value.matchAll(form))
        found.set(name, spaceless(body ?? text));
    }
    return found;
  };
  const known = wanted.get(engine) ?? read();
  wanted.set(engine, known);
  return known;
}

async function sqliteGuards(sql: Sql): Promise<readonly Damage[]> {
  const rows = await sql.all(
    NAMED,
    part`SELECT "name", "sql" AS "text" FROM "sqlite_master" WHERE "type" = 'trigger'`,
  );
  const there = new Map(rows.map(({ name, text }) => [name, spaceless(text)]));
  return [...(await guardsOf('sqlite'))].flatMap(([name, text]) =>
    there.get(name) === text ? [] : [{ what: 'guard-gone' as const, name }],
  );
}

async function postgresGuards(sql: Sql): Promise<readonly Damage[]> {
  const triggers = await sql.all(
    NAMED,
    part`SELECT "tgname"::text AS "name", "tgenabled"::text AS "text" FROM "pg_trigger"
      JOIN "pg_class" ON "pg_class"."oid" = "tgrelid"
      WHERE "relnamespace" = current_schema()::regnamespace AND NOT "tgisinternal"`,
  );
  const functions = await sql.all(
    NAMED,
    part`SELECT "proname"::text AS "name", "prosrc" AS "text" FROM "pg_proc"
      WHERE "pronamespace" = current_schema()::regnamespace`,
  );
  const there = new Map([
    ...triggers.filter(({ text }) => text === 'O' || text === 'A').map(({ name }) => [name, null] as const),
    ...functions.map(({ name, text }) => [name, spaceless(text)] as const),
  ]);
  return [...(await guardsOf('postgresql'))].flatMap(([name, text]) => {
    const found = there.get(name);
    return found === null || found === text ? [] : [{ what: 'guard-gone' as const, name }];
  });
}

const TABLES: Table<{ name: string }> = { name: 'tables', columns: { name: 'text' } };
const QUICK: Table<{ quick_check: string }> = { name: 'quick_check', columns: { quick_check: 'text' } };
const WHOLE: Table<{ integrity_check: string }> = {
  name: 'integrity_check',
  columns: { integrity_check: 'text' },
};
/** Above it a table's pages are looked at and its index by counting: one look takes no longer than others may wait. */
const INDEXED_UP_TO = 20_000;

/** Table by table, so that others get their turn between two of them. */
async function damagedPages(sql: Sql, depth: 'quick' | 'whole'): Promise<readonly Damage[]> {
  const tables = await sql.all(
    TABLES,
    part`SELECT "name" FROM "sqlite_master" WHERE "type" = 'table' AND "name" NOT GLOB 'sqlite_*'`,
  );
  const found: Damage[] = [];
  for (const { name } of tables) {
    const table = literal(`"${name}"`);
    const deep =
      depth === 'whole' &&
      Number((await sql.all(COUNT, part`SELECT count(*) AS "n" FROM ${table}`))[0]?.n) <= INDEXED_UP_TO;
    const says = deep
      ? (await sql.all(WHOLE, part`PRAGMA integrity_check(${table})`)).map((row) => row.integrity_check)
      : (await sql.all(QUICK, part`PRAGMA quick_check(${table})`)).map((row) => row.quick_check);
    if (says.some((one) => one !== 'ok')) found.push({ what: 'page-damaged', name });
    await setImmediate();
  }
  return found;
}

const COUNT: Table<{ n: number }> = { name: 'count', columns: { n: 'int' } };

/** Every stream has as many entries as its head says, so all of them have as many as all heads say. */
async function rowsLost(sql: Sql): Promise<readonly Damage[]> {
  const [entries] = await sql.all(COUNT, part`SELECT count(*) AS "n" FROM "ledger_entry"`);
  const [heads] = await sql.all(COUNT, part`SELECT coalesce(sum("seq"), 0) AS "n" FROM "stream_head"`);
  const [there, said] = [Number(entries?.n), Number(heads?.n)];
  return there === said ? [] : [{ what: 'entries-miscounted', there, said }];
}
