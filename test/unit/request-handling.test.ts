/**
 * Logging and handling a case (domain.md section 3): log, verify, assign, pause, resume, check, note, snooze, reveal.
 */
import { describe, expect, it } from 'vitest';
import {
  decideAssign,
  decideNote,
  decideReveal,
  decideSnooze,
  decideVerify,
} from '../../src/domain/requests/handling.js';
import { CATEGORIES, type Person, REQUEST_TYPES } from '../../src/vocabulary/values.js';
import { type Command, given, PACK } from '../support/given.js';
import {
  approved,
  carriedOut,
  check,
  checked,
  close,
  failed,
  log,
  logged,
  pause,
  proposed,
  resume,
  verified,
  verify,
} from '../support/request-words.js';

const assign =
  (to: string): Command =>
  (request, facts) =>
    decideAssign(request, to as Person, facts);
const snooze =
  (days: number): Command =>
  (request, facts) =>
    decideSnooze(request, { days, reason: 'the archive team' }, facts);
const reveal: Command = (request, facts) => decideReveal(request, facts);
const deletion = logged('deletion');
const closedEarly = { type: 'closed', outcome: 'withdrawn_by_subject', freeze: 'lifted' } as const;

describe('log', () => {
  it.each([
    ['access', 'none', 'identity_pending', true],
    ['correction', 'active', 'identity_pending', true],
    ['deletion', 'active', 'identity_pending', true],
    ['stop_handling', 'active', 'identity_pending', true],
    ['consent_withdrawal', 'active', 'identity_pending', true],
    ['complaint', 'none', 'in_progress', false],
  ] as const)('%s: freeze %s, %s', (type, freeze, status, checklist) => {
    const { request } = given(logged(type));
    expect([request.freeze, request.phase.status, request.needsChecklist]).toEqual([
      freeze,
      status,
      checklist,
    ]);
    expect([request.owner, request.round]).toEqual([null, 1]);
  });

  it.each([
    ['access', '2026-12-23', '2026-11-24', null],
    ['correction', '2026-12-23', '2026-11-24', null],
    ['deletion', '2026-12-23', '2026-11-24', null],
    ['stop_handling', '2026-12-23', '2026-11-24', null],
    ['consent_withdrawal', '2026-12-23', '2026-11-24', '2026-11-26'],
    ['complaint', '2026-12-14', '2026-11-26', null],
  ] as const)('%s: due %s, acknowledged by %s, acted on by %s', (type, due, ackDue, actDue) => {
    expect(given(logged(type)).request.dates).toMatchObject({
      due,
      ackDue,
      actDue,
      receiptDay: '2026-11-23',
    });
  });

  it('takes a receipt in the past and none in the future', () => {
    const past = logged('deletion', { receivedAt: '2026-10-09T00:00:00Z' as never });
    expect(given(past).request.dates.due).toBe('2026-11-08');
    expect(log('deletion', { receivedAt: '2026-11-23T02:00:01Z' as never })).toMatchObject({
      kind: 'refused',
      refusal: { code: 'future', clause: '3.1' },
    });
  });

  it('means every category by all, and keeps what it was told sealed', () => {
    const event = logged('deletion', {
      scope: 'all',
      customer: '  C-10812 ',
      note: 'about old orders',
      ref: 'T-1',
    });
    expect(event).toMatchObject({ scope: CATEGORIES, personal: { reference: 'C-10812', ref: 'T-1' } });
    const { personal: _sealed, ...readable } = event as { personal: unknown };
    expect(JSON.stringify(readable)).not.toMatch(/10812|old orders|T-1/);
  });

  it('is about the officer for a complaint only', () => {
    expect(given(logged('complaint', { aboutOfficer: true })).request.about).toEqual(['lyon']);
    for (const type of REQUEST_TYPES.filter((each) => each !== 'complaint'))
      expect(log(type, { aboutOfficer: true })).toMatchObject({
        refusal: { code: 'invalid-value', clause: '7.3' },
      });
  });
});

describe('verify', () => {
  it('passes to in progress, whatever failed before', () => {
    const request = given(deletion, failed(1), failed(2))
      .when(verify('pass'))
      .records({ type: 'identity_checked', result: 'pass', attempt: 3, final: false });
    expect([request.phase.status, request.identity.state, request.freeze]).toEqual([
      'in_progress',
      'verified',
      'active',
    ]);
  });

  it('keeps the freeze for two failures, and lifts it by itself with the third', () => {
    const second = given(deletion, failed(1)).when(verify('fail')).records({ attempt: 2, final: false });
    expect([second.freeze, second.suspectedImpersonation]).toEqual(['active', false]);
    const third = given(deletion, failed(1), failed(2))
      .when(verify('fail'))
      .records({ attempt: 3, final: true });
    expect([third.freeze, third.suspectedImpersonation, third.phase.status]).toEqual([
      'lifted',
      true,
      'identity_pending',
    ]);
  });

  it('has three attempts', () => {
    for (const result of ['pass', 'fail'] as const)
      given(deletion, failed(1), failed(2), failed(3)).when(verify(result)).refuses('attempts-used', '3.3');
  });

  it('is by a method of the policy', () => {
    const passport: Command = (request, facts) =>
      decideVerify(request, { method: 'passport', result: 'pass', ref: 'call#9' }, facts);
    given(deletion)
      .when(passport)
      .refuses('invalid-value', '3.3', /passport/);
  });

  it('is over, not needed, or not now', () => {
    given(deletion, verified)
      .when(verify('pass'))
      .refuses('wrong-state', null, /already verified/);
    given(logged('complaint'))
      .when(verify('pass'))
      .refuses('wrong-state', null, /needs no identity check/);
    const over = given(deletion, closedEarly).when(verify('pass'));
    over.refuses('wrong-state', null, /reopen/);
    expect(over.decision).toMatchObject({ refusal: { facts: { so: 'identity-check-over' } } });
    const paused = given(deletion).when(pause()).records({ type: 'paused' });
    given(deletion, { type: 'paused', stops: null, personal: { reason: 'x' } })
      .when(verify('pass'))
      .refuses('wrong-state', null, /resume/);
    expect(paused.phase.status).toBe('awaiting_subject');
  });
});

describe('assign', () => {
  it('makes an owner, once, while the case is open', () => {
    expect(given(deletion).when(assign('dan')).records({ type: 'assigned', to: 'dan' }).owner).toBe('dan');
    given(deletion, { type: 'assigned', to: 'dan' as Person })
      .when(assign('dan'))
      .refuses('wrong-state');
    given(deletion, closedEarly)
      .when(assign('dan'))
      .refuses('wrong-state', null, /reopen/);
  });

  it('never makes whom a complaint is about its owner', () => {
    given(logged('complaint', { aboutOfficer: true }))
      .when(assign('lyon'))
      .refuses('about-officer', '7.3');
  });
});

describe('pause and resume', () => {
  it('waits for the customer and moves no date: the default pack gives no pause', () => {
    const reasons = ['waiting', 'identity proof is asked', 'clarification', 'legal_retention'];
    for (const reason of reasons)
      given(deletion, verified).when(pause(reason)).records({ type: 'paused', stops: null });
    const resumed = given(deletion, verified, { type: 'paused', stops: null, personal: { reason: 'x' } })
      .at('2026-12-03T02:00:00Z')
      .when(resume)
      .records({ type: 'resumed', dates: null });
    expect([resumed.phase.status, resumed.dates.due]).toEqual(['in_progress', '2026-12-23']);
  });

  it('goes back to where it was', () => {
    const paused = { type: 'paused', stops: null, personal: { reason: 'x' } } as const;
    expect(given(deletion, paused).when(resume).records({ type: 'resumed' }).phase.status).toBe(
      'identity_pending',
    );
    given(deletion, verified).when(resume).refuses('wrong-state');
    given(deletion, paused).when(pause()).refuses('wrong-state');
    given(deletion, verified, checked('done', 'email'), proposed('fulfilled'))
      .when(pause())
      .refuses('wrong-state');
  });

  it('stops the clock where the pack does, from the pause to the resume', () => {
    const due = {
      ...PACK.requests.deletion.due,
      pause: { reasons: ['identity'], count: 'exclusive' as const },
    };
    const pack = { ...PACK, requests: { ...PACK.requests, deletion: { ...PACK.requests.deletion, due } } };
    given(deletion).under(pack).when(pause('holiday')).records({ stops: null });
    given(deletion).under(pack).when(pause('identity asked for')).records({ stops: 'identity' });
    const request = given(deletion, { type: 'paused', stops: 'identity', personal: { reason: 'identity' } })
      .at('2026-12-03T02:00:00Z')
      .under(pack)
      .when(resume)
      .records({ type: 'resumed' });
    expect(request.dates.due > '2026-12-23').toBe(true);
  });
});

describe('check', () => {
  it('answers categories of the scope, the last answer counting', () => {
    const two = logged('deletion', { scope: ['email', 'payment'] });
    const all = given(two)
      .when(check('done'))
      .records({ type: 'categories_checked', categories: ['email', 'payment'] });
    expect(Object.keys(all.checklist)).toEqual(['email', 'payment']);
    const again = given(two, checked('done', 'email'))
      .when(check('none_held', 'email'))
      .records({ result: 'none_held' });
    expect(again.checklist.email?.result).toBe('none_held');
  });

  it('takes no other category, no complaint, and nothing once it is proposed or closed', () => {
    given(deletion)
      .when(check('done', 'email', 'name'))
      .refuses('invalid-value', null, /name is not in the scope/);
    given(logged('complaint'))
      .when(check('done'))
      .refuses('wrong-state', undefined, /no checklist/);
    const ready = [deletion, verified, checked('done', 'email'), proposed('fulfilled')] as const;
    given(...ready)
      .when(check('done'))
      .refuses('wrong-state');
    given(...ready, approved(), carriedOut())
      .when(check('done'))
      .refuses('wrong-state');
    given(deletion, closedEarly)
      .when(check('done'))
      .refuses('wrong-state', null, /reopen/);
  });
});

describe('note, snooze and reveal', () => {
  it('notes at any time, a closed case too', () => {
    const note: Command = (request) => decideNote(request, 'the customer called');
    for (const before of [[deletion], [deletion, closedEarly]] as const)
      expect(
        given(...before)
          .when(note)
          .records({ type: 'note_added' })
          .notes.at(-1)?.text,
      ).toBe('the customer called');
  });

  const owned = [deletion, { type: 'assigned', to: 'mei' as Person } as const] as const;

  it('snoozes for the owner, until the day before it is due at most', () => {
    given(deletion)
      .when(snooze(1))
      .refuses('not-permitted', null, /no owner yet/);
    given(...owned)
      .by('dan')
      .when(snooze(1))
      .refuses('not-permitted');
    expect(
      given(...owned)
        .when(snooze(29))
        .records({ type: 'snoozed', until: '2026-12-22' }).snoozedUntil,
    ).toBe('2026-12-22');
    given(...owned)
      .when(snooze(30))
      .refuses('too-far');
    given(...owned)
      .at('2026-12-24T02:00:00Z')
      .when(snooze(1))
      .refuses('too-far', null, /too close/);
    given(...owned, closedEarly)
      .when(snooze(1))
      .refuses('wrong-state');
  });

  it('reveals to the owner and the officers, and to nobody else', () => {
    given(deletion).when(reveal).refuses('not-permitted', '7.2');
    given(...owned)
      .by('dan')
      .when(reveal)
      .refuses('not-permitted', '7.2', /@mei/);
    given(...owned)
      .when(reveal)
      .records({ type: 'reference_revealed' });
    for (const officer of ['lyon', 'ana'])
      given(deletion).by(officer).when(reveal).records({ type: 'reference_revealed' });
    given(deletion).by('kim').when(reveal).refuses('not-permitted', '7.2');
  });

  it('changes nothing once revealed', () => {
    const before = given(deletion).by('lyon');
    const { version: _later, ...state } = before.when(reveal).records({ type: 'reference_revealed' });
    expect(before.request).toMatchObject(state);
    given(deletion).when(close('withdrawn_by_subject')).records({ type: 'closed' });
  });
});
