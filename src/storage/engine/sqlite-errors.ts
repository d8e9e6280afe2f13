/**
 * SQLite's result codes in the words of Prisma's driver adapters. Must not know: what a fault means to the desk.
 */
import type { Error as AdapterError } from '@prisma/driver-adapter-utils';

/** https://www.sqlite.org/rescode.html: the primary codes, then those extended ones that are told apart. */
const NAMES: Readonly<Record<number, string>> = {
  1: 'SQLITE_ERROR',
  3: 'SQLITE_PERM',
  5: 'SQLITE_BUSY',
  6: 'SQLITE_LOCKED',
  7: 'SQLITE_NOMEM',
  8: 'SQLITE_READONLY',
  10: 'SQLITE_IOERR',
  11: 'SQLITE_CORRUPT',
  13: 'SQLITE_FULL',
  14: 'SQLITE_CANTOPEN',
  19: 'SQLITE_CONSTRAINT',
  26: 'SQLITE_NOTADB',
  787: 'SQLITE_CONSTRAINT_FOREIGNKEY',
  1299: 'SQLITE_CONSTRAINT_NOTNULL',
  1555: 'SQLITE_CONSTRAINT_PRIMARYKEY',
  1811: 'SQLITE_CONSTRAINT_TRIGGER',
  2067: 'SQLITE_CONSTRAINT_UNIQUE',
};
const PRIMARY = 0xff;

/** The name of a code; of an extended one without a name, the primary's with the number: `SQLITE_IOERR_778`. */
function nameOf(code: number): string {
  return NAMES[code] ?? `${NAMES[code & PRIMARY] ?? 'SQLITE'}_${code}`;
}

/** The name of the result code of an error that came from SQLite, else null. */
export function sqliteCode(error: unknown): string | null {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : null;
  return typeof code === 'number' ? nameOf(code) : null;
}

/** Null for an error that is not SQLite's. */
export function sqliteError(error: unknown): AdapterError | null {
  const name = sqliteCode(error);
  if (name === null || !(error instanceof Error) || !('errcode' in error)) return null;
  const { message } = error;
  return { originalCode: name, originalMessage: message, ...meaningOf(name, Number(error.errcode), message) };
}

/** Only codes decide, but for a missing table: SQLite has no code for it, and Prisma's engine asks. */
function meaningOf(name: string, extendedCode: number, message: string): AdapterError {
  switch (name) {
    case 'SQLITE_CONSTRAINT_UNIQUE':
    case 'SQLITE_CONSTRAINT_PRIMARYKEY':
      return { kind: 'UniqueConstraintViolation', constraint: { fields: columnsIn(message) } };
    case 'SQLITE_CONSTRAINT_NOTNULL':
      return { kind: 'NullConstraintViolation', constraint: { fields: columnsIn(message) } };
    case 'SQLITE_CONSTRAINT_FOREIGNKEY':
    case 'SQLITE_CONSTRAINT_TRIGGER':
      return { kind: 'ForeignKeyConstraintViolation', constraint: { foreignKey: {} } };
    case 'SQLITE_BUSY':
      return { kind: 'SocketTimeout' };
    default:
      return message.startsWith('no such table: ')
        ? { kind: 'TableDoesNotExist', table: message.slice('no such table: '.length) }
        : { kind: 'sqlite', extendedCode, message };
  }
}

/** `UNIQUE constraint failed: post.key, post.lane` names what the rule is about. */
function columnsIn(message: string): string[] {
  const listed = message.split('constraint failed: ')[1] ?? '';
  return listed.split(', ').map((column) => column.split('.').at(-1) ?? column);
}
