/** Deliveries that are not as Slack makes them, and channels the bot is not in. */
import { afterEach, describe, expect, it } from 'vitest';
import { MODES, type SlackDesk, slackDesk } from '../support/slack-desk.js';
import type { Json } from '../support/slack-rules.js';
import type { Delivery } from '../support/slack-wire.js';

let desk: SlackDesk | null = null;
afterEach(async () => {
  await desk?.close();
  desk = null;
});

const LOG = '/privacy log deletion C-10812 scope:email';

/** A button of a card as it is pressed, with another name and value. */
function forged(on: SlackDesk, action: Json): Delivery {
  const [card] = on.cases.messages;
  if (card === undefined) throw new Error('no card');
  const press = on.as('mei').press('Take it', on.cases, card);
  const [real] = press.payload.actions as Json[];
  return { ...press, payload: { ...press.payload, actions: [{ ...real, ...action }] } };
}

describe.each(MODES)('in %s mode', (mode) => {
  it.each([
    ['a form that is no JSON', { action_id: 'form', value: '{"command":' }, 'older'],
    ['a form of something else', { action_id: 'form', value: '{"a":1}' }, 'older'],
    ['a button nobody made', { action_id: 'who_knows', value: 'x' }, null],
  ])('%s is acknowledged', async (_, action, answer) => {
    desk = await slackDesk({ mode });
    await desk.as('mei').says(LOG);
    await desk.settle();
    const before = desk.as('mei').seen().length;
    const { payload } = await desk.wire.deliver(forged(desk, action));
    expect(payload).not.toBeNull();
    expect(desk.fake.refusals).toEqual([]);
    if (answer === null) return;
    await desk.fake.state.until(() => desk?.as('mei').seen().length === before + 1, 'an answer');
    expect(JSON.stringify(desk.as('mei').last())).toContain(answer);
  });

  it.each([
    ['a public channel', 'C0ELSEWHERE', false],
    ['a private channel', 'G0ELSEWHERE', true],
  ])('%s the bot is not in is not bound; invited, it is', async (_, id, isPrivate) => {
    desk = await slackDesk({ mode });
    const root = desk.as('root');
    desk.fake.state.addChannel(id, [root.id], isPrivate);
    desk.fake.state.channels.get(id)?.members.delete('U0BOT0001');
    const refused = JSON.stringify(await root.says('/desk channel use:cases', id));
    expect(refused).toContain('to be a member of it (/invite @Ombud)');
    expect((await desk.store.transact((tx) => tx.channels())).map(({ channel }) => channel)).not.toContain(
      id,
    );
    desk.fake.state.channels.get(id)?.members.add('U0BOT0001');
    expect(JSON.stringify(await root.says('/desk channel use:cases', id))).toContain('now gets');
  });

  it('a channel that was archived is told to the administrators once; what waits goes where it is bound next', async () => {
    desk = await slackDesk({ mode });
    const { state } = desk.fake;
    desk.cases.archived = true;
    await desk.as('mei').says(LOG, 'C0OFFICER');
    await desk.as('mei').says('/privacy log access C-20812', 'C0OFFICER');
    await desk.settle();
    const root = desk.as('root');
    const direct = () => state.channels.get(`D${root.id.slice(1)}`)?.messages ?? [];
    expect(direct()).toHaveLength(1);
    expect(JSON.stringify(direct()[0]?.blocks)).toContain(
      '<#C0CASES01>: was archived. It gets: cases, digest.',
    );
    const doctor = JSON.stringify(await root.says('/desk doctor', 'C0OFFICER'));
    expect(doctor).toContain('Unarchive that channel');
    state.addChannel('C0NEW', [root.id], false);
    await root.says('/desk channel use:cases', 'C0NEW');
    await desk.clock('+10m');
    await desk.settle();
    const there = JSON.stringify(state.channels.get('C0NEW')?.messages);
    expect(there).toContain('PR-2026-0001');
    expect(there).toContain('PR-2026-0002');
    // The digest is bound there still.
    expect(direct()).toHaveLength(2);
    expect(JSON.stringify(direct()[1]?.blocks)).toContain('It gets: digest.');
  });
});
