/** `/desk staff` as it is typed, and what it leaves on the ledger and in the list. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seedStaff } from '../../src/desk/house/staff.js';
import type { Person } from '../../src/vocabulary/values.js';
import { type BareDesk, bareDesk, codeOf, factsOf, wordsOf } from './desk-bare.js';

let desk: BareDesk;
beforeEach(async () => {
  desk = await bareDesk();
});
afterEach(() => desk.close());

const staffOf = async (name: string) =>
  (await desk.look((tx) => tx.staff())).find(({ person }) => person === name);

describe('the staff list', () => {
  it('is a table that points at training that ends', async () => {
    await desk.says('root', '/desk staff action:train person:mei until:2026-12-23');
    await desk.says('root', '/desk staff action:train person:dan until:2026-11-23');
    await desk.says('root', '/desk staff action:train person:kim until:2026-12-24');
    const list = await desk.says('root', '/desk staff');
    expect(list.card.title).toBe('Staff · 6');
    expect(wordsOf(list)).toContain('@mei | agent | terminal:mei | Wed 2026-12-23: ends in 30 days');
    expect(wordsOf(list)).toContain('@dan | agent | terminal:dan | Mon 2026-11-23: ends today');
    expect(wordsOf(list)).toContain('@kim | auditor | terminal:kim | Thu 2026-12-24\n');
    expect(wordsOf(list)).toContain('Training ends within 30 days for @dan, @mei.');
    desk.clock('2026-11-24T02:00:00Z');
    const later = await desk.says('root', '/desk staff');
    expect(later.card.tone).toBe('bad');
    expect(wordsOf(later)).toContain('Mon 2026-11-23: ended 1 day ago');
    expect(codeOf(await desk.says('dan', '/privacy list'))).toBe('training-expired');
    expect(codeOf(await desk.says('dan', '/desk help'))).toBe('answer');
  });

  it('is the administrator’s', async () => {
    for (const who of ['mei', 'lyon', 'kim'])
      expect(codeOf(await desk.says(who, '/desk staff action:add person:zoe role:admin'))).toBe(
        'not-permitted',
      );
    expect(await staffOf('zoe')).toBeUndefined();
  });
});

describe('adding', () => {
  it('lets the new person work, and says until when the training counts', async () => {
    expect(codeOf(await desk.says('zoe', '/privacy list'))).toBe('not-on-staff');
    const answer = await desk.says('root', '/desk staff action:add person:@Zoe role:agent');
    expect(answer.card.title).toBe('@zoe is an agent now');
    expect(factsOf(answer)).toEqual({
      Person: '@zoe',
      Roles: 'agent',
      Accounts: 'terminal:zoe',
      'Trained until': 'Tue 2027-11-23',
    });
    expect(wordsOf(answer)).toContain('attested until Tue 2027-11-23');
    expect(codeOf(await desk.says('zoe', '/privacy list'))).toBe('answer');
  });

  it('asks for what is missing, each field by name', async () => {
    const answer = await desk.says('root', '/desk staff action:add');
    expect(answer).toMatchObject({ kind: 'error', code: 'missing-field' });
    expect(wordsOf(answer)).toMatch(/person is missing[\s\S]*role is missing: one of agent, officer/);
    expect(answer.kind === 'error' ? answer.form?.command : null).toBe('desk');
  });

  it('takes a mention for the account, and a name with an account anywhere', async () => {
    await desk.says('root', '/desk staff action:link person:root account:slack:UROOT');
    const numbered = await desk.says('slack:UROOT', '/desk staff action:add person:<@U123> role:agent');
    expect(wordsOf(numbered)).toContain('name is missing');
    const mention = await desk.says(
      'slack:UROOT',
      '/desk staff action:add person:<@U123> role:agent name:@Yan',
    );
    expect(factsOf(mention)).toMatchObject({ Person: '@yan', Accounts: 'slack:U123' });
    const again = await desk.says('slack:UROOT', '/desk staff action:add person:<@U123> role:auditor');
    expect(factsOf(again)).toMatchObject({ Person: '@yan', Roles: 'agent, auditor' });
    const bare = await desk.says('slack:UROOT', '/desk staff action:add person:zoe role:agent');
    expect(wordsOf(bare)).toContain('account is missing');
    const named = await desk.says(
      'slack:UROOT',
      '/desk staff action:add person:zoe role:agent account:slack:UZ',
    );
    expect(factsOf(named)).toMatchObject({ Person: '@zoe', Accounts: 'slack:UZ' });
    const byId = await desk.says('slack:UROOT', '/desk staff action:link person:zoe account:<@U0ZOE777>');
    expect(factsOf(byId)).toMatchObject({ Accounts: 'slack:UZ, slack:U0ZOE777' });
    const typed = await desk.says('slack:UROOT', '/desk staff action:link person:zoe account:discord:zoe');
    expect(wordsOf(typed)).toContain('Copy User ID');
  });

  it('refuses training that has ended, and mentions a long one', async () => {
    const line = '/desk staff action:add person:zoe role:agent until:';
    expect(codeOf(await desk.says('root', `${line}2026-11-22`))).toBe('invalid-value');
    expect(wordsOf(await desk.says('root', `${line}2028-01-01`))).toContain('longer than the 12 months');
  });
});

describe('removing, training, linking', () => {
  it('shuts the door at once and names the cases left behind', async () => {
    await desk.says('mei', '/privacy log deletion C-10812');
    await desk.says('mei', '/privacy assign PR-2026-0001');
    const answer = await desk.says('root', '/desk staff action:remove person:mei');
    expect(wordsOf(answer)).toContain('1 open case has no owner now: PR-2026-0001.');
    expect(codeOf(await desk.says('mei', '/privacy list'))).toBe('not-on-staff');
    expect(wordsOf(await desk.says('root', '/desk staff'))).toContain('Removed: mei');
  });

  it('keeps the last administrator', async () => {
    const refused = await desk.says('root', '/desk staff action:remove person:root role:admin');
    expect(refused).toMatchObject({ kind: 'error', code: 'wrong-state', clause: null });
    await desk.says('root', '/desk staff action:add person:lyon role:admin');
    expect(codeOf(await desk.says('root', '/desk staff action:remove person:root'))).toBe('answer');
    expect(codeOf(await desk.says('lyon', '/desk staff action:remove person:lyon role:admin'))).toBe(
      'wrong-state',
    );
  });

  it('knows nobody of that name, and whom one perhaps meant', async () => {
    for (const line of ['remove person:lyno', 'train person:lyno until:2027-01-01'])
      expect(wordsOf(await desk.says('root', `/desk staff action:${line}`))).toContain('Did you mean lyon?');
    expect(codeOf(await desk.says('root', '/desk staff action:link person:nobody account:slack:U1'))).toBe(
      'not-found',
    );
  });

  it('makes two accounts one person', async () => {
    const taken = await desk.says('root', '/desk staff action:link person:mei account:terminal:dan');
    expect(taken).toMatchObject({ code: 'wrong-state', clause: '7.2' });
    await desk.says('root', '/desk staff action:link person:lyon account:discord:81');
    expect(codeOf(await desk.says('discord:81', '/desk audit'))).toBe('answer');
    await desk.says('root', '/desk staff action:remove person:dan');
    await desk.says('root', '/desk staff action:link person:mei account:terminal:dan');
    expect((await staffOf('mei'))?.accounts).toEqual(['terminal:mei', 'terminal:dan']);
    expect((await staffOf('dan'))?.accounts).toEqual([]);
  });

  it('leaves a list that the ledger rebuilds', async () => {
    for (const line of [
      'action:add person:zoe role:agent',
      'action:remove person:dan',
      'action:link person:zoe account:terminal:dan',
      'action:train person:zoe until:2027-03-01',
      'action:add person:dan role:auditor account:slack:UD',
      'action:remove person:zoe role:agent',
    ])
      expect(codeOf(await desk.says('root', `/desk staff ${line}`))).toBe('answer');
    expect(await desk.differences()).toEqual([]);
  });
});

describe('seeding', () => {
  it('adds whom nobody knows, once, and undoes nothing', async () => {
    const admins = [
      {
        person: 'u9' as Person,
        roles: ['admin' as const],
        accounts: ['slack:U9'],
        trainedUntil: null,
      },
    ];
    await desk.look((tx) => seedStaff(tx, desk.now(), admins));
    await desk.says('root', '/desk staff action:link person:lyon account:slack:U10');
    await desk.says('root', '/desk staff action:remove person:u9');
    await desk.look((tx) => seedStaff(tx, desk.now(), admins));
    await desk.look((tx) =>
      seedStaff(tx, desk.now(), [{ ...(admins[0] as (typeof admins)[0]), accounts: ['slack:U10'] }]),
    );
    expect(await staffOf('u9')).toMatchObject({ active: false, roles: [] });
    const entries = await desk.look((tx) => tx.entries('staff', { lock: false }));
    expect(entries.filter(({ actor }) => actor.account === 'desk:setup')).toHaveLength(7);
  });
});
