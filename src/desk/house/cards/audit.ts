import { type Block, type Card, card, facts, text } from '../../../chat/card.js';
import { type AnyCheckpoint, type LogCheckpoint, ofLog } from '../../../domain/checkpoint.js';
import type { LedgerEntry, LedgerFault } from '../../../domain/ledger.js';
import { no, type Refusal } from '../../../domain/refusal.js';
import type { ForeignRow } from '../../../domain/tampering.js';
import { COMPARE_NOTE, noteWords } from '../../../language/en/checkpoints.js';
import { minuteWords } from '../../../language/en/dates.js';
import { personWords } from '../../../language/en/people.js';
import type { Pack } from '../../../policy/schema.js';
import type { Audit } from '../../../record/audit.js';
import type { Difference } from '../../../record/rebuild.js';
import type { Json } from '../../../vocabulary/values.js';
import { checkpointBlock } from '../../post/checkpoint-block.js';

type Whole = Extract<Audit, { kind: 'whole' }>;

export function ledgerWholeCard({ streams, entries, checkpoints, last }: Whole): Card {
  return card('The ledger verifies', 'good', [
    text('Every entry is what was written, in its order, and every list shows what the ledger says.'),
    ...noteOf(last),
    facts(
      ['Streams', String(streams)],
      ['Entries', String(entries)],
      ['Checkpoints', String(checkpoints)],
      ...lastCheckpoint(last),
    ),
    text(last === null ? 'The first checkpoint is made with the officer’s next digest.' : COMPARE_NOTE),
  ]);
}

function noteOf(last: AnyCheckpoint | null): readonly Block[] {
  return last !== null && ofLog(last) ? [checkpointBlock(last)] : [];
}

function lastCheckpoint(last: AnyCheckpoint | null): readonly (readonly [string, string])[] {
  if (last === null) return [];
  return [
    ['Last checkpoint', `${last.number}, ${last.day}, over ${last.streams} streams`],
    ofLog(last) ? ['Leaves of the log', String(last.size)] : ['Merkle root', last.root],
  ];
}

/** A checkpoint from the chat that this history goes on from. */
export const noteCard = (found: { readonly point: LogCheckpoint; readonly since: number }): Card =>
  card('The note is of this history', 'good', [text(noteWords(found))]);

export const otherHistory = ({ signed, size }: { readonly signed: number; readonly size: number }): Refusal =>
  no('ledger-broken', 'note-of-another-history', null, { signed, size });

/** Entries shown before the earliest ones are counted instead. */
const ENTRIES_MAX = 100;

/** `entries` null: the reader may verify a case without seeing what happened in it. */
export function caseWholeCard(
  ref: string,
  { entries: count, last, seen }: Whole,
  entries: readonly LedgerEntry[] | null,
  pack: Pack,
): Card {
  return card(
    `${ref} verifies`,
    'good',
    [
      facts(
        ['Entries', String(count)],
        [
          'Checkpoint',
          last === null ? 'none has seen it yet' : `${last.number} of ${last.day} saw it up to entry ${seen}`,
        ],
      ),
      ...(entries === null ? [] : entryTable(entries, pack)),
    ],
    { ref },
  );
}

function entryTable(entries: readonly LedgerEntry[], pack: Pack): readonly Block[] {
  const shown = entries.slice(-ENTRIES_MAX);
  const before = entries.length - shown.length;
  return [
    ...(before > 0 ? [text(`Entries 1 to ${before} are not shown.`)] : []),
    {
      kind: 'table',
      columns: ['No.', 'When', 'Who', 'What', 'Hash'],
      rows: shown.map((entry) => [
        String(entry.seq),
        minuteWords(entry.at, pack.zone),
        personWords(entry.actor),
        whatOf(entry),
        entry.hash.slice(0, 12),
      ]),
    },
  ];
}

function whatOf({ type, body }: LedgerEntry): string {
  const what = type.replaceAll('_', ' ');
  const command = textIn(body, 'command');
  const code = textIn(body, 'code');
  return type === 'command_refused' && command !== null && code !== null
    ? `${what}: ${command} (${code})`
    : what;
}

function textIn(body: Json, key: string): string | null {
  const fields: ReadonlyMap<string, unknown> = new Map(
    typeof body === 'object' && body !== null ? Object.entries(body) : [],
  );
  const value = fields.get(key);
  return typeof value === 'string' ? value : null;
}

/** The first bad entry by its name; the other streams that are broken too. */
export function brokenRefusal(faults: readonly LedgerFault[]): Refusal {
  const [first, ...others] = faults;
  const also = [...new Set(others.map(({ stream }) => stream))];
  return no('ledger-broken', 'ledger-broken', null, { first: first ?? null, also });
}

/** The ledger is whole, a list is not: names the first field and both values. */
export function driftedRefusal(differences: readonly Difference[]): Refusal {
  const [first] = differences;
  const more = Math.max(0, differences.length - 1);
  return no('ledger-broken', 'list-drifted', null, { first: first ?? null, more });
}

/** Ledger and lists are whole, rows beside them are not: names the first. */
export function foreignRefusal(rows: readonly ForeignRow[]): Refusal {
  const [first] = rows;
  return no('ledger-broken', 'rows-foreign', null, {
    first: first ?? null,
    more: Math.max(0, rows.length - 1),
  });
}
