/** Asking, consents, the decision and amending, given what happened: what is recorded, or the refusal (domain.md section 4). */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Changes } from '../../src/domain/disclosures/asking.js';
import { NO_EVIDENCE, type Terms } from '../../src/domain/disclosures/disclosure.js';
import type { Instant } from '../../src/vocabulary/values.js';
import { byLaw, C, onConsent, oneCustomer, transaction } from '../support/disclosure-given.js';
import { defaultPack as pack } from './policy-packs.js';

let { world, freeze, lift, consent, asked, state, statusOf, events, last } = oneCustomer(pack);
beforeEach(() => {
  ({ world, freeze, lift, consent, asked, state, statusOf, events, last } = oneCustomer(pack));
});

describe('asking', () => {
  it.each([
    ['no evidence for a transaction', transaction(['name'], { order: null }), 'evidence-missing'],
    ['no template', transaction(['name'], { template: null }), 'evidence-missing'],
    ['no consent', onConsent(null), 'evidence-missing'],
    [
      'no instrument',
      byLaw(['name'], { evidence: { ...byLaw(['name']).evidence, instrument: null } }),
      'evidence-missing',
    ],
    ['sensitive data in a transaction', transaction(['sensitive']), 'sensitive'],
    ['more than the template', transaction(['name', 'email']), 'beyond-template'],
    ['a template the policy has not', transaction(['name'], { template: 'marketing' }), 'beyond-template'],
    [
      'withholding without a law',
      { ...transaction(['name']), withhold: '2027-01-01' as Terms['withhold'] },
      'invalid-value',
    ],
    ['a consent that is not there', onConsent('CO-9'), 'consent-not-valid'],
  ] as const)('is refused and nothing is recorded: %s', (_name, terms, code) => {
    expect(world.ask('mei', C, terms)).toBeNull();
    expect(last()).toBe(code);
    expect(world.disclosures.size).toBe(0);
  });

  it('lets sensitive data go on a consent that names it, or by law', () => {
    consent(['sensitive']);
    expect(statusOf(asked(onConsent('CO-1', ['sensitive'])))).toBe('requested');
    expect(statusOf(asked(byLaw(['sensitive'])))).toBe('requested');
  });

  it('is recorded as blocked where it meets a freeze, and free beside it', () => {
    freeze('correction', ['mobile_phone']);
    const ref = asked(transaction(['name', 'mobile_phone']));
    expect(last()).toBe('frozen');
    expect(events(ref)).toEqual(['disclosure_requested', 'disclosure_blocked']);
    expect(state(ref).phase).toMatchObject({
      holds: [{ case: 'PR-1', categories: ['mobile_phone'], clause: '3.1' }],
    });
    expect(statusOf(asked(transaction(['name', 'delivery'])))).toBe('requested');
  });
});

describe('a consent', () => {
  const amended = (change: Partial<Terms>): string | undefined => {
    return world.ask('mei', C, onConsent('CO-1', ['email'], change)) === null ? last() : 'asked';
  };

  it('covers its recipient and purpose in any spelling, and nothing else', () => {
    consent();
    expect(
      statusOf(asked(onConsent('CO-1', ['email'], { recipient: ' BANK', purpose: 'Newsletter ' }))),
    ).toBe('requested');
    expect(amended({ recipient: 'Other Bank' })).toBe('consent-not-valid');
    expect(amended({ purpose: 'marketing' })).toBe('consent-not-valid');
    expect(amended({ categories: ['email', 'payment'] })).toBe('consent-not-valid');
  });

  it('speaks for any recipient when it names none, and for no other customer', () => {
    consent(['email'], null);
    expect(statusOf(asked(onConsent('CO-1', ['email'], { recipient: 'Anybody' })))).toBe('requested');
    expect(world.ask('mei', 'C-2', onConsent('CO-1'))).toBeNull();
    expect(last()).toBe('consent-not-valid');
  });

  it('cannot have been given in the future', () => {
    const grantedAt = '2027-01-01T00:00:00Z' as Instant;
    expect(
      world.consent('mei', C, { recipient: null, purpose: 'x', categories: ['email'], grantedAt }),
    ).toBeNull();
    expect(last()).toBe('future');
  });

  it('is withdrawn for the scope of the withdrawal, from its logging on, and given back when that comes to nothing', () => {
    consent();
    const gone = asked(onConsent('CO-1', ['email']));
    const stays = asked(onConsent('CO-1', ['name']));
    world.decide('lyon', gone, {});
    world.decide('lyon', stays, {});
    const withdrawal = freeze('consent_withdrawal', ['email'], ['CO-1']);
    expect(state(gone).phase).toMatchObject({ status: 'voided', why: 'consent_withdrawn', clause: '3.3' });
    expect(world.send('mei', gone)).toBe(false);
    expect(last()).toBe('consent-not-valid');
    expect(world.send('mei', stays)).toBe(true);
    lift(withdrawal);
    expect(world.consents.get('CO-1')?.state.withdrawals).toEqual([]);
    expect(statusOf(gone)).toBe('voided');
    expect(world.amend('mei', gone, { evidence: {} })).toBe(true);
  });
});

describe('the decision', () => {
  it('is an officer’s, never of whoever asked or amended, on whichever account', () => {
    const ref = asked(transaction(['name', 'delivery']), 'lyon');
    expect(world.decide('lyon', ref, {}, 'discord')).toBe(false);
    expect(last()).toBe('same-person');
    expect(world.decide('dan', ref, {})).toBe(false);
    expect(last()).toBe('not-permitted');
    world.amend('ana', ref, { categories: ['name'], evidence: {} });
    expect(world.decide('ana', ref, {})).toBe(false);
    expect(world.decide('lyon', ref, {})).toBe(false);
    expect(last()).toBe('same-person');
  });

  it('may give fewer categories, never more', () => {
    const ref = asked(transaction(['name', 'delivery']));
    expect(world.decide('lyon', ref, { categories: ['name', 'email'] })).toBe(false);
    expect(last()).toBe('too-many-categories');
    expect(world.decide('lyon', ref, { categories: ['delivery'] })).toBe(true);
    expect(state(ref).phase).toMatchObject({
      status: 'approved',
      decision: { by: 'lyon', categories: ['delivery'], expires: '2026-11-30', clause: '2.2' },
    });
  });

  it('has a reason when it denies, and is made once', () => {
    const ref = asked(transaction(['name']));
    expect(world.decide('lyon', ref, { verdict: 'deny' })).toBe(false);
    expect(last()).toBe('reason-missing');
    expect(world.decide('lyon', ref, { verdict: 'deny', reason: 'no order', shown: 1 })).toBe(true);
    expect(world.decide('ana', ref, { shown: 1 })).toBe(false);
    expect(last()).toBe('already-decided');
    expect(world.send('mei', ref)).toBe(false);
    expect(last()).toBe('not-approved');
  });

  it('is refused on a card that was amended since', () => {
    const ref = asked(transaction(['name', 'delivery']));
    world.amend('mei', ref, { categories: ['name'], evidence: {} });
    expect(world.decide('lyon', ref, { shown: 1 })).toBe(false);
    expect(last()).toBe('wrong-state');
    expect(world.decide('lyon', ref, { shown: 2 })).toBe(true);
    expect(world.decide('ana', ref, { shown: 2 })).toBe(false);
    expect(last()).toBe('already-decided');
  });

  it('by law passes an open deletion with the note on record', () => {
    freeze('deletion', ['name']);
    const ref = asked(byLaw(['name']));
    world.decide('lyon', ref, {});
    expect(state(ref).phase).toMatchObject({
      status: 'approved',
      decision: {
        holds: [{ case: 'PR-1', clause: '4.2', note: 'clause 4.2 names no exception; relying on law' }],
      },
    });
    expect(world.send('mei', ref)).toBe(true);
  });
});

describe('amending', () => {
  it('voids the approval and leaves the old basis’s evidence behind', () => {
    consent(['name']);
    const ref = asked(transaction(['name']));
    world.decide('lyon', ref, {});
    const changes: Changes = {
      basis: 'consent',
      recipient: 'Bank',
      purpose: 'newsletter',
      evidence: { consent: 'CO-1' },
    };
    expect(world.amend('mei', ref, changes)).toBe(true);
    expect(state(ref).terms.evidence).toEqual({ ...NO_EVIDENCE, consent: 'CO-1' });
    expect(world.send('mei', ref)).toBe(false);
    expect(last()).toBe('not-approved');
  });

  it('needs a change while it waits, and ends with sending, denial and cancelling', () => {
    const ref = asked(transaction(['name']));
    expect(world.amend('mei', ref, { evidence: {} })).toBe(false);
    world.decide('lyon', ref, {});
    world.send('mei', ref);
    expect(world.amend('mei', ref, { categories: ['delivery'], evidence: {} })).toBe(false);
    expect(world.cancel('mei', ref)).toBe(false);
    expect(last()).toBe('wrong-state');
    const other = asked(transaction(['name']));
    expect(world.cancel('mei', other)).toBe(true);
    expect(world.amend('mei', other, { categories: ['delivery'], evidence: {} })).toBe(false);
  });
});
