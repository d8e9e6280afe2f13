/**
 * What people see in Slack: forms, problems on fields, private answers, mentions, the shortcut, the home tab; and who is
 * turned away.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { MODES, type SlackDesk, slackDesk } from '../support/slack-desk.js';
import type { Json } from '../support/slack-rules.js';
import { OTHER_TEAM, type Shown, TEAM } from '../support/slack-state.js';
import { labelsOf } from '../support/slack-widgets.js';

let desk: SlackDesk | null = null;
afterEach(async () => {
  await desk?.close();
  desk = null;
});

const words = (shown: Shown): string => JSON.stringify(shown);

function inputs(shown: Shown): Readonly<Record<string, Json>> {
  if (shown.kind !== 'modal') throw new Error(`not a modal but ${words(shown)}`);
  const blocks = shown.blocks.filter(({ type }) => type === 'input');
  return Object.fromEntries(
    blocks.map((block) => [String(block.block_id).replace('field:', ''), block.element as Json]),
  );
}

describe.each(MODES)('in %s mode', (mode) => {
  it('a command with nothing to ask is answered in its acknowledgement, privately', async () => {
    desk = await slackDesk({ mode });
    const shown = await desk.as('mei').says('/privacy log deletion C-10812 note:"asked <twice> & more"');
    expect(shown).toMatchObject({ kind: 'ephemeral', channel: 'C0CASES01' });
    expect(words(shown)).toContain('Logged as PR-2026-0001.');
    await desk.settle();
    expect(desk.cases.messages).toHaveLength(1);
    const personal = await desk.store.transact((tx) => tx.entries('PR-2026-0001', { lock: false }));
    expect(JSON.stringify(personal[0]?.personal)).toContain('asked <twice> & more');
    expect(desk.fake.refusals).toEqual([]);
  });

  it('a missing field opens a form with what was given; problems come on their fields; what was typed stays', async () => {
    desk = await slackDesk({ mode });
    const mei = desk.as('mei');
    const form = await mei.says('/privacy log deletion scope:email,delivery note:"Called twice"');
    const fields = inputs(form);
    expect(Object.keys(fields)).toEqual([
      'type',
      'customer',
      'scope',
      'via',
      'received',
      'ref',
      'note',
      'about_officer',
      'requester',
      'mandate',
      'consent',
      'force',
      'sure',
    ]);
    expect(fields.type).toMatchObject({ initial_option: { value: 'deletion' } });
    expect(fields.scope).toMatchObject({ initial_options: [{ value: 'email' }, { value: 'delivery' }] });
    expect(fields.note).toMatchObject({ initial_value: 'Called twice' });

    const refused = await mei.fills({
      customer: 'C-10812',
      received: 'the 31st of June',
      note: 'mail to anna@example.com',
    });
    expect(refused).toMatchObject({ kind: 'errors' });
    if (refused.kind !== 'errors') return;
    expect(Object.keys(refused.errors)).toEqual(['field:received', 'field:note']);
    expect(words(refused)).not.toContain('anna@example.com');

    const done = await mei.fills({ customer: 'C-10812' });
    expect(done.kind).toBe('modal');
    expect(words(done)).toContain('Logged as PR-2026-0001.');
    await desk.settle();
    expect(desk.cases.messages).toHaveLength(1);
    expect(desk.fake.refusals).toEqual([]);
  });

  it('a refusal is told at the field that would mend it; the form keeps what was typed and can be sent again', async () => {
    desk = await slackDesk({ mode });
    await desk.as('mei').says('/privacy log correction C-20417 scope:mobile_phone');
    const lyon = desk.as('lyon');
    await lyon.says('/privacy extend PR-2026-0001');
    const day = '2026-11-23/call#9';
    const sent = { until: '2026-12-01', reason: 'other_significant', explained: day, consent: day };
    const no = await lyon.fills(sent);
    if (no.kind !== 'errors') throw new Error(words(no));
    expect(Object.keys(no.errors)).toEqual(['field:until']);
    expect(words(no)).toMatch(/clause 4\.2/i);
    const again = await lyon.fills(sent);
    expect(words(again)).toMatch(/clause 4\.2/i);
    expect(words(again)).not.toContain('already done');
    const entries = await desk.store.transact((tx) => tx.entries('PR-2026-0001', { lock: false }));
    expect(entries.filter(({ type }) => type === 'command_refused')).toHaveLength(2);
    expect(words(await lyon.fills({ ...sent, until: '2027-01-20' }))).toContain('Wed 2027-01-20');
    expect(desk.fake.refusals).toEqual([]);
  });

  it('a trigger that is too old becomes a button that opens the form', async () => {
    desk = await slackDesk({ mode });
    const { state } = desk.fake;
    const mei = desk.as('mei');
    const old = state.newTrigger(mei.id);
    state.pass(4_000);
    await mei.command('/privacy log deletion', 'C0CASES01', undefined, old);
    const shown = mei.last();
    if (shown?.kind !== 'ephemeral') throw new Error(words(shown ?? { kind: 'closed' }));
    expect(labelsOf(shown.blocks)).toContain('Open the form');
    const form = await mei.pressesShown('Open the form');
    expect(inputs(form).type).toMatchObject({ initial_option: { value: 'deletion' } });
    expect(desk.fake.refusals).toEqual(['views.open: expired_trigger_id: it is older than 3 s']);
  });

  it('a mention in a case’s thread is about that case, and answered there for its author alone', async () => {
    desk = await slackDesk({ mode });
    const mei = desk.as('mei');
    await mei.says('/privacy log deletion C-10812');
    await desk.settle();
    const head = await desk.card('PR-2026-0001');
    const shown = await mei.mentions('verify method:callback result:pass ref:"call#9"', desk.cases, head.ts);
    expect(shown).toMatchObject({ kind: 'ephemeral', thread: head.ts });
    expect(words(shown)).toContain('in progress');
    await desk.settle();
    const thread = await desk.thread('PR-2026-0001');
    expect(thread.at(-1)?.text).toContain('@mei verified the identity');
    expect(JSON.stringify(shown)).not.toContain('delete it if it names a customer');
    const named = await mei.mentions('list customer:C-10812', desk.cases, head.ts);
    expect(JSON.stringify(named)).toContain('delete it if it names a customer');
    const unclear = await mei.mentions('verify', desk.cases, head.ts);
    if (unclear.kind !== 'ephemeral') throw new Error(words(unclear));
    expect(labelsOf(unclear.blocks)).toContain('Open the form');
    expect(desk.fake.refusals).toEqual([]);
  });

  it('a button that asks opens a form; the decided card has no buttons; a late press is told who decided', async () => {
    desk = await slackDesk({ mode });
    const [mei, lyon, ana] = [desk.as('mei'), desk.as('lyon'), desk.as('ana')];
    await mei.says('/privacy log deletion C-10812 scope:email');
    await mei.says('/privacy verify PR-2026-0001 method:callback result:pass ref:call#9');
    await mei.says('/privacy check PR-2026-0001 email done ref:CHG-1');
    await mei.says('/privacy propose PR-2026-0001 fulfilled');
    await desk.settle();
    const proposal = (await desk.thread('PR-2026-0001')).find(({ blocks }) =>
      labelsOf(blocks).includes('Approve'),
    );
    if (proposal === undefined) throw new Error('no proposal');
    expect(JSON.stringify(proposal.blocks)).toContain('<@U0LYON001>');
    const form = await lyon.presses('Return', desk.cases, proposal);
    expect(Object.keys(inputs(form))).toEqual(['reason']);
    const returned = await lyon.fills({ reason: 'The evidence is of another day' });
    expect(words(returned)).toContain('PR-2026-0001');
    await desk.settle();
    expect(labelsOf(proposal.blocks)).toEqual([]);
    const late = await ana.presses('Approve', desk.cases, proposal, 0);
    expect(words(late)).toContain('already decided by @lyon');
    expect(desk.fake.refusals).toEqual([]);
  });
});

describe('on the home tab and in menus', () => {
  it('shows what is mine, due and to decide, with buttons', async () => {
    desk = await slackDesk();
    const [mei, lyon] = [desk.as('mei'), desk.as('lyon')];
    await mei.says('/privacy log deletion C-10812 scope:email');
    await mei.says('/privacy assign PR-2026-0001');
    await mei.says('/privacy verify PR-2026-0001 method:callback result:pass ref:call#9');
    await mei.says('/privacy check PR-2026-0001 email done ref:CHG-1');
    await mei.says('/privacy propose PR-2026-0001 fulfilled');
    const home = await mei.opensHome();
    expect(words(home)).toContain('Mine (1)');
    expect(words(home)).toContain('Due this week (0)');
    expect(words(home)).not.toContain('my decision');
    const officers = await lyon.opensHome();
    expect(words(officers)).toContain('Waiting for my decision (1)');
    expect(words(officers)).toContain('C…812');
    await lyon.pressesShown('Open');
    await desk.fake.state.until(
      () => lyon.seen().some(({ kind }) => kind === 'modal'),
      'the case in a modal',
    );
    expect(words(lyon.seen().findLast(({ kind }) => kind === 'modal') as Shown)).toContain('PR-2026-0001');
    const stranger = await desk.as('U0NOBODY1').opensHome();
    expect(words(stranger)).not.toContain('PR-2026');
    expect(desk.fake.refusals).toEqual(['users.info: user_not_found: U0NOBODY1']);
  });

  it('brings an open home up to date with what was sent in a modal', async () => {
    desk = await slackDesk();
    const [mei, lyon] = [desk.as('mei'), desk.as('lyon')];
    const homes = (who: typeof mei) => who.seen().filter(({ kind }) => kind === 'home').length;
    await mei.opensHome();
    for (const who of [mei, lyon]) {
      await who.shortcut(desk.cases, { ts: '1795400123.123456', text: 'asked by mail' });
      await who.fills({ type: 'access', customer: 'C-777000' });
    }
    await desk.fake.state.until(() => homes(mei) === 2, 'the home once more');
    expect(homes(lyon)).toBe(0);
  });

  it('prefills the log form with a link to the message, never its text', async () => {
    desk = await slackDesk();
    const mei = desk.as('mei');
    const form = await mei.shortcut(desk.cases, {
      ts: '1795400123.123456',
      text: 'my card is 4111 1111 1111 1111',
    });
    expect(inputs(form).ref).toMatchObject({
      initial_value: 'https://acme.slack.com/archives/C0CASES01/p1795400123123456',
    });
    expect(words(form)).not.toContain('4111');
    const done = await mei.fills({ type: 'access', customer: 'C-777000' });
    expect(words(done)).toContain('Logged as PR-2026-0001.');
    expect(desk.fake.refusals).toEqual([]);
  });
});

describe('is turned away, privately and without an effect', () => {
  const outsiders = [
    ['somebody of another company', { team: OTHER_TEAM, flags: {} }],
    ['a guest', { team: TEAM, flags: { is_restricted: true } }],
    ['a guest of one channel', { team: TEAM, flags: { is_ultra_restricted: true } }],
    ['a stranger through Slack Connect', { team: TEAM, flags: { is_stranger: true } }],
    ['somebody who left', { team: TEAM, flags: { deleted: true } }],
  ] as const;
  it.each(outsiders)('%s, on the staff list or not', async (_, { team, flags }) => {
    desk = await slackDesk();
    desk.fake.state.addPerson({ id: 'U0GUEST01', name: 'guest', team, flags });
    await desk.as('root').says('/desk staff action:add person:guest role:agent account:slack:U0GUEST01');
    const shown = await desk.as('U0GUEST01').says('/privacy log deletion C-1');
    expect(shown.kind).toBe('ephemeral');
    expect(words(shown)).toContain('members of its own workspace');
    await desk.settle();
    expect(desk.cases.messages).toEqual([]);
  });

  it('somebody whose payload names another workspace', async () => {
    desk = await slackDesk({ settings: { workspaces: ['T0ANOTHER'] } });
    const shown = await desk.as('mei').says('/privacy list');
    expect(words(shown)).toContain('members of its own workspace');
  });

  it('a colleague who is not on the staff list, and it is on the ledger', async () => {
    desk = await slackDesk();
    desk.fake.state.addPerson({ id: 'U0NEW0001', name: 'new', team: TEAM, flags: {} });
    const shown = await desk.as('U0NEW0001').says('/privacy log deletion C-1');
    expect(shown.kind).toBe('ephemeral');
    expect(words(shown)).toContain('staff list');
    const heads = await desk.store.transact((tx) => tx.entries('desk', { lock: false }));
    expect(heads.some(({ type }) => type === 'command_refused')).toBe(true);
  });
});
