/**
 * Buttons that ask, the message shortcut, and private answers to presses: checked at the click, refused on the ledger, and
 * told by another way where the first one fails.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { proposed } from '../support/slack-cases.js';
import { MODES, type SlackDesk, slackDesk } from '../support/slack-desk.js';
import { OTHER_TEAM, type Shown, TEAM } from '../support/slack-state.js';
import { labelsOf } from '../support/slack-widgets.js';

let desk: SlackDesk | null = null;
afterEach(async () => {
  await desk?.close();
  desk = null;
});

const LOG = '/privacy log deletion C-10812 scope:email';
const words = (shown: Shown): string => JSON.stringify(shown);

/** Refused attempts on the ledger of the case, as `code by account`. */
async function refused(on: SlackDesk, stream = 'PR-2026-0001'): Promise<readonly string[]> {
  const entries = await on.store.transact((tx) => tx.entries(stream, { lock: false }));
  return entries
    .filter(({ type }) => type === 'command_refused')
    .map((entry) => /"code":"([a-z-]+)"/.exec(JSON.stringify(entry))?.[1] ?? '?');
}

describe.each(MODES)('a button that asks, in %s mode', (mode) => {
  it('tells an agent that it is not for agents, and the attempt is on the ledger', async () => {
    desk = await slackDesk({ mode });
    const proposal = await proposed(desk);
    const shown = await desk.as('dan').presses('Return', desk.cases, proposal);
    expect(shown.kind).toBe('ephemeral');
    expect(words(shown)).toContain('That is not for an agent.');
    expect(desk.fake.state.top(desk.as('dan').id)).toBeNull();
    expect(await refused(desk)).toEqual(['not-permitted']);
  });

  it('tells a late officer who decided already, and the attempt is on the ledger', async () => {
    desk = await slackDesk({ mode });
    const proposal = await proposed(desk);
    await desk.as('lyon').presses('Approve', desk.cases, proposal);
    await desk.settle();
    for (const label of ['Return', 'Refuse']) {
      const late = await desk.as('ana').presses(label, desk.cases, proposal, 0);
      expect(late.kind).toBe('ephemeral');
      expect(words(late)).toContain('already decided by @lyon');
    }
    expect(await refused(desk)).toEqual(['already-decided', 'already-decided']);
    expect(desk.fake.refusals).toEqual([]);
  });

  it('opens its form for whoever may send it, and nothing is written before that', async () => {
    desk = await slackDesk({ mode });
    const proposal = await proposed(desk);
    const entries = () =>
      desk?.store.transact((tx) => tx.entries('PR-2026-0001', { lock: false })).then(({ length }) => length);
    const before = await entries();
    const lyon = desk.as('lyon');
    expect((await lyon.presses('Refuse', desk.cases, proposal)).kind).toBe('modal');
    expect((await lyon.presses('Return', desk.cases, proposal)).kind).toBe('modal');
    expect(await entries()).toBe(before);
    const returned = await lyon.fills({ reason: 'The evidence is of another day' });
    expect(words(returned)).toContain('Returned to the agent.');
    expect(await refused(desk)).toEqual([]);
    expect(desk.fake.refusals).toEqual([]);
  });
});

describe('a button that asks', () => {
  it.each([
    ['somebody of another company', { team: OTHER_TEAM, flags: {} }],
    ['a guest', { team: TEAM, flags: { is_restricted: true } }],
  ] as const)('opens nothing for %s', async (_, { team, flags }) => {
    desk = await slackDesk();
    const proposal = await proposed(desk);
    desk.fake.state.addPerson({ id: 'U0GUEST01', name: 'guest', team, flags });
    desk.cases.members.add('U0GUEST01');
    const shown = await desk.as('U0GUEST01').presses('Return', desk.cases, proposal);
    expect(shown.kind).toBe('ephemeral');
    expect(words(shown)).toContain('members of its own workspace');
    expect(desk.fake.calls.some(({ method }) => method === 'views.open')).toBe(false);
  });

  it('tells the officer who asked for a disclosure that another one decides', async () => {
    desk = await slackDesk();
    const lyon = desk.as('lyon');
    await desk.as('root').says('/desk staff action:add person:lyon role:agent');
    await lyon.says(
      '/disclosure request C-10812 to:"Courier Ltd" data:name,delivery purpose:delivery basis:transaction order:SO-1 template:delivery',
    );
    await desk.settle();
    const asked = desk.cases.messages.find(({ blocks }) => labelsOf(blocks).includes('Deny'));
    if (asked === undefined) throw new Error(words(lyon.last() ?? { kind: 'closed' }));
    const shown = await lyon.presses('Deny', desk.cases, asked);
    expect(shown.kind).toBe('ephemeral');
    expect(await refused(desk, 'DR-2026-0001')).toEqual(['same-person']);
  });

  it('tells somebody who is not on the staff list, and it is on the ledger', async () => {
    desk = await slackDesk();
    const proposal = await proposed(desk);
    desk.fake.state.addPerson({ id: 'U0NEW0001', name: 'new', team: TEAM, flags: {} });
    desk.cases.members.add('U0NEW0001');
    const shown = await desk.as('U0NEW0001').presses('Return', desk.cases, proposal);
    expect(words(shown)).toContain('staff list');
    expect(await refused(desk)).toEqual(['not-on-staff']);
  });

  it('whose trigger is used up is answered in its thread, with a button that asks for the same fields', async () => {
    desk = await slackDesk();
    const proposal = await proposed(desk);
    const lyon = desk.as('lyon');
    desk.fake.failNext('views.open', { kind: 'error', code: 'expired_trigger_id' });
    const shown = await lyon.presses('Return', desk.cases, proposal);
    expect(shown).toMatchObject({ kind: 'ephemeral', thread: proposal.thread });
    const form = await lyon.pressesShown('Open the form');
    if (form.kind !== 'modal') throw new Error(words(form));
    expect(form.blocks.filter(({ type }) => type === 'input').map(({ block_id: id }) => id)).toEqual([
      'field:reason',
    ]);
  });
});

describe('the message shortcut', () => {
  const message = { ts: '1795400123.123456', text: 'please delete my data' };

  it('opens nothing for a guest, and tells them why', async () => {
    desk = await slackDesk();
    desk.fake.state.addPerson({ id: 'U0GUEST01', name: 'guest', team: TEAM, flags: { is_restricted: true } });
    const shown = await desk.as('U0GUEST01').shortcut(desk.cases, message);
    expect(shown.kind).toBe('ephemeral');
    expect(words(shown)).toContain('members of its own workspace');
  });

  it('tells somebody without the role, and the attempt is on the ledger', async () => {
    desk = await slackDesk();
    const shown = await desk.as('kim').shortcut(desk.cases, message);
    expect(words(shown)).toContain('That is not for an auditor.');
    expect(await refused(desk, 'desk')).toEqual(['not-permitted']);
  });

  it('whose form cannot be opened offers it in a private message', async () => {
    desk = await slackDesk();
    desk.fake.failNext('views.open', { kind: 'error', code: 'expired_trigger_id' });
    const mei = desk.as('mei');
    const shown = await mei.shortcut(desk.cases, message);
    if (shown.kind !== 'ephemeral') throw new Error(words(shown));
    expect(labelsOf(shown.blocks)).toContain('Open the form');
    expect(words(await mei.pressesShown('Open the form'))).toContain('p1795400123123456');
  });
});

describe('a private answer to a press', () => {
  it('in a thread is said there as an ephemeral message', async () => {
    desk = await slackDesk();
    const proposal = await proposed(desk);
    const shown = await desk.as('dan').presses('Approve', desk.cases, proposal);
    expect(shown).toMatchObject({ kind: 'ephemeral', thread: proposal.thread });
    const said = desk.fake.calls.filter(({ method }) => method === 'chat.postEphemeral');
    expect(said.map(({ args }) => args.thread_ts)).toEqual([proposal.thread]);
  });

  it('goes to the response address when that fails, without a thread', async () => {
    desk = await slackDesk();
    const proposal = await proposed(desk);
    desk.fake.failNext('chat.postEphemeral', { kind: 'error', code: 'user_not_in_channel' });
    const shown = await desk.as('dan').presses('Approve', desk.cases, proposal);
    expect(shown).toMatchObject({ kind: 'ephemeral', thread: null });
    const said = desk.fake.calls.filter(({ method }) => method === 'response_url');
    expect(said.map(({ args }) => args.thread_ts)).toEqual([undefined]);
  });

  it('on the home tab is a direct message when no modal can be opened', async () => {
    desk = await slackDesk();
    const mei = desk.as('mei');
    await mei.says(LOG);
    await mei.says('/privacy assign PR-2026-0001');
    await mei.opensHome();
    desk.fake.failNext('views.open', { kind: 'error', code: 'expired_trigger_id' });
    await mei.pressesShown('Open');
    await desk.surface.stop();
    const direct = desk.fake.calls.filter(
      ({ method, args }) => method === 'chat.postMessage' && args.channel === `D${mei.id.slice(1)}`,
    );
    expect(direct).toHaveLength(1);
    expect(JSON.stringify(direct)).toContain('PR-2026-0001');
  });
});

describe('Slack’s three seconds', () => {
  it('are kept when the answer took its time and the form is slow to open', async () => {
    desk = await slackDesk({
      around: (handle) => async (invocation) => {
        const answer = await handle(invocation);
        await new Promise((settle) => setTimeout(settle, 1_200));
        return answer;
      },
    });
    let release: () => void = () => undefined;
    desk.fake.failNext('views.open', {
      kind: 'held',
      until: new Promise((settle) => {
        release = settle;
      }),
    });
    const { payload, ms } = await desk.as('mei').command('/privacy log deletion');
    release();
    expect(ms).toBeLessThan(3_000);
    expect(JSON.stringify(payload)).toContain('Open the form');
    expect(desk.fake.refusals.filter((each) => each.includes('acknowledged'))).toEqual([]);
  });
});
