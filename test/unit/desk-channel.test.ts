/** `/desk channel`: binding where things are posted, on the ledger and in the list. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seedChannels } from '../../src/desk/house/channels.js';
import { type BareDesk, bareDesk, codeOf, factsOf, wordsOf } from './desk-bare.js';

let desk: BareDesk;
beforeEach(async () => {
  desk = await bareDesk();
});
afterEach(() => desk.close());

const bound = async () =>
  (await desk.look((tx) => tx.channels())).map(({ channel, uses }) => `${channel}: ${uses.join(' ')}`);
const entries = () => desk.look((tx) => tx.entries('channels', { lock: false }));

describe('binding', () => {
  it('binds the channel it is said in, one use after the other', async () => {
    const answer = await desk.says('root', '/desk channel use:cases', '#privacy');
    expect(wordsOf(answer)).toContain('#privacy: now gets the cases with their threads');
    const second = await desk.says('root', '/desk channel digest locale:zh-cn', '#privacy');
    expect(factsOf(second)).toEqual({ Gets: 'cases, digest', Locale: 'zh-CN' });
    expect(await bound()).toEqual(['#privacy: cases digest']);
    await desk.says('mei', '/privacy log deletion C-10812');
    expect(await desk.look((tx) => tx.hasPost('PR-2026-0001:1:card@terminal:#privacy'))).toBe(true);
  });

  it('moves the cases and the officer’s cards, and adds digests', async () => {
    for (const use of ['cases', 'officer', 'digest']) await desk.says('root', `/desk channel ${use}`, '#one');
    const moved = await desk.says('root', '/desk channel cases', '#two');
    expect(wordsOf(moved)).toContain(
      '#one: no longer gets them; what was posted there stays. It keeps: officer, digest.',
    );
    await desk.says('root', '/desk channel officer', '#two');
    await desk.says('root', '/desk channel digest', '#two');
    expect(await bound()).toEqual(['#one: digest', '#two: cases officer digest']);
    expect(await desk.differences()).toEqual([]);
  });

  it('leaves another surface’s channels alone', async () => {
    await desk.says('root', '/desk staff action:link person:root account:slack:UR');
    await desk.says('root', '/desk channel cases', '#one');
    await desk.says('slack:UR', '/desk channel cases', 'C1');
    expect(await bound()).toEqual(['C1: cases', '#one: cases']);
  });

  it('records nothing twice', async () => {
    await desk.says('root', '/desk channel cases', '#one');
    const again = await desk.says('root', '/desk channel cases', '#one');
    expect(wordsOf(again)).toContain('#one: already gets the cases with their threads');
    expect(await entries()).toHaveLength(1);
  });

  it('refuses where there is no channel, a language nobody speaks, and a locale for nothing', async () => {
    const nowhere = await desk.says('root', '/desk channel cases', null);
    expect(nowhere).toMatchObject({ kind: 'error', code: 'wrong-state' });
    const wrong = await desk.says('root', '/desk channel cases locale:zh_CN');
    expect(codeOf(wrong)).toBe('invalid-value');
    expect(wordsOf(wrong)).toContain('Did you mean zh-CN?');
    expect(codeOf(await desk.says('root', '/desk channel locale:en'))).toBe('missing-field');
    expect(codeOf(await desk.says('lyon', '/desk channel cases'))).toBe('not-permitted');
    expect(await entries()).toEqual([]);
  });

  it('shows what is bound, and what is not', async () => {
    await desk.says('root', '/desk channel cases', '#one');
    const words = wordsOf(await desk.says('root', '/desk channel'));
    expect(words).toContain('#one: cases');
    expect(words).toContain('No channel gets the daily digest. → In that channel: /desk channel use:digest');
  });
});

describe('seeding', () => {
  it('binds once, and leaves what an administrator moved', async () => {
    const seeds = [
      { surface: 'terminal', channel: '#cases', uses: ['cases', 'digest'], locale: null },
      { surface: 'terminal', channel: '#officer', uses: ['officer'], locale: null },
    ] as const;
    await desk.look((tx) => seedChannels(tx, desk.now(), seeds));
    await desk.look((tx) => seedChannels(tx, desk.now(), seeds));
    expect(await entries()).toHaveLength(2);
    await desk.says('root', '/desk channel cases', '#elsewhere');
    await desk.look((tx) => seedChannels(tx, desk.now(), seeds));
    expect(await bound()).toEqual(['#cases: digest', '#elsewhere: cases', '#officer: officer']);
  });
});
