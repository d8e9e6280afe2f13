import { type Action, type Block, button, type Card, card, facts, text } from '../../chat/card.js';
import { dayWords } from '../../language/en/dates.js';
import { STATUS_SHORT } from '../../language/en/requests.js';
import { daysBetween } from '../../policy/calendar.js';
import { showStep } from '../../vocabulary/references.js';
import type { Day } from '../../vocabulary/values.js';
import type { Render } from '../tell/kinds.js';
import { TYPE_TITLES } from '../tell/words.js';
import {
  DIGEST_SHOWN,
  type DigestFacts,
  type DigestLine,
  type DisclosureLine,
  digestFacts,
} from './digest.js';

const ownerOf = (line: DigestLine): string => (line.owner === null ? 'nobody yet' : `@${line.owner}`);

function when(line: DigestLine): string {
  const days = `${Math.abs(line.left)} day${Math.abs(line.left) === 1 ? '' : 's'}`;
  if (line.left === 0) return 'today';
  return line.left > 0 ? `${dayWords(line.due)}, ${days} left` : `${dayWords(line.due)}, ${days} late`;
}

function listed<Line>(
  title: string,
  lines: readonly Line[],
  columns: readonly string[],
  rowOf: (line: Line) => readonly string[],
  all: string,
): readonly Block[] {
  if (lines.length === 0) return [];
  const shown = lines.slice(0, DIGEST_SHOWN);
  const more = lines.length - shown.length;
  return [
    text(`${title} (${lines.length})`),
    { kind: 'table', columns, rows: shown.map(rowOf) },
    ...(more > 0 ? [text(`and ${more} more: ${all}`)] : []),
  ];
}

/** `by Wed 2026-10-21, 38 days late`. */
function ackWords({ ackDue }: DigestLine, today: Day): string {
  const late = daysBetween(ackDue, today);
  return `by ${dayWords(ackDue)}${late <= 0 ? '' : `, ${late} day${late === 1 ? '' : 's'} late`}`;
}

function group(
  title: string,
  lines: readonly DigestLine[],
  last: (line: DigestLine) => string = when,
): readonly Block[] {
  const columns = ['Case', 'Type', 'Customer', 'Owner', 'Status', 'When'];
  const rowOf = (line: DigestLine) => [
    line.ref,
    TYPE_TITLES[line.type],
    line.customer,
    ownerOf(line),
    STATUS_SHORT[line.status],
    last(line),
  ];
  return listed(title, lines, columns, rowOf, '/privacy list');
}

function disclosures(title: string, lines: readonly DisclosureLine[]): readonly Block[] {
  const columns = ['Disclosure', 'Customer', 'Recipient', 'Asked by', 'Basis'];
  const rowOf = (line: DisclosureLine) => [
    line.ref,
    line.customer,
    line.recipient,
    line.requestedBy === null ? '' : `@${line.requestedBy}`,
    line.basis.replaceAll('_', ' '),
  ];
  return listed(title, lines, columns, rowOf, '/disclosure list');
}

/** Cases and disclosures a digest opens with a button; Slack and Discord take 25 buttons at most. */
const OPENED = 12;

/** The reader's list, then what is most urgent first, each once. */
function digestActions(digest: DigestFacts): readonly Action[] {
  const { overdue, today, within, awaitingDecision, undecided, offerable, unacknowledged } = digest;
  const { recipients, retentionEnded, unowned } = digest;
  const groups = [
    overdue,
    today,
    awaitingDecision,
    undecided,
    unacknowledged,
    ...within.map(({ lines }) => lines),
  ];
  const listed = [...groups, offerable, recipients, retentionEnded, unowned].flat();
  const refs = [...new Set(listed.map(({ ref }) => ref))].slice(0, OPENED);
  if (refs.length === 0) return [];
  return [
    digest.officer ? list('To decide', 'awaiting_decision') : list('My cases', 'mine'),
    ...refs.flatMap((ref) => {
      const shows = showStep(ref);
      return shows === null ? [] : [button(ref, 'plain', shows)];
    }),
  ];
}

const list = (label: string, filter: string): Action =>
  button(label, 'primary', { command: 'privacy', verb: 'list', fields: { filter } });

export function digestCard(digest: DigestFacts): Card {
  const { overdue, today, within } = digest;
  const blocks: readonly Block[] = [
    ...group('Overdue', overdue),
    ...group('Due today', today),
    ...within.flatMap(({ days, lines }) => group(`Due within ${days} days`, lines)),
    ...group('Waiting for a decision', digest.awaitingDecision),
    ...disclosures('Disclosures to decide', digest.undecided),
    ...disclosures('Disclosures to offer again', digest.offerable),
    ...disclosures('No longer withheld from the customer from today', digest.withholdingEnds),
    ...group('Receipt to acknowledge', digest.unacknowledged, (line) => ackWords(line, digest.day)),
    ...group('Recipients to tell', digest.recipients, (line) => `${line.openRecipients} open`),
    ...group(
      'Kept data whose term has ended: delete it, then /privacy done',
      digest.retentionEnded,
      (line) => `ended ${line.retainedUntil === null ? '' : dayWords(line.retainedUntil)}`,
    ),
    ...group('Without an owner', digest.unowned),
  ];
  const empty = text(
    `Nothing is due. ${digest.open === 0 ? 'No open cases.' : `${digest.open} open case${digest.open === 1 ? '' : 's'}, none due within ${Math.max(...within.map(({ days }) => days), 0)} days.`}`,
  );
  const checkpoint =
    digest.checkpoint === null
      ? []
      : [
          facts(
            ['Checkpoint', `${digest.checkpoint.number} over ${digest.checkpoint.streams} streams`],
            ['Merkle root', digest.checkpoint.root],
          ),
        ];
  const title = `${digest.officer ? "Officer's digest" : 'Daily digest'} · ${dayWords(digest.day)}`;
  return card(
    title,
    overdue.length > 0 ? 'bad' : today.length > 0 ? 'warning' : 'neutral',
    // The checkpoint first: what a surface cuts off is the end, and the chat is the ledger's witness.
    [...checkpoint, ...(blocks.length === 0 ? [empty] : blocks)],
    { actions: digestActions(digest) },
  );
}

export const renderDigest: Render = async ({ tx, pack }, effect) => {
  if (effect.kind !== 'digest') return null;
  return {
    card: digestCard(await digestFacts(tx, pack, { day: effect.day, officer: effect.officer, reader: null })),
  };
};
