/**
 * An evidence file as one page that needs nothing else: readable without its script, and verified by it. Whatever people typed is
 * text here, never markup. Must not know: how the data were made, how the file is sent.
 */
import { escaped, type Frame, framed, mainOf } from '../../evidence/file.js';
import { minuteWords } from '../../language/en/dates.js';
import { customerTitle, PAGE, PARTS } from '../../language/en/evidence-page.js';
import type { EvidenceSection } from '../tell/kinds.js';
import type { MadeDocument, ShownRecord } from './document.js';
import type { Asked } from './means.js';
import { STYLE } from './page-style.js';
import { sourceHash } from './seal.js';

export type PageGiven = {
  readonly made: MadeDocument;
  readonly asked: Asked;
  readonly zone: string;
  /** Empty: the page says that nothing verified it. */
  readonly script: string;
};

/** What is around the data. */
export function pageFrame({ made, asked, zone, script }: PageGiven): Frame {
  const title = made.customer === null ? (made.records[0]?.title ?? '') : customerTitle(made.customer);
  const policy = [
    "default-src 'none'",
    `script-src ${script === '' ? "'none'" : sourceHash(script)}`,
    `style-src ${sourceHash(STYLE)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const head = [
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${escaped(title)}</title>`,
    `<style>${STYLE}</style>`,
  ].join('\n');
  const record = mainOf(
    `${titlePage(title, made, asked, zone)}${made.records.map((one) => recordMarkup(one, made.customer !== null)).join('')}`,
  );
  return framed({
    before: `<!doctype html>\n<html lang="${PAGE.lang}">\n<head>\n${head}\n</head>\n<body>\n${VERIFICATION}\n${record}\n`,
    after: `\n${script === '' ? '' : `<script>${script}</script>\n`}</body>\n</html>\n`,
  });
}

function titlePage(
  title: string,
  { records, parts, customer }: MadeDocument,
  asked: Asked,
  zone: string,
): string {
  const policies = [...new Map(records.map(({ policy }) => [policy.hash, policy])).values()];
  const lines = [
    PAGE.asked(asked.by, minuteWords(asked.at, zone)),
    PAGE.audiences[asked.audience],
    ...policies.map((one) => PAGE.policy(one.title, one.name, one.hash)),
    PAGE.masked,
  ];
  const contents =
    customer === null
      ? ''
      : `<nav aria-label="${PAGE.records}"><ul>${records
          .map((one) => `<li><a href="#${idOf(one.ref)}">${escaped(one.title)}</a></li>`)
          .join('')}</ul></nav>`;
  const what = typeof parts.what === 'string' ? parts.what : '';
  return `<header class="title"><h1>${escaped(title)}</h1><p class="lead">${escaped(what)}</p>${lines
    .map((line) => `<p>${escaped(line)}</p>`)
    .join('')}${contents}</header>`;
}

const idOf = (ref: string): string => `record-${ref.replaceAll(/[^A-Za-z0-9-]/g, '')}`;

/** `named`: one of several, under a title of its own. */
function recordMarkup({ ref, title, sections, hashes }: ShownRecord, named: boolean): string {
  const level = named ? 3 : 2;
  const parts: readonly EvidenceSection[] = [
    ...sections,
    {
      kind: 'table',
      ofEntries: true,
      ...PARTS.hashes,
      rows: hashes.map(([seq, hash]) => [String(seq), hash]),
    },
  ];
  return `<article id="${idOf(ref)}" data-stream="${escaped(ref)}">${
    named ? `<h2>${escaped(title)}</h2>` : ''
  }${parts.map((part) => sectionMarkup(part, level)).join('')}</article>`;
}

function sectionMarkup(section: EvidenceSection, level: 2 | 3): string {
  const heading = `<h${level}>${escaped(section.title)}</h${level}>`;
  if (section.kind === 'facts') {
    const rows = section.rows.filter((row): row is readonly [string, string] => row[1] !== null);
    return `<section>${heading}<dl>${rows
      .map(([label, value]) => `<div><dt>${escaped(label)}</dt><dd>${escaped(value)}</dd></div>`)
      .join('')}</dl></section>`;
  }
  if (section.rows.length === 0)
    return `<section>${heading}<p class="none">${escaped(section.none)}</p></section>`;
  const columns = section.ofEntries === true ? [...section.columns, PAGE.marks] : section.columns;
  const rows = section.rows.map((row) => rowMarkup(row, columns, section.ofEntries === true));
  return `<section>${heading}<table><thead><tr>${columns
    .map((column) => `<th scope="col">${escaped(column)}</th>`)
    .join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></section>`;
}

/** On a narrow page a row is a list, and each cell says which column it is of. */
function rowMarkup(row: readonly string[], columns: readonly string[], ofEntry: boolean): string {
  const cells = row.map(
    (cell, index) =>
      `<td data-label="${escaped(columns[index] ?? '')}"${classOf(cell, ofEntry && index === 0)}>${escaped(cell)}</td>`,
  );
  const mark = ofEntry
    ? `<td data-label="${escaped(PAGE.marks)}" class="mark">${escaped(PAGE.unmarked)}</td>`
    : '';
  return `<tr${ofEntry ? ` data-entry="${escaped(row[0] ?? '')}"` : ''}>${cells.join('')}${mark}</tr>`;
}

/** A day, or a minute of it, is never broken. */
const WHEN = /^[A-Z][a-z]{2} \d{4}-\d\d-\d\d(?: \d\d:\d\d)?$/;
const HASH = /^[0-9a-f]{64}$/;
function classOf(cell: string, isNumber: boolean): string {
  if (isNumber) return ' class="number"';
  if (cell === '') return ' class="empty"';
  if (WHEN.test(cell)) return ' class="when"';
  return HASH.test(cell) ? ' class="hash"' : '';
}

const VERIFICATION = `<aside aria-labelledby="verification-label">
<p id="verification-label" class="label">${escaped(PAGE.verification)}</p>
<div id="verdict" role="status"><p>${escaped(PAGE.noScript)}</p></div>
<details id="comparison" hidden>
<summary>${escaped(PAGE.comparison)}</summary>
<form id="compare">
<label for="note">${escaped(PAGE.noteLabel)}</label>
<p id="note-hint" class="hint">${escaped(PAGE.noteHint)}</p>
<textarea id="note" rows="5" spellcheck="false" autocomplete="off" aria-describedby="note-hint"></textarea>
<label for="key">${escaped(PAGE.keyLabel)}</label>
<p id="key-hint" class="hint">${escaped(PAGE.keyHint)}</p>
<input id="key" type="text" spellcheck="false" autocomplete="off" aria-describedby="key-hint">
<button type="submit">${escaped(PAGE.compare)}</button>
<div id="history" role="status"></div>
</form>
</details>
</aside>`;
