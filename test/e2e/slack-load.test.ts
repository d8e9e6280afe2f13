/**
 * A hundred commands at once: every acknowledgement within Slack's three seconds, every command done.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MODES, type SlackDesk, slackDesk } from '../support/slack-desk.js';
import { senderThread } from '../support/slack-sender.js';

const AT_ONCE = 100;

let desk: SlackDesk | null = null;
let sender: ReturnType<typeof senderThread>;
beforeEach(() => {
  sender = senderThread();
});
afterEach(async () => {
  await sender.stop();
  await desk?.close();
  desk = null;
});

describe.each(MODES)('in %s mode', (mode) => {
  it(`acknowledges ${AT_ONCE} commands at once in time`, async ({ annotate }) => {
    desk = await slackDesk({ mode, send: sender.send });
    const mei = desk.as('mei');
    await mei.says('/desk help');
    const acknowledged = await Promise.all(
      Array.from({ length: AT_ONCE }, (_, at) => mei.command(`/privacy log access C-${20_000 + at}`)),
    );
    const times = acknowledged.map(({ ms }) => ms).sort((one, other) => one - other);
    const p99 = times[Math.floor(times.length * 0.99) - 1] ?? 0;
    await annotate(
      `acknowledged: median ${Math.round(times[AT_ONCE / 2] ?? 0)} ms, p99 ${Math.round(p99)} ms`,
    );
    expect(times.at(-1)).toBeLessThan(3_000);
    const { state } = desk.fake;
    await state.until(
      () => mei.seen().filter((each) => JSON.stringify(each).includes('Logged as')).length === AT_ONCE,
      'every answer',
      60_000,
    );
    expect(await desk.store.transact((tx) => tx.requests({}))).toHaveLength(AT_ONCE);
    await desk.settle();
    expect(desk.cases.messages.filter(({ thread }) => thread === null)).toHaveLength(AT_ONCE);
    expect(desk.fake.refusals).toEqual([]);
  });
});
