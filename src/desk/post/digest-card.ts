/** The daily digest as a card: a line of counts, then what is most urgent. Must not know: how it was gathered, any surface. */
import { type Action, type Block, button, type Card, card } from '../../chat/card.js';
import { notSignedWords } from '../../language/en/checkpoints.js';
import { dayWords } from '../../language/en/dates.js';
import { DIGEST, DIGEST_BUTTONS } from '../../language/en/digest.js';
import { commas } from '../../language/en/lists.js';
import { addDays, civilDay } from '../../policy/calendar.js';
import { checkpointOfDay } from '../../record/checkpoints.js';
import type { Day } from '../../vocabulary/values.js';
import { anybody } from '../requests/cards/buttons.js';
import { digestSlot } from '../tell/addresses.js';
import type { Render, RenderMeans } from '../tell/kinds.js';
import { checkpointBlock } from './checkpoint-block.js';
import { type Also, type DigestFacts, digestFacts, type Heading } from './digest.js';

/** References named in one line. */
const NAMED = 3;
/** How far back the digest before this one is looked for: a desk that was down for a fortnight. */
const BEFORE_DAYS = 14;

function titleOf({ kind, days, count }: Heading): string {
  switch (kind) {
    case 'within':
      return DIGEST.within(days, count);
    default:
      return DIGEST[kind](count);
  }
}

const headingBlock = (heading: Heading): Block => ({
  kind: 'rows',
  title: titleOf(heading),
  rows: heading.rows,
  more: null,
});

function alsoWords({ kind, refs }: Also): string {
  const named = commas(refs.slice(0, NAMED));
  const more = refs.length > NAMED ? ` ${DIGEST.more(refs.length - NAMED)}` : '';
  return DIGEST.alsoNamed(kind, refs.length, `${named}${more}`);
}

/** What stands in no row, and what a mark on a row means. */
function smallPrint({ headings, also }: DigestFacts): readonly Block[] {
  const marked = headings.some(({ rows }) =>
    rows.some(({ words }) => words.some((word) => word.startsWith('✉'))),
  );
  const hidden = headings.reduce((sum, { count, rows }) => sum + count - rows.length, 0);
  const lines = [
    ...(hidden === 0 ? [] : [DIGEST.more(hidden)]),
    ...(also.length === 0 ? [] : also.map(alsoWords)),
    ...(marked ? [DIGEST.legend] : []),
  ];
  return lines.length === 0 ? [] : [{ kind: 'small', text: lines.join('\n') }];
}

const list = (label: string, style: Action['style'], fields: Readonly<Record<string, string>>): Action =>
  button(label, style, { command: 'privacy', verb: 'list', fields });

/** The whole list, to whoever presses alone; then what is theirs. */
function digestActions({ officer, open, headings, also }: DigestFacts): readonly Action[] {
  if (headings.length === 0 && also.length === 0) return [];
  return [
    officer
      ? list(DIGEST_BUTTONS.toDecide, 'plain', { filter: 'awaiting_decision' })
      : list(DIGEST_BUTTONS.mine, 'plain', { filter: 'mine' }),
    ...(open > 0 ? [list(DIGEST_BUTTONS.all(open), 'plain', { filter: 'open' })] : []),
  ];
}

function notSignedBlocks({ notSigned }: DigestFacts): readonly Block[] {
  if (notSigned === null) return [];
  const { says, step } = notSignedWords(notSigned);
  return [
    { kind: 'text', text: `⚠ ${says}` },
    { kind: 'next', step },
  ];
}

export function digestCard(digest: DigestFacts): Card {
  const { counts, headings, also, owners } = digest;
  const people = owners.map(({ person, accounts }) => ({ person, accounts }));
  const said = DIGEST.counts(counts);
  const empty = headings.length === 0 && also.length === 0;
  const blocks: readonly Block[] = [
    ...notSignedBlocks(digest),
    ...(empty || said === '' ? [] : [{ kind: 'text' as const, text: said }]),
    ...(people.length === 0 ? [] : [{ kind: 'ping' as const, people, text: DIGEST.owners }]),
    ...headings.filter(({ rows }) => rows.length > 0).map(headingBlock),
    ...smallPrint(digest),
    ...(empty
      ? [
          {
            kind: 'text' as const,
            text: DIGEST.nothing(digest.open, digest.nextDue === null ? null : dayWords(digest.nextDue)),
          },
        ]
      : []),
    { kind: 'buttons' },
    ...(digest.checkpoint === null ? [] : [checkpointBlock(digest.checkpoint)]),
  ];
  const tone =
    counts.overdue > 0 || digest.notSigned !== null ? 'bad' : counts.today > 0 ? 'warning' : 'neutral';
  return card(`${DIGEST.title(digest.officer)} · ${dayWords(digest.day)}`, tone, blocks, {
    actions: digestActions(digest),
  });
}

export const renderDigest: Render = async (means, effect) => {
  if (effect.kind === 'folded') return folded(means, effect.day as Day, effect.officer);
  if (effect.kind !== 'digest') return null;
  const { pack, now } = means;
  const rows = {
    ...means,
    today: civilDay(now, pack.zone),
    zone: pack.zone,
    reader: (pinned: typeof pack) => anybody(pinned, now),
  };
  const day = effect.day as Day;
  const { officer, checkpoint, notSigned } = effect;
  const of = { day, officer, reader: null, checkpoint, notSigned };
  return { card: digestCard(await digestFacts(rows, pack, of)) };
};

/** Yesterday's list is a line; the checkpoint it carried stays, since the chat is the ledger's witness. */
async function folded(means: RenderMeans, today: Day, officer: boolean): ReturnType<Render> {
  for (let back = 1; back <= BEFORE_DAYS; back += 1) {
    const day = addDays(today, -back);
    const name = digestSlot(day);
    if ((await means.tx.message(means.slotOn(name))) === null) continue;
    const point = officer ? await checkpointOfDay(means.tx, day) : null;
    const kept = point === null ? [] : [checkpointBlock(point)];
    return { card: card(DIGEST.folded(dayWords(day)), 'neutral', kept), name, onlyAnew: true };
  }
  return null;
}
