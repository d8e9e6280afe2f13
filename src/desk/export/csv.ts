/**
 * A table as CSV (RFC 4180), safe to open in a spreadsheet. Must not know: what the table is about.
 */

/** What a spreadsheet would take for a formula, in full width and behind blanks too (OWASP, "CSV Injection"). */
const FORMULA = /^[\s\u200b\ufeff]*[=+\-@|%＝＋－＠｜]|^[\t\r\n]/u;

/** A formula is shown as text, and the bar with which it would call another program is broken. */
function cell(value: string): string {
  const literal = FORMULA.test(value) ? `'${value.replaceAll(/[|｜]/gu, '¦')}` : value;
  return /[",;\t\r\n]/.test(literal) ? `"${literal.replaceAll('"', '""')}"` : literal;
}

/** Without it a spreadsheet on a Chinese Windows reads the bytes as another encoding. */
const BYTE_ORDER_MARK = '\ufeff';

/** The header row first; lines end with CR LF; UTF-8 says so in its first bytes. */
export function csv(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [columns, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`);
  return `${BYTE_ORDER_MARK}${lines.join('')}`;
}
