/**
 * Statements written by hand, once for both databases, on the driver's own transaction: what every command asks, where
 * Prisma's planning costs more than the database. Rows are typed by their table. Must not know: which tables there are.
 */
import type { SqlQuery, Transaction } from '@prisma/driver-adapter-utils';
import type { Engine } from './schema-engine.js';

/** How a value is kept; `?` may be NULL. Instants are milliseconds, as Prisma's DateTime. */
type KindOf<V> = null extends V ? `${BareKind<NonNullable<V>>}?` : BareKind<V>;
type BareKind<V> = V extends string
  ? 'text'
  : V extends number
    ? 'int'
    : V extends boolean
      ? 'bool'
      : V extends Date
        ? 'date'
        : never;

export type Kind = 'text' | 'text?' | 'int' | 'int?' | 'bool' | 'bool?' | 'date' | 'date?';

/** A table and its columns, each once; the row's type says what they hold. */
export type Table<Row> = {
  readonly name: string;
  readonly columns: { readonly [K in keyof Row & string]: KindOf<Row[K]> };
};

type Value = string | number | boolean | Date | null;

/** A piece of a statement with the values at its gaps. */
export type Part = { readonly texts: readonly string[]; readonly values: readonly Value[] };

type Building = { readonly texts: string[]; readonly values: Value[] };

/** A statement's text with values, lists of values and other parts between. */
export function part(texts: TemplateStringsArray, ...gaps: (Value | Part)[]): Part {
  const built: Building = { texts: [texts[0] ?? ''], values: [] };
  gaps.forEach((gap, index) => {
    if (isPart(gap)) append(built, gap);
    else {
      built.values.push(gap);
      built.texts.push('');
    }
    addText(built, texts[index + 1] ?? '');
  });
  return built;
}

function isPart(gap: Value | Part): gap is Part {
  return typeof gap === 'object' && gap !== null && 'texts' in gap;
}

function addText({ texts }: Building, text: string): void {
  texts.push(`${texts.pop() ?? ''}${text}`);
}

function append(built: Building, { texts, values }: Part): void {
  addText(built, texts[0] ?? '');
  values.forEach((value, index) => {
    built.values.push(value);
    built.texts.push(texts[index + 1] ?? '');
  });
}

/** Text that is part of the program, never of what somebody wrote. */
export const literal = (text: string): Part => ({ texts: [text], values: [] });

export function listOf(parts: readonly Part[], between = ', '): Part {
  const built: Building = { texts: [''], values: [] };
  parts.forEach((each, index) => {
    if (index > 0) addText(built, between);
    append(built, each);
  });
  return built;
}

/** `(?, ?, ?)` */
export const among = (values: readonly Value[]): Part =>
  part`(${listOf(values.map((value) => part`${value}`))})`;

export type Sql = {
  /** The rows of a table that the rest of a SELECT names: WHERE, ORDER BY, LIMIT, FOR UPDATE. */
  readonly from: <Row>(
    table: Table<Row>,
  ) => (texts: TemplateStringsArray, ...gaps: (Value | Part)[]) => Promise<Row[]>;
  /** The rows a statement of its own returns: it selects or returns `columnsOf(table)`. */
  readonly all: <Row>(table: Table<Row>, statement: Part) => Promise<Row[]>;
  /** The number of rows changed. */
  readonly run: (texts: TemplateStringsArray, ...gaps: (Value | Part)[]) => Promise<number>;
  /** All in as few statements as the databases allow; `onConflict` as in SQL. The number of rows that are new. */
  readonly insert: <Row>(
    table: Table<Row>,
    rows: readonly Partial<Row>[],
    onConflict?: Part,
  ) => Promise<number>;
};

/** SQLite takes 32,766 values in a statement; a shorter one is prepared once and kept. */
const ROWS_A_STATEMENT = 200;

export function sqlOn(transaction: Transaction, engine: Engine): Sql {
  const query = ({ texts, values }: Part): SqlQuery => ({
    sql: texts.reduce((all, text, index) => `${all}${engine === 'sqlite' ? '?' : `$${index}`}${text}`),
    args: [...values],
    argTypes: values.map(() => ({ scalarType: 'unknown', arity: 'scalar' })),
  });
  const all = async <Row>(table: Table<Row>, statement: Part): Promise<Row[]> => {
    const { columnNames, rows } = await transaction.queryRaw(query(statement));
    const kinds = columnNames.map((name): Kind => {
      const kind: Kind | undefined = (table.columns as Readonly<Record<string, Kind>>)[name];
      if (kind === undefined) throw new Error(`${table.name} has no column ${name}`);
      return kind;
    });
    return rows.map((values) => {
      const row: Record<string, unknown> = {};
      for (const [at, name] of columnNames.entries()) row[name] = read(values[at], kinds[at]);
      // The columns are the row's, each read by its kind.
      return row as Row;
    });
  };
  const run = (statement: Part): Promise<number> => transaction.executeRaw(query(statement));
  return {
    all,
    from:
      (table) =>
      (texts, ...gaps) =>
        all(
          table,
          part`SELECT ${columnsOf(table)} FROM ${literal(`"${table.name}"`)} ${part(texts, ...gaps)}`,
        ),
    run: (texts, ...gaps) => run(part(texts, ...gaps)),
    insert: async (table, rows, onConflict = literal('')) => {
      let made = 0;
      for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT)
        made += await run(insertOf(table, rows.slice(from, from + ROWS_A_STATEMENT), onConflict));
      return made;
    },
  };
}

function read(value: unknown, kind: Kind | undefined): unknown {
  if (value === null) return null;
  if (kind === 'date' || kind === 'date?') return new Date(String(value));
  // SQLite keeps a boolean as a number.
  return kind === 'bool' || kind === 'bool?' ? value === true || value === 1 : value;
}

/** `"a", "b"`: all of them, or those named. */
export function columnsOf<Row>(table: Table<Row>, names = Object.keys(table.columns)): Part {
  return literal(names.map((name) => `"${name}"`).join(', '));
}

function insertOf<Row>(table: Table<Row>, rows: readonly Partial<Row>[], onConflict: Part): Part {
  const names = Object.keys(rows[0] ?? {}) as (keyof Row & string)[];
  // A row's columns hold values only: `Table` takes no other kind.
  const values = rows.map((row) => among(names.map((name) => row[name] as Value)));
  return part`INSERT INTO ${literal(`"${table.name}"`)} (${columnsOf(table, names)}) VALUES ${listOf(values)} ${onConflict}`;
}

/** `ON CONFLICT` of an upsert: every column but the key's takes the new value. */
export function replacing<Row>(table: Table<Row>, key: keyof Row & string): Part {
  const others = Object.keys(table.columns).filter((name) => name !== key);
  const set = others.map((name) => `"${name}" = excluded."${name}"`).join(', ');
  return literal(`ON CONFLICT ("${key}") DO UPDATE SET ${set}`);
}
