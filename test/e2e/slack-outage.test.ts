/**
 * Slack is away for hours, or the bot was not invited for a day: what was committed is posted when it can be.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { type SlackDesk, slackDesk } from '../support/slack-desk.js';

let desk: SlackDesk;
afterEach(() => desk.close());

const cards = (): readonly string[] =>
  desk.cases.messages.map(({ text }) => text.slice(0, 12)).filter((text) => text.startsWith('PR-'));

/** A clock that goes on by five minutes, which is as long as any post waits between two attempts. */
async function hours(many: number): Promise<void> {
  for (let step = 0; step < many * 12; step += 1) await desk.clock('+5m');
}

describe('a post that cannot arrive for hours', () => {
  it('arrives once when Slack is back', async () => {
    desk = await slackDesk();
    for (let fault = 0; fault < 60; fault += 1)
      desk.fake.failNext('chat.postMessage', { kind: 'http', status: 503 });
    await desk.as('mei').says('/privacy log deletion C-10812');
    await desk.settle();
    await hours(2);
    expect(desk.cases.messages).toEqual([]);
    expect((await desk.store.stuckPosts(10)).map(({ status }) => status)).not.toContain('dead');
    await hours(2);
    expect(cards()).toEqual(['PR-2026-0001']);
    expect(await desk.store.stuckPosts(10)).toEqual([]);
  });

  it('arrives once when the bot is invited at last', async () => {
    desk = await slackDesk();
    desk.cases.members.delete('U0BOT0001');
    await desk.as('mei').says('/privacy log deletion C-10812', 'C0OFFICER');
    await desk.settle();
    await hours(3);
    desk.cases.members.add('U0BOT0001');
    await hours(1);
    expect(cards()).toEqual(['PR-2026-0001']);
  });
});
