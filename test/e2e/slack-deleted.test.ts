/**
 * Somebody deletes what the desk posted: the card comes back with the case's next step, once, and its thread with it.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { card } from '../../src/chat/card.js';
import { type SlackDesk, slackDesk } from '../support/slack-desk.js';
import type { Message } from '../support/slack-state.js';
import { labelsOf } from '../support/slack-widgets.js';

const plain = card('', 'neutral', []);

let desk: SlackDesk;
afterEach(() => desk.close());

const cards = (): readonly Message[] =>
  desk.cases.messages.filter(({ thread, text }) => thread === null && text.startsWith('PR-2026-0001'));

async function logged(): Promise<Message> {
  desk = await slackDesk();
  await desk.as('mei').says('/privacy log deletion C-10812 scope:email');
  await desk.settle();
  return desk.card('PR-2026-0001');
}

function deleted(message: Message): void {
  desk.cases.messages.splice(desk.cases.messages.indexOf(message), 1);
}

describe('a card deleted by hand', () => {
  it('is posted again with the next step, and edited from then on', async () => {
    deleted(await logged());
    await desk.as('mei').says('/privacy assign PR-2026-0001');
    await desk.settle();
    expect(cards()).toHaveLength(1);
    const again = await desk.card('PR-2026-0001');
    expect(again.text).toContain('@mei');
    await desk.as('mei').says('/privacy verify PR-2026-0001 method:callback result:pass ref:call#9');
    await desk.settle();
    expect(cards()).toEqual([again]);
    expect(labelsOf(again.blocks)).toContain('Check categories');
    const thread = desk.cases.messages.filter((message) => message.thread === again.ts);
    expect(thread.some(({ text }) => text.includes('verified the identity'))).toBe(true);
    expect(await desk.store.stuckPosts(10)).toEqual([]);
  });

  it('takes the decision with it only until the next step', async () => {
    await logged();
    const mei = desk.as('mei');
    await mei.says('/privacy verify PR-2026-0001 method:callback result:pass ref:call#9');
    await mei.says('/privacy check PR-2026-0001 email done ref:CHG-1');
    await mei.says('/privacy propose PR-2026-0001 fulfilled');
    await desk.settle();
    const asked = () => desk.cases.messages.filter(({ blocks }) => labelsOf(blocks).includes('Return'));
    const [decision] = asked();
    if (decision === undefined) throw new Error('nobody was asked');
    deleted(decision);
    await mei.says('/privacy note PR-2026-0001 text:"the archive team was asked"');
    await desk.settle();
    expect(asked()).toHaveLength(1);
    await desk.as('lyon').presses('Approve', desk.cases, asked()[0] as Message);
    await desk.settle();
    expect(asked()).toEqual([]);
    // No slash command works in a thread, so none is said there.
    const head = await desk.card('PR-2026-0001');
    const thread = desk.cases.messages.filter((message) => message.thread === head.ts);
    expect(thread.length).toBeGreaterThan(3);
    for (const { text, blocks } of thread)
      expect(`${text} ${JSON.stringify(blocks)}`).not.toMatch(
        /(?<![\w/])\/(?:privacy|disclosure|desk) [a-z]/,
      );
  });

  it('comes back before what is said in its thread', async () => {
    deleted(await logged());
    await desk.as('mei').says('/privacy note PR-2026-0001 text:"the archive team was asked"');
    await desk.settle();
    expect(cards()).toHaveLength(1);
    const again = await desk.card('PR-2026-0001');
    const note = desk.cases.messages.find(({ text }) => text.includes('archive team'));
    expect(note?.thread).toBe(again.ts);
  });

  it('leaves the channel as the place for what was on its way meanwhile, once', async () => {
    const head = await logged();
    await desk.as('mei').says('/privacy note PR-2026-0001 text:"the archive team was asked"');
    const deliveries = desk.surface;
    deleted(head);
    const place = {
      kind: 'thread',
      channel: 'C0CASES01',
      ref: 'PR-2026-0001',
      parent: { channel: 'C0CASES01', id: head.ts },
    } as const;
    const said = { ...plain, title: 'said meanwhile' };
    desk.fake.failNext('chat.postMessage', { kind: 'done-but-dropped' });
    await expect(deliveries.post(place, said, 'k-1', false)).rejects.toMatchObject({ sent: 'perhaps' });
    await deliveries.post(place, said, 'k-1', true);
    const found = desk.cases.messages.filter(({ text }) => text.includes('said meanwhile'));
    expect(found.map(({ thread }) => thread)).toEqual([null]);
  });

  it('is there once where the answer to its second posting was lost', async () => {
    deleted(await logged());
    desk.fake.failNext('chat.postMessage', { kind: 'done-but-dropped' });
    await desk.as('mei').says('/privacy extend PR-2026-0001 reason:volume');
    await desk.as('mei').says('/privacy pause PR-2026-0001 reason:"waiting for the form"');
    await desk.settle();
    await desk.clock('2026-11-23T10:05');
    expect(cards()).toHaveLength(1);
    expect(await desk.store.stuckPosts(10)).toEqual([]);
  });
});
