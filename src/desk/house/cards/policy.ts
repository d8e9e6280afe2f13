import { type Block, type Card, card, facts, text } from '../../../chat/card.js';
import { dayWords } from '../../../language/en/dates.js';
import { policySentences } from '../../../language/policy.js';
import { ruleFacts } from '../../../policy/rule-facts.js';
import type { Day } from '../../../vocabulary/values.js';
import type { ActivePack } from '../../front/plan.js';

/** Characters of one text block: every surface takes that much in one piece. */
const BLOCK_MAX = 2500;
/** Rows of a table before the rest is counted. */
const CASES_MAX = 50;

export const HASH_SHOWN = 12;

export function policyCard(active: ActivePack): Card {
  return card(
    `Policy ${active.name}`,
    'neutral',
    [
      facts(['In force', `${active.name}, ${active.hash.slice(0, HASH_SHOWN)}`], ['Zone', active.pack.zone]),
      ...paragraphs(policySentences(ruleFacts(active.pack)).map((sentence) => `- ${sentence}`)),
    ],
    { footer: 'What another policy would change: /desk policy pack:FILE' },
  );
}

/** A case under the policy it pinned, and under the other one. */
export type MovedCase = { readonly ref: string; readonly now: Day; readonly then: Day };

export type Comparison = {
  readonly active: ActivePack;
  readonly other: ActivePack;
  /** Open cases the other policy would make late today. */
  readonly late: readonly MovedCase[];
  /** Open cases due on another day, and not late for it. */
  readonly moved: readonly MovedCase[];
  readonly open: number;
};

export function comparisonCard({ active, other, late, moved, open }: Comparison): Card {
  const inForce = policySentences(ruleFacts(active.pack));
  const proposed = policySentences(ruleFacts(other.pack));
  const gone = inForce.filter((sentence) => !proposed.includes(sentence));
  const come = proposed.filter((sentence) => !inForce.includes(sentence));
  const same = active.hash === other.hash;
  return card(`Policy ${other.name} against ${active.name}`, late.length > 0 ? 'warning' : 'neutral', [
    facts(
      ['In force', `${active.name}, ${active.hash.slice(0, HASH_SHOWN)}`],
      ['Compared', `${other.name}, ${other.hash.slice(0, HASH_SHOWN)}`],
      ['Open cases', String(open)],
      ['Would be late', String(late.length)],
      ['Would move', String(moved.length)],
    ),
    ...(same
      ? [text('That is the policy in force: nothing differs.')]
      : gone.length + come.length === 0
        ? [text('Every sentence of it is the same.')]
        : [
            ...paragraphs(gone.map((sentence) => `− ${sentence}`)),
            ...paragraphs(come.map((sentence) => `+ ${sentence}`)),
          ]),
    ...cases('It would make late', late),
    ...cases('It would move', moved),
    text(
      'Nothing was changed, and an open case always stays on the policy it was logged under. To put this one in force, set OMBUD_POLICY and start the desk again.',
    ),
  ]);
}

function cases(title: string, rows: readonly MovedCase[]): readonly Block[] {
  if (rows.length === 0) return [];
  const shown = rows.slice(0, CASES_MAX);
  const more = rows.length - shown.length;
  return [
    text(`${title} (${rows.length})`),
    {
      kind: 'table',
      columns: ['Case', 'Due now', 'Due then'],
      rows: shown.map(({ ref, now, then }) => [ref, dayWords(now), dayWords(then)]),
    },
    ...(more > 0 ? [text(`and ${more} more`)] : []),
  ];
}

/** Lines gathered into as few text blocks as fit. */
function paragraphs(lines: readonly string[]): readonly Block[] {
  const blocks: string[] = [];
  for (const line of lines) {
    const last = blocks.at(-1);
    if (last === undefined || last.length + line.length + 1 > BLOCK_MAX) blocks.push(line);
    else blocks[blocks.length - 1] = `${last}\n${line}`;
  }
  return blocks.map(text);
}
