/**
 * Whole cases through the Discord surface and unmodified discord.js, against a Discord that refuses.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Instant } from '../../src/vocabulary/values.js';
import { type DiscordDesk, inputsOf, modalOf, playDiscord, textOf } from '../support/discord-desk.js';
import { buttonsOf } from '../support/discord-people.js';

let play: DiscordDesk;
beforeEach(async () => {
  play = await playDiscord();
});
afterEach(() => play.close());

const labels = (ref: string): readonly string[] => buttonsOf(play.cardOf(ref)).map(({ label }) => label);

describe('a case on Discord', () => {
  it('is logged, decided by a button three days later, and closed', async () => {
    const logged = await play.says('mei', '/privacy log deletion C-10812 scope:email via:phone ref:T-4711');
    expect(textOf(logged)).toContain('Logged as PR-2026-0001');
    expect(labels('PR-2026-0001')).toEqual([
      'Take it',
      'Identity verified',
      'Identity failed',
      'Acknowledge',
      'Pause',
      'Put right',
      'Note',
    ]);
    const thread = play.threadOf('PR-2026-0001');
    expect([thread.type, thread.id]).toEqual([11, play.cardOf('PR-2026-0001').id]);

    await play.presses('mei', 'Take it', 'PR-2026-0001');
    // In the case's own thread, `case` need not be said.
    await play.says('mei', '/privacy verify PR-2026-0001 method:callback result:pass ref:call#9', thread);
    await play.sees(
      play
        .human('mei')
        .uses('privacy', 'check', { category: 'email', result: 'done', ref: 'CHG-880' }, thread),
    );
    const proposed = await play.sees(
      play.human('mei').uses('privacy', 'propose', { outcome: 'fulfilled' }, thread),
    );
    expect(textOf(proposed)).toContain('Proposed: fulfilled');
    const asked = play.posts().findLast((each) => buttonsOf(each).some(({ label }) => label === 'Approve'));
    expect(asked?.channel).toBe(thread.id);
    expect(asked?.pinged).toEqual([play.human('lyon').id]);

    play.discord.state.advance(3 * 24 * 3600_000);
    play.clock.now = '2026-11-26T02:00:00Z' as Instant;
    const refused = await play.presses('mei', 'Approve', 'PR-2026-0001');
    expect(textOf(refused)).toContain('That is not for an agent');
    const decided = await play.presses('lyon', 'Approve', 'PR-2026-0001');
    expect(textOf(decided)).toContain('Approved.');
    expect(asked && buttonsOf(asked)).toEqual([]);
    expect(asked && textOf(asked)).toContain('Approved by @lyon');

    await play.presses('mei', 'Done', 'PR-2026-0001', { evidence: 'CHG-881' });
    await play.presses('mei', 'Record a notice', 'PR-2026-0001', {
      kind: 'completion',
      via: 'email',
      ref: 'MSG-2',
    });
    const closed = await play.presses('mei', 'Close', 'PR-2026-0001');
    expect(textOf(closed)).toContain('closed');
    expect(labels('PR-2026-0001')).toEqual(['Reopen']);
    expect(JSON.stringify(play.posts()).toLowerCase()).not.toContain('c-10812');
  });

  it('asks for what is missing in a form, which is the first response', async () => {
    const form = modalOf(await play.sees(play.human('mei').uses('privacy', 'log', {}, play.cases)));
    expect(inputsOf(form)).toEqual(['type', 'customer', 'scope', 'via', 'received']);
    const logged = await play.sees(
      play.human('mei').fills(form, { type: 'access', customer: 'C-10812' }, play.cases),
    );
    expect(textOf(logged)).toContain('Logged as PR-2026-0001');
  });
});
