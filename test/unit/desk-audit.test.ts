/** `/desk audit` over a database somebody else has written in: it names the first bad entry and never stumbles. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { latestCheckpoint } from '../../src/record/checkpoints.js';
import { copiesOf, DATABASE } from '../support/fresh-store.js';
import { type BareDesk, bareDesk, codeOf, factsOf, tamper, wordsOf } from './desk-bare.js';

let folder: string;
let file: string;
let desk: BareDesk;

const MORNING_AFTER = '2026-11-24T02:00:00Z';

/** Two cases with a few entries, a checkpoint of the first evening, one case moved on since. */
const withCases = copiesOf(async (made) => {
  const before = await bareDesk({ file: join(made, DATABASE) });
  await before.says('root', '/desk channel use:officer', '#officer');
  for (const line of [
    '/privacy log deletion C-10812',
    '/privacy log access C-20911',
    '/privacy assign PR-2026-0001',
    '/privacy verify PR-2026-0001 callback pass call#1',
  ])
    expect(codeOf(await before.says('mei', line))).toBe('answer');
  before.clock(MORNING_AFTER);
  await before.desk.ticker.tick(before.now());
  await before.says('mei', '/privacy assign PR-2026-0002');
  await before.close();
});

beforeEach(async () => {
  folder = await withCases();
  file = join(folder, DATABASE);
  desk = await bareDesk({ file });
  desk.clock(MORNING_AFTER);
});
afterEach(async () => {
  await desk.close();
  await rm(folder, { recursive: true });
});

async function tampered(...statements: readonly string[]): Promise<void> {
  await desk.close();
  await tamper(file, ...statements);
  desk = await bareDesk({ file });
  desk.clock('2026-11-24T03:00:00Z');
}

const entry = (stream: string, seq: number) => `stream = '${stream}' AND seq = ${seq}`;

describe('a ledger nobody touched', () => {
  it('verifies, with its counts and the last root', async () => {
    const answer = await desk.says('lyon', '/desk audit');
    expect(answer.card.title).toBe('The ledger verifies');
    const point = await desk.look(latestCheckpoint);
    expect(factsOf(answer)).toEqual({
      Streams: '7',
      Entries: '17',
      Checkpoints: '1',
      'Last checkpoint': '1, 2026-11-24, over 5 streams',
      'Leaves of the log': '15',
    });
    const note = point?.type === 'checkpoint_signed' ? point.note : '';
    expect(answer.card.blocks).toContainEqual(
      expect.objectContaining({ kind: 'checkpoint', lines: note.trimEnd().split('\n') }),
    );
    expect(codeOf(await desk.says('kim', '/desk audit'))).toBe('answer');
    expect(codeOf(await desk.says('mei', '/desk audit'))).toBe('not-permitted');
    expect(codeOf(await desk.says('root', '/desk audit'))).toBe('not-permitted');
  });

  it('lists a case’s entries without anything personal', async () => {
    await desk.says('mei', '/privacy decide PR-2026-0001 approve');
    const answer = await desk.says('kim', '/desk audit pr-2026-0001');
    expect(answer.card).toMatchObject({ title: 'PR-2026-0001 verifies', ref: 'PR-2026-0001' });
    expect(factsOf(answer)).toEqual({ Entries: '5', Checkpoint: '1 of 2026-11-24 saw it up to entry 4' });
    const words = wordsOf(answer);
    expect(words).toMatch(/1 \| Mon 2026-11-23 10:00 \| @mei \| request logged \| [0-9a-f]{12}\n/);
    expect(words).toContain('@mei | command refused: privacy.decide (not-permitted)');
    expect(words).not.toMatch(/C-10812|call#1/);
  });

  it('knows no case that never was', async () => {
    expect(codeOf(await desk.says('lyon', '/desk audit PR-2026-0099'))).toBe('not-found');
  });
});

const FIRST_BAD: readonly (readonly [what: string, sql: readonly string[], says: RegExp])[] = [
  [
    'an altered body',
    [`UPDATE ledger_entry SET body = json_set(body, '$.via', 'email') WHERE ${entry('PR-2026-0001', 1)}`],
    /^PR-2026-0001 entry 1: its content does not match its hash\.$/,
  ],
  [
    'a body that is no JSON',
    [`UPDATE ledger_entry SET body = 'gone' WHERE ${entry('PR-2026-0001', 2)}`],
    /^PR-2026-0001 entry 2: its content does not match its hash\.$/,
  ],
  [
    'an altered sealed text',
    [`UPDATE ledger_entry SET sealed = 'AAAA' WHERE ${entry('PR-2026-0001', 3)}`],
    /^PR-2026-0001 entry 3: its content/,
  ],
  [
    'another person',
    [`UPDATE ledger_entry SET person = 'dan' WHERE ${entry('PR-2026-0001', 2)}`],
    /^PR-2026-0001 entry 2: its content/,
  ],
  [
    'a deleted entry',
    [`DELETE FROM ledger_entry WHERE ${entry('PR-2026-0001', 2)}`],
    /^PR-2026-0001 entry 2: entry 2 is missing/,
  ],
  [
    'a cut tail',
    [`DELETE FROM ledger_entry WHERE ${entry('PR-2026-0001', 4)}`],
    /^PR-2026-0001 entry 4: entries 4 to 4 are missing\.$/,
  ],
  [
    'a cut tail, the head and the list cut with it',
    [
      `DELETE FROM ledger_entry WHERE ${entry('PR-2026-0001', 4)}`,
      `UPDATE stream_head SET seq = 3, hash = (SELECT hash FROM ledger_entry WHERE ${entry('PR-2026-0001', 3)}) WHERE stream = 'PR-2026-0001'`,
      `UPDATE request SET version = 3 WHERE ref = 'PR-2026-0001'`,
    ],
    /^PR-2026-0001 entry 3: the seal of the stream’s head is not this desk’s: somebody without the desk’s key moved it\.$/,
  ],
  [
    'a stream deleted with its head and its row',
    [
      `DELETE FROM ledger_entry WHERE stream = 'PR-2026-0001'`,
      `DELETE FROM stream_head WHERE stream = 'PR-2026-0001'`,
      `DELETE FROM request WHERE ref = 'PR-2026-0001'`,
    ],
    /^PR-2026-0001 entry 1: checkpoint 1 saw this entry, and it is gone\.$/,
  ],
  [
    'a lost head',
    [`DELETE FROM stream_head WHERE stream = 'PR-2026-0002'`],
    /^PR-2026-0002 entry 1: the stream has no head\.$/,
  ],
  [
    'two entries that changed places',
    [
      `UPDATE ledger_entry SET seq = 99 WHERE ${entry('PR-2026-0001', 2)}`,
      `UPDATE ledger_entry SET seq = 2 WHERE ${entry('PR-2026-0001', 3)}`,
      `UPDATE ledger_entry SET seq = 3 WHERE ${entry('PR-2026-0001', 99)}`,
    ],
    /^PR-2026-0001 entry 2: its link to the entry before is broken\.$/,
  ],
  [
    'a broken list of staff events',
    [`UPDATE ledger_entry SET body = '{"x":1}' WHERE ${entry('staff', 2)}`],
    /^staff entry 2: its content/,
  ],
  [
    'a broken policy',
    [`UPDATE ledger_entry SET body = 'x' WHERE ${entry('policies', 1)}`],
    /^policies entry 1:/,
  ],
  [
    'a broken channel',
    [`UPDATE ledger_entry SET body = 'x' WHERE ${entry('channels', 1)}`],
    /^channels entry 1:/,
  ],
  [
    'a broken checkpoint',
    [`UPDATE ledger_entry SET body = '[]' WHERE ${entry('checkpoints', 1)}`],
    /^checkpoints entry 1: its content/,
  ],
];

describe('a ledger somebody wrote in', () => {
  it.each(FIRST_BAD)('names %s, and keeps the attempt', async (_what, sql, says) => {
    await tampered(...sql);
    const answer = await desk.says('lyon', '/desk audit');
    expect(answer).toMatchObject({ kind: 'error', code: 'ledger-broken', clause: null });
    expect(answer.card.blocks[0]).toMatchObject({ kind: 'text', text: expect.stringMatching(says) });
    const kept = await desk.look((tx) => tx.entries('desk', { lock: false }));
    expect(kept.at(-1)).toMatchObject({
      type: 'command_refused',
      body: { command: 'desk.audit', code: 'ledger-broken' },
    });
  });

  it('says which other streams are broken', async () => {
    await tampered(
      `UPDATE ledger_entry SET at = '2020-01-01T00:00:00Z' WHERE ${entry('PR-2026-0001', 1)}`,
      `UPDATE ledger_entry SET at = '2020-01-01T00:00:00Z' WHERE ${entry('staff', 1)}`,
    );
    expect(wordsOf(await desk.says('lyon', '/desk audit'))).toContain('Also broken: staff.');
  });

  it('is told about one case, and says the other verifies', async () => {
    await tampered(`UPDATE ledger_entry SET type = 'resumed' WHERE ${entry('PR-2026-0001', 2)}`);
    const answer = await desk.says('lyon', '/desk audit PR-2026-0001');
    expect(answer).toMatchObject({ code: 'ledger-broken', card: { ref: 'PR-2026-0001' } });
    expect(wordsOf(answer)).toContain('PR-2026-0001 entry 2: its content does not match its hash.');
    expect(codeOf(await desk.says('lyon', '/desk audit PR-2026-0002'))).toBe('answer');
  });

  it('remembers a case that is gone without a trace but the checkpoint’s', async () => {
    await tampered(
      `DELETE FROM ledger_entry WHERE stream = 'PR-2026-0001'`,
      `DELETE FROM stream_head WHERE stream = 'PR-2026-0001'`,
      `DELETE FROM request WHERE ref = 'PR-2026-0001'`,
    );
    expect(codeOf(await desk.says('lyon', '/desk audit PR-2026-0001'))).toBe('ledger-broken');
  });

  it('keeps the attempt beside the desk’s own stream when that is the broken one', async () => {
    await desk.says('mei', '/desk audit');
    await tampered(`DELETE FROM stream_head WHERE stream = 'desk'`);
    const answer = await desk.says('lyon', '/desk audit');
    expect(wordsOf(answer)).toContain('desk entry 1: the stream has no head');
    const kept = await desk.look((tx) => tx.entries('audits', { lock: false }));
    expect(kept).toHaveLength(1);
  });
});

describe('lists that say something else than the ledger', () => {
  it.each([
    [
      `UPDATE request SET due = '2027-06-01' WHERE ref = 'PR-2026-0001'`,
      'PR-2026-0001: the list has due "2027-06-01", the ledger says "2026-12-23".',
    ],
    [
      `DELETE FROM request WHERE ref = 'PR-2026-0002'`,
      'PR-2026-0002: the ledger has it, and the list does not.',
    ],
    [
      `UPDATE staff SET roles = '["agent","officer"]' WHERE person = 'mei'`,
      'The staff list, mei: the list has roles ["agent","officer"], the ledger says ["agent"].',
    ],
    [
      `UPDATE channel SET uses = '["officer","cases"]'`,
      'The channels, terminal:#officer: the list has uses ["officer","cases"], the ledger says ["officer"].',
    ],
  ])('names it: %s', async (sql, says) => {
    await tampered(sql);
    const answer = await desk.says('lyon', '/desk audit');
    expect(answer).toMatchObject({ kind: 'error', code: 'ledger-broken' });
    expect(wordsOf(answer)).toContain(says);
  });
});
