/**
 * What a database error means to the desk: somebody else wrote first, the store is unusable, or a bug.
 * Judges by codes only. Must not know: which query failed.
 */
import { DriverAdapterError } from '@prisma/driver-adapter-utils';
import { StoreConflict, StoreProblem } from '../../record/store.js';
import type { Engine } from './schema-engine.js';
import { sqliteCode } from './sqlite-errors.js';

/** SQLSTATE of the append-only trigger in the PostgreSQL migration. */
const APPEND_ONLY_STATE = 'OM001';

/** serialization_failure, deadlock_detected, lock_not_available. */
const CONFLICT_STATES = new Set(['40001', '40P01', '55P03']);
/** Duplicate key; write conflict or deadlock. */
const CONFLICT_CODES = new Set(['P2002', 'P2034']);

/** Shut down, crashed, starting, too many connections; class 08 is every connection exception. */
const AWAY_STATES = /^(?:08...|57P0[1-3]|53300)$/;
/** Not reachable, timed out, closed by the server, too many connections. */
const AWAY_CODES = new Set(['P1001', 'P1008', 'P1017', 'P2037']);
/** Node's and libuv's names for a lost or refused connection. */
const AWAY_ERRNOS = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'EACCES',
]);
/** invalid_password, invalid_authorization, database does not exist. */
const REFUSED_STATES = new Set(['28P01', '28000', '3D000']);
const NOT_ALLOWED_STATE = '42501';
const DISK_FULL_STATE = '53100';

type Codes = {
  /** Prisma's own, e.g. P2002. */
  readonly prisma: string | null;
  /** The driver's: an SQLite result name, an SQLSTATE, an errno name. */
  readonly driver: string | null;
};

/**
 * The error to throw instead of one that came out of Prisma: StoreConflict, StoreProblem, a plain word about the
 * ledger, or `error` itself. What a transaction's own work threw passes unchanged, whatever codes it carries.
 */
export function storeFault(error: unknown, engine: Engine): unknown {
  if (error instanceof StoreConflict || error instanceof StoreProblem) return error;
  const own = textAt(error, 'code');
  const prisma = own !== null && /^P\d{4}$/.test(own) ? own : null;
  const viaPrisma = at(at(at(error, 'meta'), 'driverAdapterError'), 'cause');
  const direct = error instanceof DriverAdapterError ? error.cause : undefined;
  const driver = textAt(viaPrisma, 'originalCode') ?? textAt(direct, 'originalCode');
  return faultOf(error, engine, { prisma: prisma ?? prismaCodeOf(direct), driver });
}

/** What Prisma would call it: a statement past Prisma meets the same conflicts. */
function prismaCodeOf(direct: unknown): string | null {
  switch (textAt(direct, 'kind')) {
    case 'UniqueConstraintViolation':
      return 'P2002';
    case 'TransactionWriteConflict':
      return 'P2034';
    default:
      return null;
  }
}

/** The same for an error straight from SQLite or pg, while connecting. */
export function driverFault(error: unknown, engine: Engine): unknown {
  return faultOf(error, engine, { prisma: null, driver: sqliteCode(error) ?? textAt(error, 'code') });
}

function faultOf(error: unknown, engine: Engine, codes: Codes): unknown {
  return engine === 'sqlite' ? sqliteFault(error, codes) : postgresFault(error, codes);
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

function textAt(value: unknown, key: string): string | null {
  const found = at(value, key);
  return typeof found === 'string' ? found : null;
}

function sqliteFault(error: unknown, { prisma, driver }: Codes): unknown {
  const cause = { cause: error };
  if (driver === 'SQLITE_CONSTRAINT_TRIGGER') return appendOnly(error);
  if (prisma !== null && CONFLICT_CODES.has(prisma)) return new StoreConflict('written meanwhile', cause);
  switch (driver?.split('_').slice(0, 2).join('_')) {
    case 'SQLITE_BUSY':
    case 'SQLITE_LOCKED':
      return new StoreProblem(
        'The database file is in use by another process. SQLite serves one Ombud at a time: ' +
          'stop the other one, or use PostgreSQL (set DATABASE_URL) to run several.',
        78,
        cause,
      );
    case 'SQLITE_NOTADB':
    case 'SQLITE_CORRUPT':
      return new StoreProblem(
        'The database file is damaged or is not a database. Stop Ombud, keep a copy of the file, and restore the ' +
          'last backup.',
        74,
        cause,
      );
    case 'SQLITE_FULL':
      return new StoreProblem(
        'The disk is full: nothing more can be recorded, and nothing was lost. Free some space, then start Ombud again.',
        74,
        cause,
      );
    case 'SQLITE_READONLY':
    case 'SQLITE_PERM':
    case 'SQLITE_CANTOPEN':
      return new StoreProblem(
        'The database file cannot be opened for writing. Make the file and its folder writable for this user.',
        74,
        cause,
      );
    case 'SQLITE_IOERR':
      return new StoreProblem(
        `The disk failed while the database was used (${driver}). Check the disk, then start Ombud again.`,
        74,
        cause,
      );
    default:
      return error;
  }
}

function postgresFault(error: unknown, { prisma, driver }: Codes): unknown {
  const cause = { cause: error };
  if (driver === APPEND_ONLY_STATE) return appendOnly(error);
  if ((prisma !== null && CONFLICT_CODES.has(prisma)) || (driver !== null && CONFLICT_STATES.has(driver)))
    return new StoreConflict('written meanwhile', cause);
  if (driver !== null && REFUSED_STATES.has(driver))
    return new StoreProblem(
      `The PostgreSQL server refuses this user or database (${driver}). Check the user, the password and the ` +
        'database name in DATABASE_URL.',
      78,
      cause,
    );
  if (driver === NOT_ALLOWED_STATE)
    return new StoreProblem(
      'The user in DATABASE_URL may not make or use the tables of this database. Make it the owner: ' +
        'ALTER DATABASE … OWNER TO …',
      78,
      cause,
    );
  if (driver === DISK_FULL_STATE)
    return new StoreProblem(
      'The disk of the PostgreSQL server is full: nothing more can be recorded, and nothing was lost.',
      74,
      cause,
    );
  const away =
    (prisma !== null && AWAY_CODES.has(prisma)) ||
    (driver !== null && (AWAY_STATES.test(driver) || AWAY_ERRNOS.has(driver)));
  return away ? serverAway(error) : error;
}

export function serverAway(error: unknown): StoreProblem {
  return new StoreProblem(
    'The PostgreSQL server cannot be reached. Check that it runs and that DATABASE_URL names it.',
    74,
    { cause: error },
  );
}

function appendOnly(error: unknown): Error {
  return new Error('the ledger is append-only: an entry is never changed or removed', { cause: error });
}
