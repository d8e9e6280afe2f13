/** Putting a case right: by whom, what follows, and what is on record of it (domain.md section 3, `amend`). */
import { describe, expect, it } from 'vitest';
import { type AmendInput, decideAmend, formerReceipts } from '../../src/domain/requests/amend.js';
import type { Instant, Person } from '../../src/vocabulary/values.js';
import { by, type Command, given, givenCase, type Happened } from '../support/given.js';
import { approved, carriedOut, checked, kept, logged, proposed, verified } from '../support/request-words.js';

const amend =
  (input: Partial<AmendInput>, withdraws: readonly string[] = []): Command =>
  (request, facts) =>
    decideAmend(
      request,
      {
        scope: null,
        receivedAt: null,
        via: null,
        ref: null,
        aboutOfficer: null,
        reason: 'the letter says so',
        sure: false,
        ...input,
      },
      { officers: ['lyon' as Person], withdraws },
      facts,
    );
const at = (instant: string) => ({ receivedAt: instant as Instant });

const email = logged('deletion', { scope: ['email', 'name'] });
const proposal: readonly Happened[] = [
  email,
  verified,
  checked('done', 'email', 'name'),
  proposed('fulfilled'),
];

describe('who amends', () => {
  it('an agent widens the scope, and mends the way and the reference', () => {
    const request = given(email)
      .when(amend({ scope: ['email', 'name', 'payment'], via: 'written', ref: 'LETTER-7' }))
      .records({
        type: 'amended',
        scope: { from: ['email', 'name'], to: ['email', 'name', 'payment'] },
        via: { from: 'chat', to: 'written' },
        personal: { reason: 'the letter says so', ref: 'LETTER-7', refBefore: null },
      });
    expect(request).toMatchObject({
      scope: ['email', 'name', 'payment'],
      freeze: 'active',
      via: 'written',
      sourceRef: 'LETTER-7',
      contacts: [{ via: 'written', ref: 'LETTER-7' }],
    });
  });

  it.each<[string, Partial<AmendInput>]>([
    ['narrows the scope', { scope: ['email'] }],
    ['swaps a category', { scope: ['email', 'payment'] }],
    ['moves the receipt', at('2026-11-20T02:00:00Z')],
  ])('an agent who %s needs the officer', (_, input) => {
    given(email).when(amend(input)).refuses('officer-needed', null);
    given(email).by('lyon').when(amend(input)).records({ type: 'amended' });
    given(email).by('ana').when(amend(input)).records({ type: 'amended' });
  });

  it('once an outcome was proposed, everything needs the officer', () => {
    given(...proposal)
      .when(amend({ via: 'phone' }))
      .refuses('officer-needed', null, /proposed/);
    given(...proposal)
      .by('lyon')
      .when(amend({ via: 'phone' }))
      .records({ type: 'amended' });
  });

  it('whether a complaint is about the officer is an officer’s to say', () => {
    const complaint = logged('complaint');
    given(complaint)
      .when(amend({ aboutOfficer: true }))
      .refuses('officer-needed');
    const marked = given(complaint)
      .by('ana')
      .when(amend({ aboutOfficer: true }))
      .records({ about: { from: [], to: ['lyon'] } });
    expect(marked.about).toEqual(['lyon']);
    const unmarked = givenCase(marked)
      .by('ana')
      .when(amend({ aboutOfficer: false }))
      .records({ about: { from: ['lyon'], to: [] } });
    expect(unmarked.about).toEqual([]);
    given(email)
      .by('lyon')
      .when(amend({ aboutOfficer: true }))
      .refuses('invalid-value', '7.3');
  });
});

describe('what follows', () => {
  it('a receipt moves the dates, ends a rest of the reminders, and stays readable', () => {
    const request = given(email, { type: 'snoozed', until: '2026-12-01' as never, personal: { reason: 'x' } })
      .by('lyon')
      .when(amend(at('2026-11-20T02:00:00Z')))
      .records({ dates: expect.objectContaining({ receiptDay: '2026-11-20', due: '2026-12-20' }) });
    expect(request).toMatchObject({
      receivedAt: '2026-11-20T02:00:00Z',
      snoozedUntil: null,
      contacts: [{ receivedAt: '2026-11-20T02:00:00Z' }],
    });
    expect(formerReceipts(request)).toMatchObject([
      { from: '2026-11-23T02:00:00Z', by: { person: 'lyon' }, reason: 'the letter says so' },
    ]);
  });

  it('a receipt of long ago is asked about, one in the future is refused', () => {
    const long = at('2006-11-20T02:00:00Z');
    given(email).by('lyon').when(amend(long)).refuses('confirm-needed', '3.1', /400/);
    given(email)
      .by('lyon')
      .when(amend({ ...long, sure: true }))
      .records({ type: 'amended' });
    given(email)
      .by('lyon')
      .when(amend(at('2026-11-24T02:00:00Z')))
      .refuses('future', '3.1');
  });

  it('a proposal that no longer fits goes back, one that fits stays', () => {
    const wider = given(...proposal)
      .by('lyon')
      .when(amend({ scope: ['email', 'name', 'payment'] }))
      .records({ returns: true });
    expect(wider.phase.status).toBe('in_progress');
    const narrower = given(...proposal)
      .by('lyon')
      .when(amend({ scope: ['email'] }))
      .records({ scope: { from: ['email', 'name'], to: ['email'] } });
    expect(narrower.phase.status).toBe('awaiting_decision');
    expect(Object.keys(narrower.checklist)).toEqual(['email']);
    const partial = [
      email,
      verified,
      checked('done', 'email'),
      checked('retained', 'name'),
      kept('2031-12-31', 'name'),
      proposed('partially_fulfilled', 'LAW_REQUIRES_RETENTION', { law: 'Act 12' }),
    ];
    given(...partial)
      .by('lyon')
      .when(amend({ scope: ['email', 'name', 'payment'] }))
      .records({ returns: true });
  });

  it('a decision on another scope goes back, and none is carried out again', () => {
    const decided = [...proposal, by('ana', approved())];
    given(...decided)
      .by('lyon')
      .when(amend({ scope: ['email'] }))
      .records({ returns: true });
    given(...decided, carriedOut())
      .by('lyon')
      .when(amend({ scope: ['email'] }))
      .refuses('wrong-state', null, /carried out/);
  });

  it('a withdrawal takes and gives back consents with its scope', () => {
    const withdrawal = logged('consent_withdrawal', { scope: ['email', 'name'] });
    const request = given(withdrawal)
      .by('lyon')
      .when(amend({ scope: ['email'] }, ['CO-2026-0001']))
      .records({ withdraws: { from: [], to: ['CO-2026-0001'] } });
    expect(request.withdraws).toEqual(['CO-2026-0001']);
  });

  it('nothing changed is refused, and so is a closed case', () => {
    given(email)
      .when(amend({ scope: ['name', 'email'], via: 'chat' }))
      .refuses('wrong-state', null, /changes nothing/);
    given(email, { type: 'closed', outcome: 'withdrawn_by_subject', freeze: 'lifted' })
      .by('lyon')
      .when(amend({ via: 'phone' }))
      .refuses('wrong-state');
  });
});
