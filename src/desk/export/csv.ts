/**
 * A table as CSV (RFC 4180), safe to open in a spreadsheet. Must not know: what the table is about.
 */

/** What a spreadsheet would take for a formula, in full width too. */
const FORMULA = /^[=+\-@＝＋－＠\t\r\n]/;

function cell(value: string): string {
  const literal = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(literal) ? `"${literal.replaceAll('"', '""')}"` : literal;
}

/** The header row first; lines end with CR LF. */
export function csv(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return [columns, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}
