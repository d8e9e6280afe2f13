import { type Block, button, type Card } from '../../src/chat/card.js';

export const HOSTILE =
  '<!channel> @everyone <@U0MEI> *bold* _it_ ~s~ `code` ```fence``` <https://evil.example|click> &amp; > quote\n> line :tada:';

const actions = [
  button('Approve & <go>', 'primary', {
    command: 'privacy',
    verb: 'decide',
    fields: { case: 'PR-2026-0001', verdict: 'approve' },
    shown: 1,
  }),
  button(
    'Refuse',
    'danger',
    { command: 'privacy', verb: 'decide', fields: { case: 'PR-2026-0001', verdict: 'refuse' }, shown: 1 },
    ['ground', 'reason'],
  ),
];

/** Every kind of block with this text wherever text may be. */
const everywhere = (text: string, many: number): readonly Block[] => [
  { kind: 'text', text },
  { kind: 'facts', facts: Array.from({ length: many }, (_, at) => [`Fact ${at}`, text] as const) },
  { kind: 'table', columns: ['a', 'b'], rows: Array.from({ length: many }, () => [text, text]) },
  { kind: 'quote', text },
  {
    kind: 'ping',
    people: [
      { person: 'lyon', accounts: ['discord:8123', 'slack:U0LYON'] },
      { person: text, accounts: ['slack:U0LYON> <!channel'] },
      { person: 'ana', accounts: ['discord:8124'] },
    ],
    text,
  },
];

const card = (title: string, blocks: readonly Block[], more: Partial<Card> = {}): Card => ({
  title,
  tone: 'warning',
  blocks,
  actions,
  moments: [],
  footer: null,
  ref: 'PR-2026-0001',
  ...more,
});

export const CARDS: Readonly<Record<string, Card>> = {
  hostile: card(HOSTILE, everywhere(HOSTILE, 2), { footer: HOSTILE }),
  longest: card('T'.repeat(500), everywhere('&'.repeat(2000), 3), {
    footer: 'f'.repeat(4000),
    ref: 'DR-2026-0001',
  }),
  'longest-wide': card('題'.repeat(200), everywhere('個人情報😀'.repeat(500), 2)),
  'many-blocks': card(
    'Many',
    Array.from({ length: 120 }, (_, at) => ({ kind: 'text' as const, text: `Line ${at}` })),
  ),
  'many-rows': card('Rows', [
    {
      kind: 'table',
      columns: ['a'],
      rows: Array.from({ length: 2000 }, (_, at) => [`Row ${at}`, 'x'.repeat(60)]),
    },
  ]),
  'many-buttons': card('Buttons', [], {
    actions: Array.from({ length: 40 }, (_, at) =>
      button(`${at}${'b'.repeat(100)}`, 'primary', {
        command: 'privacy',
        verb: 'show',
        fields: { case: `PR-2026-${1000 + at}` },
        shown: null,
      }),
    ),
  }),
  empty: card(
    '',
    [
      { kind: 'text', text: '' },
      { kind: 'facts', facts: [['Nothing', '']] },
      { kind: 'quote', text: '' },
    ],
    { actions: [], ref: null, tone: 'neutral' },
  ),
};
