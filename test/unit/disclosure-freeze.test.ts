/** What freezes and time do to disclosures, standing approvals, and the freeze matrix (domain.md sections 3 and 4). */
import { beforeEach, describe, expect, it } from 'vitest';
import { freezeFor } from '../../src/domain/freeze.js';
import type { FreezeState } from '../../src/domain/requests/events.js';
import {
  type Category,
  type Instant,
  LEGAL_BASES,
  type LegalBasis,
  type RequestType,
} from '../../src/vocabulary/values.js';
import { byLaw, oneCustomer, transaction } from '../support/disclosure-given.js';
import { defaultPack as pack } from './policy-packs.js';

let { world, freeze, lift, asked, state, statusOf, events, last } = oneCustomer(pack);
beforeEach(() => {
  ({ world, freeze, lift, asked, state, statusOf, events, last } = oneCustomer(pack));
});

describe('when the freeze moves', () => {
  it('blocks what is asked, voids what is approved, leaves what is sent and what the law demands', async () => {
    const [waiting, approved, sent, law] = [
      await asked(transaction(['name'])),
      await asked(transaction(['name'])),
      await asked(transaction(['name'])),
      await asked(byLaw(['name'])),
    ];
    for (const ref of [approved, sent, law]) await world.decide('lyon', ref, {});
    await world.send('mei', sent);
    await freeze('stop_handling', ['name']);
    expect([waiting, approved, sent, law].map(statusOf)).toEqual([
      'blocked',
      'voided',
      'executed',
      'approved',
    ]);
    expect(await world.send('mei', approved)).toBe(false);
    expect(last()).toBe('frozen');
    expect(await world.decide('lyon', waiting, {})).toBe(false);
    expect(last()).toBe('frozen');
  });

  it('is offered again once every freeze has lifted, in one go', async () => {
    const first = await freeze('correction', ['name']);
    const second = await freeze('deletion', ['name', 'delivery']);
    const ref = await asked(transaction(['name', 'delivery']));
    expect(await world.amend('mei', ref, { evidence: {} })).toBe(false);
    expect(last()).toBe('frozen');
    await lift(first);
    expect(state(ref).phase).toMatchObject({ status: 'blocked', offered: false, holds: [{ case: 'PR-2' }] });
    await lift(second);
    expect(state(ref).phase).toMatchObject({ status: 'blocked', offered: true });
    expect(await world.decide('lyon', ref, {})).toBe(false);
    expect(await world.amend('dan', ref, { evidence: {} })).toBe(true);
    expect(state(ref)).toMatchObject({ round: 2, phase: { status: 'requested' } });
    expect(await world.decide('lyon', ref, { shown: 2 })).toBe(true);
  });
});

describe('time', () => {
  it('pings the deputy and the admin once each, from when it was last asked', async () => {
    const ref = await asked(transaction(['name', 'delivery']));
    await world.pass(23);
    expect(events(ref)).toEqual(['disclosure_requested']);
    await world.pass(1);
    await world.pass(1);
    expect(state(ref).escalated).toEqual(['deputy']);
    await world.amend('mei', ref, { categories: ['name'], evidence: {} });
    await world.pass(48);
    expect(state(ref).escalated).toEqual(['deputy', 'admin']);
    expect(events(ref).filter((type) => type === 'disclosure_escalated')).toHaveLength(2);
  });

  it('ends an approval after its last day, whoever notices first', async () => {
    const [noticed, ticked] = [await asked(transaction(['name'])), await asked(transaction(['name']))];
    for (const ref of [noticed, ticked]) await world.decide('lyon', ref, {});
    world.now = '2026-11-30T15:59:59Z' as Instant;
    await world.pass(0);
    expect(statusOf(ticked)).toBe('approved');
    world.now = '2026-11-30T16:00:00Z' as Instant;
    expect(await world.send('mei', noticed)).toBe(false);
    expect(last()).toBe('approval-expired');
    expect(statusOf(noticed)).toBe('expired');
    await world.pass(0);
    expect(statusOf(ticked)).toBe('expired');
    expect(await world.send('mei', ticked)).toBe(false);
    expect(last()).toBe('approval-expired');
    expect(await world.amend('mei', ticked, { evidence: {} })).toBe(true);
  });
});

describe('a standing approval', () => {
  const give = (days: number, categories: readonly Category[] = ['name', 'delivery']) =>
    world.standing('lyon', { recipient: 'Swift Courier', template: 'delivery', categories, days });

  it('stays within the template and the policy’s days', async () => {
    expect(await give(91)).toBe(false);
    expect(last()).toBe('standing-too-long');
    expect(await give(30, ['email'])).toBe(false);
    expect(last()).toBe('beyond-template');
    expect(await give(90)).toBe(true);
  });

  it('approves at once what matches it, in the officer’s name, to its last day', async () => {
    await give(2);
    const ref = await asked(transaction(['name']));
    expect(state(ref).phase).toMatchObject({ status: 'approved', decision: { by: 'lyon', standing: 1 } });
    expect(statusOf(await asked(transaction(['name', 'mobile_phone'])))).toBe('requested');
    expect(statusOf(await asked({ ...transaction(['name']), recipient: 'Slow Courier' }))).toBe('requested');
    expect(statusOf(await asked(transaction(['name'], { template: 'consultation' })))).toBe('requested');
    world.now = '2026-11-25T15:59:00Z' as Instant;
    expect(statusOf(await asked(transaction(['name'])))).toBe('approved');
    world.now = '2026-11-25T16:00:00Z' as Instant;
    expect(statusOf(await asked(transaction(['name'])))).toBe('requested');
  });

  it('never approves what its officer asked, nor past a freeze', async () => {
    await give(30);
    expect(statusOf(await asked(transaction(['name']), 'lyon'))).toBe('requested');
    await freeze('correction', ['name']);
    expect(statusOf(await asked(transaction(['name'])))).toBe('blocked');
  });
});

describe('what the freeze says', () => {
  const says = (type: RequestType, state: FreezeState, basis: LegalBasis, dated: string | null = null) => {
    const one = {
      ref: 'PR-1',
      type,
      scope: ['name', 'payment'] as const,
      retained: ['payment'] as const,
      freeze: state,
      named: null,
      receivedAt: '2026-11-01T00:00:00Z' as Instant,
      completedAt: '2026-11-10T00:00:00Z' as Instant,
      rules: pack.requests[type],
      zone: pack.zone,
    };
    const { blocked, officer } = freezeFor([one], ['name', 'email'], basis, dated as Instant | null);
    return blocked.length > 0 ? 'blocked' : officer.length > 0 ? 'officer' : 'allowed';
  };

  it.each([
    ['access', 'none', ['allowed', 'allowed', 'allowed']],
    ['complaint', 'none', ['allowed', 'allowed', 'allowed']],
    ['correction', 'active', ['blocked', 'blocked', 'officer']],
    ['deletion', 'active', ['blocked', 'blocked', 'officer']],
    ['stop_handling', 'active', ['blocked', 'blocked', 'officer']],
    ['consent_withdrawal', 'active', ['blocked', 'blocked', 'officer']],
    ['correction', 'lifted', ['allowed', 'allowed', 'allowed']],
    ['deletion', 'erased', ['blocked', 'blocked', 'officer']],
    ['stop_handling', 'objection', ['blocked', 'blocked', 'officer']],
    ['consent_withdrawal', 'consent_blocked', ['blocked', 'allowed', 'allowed']],
    ['deletion', 'storage_only', ['blocked', 'blocked', 'officer']],
  ] as const)('%s, %s: consent, transaction, law', (type, state, expected) => {
    expect(LEGAL_BASES.map((basis) => says(type, state, basis))).toEqual(expected);
  });

  it('counts what is newer than an erasure or a withdrawal', () => {
    expect(says('deletion', 'erased', 'consent', '2026-11-10T00:00:00Z')).toBe('blocked');
    expect(says('deletion', 'erased', 'consent', '2026-11-10T00:00:01Z')).toBe('officer');
    expect(says('deletion', 'erased', 'transaction', '2026-11-11T00:00:00Z')).toBe('officer');
    expect(says('consent_withdrawal', 'consent_blocked', 'consent', '2026-11-01T00:00:00Z')).toBe('blocked');
    expect(says('consent_withdrawal', 'consent_blocked', 'consent', '2026-11-02T00:00:00Z')).toBe('allowed');
    expect(says('stop_handling', 'objection', 'consent', '2027-01-01T00:00:00Z')).toBe('blocked');
  });
});
