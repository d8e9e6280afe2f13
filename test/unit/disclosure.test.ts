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
  ] as const)('is refused and nothing is recorded: %s', async (_name, terms, code) => {
    expect(await world.ask('mei', C, terms)).toBeNull();
    expect(last()).toBe(code);
    expect(world.disclosures.size).toBe(0);
  });

  it('lets sensitive data go on a consent that names it, or by law', async () => {
    await consent(['sensitive']);
    expect(statusOf(await asked(onConsent('CO-1', ['sensitive'])))).toBe('requested');
    expect(statusOf(await asked(byLaw(['sensitive'])))).toBe('requested');
  });

  it('is recorded as blocked where it meets a freeze, and free beside it', async () => {
    await freeze('correction', ['mobile_phone']);
    const ref = await asked(transaction(['name', 'mobile_phone']));
    expect(last()).toBe('frozen');
    expect(events(ref)).toEqual(['disclosure_requested', 'disclosure_blocked']);
    expect(state(ref).phase).toMatchObject({
      holds: [{ case: 'PR-1', categories: ['mobile_phone'], clause: '3.1' }],
    });
    expect(statusOf(await asked(transaction(['name', 'delivery'])))).toBe('requested');
  });
});

describe('a consent', () => {
  const amended = async (change: Partial<Terms>): Promise<string | undefined> => {
    return (await world.ask('mei', C, onConsent('CO-1', ['email'], change))) === null ? last() : 'asked';
  };

  it('covers its recipient and purpose in any spelling, and nothing else', async () => {
    await consent();
    expect(
      statusOf(await asked(onConsent('CO-1', ['email'], { recipient: ' BANK', purpose: 'Newsletter ' }))),
    ).toBe('requested');
    expect(await amended({ recipient: 'Other Bank' })).toBe('consent-not-valid');
    expect(await amended({ purpose: 'marketing' })).toBe('consent-not-valid');
    expect(await amended({ categories: ['email', 'payment'] })).toBe('consent-not-valid');
  });

  it('speaks for any recipient when it names none, and for no other customer', async () => {
    await consent(['email'], null);
    expect(statusOf(await asked(onConsent('CO-1', ['email'], { recipient: 'Anybody' })))).toBe('requested');
    expect(await world.ask('mei', 'C-2', onConsent('CO-1'))).toBeNull();
    expect(last()).toBe('consent-not-valid');
  });

  it('cannot have been given in the future', async () => {
    const grantedAt = '2027-01-01T00:00:00Z' as Instant;
    expect(
      await world.consent('mei', C, { recipient: null, purpose: 'x', categories: ['email'], grantedAt }),
    ).toBeNull();
    expect(last()).toBe('future');
  });

  it('is withdrawn for the scope of the withdrawal, from its logging on, and given back when that comes to nothing', async () => {
    await consent();
    const gone = await asked(onConsent('CO-1', ['email']));
    const stays = await asked(onConsent('CO-1', ['name']));
    await world.decide('lyon', gone, {});
    await world.decide('lyon', stays, {});
    const withdrawal = await freeze('consent_withdrawal', ['email'], ['CO-1']);
    expect(state(gone).phase).toMatchObject({ status: 'voided', why: 'consent_withdrawn', clause: '3.3' });
    expect(await world.send('mei', gone)).toBe(false);
    expect(last()).toBe('consent-not-valid');
    expect(await world.send('mei', stays)).toBe(true);
    await lift(withdrawal);
    expect(world.consents.get('CO-1')?.state.withdrawals).toEqual([]);
    expect(statusOf(gone)).toBe('voided');
    expect(await world.amend('mei', gone, { evidence: {} })).toBe(true);
  });
});

describe('the decision', () => {
  it('is an officer’s, never of whoever asked or amended, on whichever account', async () => {
    const ref = await asked(transaction(['name', 'delivery']), 'lyon');
    expect(await world.decide('lyon', ref, {}, 'discord')).toBe(false);
    expect(last()).toBe('same-person');
    expect(await world.decide('dan', ref, {})).toBe(false);
    expect(last()).toBe('not-permitted');
    await world.amend('ana', ref, { categories: ['name'], evidence: {} });
    expect(await world.decide('ana', ref, {})).toBe(false);
    expect(await world.decide('lyon', ref, {})).toBe(false);
    expect(last()).toBe('same-person');
  });

  it('may give fewer categories, never more', async () => {
    const ref = await asked(transaction(['name', 'delivery']));
    expect(await world.decide('lyon', ref, { categories: ['name', 'email'] })).toBe(false);
    expect(last()).toBe('too-many-categories');
    expect(await world.decide('lyon', ref, { categories: ['delivery'] })).toBe(true);
    expect(state(ref).phase).toMatchObject({
      status: 'approved',
      decision: { by: 'lyon', categories: ['delivery'], expires: '2026-11-30', clause: '2.2' },
    });
  });

  it('has a reason when it denies, and is made once', async () => {
    const ref = await asked(transaction(['name']));
    expect(await world.decide('lyon', ref, { verdict: 'deny' })).toBe(false);
    expect(last()).toBe('reason-missing');
    expect(await world.decide('lyon', ref, { verdict: 'deny', reason: 'no order', shown: 1 })).toBe(true);
    expect(await world.decide('ana', ref, { shown: 1 })).toBe(false);
    expect(last()).toBe('already-decided');
    expect(await world.send('mei', ref)).toBe(false);
    expect(last()).toBe('not-approved');
  });

  it('is refused on a card that was amended since', async () => {
    const ref = await asked(transaction(['name', 'delivery']));
    await world.amend('mei', ref, { categories: ['name'], evidence: {} });
    expect(await world.decide('lyon', ref, { shown: 1 })).toBe(false);
    expect(last()).toBe('wrong-state');
    expect(await world.decide('lyon', ref, { shown: 2 })).toBe(true);
    expect(await world.decide('ana', ref, { shown: 2 })).toBe(false);
    expect(last()).toBe('already-decided');
  });

  it('by law passes an open deletion with the note on record', async () => {
    await freeze('deletion', ['name']);
    const ref = await asked(byLaw(['name']));
    await world.decide('lyon', ref, {});
    expect(state(ref).phase).toMatchObject({
      status: 'approved',
      decision: {
        holds: [{ case: 'PR-1', clause: '4.2', note: 'clause 4.2 names no exception; relying on law' }],
      },
    });
    expect(await world.send('mei', ref)).toBe(true);
  });
});

describe('amending', () => {
  it('voids the approval and leaves the old basis’s evidence behind', async () => {
    await consent(['name']);
    const ref = await asked(transaction(['name']));
    await world.decide('lyon', ref, {});
    const changes: Changes = {
      basis: 'consent',
      recipient: 'Bank',
      purpose: 'newsletter',
      evidence: { consent: 'CO-1' },
    };
    expect(await world.amend('mei', ref, changes)).toBe(true);
    expect(state(ref).terms.evidence).toEqual({ ...NO_EVIDENCE, consent: 'CO-1' });
    expect(await world.send('mei', ref)).toBe(false);
    expect(last()).toBe('not-approved');
  });

  it('needs a change while it waits, and ends with sending, denial and cancelling', async () => {
    const ref = await asked(transaction(['name']));
    expect(await world.amend('mei', ref, { evidence: {} })).toBe(false);
    await world.decide('lyon', ref, {});
    await world.send('mei', ref);
    expect(await world.amend('mei', ref, { categories: ['delivery'], evidence: {} })).toBe(false);
    expect(await world.cancel('mei', ref)).toBe(false);
    expect(last()).toBe('wrong-state');
    const other = await asked(transaction(['name']));
    expect(await world.cancel('mei', other)).toBe(true);
    expect(await world.amend('mei', other, { categories: ['delivery'], evidence: {} })).toBe(false);
  });
});
