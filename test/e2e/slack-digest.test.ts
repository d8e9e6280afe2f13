/**
 * The morning's posts and what their buttons do: a digest opens its cases, a reminder is taken, looked at or put off.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { type SlackDesk, slackDesk } from '../support/slack-desk.js';
import type { Channel, Message } from '../support/slack-state.js';
import { labelsOf } from '../support/slack-widgets.js';

let desk: SlackDesk;
afterEach(() => desk.close());

/** 14 days before PR-2026-0001 is due, which nobody has taken. */
async function aMorning(): Promise<void> {
  desk = await slackDesk();
  await desk.as('mei').says('/privacy log deletion C-10812 scope:email');
  await desk.clock('2026-12-09T09:00');
  await desk.settle();
}

function lastIn(channel: Channel, words: string): Message {
  const found = channel.messages.findLast(({ text }) => text.includes(words));
  if (found === undefined) throw new Error(`nothing says ${words}`);
  return found;
}

describe('a digest', () => {
  it('opens each case for whoever presses, and lists their own', async () => {
    await aMorning();
    const digest = lastIn(desk.cases, 'Daily digest');
    expect(labelsOf(digest.blocks)).toEqual(['My cases', 'All 1']);
    expect(digest.text).toContain('Receipt to acknowledge (1): PR-2026-0001');
    const mine = await desk.as('dan').presses('My cases', desk.cases, digest);
    expect(JSON.stringify(mine)).toContain('Cases: mine (0)');
    expect(labelsOf(lastIn(desk.officer, "Officer's digest").blocks)).toEqual(['To decide', 'All 1']);
  });

  it('has the button beside each case, and is one line once the next has come', async () => {
    await aMorning();
    await desk.clock('2026-12-22T09:00');
    await desk.settle();
    const yesterday = lastIn(desk.cases, 'Daily digest');
    expect(labelsOf(yesterday.blocks)).toEqual(['Take it', 'My cases', 'All 1']);
    await desk.as('dan').presses('Take it', desk.cases, yesterday);
    await desk.settle();
    expect((await desk.card('PR-2026-0001')).text).toContain('@dan');
    await desk.clock('2026-12-23T09:00');
    await desk.settle();
    const today = lastIn(desk.cases, 'Daily digest');
    expect(today.text).toContain('Due today (1)');
    expect(labelsOf(today.blocks)).toContain('Verify');
    expect(yesterday.text).toBe('Tue 2026-12-22 · today’s list is below');
    expect(labelsOf(yesterday.blocks)).toEqual([]);
    const folded = desk.officer.messages.filter(({ text }) => text.includes('today’s list is below'));
    expect(folded.length).toBeGreaterThan(0);
    for (const { text } of folded) expect(text).toMatch(/Checkpoint \d+/);
  });
});

describe('a reminder', () => {
  it('is taken by a button, and put off with a reason', async () => {
    await aMorning();
    const reminder = lastIn(desk.cases, 'is due in 14 days');
    expect(labelsOf(reminder.blocks)).toEqual(['Take it', 'Show', 'Snooze']);
    await desk.as('dan').presses('Take it', desk.cases, reminder);
    await desk.settle();
    expect((await desk.card('PR-2026-0001')).text).toContain('@dan');
    await desk.as('dan').presses('Snooze', desk.cases, reminder);
    await desk.as('dan').fills({ days: '3', reason: 'the archive answers then' });
    await desk.settle();
    expect((await desk.thread('PR-2026-0001')).at(-1)?.text).toContain('rests the reminders until');
    const late = await desk.as('mei').presses('Take it', desk.cases, reminder);
    expect(JSON.stringify(late)).toContain('PR-2026-0001');
  });
});
