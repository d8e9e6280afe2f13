/** Early endings (domain.md, "Settled points"): each with its evidence, its other case or its reason, and by whom it may be. */
import { describe, expect, it } from 'vitest';
import type { OtherCase } from '../../src/domain/requests/early.js';
import { decideVerify } from '../../src/domain/requests/handling.js';
import { contactRefusal } from '../../src/domain/requests/log.js';
import type { Instant } from '../../src/vocabulary/values.js';
import { circumstances, given, LOGGED_AT, PACK } from '../support/given.js';
import { approved, checked, close, logged, proposed, verified } from '../support/request-words.js';

const deletion = logged('deletion', { scope: ['email'] });

describe('an early ending', () => {
  it.each([
    ['withdrawn_by_subject', { ref: null }, 'evidence-missing'],
    ['duplicate', { of: null }, 'evidence-missing'],
  ] as const)('%s without %j says what is missing', (outcome, without, code) => {
    given(deletion).when(close(outcome, without)).refuses(code);
    given(deletion).when(close(outcome)).records({ type: 'closed', outcome });
  });

  it.each(['not_controller', 'logged_in_error'] as const)('%s is an officer’s, with a reason', (outcome) => {
    given(deletion)
      .by('lyon')
      .when(close(outcome, { reason: null }))
      .refuses('reason-missing');
    given(deletion).by('mei').when(close(outcome)).refuses('officer-needed');
    given(deletion).by('lyon').when(close(outcome)).records({ type: 'closed', outcome });
  });

  it('is an officer’s once an officer has decided', () => {
    const decided = [deletion, verified, checked('done', 'email'), proposed('fulfilled')] as const;
    given(...decided, { event: approved(1), by: 'lyon' })
      .by('mei')
      .when(close('withdrawn_by_subject'))
      .refuses('officer-needed');
  });

  it.each([
    ['itself', { ref: 'PR-2026-0001' }],
    ['another type', { type: 'access' }],
    ['a closed case', { open: false }],
    ['one that freezes nothing', { freezing: false }],
    ['a narrower one', { scope: [] }],
  ] as const)('is no duplicate of %s', (_, unlike) => {
    const { request } = given(deletion);
    const of = { ...request, ref: 'PR-2026-0009', open: true, freezing: true, ...unlike } as OtherCase;
    given(deletion).when(close('duplicate', { of })).refuses('invalid-value');
  });
});

describe('what is logged', () => {
  const asked = {
    type: 'deletion',
    customer: 'C-10812',
    scope: 'all',
    via: 'chat',
    receivedAt: LOGGED_AT,
    ref: null,
    note: null,
    aboutOfficer: false,
    force: null,
  } as const;
  const at = { now: LOGGED_AT, pack: PACK };
  const refusal = (more: Partial<Parameters<typeof contactRefusal>[0]>, looksLikeAnother = false) =>
    contactRefusal({ ...asked, ...more }, { looksLikeAnother }, at)?.code ?? null;

  it('asks whether a receipt long ago, or a customer who looks like another, is meant', () => {
    const receivedAt = '2006-11-20T02:00:00Z' as Instant;
    expect([refusal({ receivedAt }), refusal({ receivedAt, sure: true })]).toEqual(['confirm-needed', null]);
    expect([refusal({}, true), refusal({ sure: true }, true)]).toEqual(['confirm-needed', null]);
  });

  it('wants a mandate of whoever asks for the customer, and consents of a withdrawal only', () => {
    expect(refusal({ requester: 'heir' })).toBe('evidence-missing');
    expect(refusal({ requester: 'heir', mandate: 'PROBATE-1' })).toBeNull();
    expect(refusal({ consents: ['CO-2026-0001'] })).toBe('invalid-value');
    expect(refusal({ type: 'consent_withdrawal', consents: ['CO-2026-0001'] })).toBeNull();
  });

  it('takes a pass of a representative by a method for representatives', () => {
    const represented = logged('deletion', { scope: ['email'], requester: 'parent', mandate: 'BIRTH-1' });
    const { request } = given(represented);
    const decide = (method: string) =>
      decideVerify(request, { method, result: 'pass', ref: 'X-1' }, circumstances(LOGGED_AT, 'mei'));
    expect(decide('callback')).toMatchObject({ kind: 'refused', refusal: { code: 'invalid-value' } });
    expect(decide('representative')).toMatchObject({ kind: 'done' });
  });
});
