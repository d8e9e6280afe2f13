/** Work that grows with the desk is done in pages: whoever asks meanwhile is answered, and what they do is no fault. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../../src/vocabulary/values.js';
import { type BareDesk, bareDesk, codeOf, factsOf, wordsOf } from './desk-bare.js';

let desk: BareDesk;
beforeEach(async () => {
  desk = await bareDesk();
  await desk.says('root', '/desk channel use:officer');
  for (let number = 1; number <= 30; number += 1)
    await desk.says('mei', `/privacy log access C-${number} scope:email`);
});
afterEach(() => desk.close());

/** What was done first, of two things begun together. */
async function firstOf(long: Promise<unknown>, short: Promise<unknown>): Promise<string> {
  const first = await Promise.race([long.then(() => 'long'), short.then(() => 'short')]);
  await Promise.all([long, short]);
  return first;
}

describe.each([
  ['an audit', 'kim', '/desk audit'],
  ['an export of a list', 'lyon', '/desk export month:2026-11'],
  ['a comparison of packs', 'lyon', '/desk policy pack:manifests/policies/default.yaml'],
])('%s', (_, who, line) => {
  it('lets others be answered meanwhile', async () => {
    expect(await firstOf(desk.says(who, line), desk.says('mei', '/privacy assign PR-2026-0001'))).toBe(
      'short',
    );
  });

  it('takes what others do meanwhile for no fault', async () => {
    const long = desk.says(who, line);
    desk.clock('2026-11-23T09:00:00Z');
    await Promise.all([
      desk.says('mei', '/privacy log deletion C-99'),
      desk.says('dan', '/privacy assign PR-2026-0030'),
      desk.says(
        'mei',
        '/disclosure request C-1 "Swift Courier" name delivery transaction order:SO-1 template:delivery',
      ),
      desk.desk.ticker.tick(desk.now()),
    ]);
    expect(codeOf(await long)).toBe('answer');
    const after = await desk.says('kim', '/desk audit');
    expect(factsOf(after).Checkpoints).toBe('1');
  });
});

it('keeps a refusal that is found in pages, once', async () => {
  await desk.look(async (tx) => {
    const row = await tx.request('PR-2026-0030');
    if (row !== null) await tx.putRequest({ ...row, ref: 'PR-2026-0666' });
  });
  expect(codeOf(await desk.says('kim', '/desk audit'))).toBe('ledger-broken');
  const kept = await desk.look((tx) => tx.entries('desk', { lock: false }));
  expect(kept.map(({ type, body }) => [type, body])).toEqual([
    ['command_refused', { command: 'desk.audit', code: 'ledger-broken', clause: null }],
  ]);
});

it('verifies one case by its own entries and the roots that saw it', async () => {
  desk.clock('2026-11-23T09:00:00Z');
  await desk.desk.ticker.tick(desk.now());
  const answer = await desk.says('kim', '/desk audit PR-2026-0007');
  expect(wordsOf(answer)).toContain('PR-2026-0007 verifies');
  expect(factsOf(answer).Checkpoint).toContain('saw it up to entry 1');
});

it('shows a home whose lines beyond those shown say nothing of the customer', async () => {
  const home = await desk.desk.home('terminal:lyon' as Account);
  const due = home?.groups.find(({ title }) => title === 'Due this week');
  const mine = home?.groups.find(({ title }) => title === 'Mine');
  expect(mine?.lines).toEqual([]);
  desk.clock('2026-12-20T02:00:00Z');
  const later = (await desk.desk.home('terminal:lyon' as Account))?.groups.find(
    ({ title }) => title === 'Due this week',
  );
  expect(due?.lines).toEqual([]);
  expect(later?.lines).toHaveLength(30);
  expect(later?.lines.map(({ text }) => / C… /.test(text))).toEqual([
    ...Array.from({ length: 20 }, () => true),
    ...Array.from({ length: 10 }, () => false),
  ]);
});
