/**
 * Prisma's values as SQLite keeps them, and back, in the form Prisma's own SQLite adapters use: a database made with one
 * of them reads the same. Must not know: statements, tables.
 */
import { type ArgType, type ColumnType, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import type { SqliteValue } from './sqlite-driver.js';

/** By the declared type of a column, upper case; an expression has none. */
const COLUMN_TYPES: Readonly<Record<string, ColumnType>> = {
  INTEGER: ColumnTypeEnum.Int32,
  INT: ColumnTypeEnum.Int32,
  BIGINT: ColumnTypeEnum.Int64,
  REAL: ColumnTypeEnum.Double,
  DECIMAL: ColumnTypeEnum.Numeric,
  BOOLEAN: ColumnTypeEnum.Boolean,
  DATETIME: ColumnTypeEnum.DateTime,
  TEXT: ColumnTypeEnum.Text,
  BLOB: ColumnTypeEnum.Bytes,
  JSONB: ColumnTypeEnum.Json,
};

export function columnTypesOf(
  declared: readonly (string | null)[],
  rows: readonly (readonly unknown[])[],
): ColumnType[] {
  return declared.map((type, index) => {
    const known = type === null ? undefined : COLUMN_TYPES[type.toUpperCase()];
    return known ?? typeOfValue(rows.find((row) => row[index] !== null)?.[index]);
  });
}

function typeOfValue(value: unknown): ColumnType {
  switch (typeof value) {
    case 'string':
      return ColumnTypeEnum.Text;
    case 'bigint':
      return ColumnTypeEnum.Int64;
    case 'number':
      return ColumnTypeEnum.UnknownNumber;
    case 'object':
      return ColumnTypeEnum.Bytes;
    default:
      // Nothing but NULLs.
      return ColumnTypeEnum.Int32;
  }
}

/** One row: integers came as bigint, so that none loses a digit. */
export function rowOf(row: readonly unknown[], types: readonly ColumnType[]): unknown[] {
  return row.map((value, index) => {
    if (typeof value !== 'number' && typeof value !== 'bigint') return value;
    // Milliseconds, as other clients of SQLite write an instant.
    if (types[index] === ColumnTypeEnum.DateTime) return new Date(Number(value)).toISOString();
    if (typeof value === 'number') return value;
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value.toString();
  });
}

/** Instants are text with an offset, as they compare and as every version of the desk wrote them. */
export function boundOf(value: unknown, type: ArgType | undefined): SqliteValue {
  switch (typeof value) {
    case 'string':
      return valueOfText(value, type);
    case 'number':
    case 'bigint':
      return value;
    case 'boolean':
      return value ? 1 : 0;
    default:
      if (value === null || value instanceof Uint8Array) return value;
      if (value instanceof Date) return instantText(value);
      throw new TypeError(`SQLite keeps no value of type ${typeof value}`);
  }
}

/** Prisma hands over as text what JSON has no type for. */
function valueOfText(text: string, type: ArgType | undefined): SqliteValue {
  switch (type?.scalarType) {
    case 'int':
    case 'bigint':
      return BigInt(text);
    case 'float':
    case 'decimal':
      return Number(text);
    case 'datetime':
      return instantText(new Date(text));
    case 'bytes':
      return Buffer.from(text, 'base64');
    default:
      return text;
  }
}

function instantText(date: Date): string {
  return date.toISOString().replace('Z', '+00:00');
}
