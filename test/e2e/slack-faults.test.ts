/**
 * What goes wrong between Slack and the desk: deliveries twice, presses at once, refused and lost answers, a
 * restart at the worst moment. Always one effect, one visible post, nothing lost.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { held } from '../support/held.js';
import { proposed } from '../support/slack-cases.js';
import { MODES, type SlackDesk, slackDesk } from '../support/slack-desk.js';
import type { Message } from '../support/slack-state.js';
import { labelsOf } from '../support/slack-widgets.js';

let desk: SlackDesk | null = null;
afterEach(async () => {
  await desk?.close();
  desk = null;
});

const LOG = '/privacy log deletion C-10812 scope:email';

async function cases(on: SlackDesk): Promise<number> {
  return (await on.store.transact((tx) => tx.requests({}))).length;
}

/** Top-level messages of the cases channel: one for each card. */
const cards = (on: SlackDesk): readonly Message[] =>
  on.cases.messages.filter(({ thread }) => thread === null);

describe.each(MODES)('in %s mode', (mode) => {
  it('a command delivered twice is done once, and both are told the same', async () => {
    desk = await slackDesk({ mode });
    const mei = desk.as('mei');
    const trigger = desk.fake.state.newTrigger(mei.id);
    const both = await Promise.all([
      mei.command(LOG, 'C0CASES01', 'envelope-x', trigger),
      mei.command(LOG, 'C0CASES01', 'envelope-y', trigger),
    ]);
    await desk.settle();
    expect(await cases(desk)).toBe(1);
    expect(cards(desk)).toHaveLength(1);
    for (const { payload } of both) expect(JSON.stringify(payload)).toContain('Logged as PR-2026-0001.');
  });

  it('a command delivered again after a restart is not done again', async () => {
    desk = await slackDesk({ mode });
    const trigger = desk.fake.state.newTrigger(desk.as('mei').id);
    await desk.as('mei').command(LOG, 'C0CASES01', undefined, trigger);
    await desk.settle();
    await desk.halt();
    desk = await slackDesk({ mode, after: desk });
    const again = await desk.as('mei').command(LOG, 'C0CASES01', undefined, trigger);
    expect(JSON.stringify(again.payload)).toContain('already done');
    await desk.settle();
    expect([await cases(desk), cards(desk).length]).toEqual([1, 1]);
  });

  it('two people press at once: one decides, the other is told who', async () => {
    desk = await slackDesk({ mode });
    const proposal = await proposed(desk);
    const [lyon, ana] = [desk.as('lyon'), desk.as('ana')];
    const { cases: channel } = desk;
    const before = lyon.seen().length + ana.seen().length;
    const presses = [lyon, ana, lyon].map((who) => who.press('Approve', channel, proposal));
    await Promise.all(presses.map(desk.wire.deliver));
    await desk.fake.state.until(() => lyon.seen().length + ana.seen().length === before + 3, 'three answers');
    await desk.settle();
    const told = [...lyon.seen(), ...ana.seen()].map((each) => JSON.stringify(each));
    expect(told.filter((each) => each.includes('already decided by'))).toHaveLength(2);
    const entries = await desk.store.transact((tx) => tx.entries('PR-2026-0001', { lock: false }));
    expect(entries.filter(({ type }) => type === 'proposal_approved')).toHaveLength(1);
    const approvals = (await desk.thread('PR-2026-0001')).filter(({ text }) =>
      text.includes('approved: fulfilled'),
    );
    expect(approvals).toHaveLength(1);
    expect(labelsOf(proposal.blocks)).toEqual([]);
  });

  it('a press delivered twice is answered once', async () => {
    desk = await slackDesk({ mode });
    const proposal = await proposed(desk);
    const lyon = desk.as('lyon');
    const delivery = lyon.press('Approve', desk.cases, proposal);
    const before = lyon.seen().length;
    await Promise.all([desk.wire.deliver(delivery), desk.wire.deliver(delivery)]);
    await desk.fake.state.until(() => lyon.seen().length > before, 'the answer');
    await desk.surface.stop();
    expect(lyon.seen().slice(before)).toHaveLength(1);
    expect(JSON.stringify(lyon.seen())).not.toContain('already');
  });

  it('what takes longer than 1.5 s is acknowledged bare and answered afterwards', async () => {
    const gate = held();
    desk = await slackDesk({ mode, around: gate.around });
    const mei = desk.as('mei');
    const acknowledged = await mei.command(LOG);
    expect(acknowledged.payload).toEqual({});
    expect(acknowledged.ms).toBeLessThan(3_000);
    expect(mei.seen()).toEqual([]);
    gate.open();
    await desk.fake.state.until(() => mei.seen().length === 1, 'the answer');
    expect(JSON.stringify(mei.last())).toContain('Logged as PR-2026-0001.');
    expect(desk.fake.refusals).toEqual([]);
  });

  it('a form that takes longer shows that it works, then its answer', async () => {
    const gate = held();
    desk = await slackDesk({
      mode,
      around: (handle) => {
        const slow = gate.around(handle);
        return (invocation) => (invocation.ask.kind === 'fields' ? slow : handle)(invocation);
      },
    });
    const mei = desk.as('mei');
    await mei.says('/privacy log deletion');
    const working = await mei.fills({ customer: 'C-10812' });
    expect(JSON.stringify(working)).toContain('One moment');
    gate.open();
    await desk.fake.state.until(
      () => JSON.stringify(mei.last()).includes('Logged as PR-2026-0001.'),
      'the answer',
    );
    expect(desk.fake.refusals).toEqual([]);
  });
});

describe('posting', () => {
  it('waits as long as a 429 says, and not longer', async () => {
    desk = await slackDesk();
    desk.fake.failNext('chat.postMessage', { kind: 'rate-limited', seconds: 30 });
    await desk.as('mei').says(LOG);
    await desk.settle();
    expect(cards(desk)).toEqual([]);
    await desk.clock('2026-11-23T10:00:29');
    expect(cards(desk)).toEqual([]);
    await desk.clock('2026-11-23T10:00:31');
    expect(cards(desk).filter(({ text }) => text.startsWith('PR-'))).toHaveLength(1);
  });

  it.each([
    ['a 500 before it was done', { kind: 'http', status: 500 }],
    ['a 503 from something in between', { kind: 'http', status: 503 }],
    ['no answer, not done', { kind: 'dropped' }],
    ['no answer, but done', { kind: 'done-but-dropped' }],
    ['an internal error of Slack’s', { kind: 'error', code: 'internal_error' }],
  ] as const)('%s: the card is there once', async (_, fault) => {
    desk = await slackDesk();
    desk.fake.failNext('chat.postMessage', fault);
    await desk.as('mei').says(LOG);
    await desk.settle();
    await desk.clock('2026-11-23T10:05');
    expect(cards(desk).filter(({ text }) => text.startsWith('PR-'))).toHaveLength(1);
    const looked = desk.fake.calls.filter(({ method }) => method === 'conversations.history');
    expect(looked.length).toBeGreaterThan(0);
    expect(await desk.store.stuckPosts(10)).toEqual([]);
    // The card found again is the one that is edited.
    await desk.as('mei').says('/privacy assign PR-2026-0001');
    await desk.settle();
    expect((await desk.card('PR-2026-0001')).text).toContain('@mei');
  });

  it('an unknown outcome is looked up as often as it takes, and nothing is sent meanwhile', async () => {
    desk = await slackDesk();
    desk.fake.failNext('chat.postMessage', { kind: 'done-but-dropped' });
    desk.fake.failNext('conversations.history', { kind: 'http', status: 500 });
    desk.fake.failNext('conversations.history', { kind: 'rate-limited', seconds: 20 });
    await desk.as('mei').says(LOG);
    await desk.settle();
    for (const at of ['10:01', '10:02', '10:03', '10:04']) await desk.clock(`2026-11-23T${at}`);
    const posted = desk.fake.calls.filter(
      ({ method, args }) => method === 'chat.postMessage' && String(args.text).startsWith('PR-'),
    );
    expect(posted).toHaveLength(1);
    expect(await desk.store.stuckPosts(10)).toEqual([]);
  });

  it('what Slack always refuses is given up, visibly, and holds nobody else up', async () => {
    desk = await slackDesk();
    desk.fake.failNext('chat.postMessage', { kind: 'error', code: 'msg_blocks_too_long' });
    await desk.as('mei').says(LOG);
    await desk.as('mei').says('/privacy log access C-20000');
    await desk.settle();
    expect(cards(desk).map(({ text }) => text.slice(0, 12))).toEqual(['PR-2026-0002']);
    expect(await desk.store.stuckPosts(10)).toMatchObject([
      { status: 'dead', lastError: 'chat.postMessage: Slack says msg_blocks_too_long' },
    ]);
  });

  it('a channel the bot was not invited to gets its posts when it is', async () => {
    desk = await slackDesk();
    desk.cases.members.delete('U0BOT0001');
    await desk.as('mei').says(LOG, 'C0OFFICER');
    await desk.settle();
    expect(cards(desk)).toEqual([]);
    desk.cases.members.add('U0BOT0001');
    await desk.clock('2026-11-23T10:02');
    expect(cards(desk).filter(({ text }) => text.startsWith('PR-'))).toHaveLength(1);
  });

  it('a restart between commit and post posts it once', async () => {
    desk = await slackDesk();
    let release: () => void = () => undefined;
    desk.fake.failNext('chat.postMessage', {
      kind: 'held',
      until: new Promise((settle) => {
        release = settle;
      }),
    });
    await desk.as('mei').says(LOG);
    await desk.fake.state.until(() => desk?.fake.arrived.includes('chat.postMessage') === true, 'the post');
    // The process dies while the post is on its way; it arrives all the same.
    const dying = desk;
    await dying.store.close();
    await dying.surface.stop();
    release();
    await dying.fake.state.until(() => cards(dying).length === 1, 'the late post');
    desk = await slackDesk({ after: dying });
    await desk.clock('2026-11-23T10:02');
    expect(cards(desk).filter(({ text }) => text.startsWith('PR-'))).toHaveLength(1);
    await desk.as('mei').says('/privacy assign PR-2026-0001');
    await desk.settle();
    expect((await desk.card('PR-2026-0001')).text).toContain('@mei');
  });
});
