/**
 * Every guard of a disclosure once more at the click and at the sending, against facts that changed though nothing moved the
 * disclosure: by itself each must hold (domain.md section 4, rules 1 and 2). `npm run mutants` looks at each of them.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import { decideAmend, decideCancel, decideRequest } from '../../src/domain/disclosures/asking.js';
import { type Consent, coverRefusal } from '../../src/domain/disclosures/consent.js';
import { decideDisclosure, decideSent } from '../../src/domain/disclosures/deciding.js';
import { type Disclosure, NO_EVIDENCE } from '../../src/domain/disclosures/disclosure.js';
import type { DisclosureEvent } from '../../src/domain/disclosures/events.js';
import { decideRevoke, decideStanding } from '../../src/domain/disclosures/standing.js';
import type { DisclosureFacts } from '../../src/domain/disclosures/terms.js';
import type { FrozenCase } from '../../src/domain/freeze.js';
import type { Decision } from '../../src/domain/refusal.js';
import type { Category, Day, Instant, Person } from '../../src/vocabulary/values.js';
import { C, onConsent, oneCustomer, transaction } from '../support/disclosure-given.js';
import { type Name, subjectOf } from '../support/disclosure-world.js';
import { defaultPack as pack } from './policy-packs.js';

let { world, freeze, lift, consent, asked, state } = oneCustomer(pack);
beforeEach(() => {
  ({ world, freeze, lift, consent, asked, state } = oneCustomer(pack));
});

const facts = async (name: Name, over: Partial<DisclosureFacts> = {}): Promise<DisclosureFacts> => ({
  ...(await world.facts(name, C, null)),
  ...over,
});
const approve = { verdict: 'approve', reason: null, categories: null, shown: null } as const;
const sending = (at: Instant = world.now) => ({ method: 'portal', at, ref: null });

const correction = (scope: readonly Category[]): FrozenCase => ({
  ref: 'PR-9',
  type: 'correction',
  scope,
  named: null,
  retained: [],
  freeze: 'active',
  receivedAt: world.now,
  completedAt: null,
  rules: pack.requests.correction,
  zone: pack.zone,
});

/** The consent for e-mail and name, the e-mail withdrawn since. */
async function withdrawn(): Promise<Consent> {
  const given = await consent();
  if (given === null) throw new Error('no consent');
  return { ...given, withdrawals: [{ case: 'PR-9', at: world.now, categories: ['email'] }] };
}

/** What was refused, why, and what the refusal records. */
function refusal({ kind, ...decision }: Decision<DisclosureEvent>): readonly string[] {
  if (kind !== 'refused' || !('refusal' in decision)) throw new Error('it was not refused');
  const { code } = decision.refusal;
  const reason = 'reason' in decision.refusal ? decision.refusal.reason : '';
  return [code, reason, ...decision.events.map(({ type }) => type)];
}

describe('asking on a consent', () => {
  const given = { ref: 'DR-9', subjectId: subjectOf(C), customer: C, pack: { name: 'p', hash: 'h' } };

  it('counts a withdrawal whose case freezes something else', async () => {
    const now = await facts('mei', { consent: await withdrawn(), cases: [correction(['delivery'])] });
    expect(refusal(decideRequest(onConsent('CO-1'), given, now))).toEqual([
      'consent-not-valid',
      'consent-withdrawn-for',
    ]);
  });

  it('speaks of the consent first, and of the freeze only where there is one', async () => {
    const now = await facts('mei', { consent: null, cases: [correction(['email'])] });
    expect(refusal(decideRequest(onConsent('CO-1'), given, now))).toEqual([
      'consent-not-valid',
      'no-such-consent',
    ]);
  });

  it('is refused where the consent is for less, of later, or withdrawn', async () => {
    const wanted = {
      subjectId: subjectOf(C),
      recipient: 'Bank',
      purpose: 'newsletter',
      now: world.now,
    };
    const covers = (
      one: Consent,
      except: readonly string[] = [],
      categories: readonly Category[] = ['email'],
    ) => {
      const found = coverRefusal(one, { ...wanted, categories }, pack, except);
      return found === null || !('reason' in found) ? found : found.reason;
    };
    const one = await withdrawn();
    expect(covers(one)).toBe('consent-withdrawn-for');
    expect(covers(one, ['PR-9'])).toBeNull();
    expect(covers(one, [], ['payment'])).toBe('consent-for-less');
    const later = '2027-01-01T00:00:00Z' as Instant;
    expect(covers({ ...one, grantedAt: later, withdrawals: [] })).toBe('consent-given-later');
  });
});

describe('the click', () => {
  it('finds the terms not allowed any more', async () => {
    await consent();
    const one = state(await asked(onConsent('CO-1')));
    expect(refusal(decideDisclosure(one, approve, await facts('lyon', { consent: null })))).toEqual([
      'consent-not-valid',
      'no-such-consent',
    ]);
    const bare = { ...one, terms: { ...transaction(['name']), evidence: NO_EVIDENCE } };
    expect(refusal(decideDisclosure(bare, approve, await facts('lyon')))).toEqual([
      'evidence-missing',
      'basis-evidence-missing',
    ]);
  });

  it('finds a freeze, and puts it on record', async () => {
    const one = state(await asked(transaction(['name'])));
    expect(
      refusal(decideDisclosure(one, approve, await facts('lyon', { cases: [correction(['name'])] }))),
    ).toEqual(['frozen', 'disclosure-frozen', 'disclosure_blocked']);
  });

  it('finds the consent withdrawn by a case that freezes something else', async () => {
    await consent();
    const one = state(await asked(onConsent('CO-1')));
    const now = await facts('lyon', { consent: await withdrawn(), cases: [correction(['delivery'])] });
    expect(refusal(decideDisclosure(one, approve, now))).toEqual([
      'consent-not-valid',
      'consent-withdrawn-for',
    ]);
  });

  it('comes when no decision is asked any more', async () => {
    const ref = await asked(transaction(['name']));
    await world.cancel('mei', ref);
    expect(refusal(decideDisclosure(state(ref), approve, await facts('lyon')))).toEqual([
      'wrong-state',
      'no-decision-asked',
    ]);
  });
});

describe('sending', () => {
  const approved = async (terms = transaction(['name'])): Promise<Disclosure> => {
    const ref = await asked(terms);
    await world.decide('lyon', ref, {});
    return state(ref);
  };
  const sent = async (one: Disclosure, over: Partial<DisclosureFacts> = {}, at?: Instant) =>
    refusal(decideSent(one, sending(at), await facts('mei', over)));

  it('finds a freeze, and the approval is void', async () => {
    expect(await sent(await approved(), { cases: [correction(['name'])] })).toEqual([
      'frozen',
      'disclosure-frozen',
      'disclosure_voided',
    ]);
  });

  it('finds the consent withdrawn, and the approval is void', async () => {
    await consent();
    expect(await sent(await approved(onConsent('CO-1')), { consent: await withdrawn() })).toEqual([
      'consent-not-valid',
      'consent-withdrawn-for',
      'disclosure_voided',
    ]);
  });

  it('was neither before the approval nor is in the future', async () => {
    const one = await approved();
    expect(await sent(one, {}, '2026-11-22T00:00:00Z' as Instant)).toEqual([
      'invalid-value',
      'sent-before-approval',
    ]);
    expect(await sent(one, {}, '2027-01-01T00:00:00Z' as Instant)).toEqual(['future', 'sent-in-future']);
  });

  it('of a blocked one names the case while it freezes, and asks for a new offer afterwards', async () => {
    const by = await freeze('correction', ['name']);
    const ref = await asked(transaction(['name']));
    expect(await sent(state(ref))).toEqual(['frozen', 'disclosure-frozen']);
    await lift(by);
    expect(state(ref).phase).toMatchObject({ status: 'blocked', offered: true });
    expect(await sent(state(ref))).toEqual(['not-approved', 'not-approved-blocked']);
  });

  it('says of each that is not approved what it is', async () => {
    const [gone, denied, cancelled, waiting] = [
      await asked(transaction(['name'])),
      await asked(transaction(['name'])),
      await asked(transaction(['name'])),
      await asked(transaction(['name'])),
    ];
    await world.decide('lyon', gone, {});
    await world.send('mei', gone);
    await world.decide('lyon', denied, { verdict: 'deny', reason: 'no order' });
    await world.cancel('mei', cancelled);
    const reasons = [];
    for (const ref of [gone, denied, cancelled, waiting]) reasons.push((await sent(state(ref)))[1]);
    expect(reasons).toEqual([
      'sent-already',
      'not-approved-denied',
      'not-approved-cancelled',
      'not-approved-undecided',
    ]);
  });
});

describe('amending and cancelling', () => {
  const amended = async (ref: string, categories: readonly Category[]) =>
    refusal(decideAmend(state(ref), { categories, evidence: {} }, await facts('mei')));

  it('ends with sending', async () => {
    const ref = await asked(transaction(['name']));
    await world.decide('lyon', ref, {});
    await world.send('mei', ref);
    expect(await amended(ref, ['delivery'])).toEqual(['wrong-state', 'amend-after-sending']);
  });

  it('may not go beyond the template, and nothing is recorded', async () => {
    expect(await amended(await asked(transaction(['name'])), ['name', 'email'])).toEqual([
      'beyond-template',
      'beyond-the-template',
    ]);
  });

  it('needs the purpose, which is gone once the customer is erased', async () => {
    const one = state(await asked(transaction(['name'])));
    const erased = { ...one, terms: { ...one.terms, purpose: null } };
    const change = { categories: ['delivery'] as const, evidence: {} };
    expect(refusal(decideAmend(erased, change, await facts('mei')))).toEqual([
      'wrong-state',
      'amend-after-erasure',
    ]);
  });

  it('is done once', async () => {
    const ref = await asked(transaction(['name']));
    await world.cancel('mei', ref);
    expect(refusal(decideCancel(state(ref)))).toEqual(['wrong-state', 'nothing-to-cancel']);
  });
});

it('a standing approval is never for sensitive data', () => {
  const input = { recipient: 'Courier', template: 'delivery', categories: ['sensitive'] as const, days: 1 };
  const given = { number: 1, by: 'lyon' as Person, today: '2026-11-23' as Day, pack };
  expect(decideStanding(input, given)).toMatchObject({ kind: 'refused', refusal: { code: 'sensitive' } });
});

describe('a standing approval taken back', () => {
  const standing = {
    number: 1,
    recipient: 'Courier',
    template: 'delivery',
    categories: ['name'],
    from: '2026-11-23' as Day,
    until: '2026-12-23' as Day,
    by: 'lyon' as Person,
    revoked: null,
  } as const;
  const today = '2026-11-24' as Day;

  it('is taken back once', () => {
    const by = 'ana' as Person;
    expect(decideRevoke(standing, 'enough', { by, today })).toMatchObject({
      events: [{ type: 'standing_revoked', number: 1, on: today, by }],
    });
    const revoked = { on: today, by, reason: 'enough' };
    expect(decideRevoke({ ...standing, revoked }, 'again', { by, today })).toMatchObject({
      refusal: { code: 'wrong-state', reason: 'standing-revoked-already' },
    });
  });

  it('lets nothing out that it approved', async () => {
    const one = state(await asked(transaction(['name'])));
    const phase = { status: 'voided', why: 'standing_revoked', clause: '2.2', holds: [] };
    const voided = { ...one, phase: { ...one.phase, ...phase } } as Disclosure;
    expect(refusal(decideSent(voided, sending(), await facts('mei')))).toEqual([
      'not-approved',
      'not-approved-revoked',
    ]);
  });
});
