/** Taking back what was too early or wrong (domain.md section 3). */
import { describe, expect, it } from 'vitest';
import { decideRetract, decideRevoke } from '../../src/domain/requests/taking-back.js';
import { by, given } from '../support/given.js';
import { approved, carriedOut, decide, logged, proposed, ready, verified } from '../support/request-words.js';

const revoke =
  (reason: string | null = 'the brother called'): Parameters<ReturnType<typeof given>['when']>[0] =>
  (request, facts) =>
    decideRevoke(request, reason, facts);

describe('a pass taken back', () => {
  it('is the officer’s, with a reason, and gives no attempt back', () => {
    given(...ready('deletion'))
      .by('mei')
      .when(revoke())
      .refuses('officer-needed');
    given(...ready('deletion'))
      .by('lyon')
      .when(revoke(null))
      .refuses('reason-missing');
    const request = given(...ready('deletion'))
      .by('lyon')
      .when(revoke())
      .records({
        type: 'identity_revoked',
        final: false,
      });
    expect(request.phase.status).toBe('identity_pending');
    expect(request.identity).toMatchObject({ state: 'pending', attempts: 1, verifiedAt: null });
    expect(request.freeze).toBe('active');
  });

  it('takes the proposal and the decision with it, while nothing was carried out', () => {
    const waiting = given(...ready('deletion'), proposed('fulfilled'))
      .by('lyon')
      .when(revoke())
      .records({});
    expect(waiting.phase.status).toBe('identity_pending');
    expect(waiting.rulings).toMatchObject([{ number: 1, verdict: 'return' }]);
    const decided = [...ready('deletion'), proposed('fulfilled'), by('lyon', approved())];
    given(...decided)
      .by('lyon')
      .when(revoke())
      .records({ type: 'identity_revoked' });
    given(...decided, carriedOut())
      .by('lyon')
      .when(revoke())
      .refuses('wrong-state');
    given(logged('deletion')).by('lyon').when(revoke()).refuses('wrong-state');
  });
});

describe('a proposal taken back', () => {
  const retract: Parameters<ReturnType<typeof given>['when']>[0] = (request, facts) =>
    decideRetract(request, facts);
  const waiting = [...ready('deletion'), by('mei', proposed('fulfilled'))] as const;

  it('is its proposer’s, before it is decided', () => {
    expect(
      given(...waiting)
        .by('mei')
        .when(retract)
        .records({ type: 'proposal_retracted' }).phase.status,
    ).toBe('in_progress');
    given(...waiting)
      .by('dan')
      .when(retract)
      .refuses('not-permitted');
    given(...waiting, by('lyon', approved()))
      .by('mei')
      .when(retract)
      .refuses('wrong-state');
    given(logged('deletion'), verified).by('mei').when(retract).refuses('wrong-state');
  });

  it('is decided by nobody from a card that showed it', () => {
    const back = given(...waiting)
      .by('mei')
      .when(retract)
      .records({});
    expect(back.proposals).toBe(1);
    given(...waiting, { event: { type: 'proposal_retracted', number: 1 }, by: 'mei' })
      .by('lyon')
      .when(decide('approve', { shown: 1 }))
      .refuses('wrong-state');
    given(...waiting)
      .by('lyon')
      .when(decide('approve', { shown: 99 }))
      .refuses('wrong-state');
  });
});
