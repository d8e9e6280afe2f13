/**
 * How a case ends (domain.md section 3): extend, done, notices, recipients, close, reopen.
 */
import { describe, expect, it } from 'vitest';
import type { EarlyOutcome } from '../../src/domain/requests/events.js';
import { decideRemembered } from '../../src/domain/requests/handling.js';
import type { RequestType } from '../../src/vocabulary/values.js';
import { given, givenCase } from '../support/given.js';
import {
  carriedOut,
  carryOut,
  close,
  decided,
  extend,
  failed,
  logged,
  notice,
  noticed,
  notified,
  reopen,
  told,
  verified,
} from '../support/request-words.js';
import { variantPack } from './policy-packs.js';

describe('extend', () => {
  const open = [logged('deletion'), verified] as const;

  it('moves the due date for a reason of the policy, agreed before the day passed', () => {
    const request = given(...open)
      .by('lyon')
      .when(extend('2027-01-15', 'other_significant: a flood'))
      .records({ type: 'extended', from: '2026-12-23', reason: 'other_significant' });
    expect([request.dates.due, request.snoozedUntil]).toEqual(['2027-01-15', null]);
    given(...open)
      .by('lyon')
      .when(extend('2027-01-15', 'legal_retention'))
      .records({ reason: 'legal_retention' });
    // Later than day 30, on an agreement of before it.
    given(...open)
      .by('lyon')
      .at('2026-12-28T02:00:00Z')
      .when(extend('2027-01-15', 'legal_retention'))
      .records({ type: 'extended' });
  });

  it.each([
    ['2027-01-15', 'busy', {}, 'extension-not-allowed', /legal_retention or other_significant/],
    ['2026-12-23', 'legal_retention', {}, 'extension-not-allowed', /no later than/],
    ['2027-01-15', 'legal_retention', { explained: null }, 'explanation-or-consent-missing', /explanation/],
    ['2027-01-15', 'legal_retention', { consent: null }, 'explanation-or-consent-missing', /consent/],
    [
      '2027-01-15',
      'legal_retention',
      { explained: told('2027-01-02'), consent: told('2027-01-02') },
      'extension-not-allowed',
      /./,
    ],
    ['2027-01-15', 'legal_retention', { consent: told('2027-02-01') }, 'future', /consent/],
    [
      '2027-01-15',
      'legal_retention',
      { consent: told('2026-11-22') },
      'invalid-value',
      /before the explanation/,
    ],
  ] as const)('refuses until %s, %s, %j', (until, reason, keeping, code, says) => {
    given(...open)
      .by('lyon')
      .at('2027-01-05T02:00:00Z')
      .when(extend(until, reason, keeping))
      .refuses(code, '4.2', says);
  });

  it('goes no further than the policy’s term', () => {
    const aMonth = variantPack({ requests: { deletion: { due: { extension: { add: 'P30D' } } } } });
    const longer = (until: string) =>
      given(...open)
        .under(aMonth)
        .by('lyon')
        .when(extend(until, 'legal_retention'));
    longer('2027-01-22').records({ type: 'extended' });
    const long = longer('2027-01-23');
    long.refuses('extension-not-allowed', '4.2');
    expect(long.decision).toMatchObject({ refusal: { reason: 'extension-limit' } });
  });

  it('is not for a complaint, nor for what is decided and done', () => {
    const complaint = given(logged('complaint')).by('lyon').when(extend('2027-01-15', 'legal_retention'));
    complaint.refuses('extension-not-allowed', '7.3');
    expect(complaint.decision).toMatchObject({ refusal: { reason: 'extension-none' } });
    given(...decided('deletion', 'fulfilled'))
      .by('lyon')
      .when(extend('2027-01-15', 'legal_retention'))
      .refuses('wrong-state');
    given(...decided('stop_handling', 'refused'))
      .by('lyon')
      .when(extend('2027-01-15', 'legal_retention'))
      .refuses('wrong-state');
  });
});

describe('done and the recipients', () => {
  const go = (type: RequestType) => decided(type, 'fulfilled').slice(0, -1);
  const courier = { recipient: 'Swift Courier', disclosures: ['DR-2026-0001'] };

  it('opens one notice each by the next working day, where the policy has recipients told', () => {
    for (const type of ['correction', 'deletion', 'consent_withdrawal'] as const)
      given(...go(type))
        .when(carryOut(courier))
        .records({ recipients: [{ ...courier, due: '2026-11-24' }] });
    for (const type of ['access', 'stop_handling', 'complaint'] as const)
      given(...go(type))
        .when(carryOut(courier))
        .records({ recipients: [] });
  });

  it('follows approval, not a refusal, and happens once', () => {
    given(logged('deletion'))
      .when(carryOut())
      .refuses('wrong-state', null, /\/privacy verify/);
    given(logged('deletion'), verified)
      .when(carryOut())
      .refuses('wrong-state', null, /\/privacy check/);
    given(...decided('stop_handling', 'refused'))
      .when(carryOut())
      .refuses('wrong-state', null, /notice/);
    given(...decided('deletion', 'fulfilled'))
      .when(carryOut())
      .refuses('wrong-state');
  });

  const told2 = [...go('deletion'), carriedOut('Swift Courier', 'Mail Ltd'), ...noticed('completion')];

  it('waits for each recipient: told, acknowledged, or excused by an officer', () => {
    given(...told2)
      .when(close())
      .refuses('recipients-pending', '3.1', /Swift Courier, Mail Ltd/);
    const one = given(...told2)
      .when(notified('ｓｗｉｆｔ\u3000Courier.'))
      .records({ type: 'recipient_notified', how: 'notified' });
    givenCase(one)
      .when(close())
      .refuses('recipients-pending', '3.1', /Mail Ltd/);
    givenCase(one).when(notified('Swift Courier')).records({ how: 'acknowledged' });
    givenCase(one).when(notified('Mail Ltd', 'gone out of business')).refuses('not-permitted', '3.1');
    const both = givenCase(one)
      .by('lyon')
      .when(notified('Mail Ltd', 'gone out of business'))
      .records({ type: 'recipient_excused' });
    givenCase(both)
      .when(notified('Mail Ltd'))
      .refuses('wrong-state', null, /excused already/);
    for (const recipient of ['Mail Ltd', 'Swift Courier'])
      givenCase(both)
        .by('lyon')
        .when(notified(recipient, 'moved away'))
        .refuses('wrong-state', null, /already/);
    givenCase(both)
      .when(notified('Nobody'))
      .refuses('not-found', '3.1', /Swift Courier, Mail Ltd/);
    givenCase(both).when(close()).records({ type: 'closed', freeze: 'erased' });
    given(...go('deletion'))
      .when(notified('Swift Courier'))
      .refuses('wrong-state', null, /done/);
  });
});

describe('close and the end of a retention', () => {
  it('waits for a decision, or ends early while there is none', () => {
    given(logged('deletion'))
      .when(close())
      .refuses('not-ready-to-close', '4.2', /end it early, name an outcome: withdrawn_by_subject/);
    for (const outcome of ['withdrawn_by_subject', 'duplicate', 'not_controller'] as const)
      given(...decided('deletion', 'fulfilled'))
        .when(close(outcome))
        .refuses('wrong-state', null, /can no longer end early/);
    const closed = [
      logged('deletion'),
      { type: 'closed', outcome: 'duplicate', freeze: 'lifted' } as const,
    ] as const;
    for (const outcome of [null, 'duplicate'] as (EarlyOutcome | null)[])
      given(...closed)
        .when(close(outcome))
        .refuses('wrong-state');
    given(logged('deletion'))
      .by('lyon')
      .when(reopen)
      .refuses('wrong-state', null, /open already/);
  });

  it('takes an officer and three failures to close as not verified', () => {
    const close3 = close('identity_not_verified');
    const failures = [logged('deletion'), failed(1), failed(2), failed(3)] as const;
    given(...failures)
      .when(close3)
      .refuses('not-permitted', '3.3');
    given(...failures)
      .by('lyon')
      .when(close3)
      .records({ type: 'closed', outcome: 'identity_not_verified', freeze: 'lifted' });
    given(...failures.slice(0, 3))
      .by('lyon')
      .when(close3)
      .refuses('not-ready-to-close', '3.3', /2 of 3/);
    given(logged('deletion'), verified)
      .by('lyon')
      .when(close3)
      .refuses('not-ready-to-close', '3.3', /verified/);
  });

  it('records no notice of the future', () => {
    given(logged('deletion')).when(notice('acknowledgement', '2026-11-23T02:00:01Z')).refuses('future');
    expect(
      given(logged('deletion')).when(notice('acknowledgement')).records({ kind: 'acknowledgement' }).notices,
    ).toHaveLength(1);
  });

  it('settles what was kept once its term has ended, and not a day before', () => {
    const events = [
      ...decided('deletion', 'partially_fulfilled', true),
      { type: 'closed', outcome: 'partially_fulfilled', freeze: 'erased' } as const,
    ];
    given(...events)
      .at('2031-12-30T02:00:00Z')
      .when(carryOut())
      .refuses('wrong-state');
    const ended = given(...events)
      .at('2031-12-31T02:00:00Z')
      .when(carryOut())
      .records({ type: 'retention_ended', categories: ['email'] });
    expect(ended.retentions.every((each) => each.ended)).toBe(true);
    givenCase(ended).at('2032-01-05T02:00:00Z').when(carryOut()).refuses('wrong-state');
  });

  it('nothing happens any more to a case of a customer who was forgotten', () => {
    const closed = [
      ...decided('deletion', 'fulfilled'),
      { type: 'closed', outcome: 'fulfilled', freeze: 'erased' } as const,
    ] as const;
    const guarded = given(...closed).by('lyon');
    guarded
      .when((request, around) => decideRemembered(request) ?? reopen(request, around))
      .records({
        type: 'reopened',
      });
    given(...closed, { type: 'customer_forgotten', why: 'erasure_fulfilled' })
      .by('lyon')
      .when((request, around) => decideRemembered(request) ?? reopen(request, around))
      .refuses('wrong-state', null, /forgotten/);
  });
});
