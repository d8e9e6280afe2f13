/**
 * The officer's decision (domain.md section 3): who, on which proposal, with every guard checked again at the click.
 */
import { describe, expect, it } from 'vitest';
import { by, given } from '../support/given.js';
import {
  approved,
  carriedOut,
  checked,
  decide,
  kept,
  logged,
  noticed,
  proposed,
  ready,
  returned,
  verified,
} from '../support/request-words.js';

describe('decide', () => {
  const waiting = [...ready('deletion'), by('mei', proposed('fulfilled'))] as const;

  it('is not on a proposal that nobody ruled on and that is not the one that waits', () => {
    expect(
      given(...waiting)
        .by('lyon')
        .when(decide('approve', { shown: 9 })).decision,
    ).toMatchObject({
      refusal: { code: 'wrong-state', reason: 'changed-since-shown' },
    });
  });

  it('is for another person than who proposed, whichever account', () => {
    given(...ready('deletion'), by('lyon', proposed('fulfilled')))
      .by('lyon')
      .when(decide('approve'))
      .refuses('same-person', '7.2');
    const own = given(...ready('deletion'), by('lyon', proposed('fulfilled')));
    const kept1 = given(
      ...ready('deletion'),
      by('lyon', kept('2029-01-01', 'email')),
      by('mei', proposed('fulfilled')),
    );
    for (const [one, reason] of [
      [own, 'proposed-yourself'],
      [kept1, 'retained-yourself'],
    ] as const)
      expect(one.by('lyon').when(decide('return')).decision).toMatchObject({
        refusal: { code: 'same-person', reason },
      });
    for (const verdict of ['return', 'refuse'] as const)
      given(...ready('deletion'), by('lyon', proposed('fulfilled')))
        .by('lyon')
        .when(decide(verdict))
        .refuses('same-person');
    given(...ready('deletion'), by('lyon', proposed('fulfilled')))
      .by('ana')
      .when(decide('approve'))
      .records({ type: 'proposal_approved' });
  });

  it('approves what was proposed, a refusal too', () => {
    const request = given(...waiting)
      .by('lyon')
      .when(decide('approve'))
      .records({ type: 'proposal_approved', number: 1 });
    expect(request.phase).toMatchObject({
      status: 'action_approved',
      resolution: { decidedBy: { person: 'lyon' } },
    });
    const refusal = [
      ...ready('stop_handling'),
      proposed('refused', 'STOP_LEGAL_OBLIGATION', { law: 'Act 12' }),
    ];
    expect(
      given(...refusal)
        .by('lyon')
        .when(decide('approve'))
        .records({ type: 'proposal_approved' }).phase.status,
    ).toBe('decided');
  });

  it('checks every guard again at the click', () => {
    given(
      logged('deletion', { scope: ['email', 'payment'] }),
      verified,
      checked('done', 'email'),
      proposed('fulfilled'),
    )
      .by('lyon')
      .when(decide('approve'))
      .refuses('checklist-incomplete', '1.5');
    given(...ready('stop_handling'), proposed('refused', 'STOP_LEGAL_OBLIGATION'))
      .by('lyon')
      .when(decide('approve'))
      .refuses('ground-field-missing', '3.2');
  });

  it('returns with a reason only', () => {
    given(...waiting)
      .by('lyon')
      .when(decide('return'))
      .refuses('reason-missing');
    const request = given(...waiting)
      .by('lyon')
      .when(decide('return', { reason: 'payment too' }))
      .records({ type: 'proposal_returned' });
    expect(request.phase.status).toBe('in_progress');
  });

  it('refuses the customer on a ground, whatever was proposed', () => {
    given(...waiting)
      .by('lyon')
      .when(decide('refuse'))
      .refuses('ground-field-missing', '4.2');
    given(...waiting)
      .by('lyon')
      .when(decide('refuse', { ground: 'LAW_REQUIRES_RETENTION', law: 'X' }))
      .refuses('never-refused', '4.2');
    given(...waiting)
      .by('lyon')
      .when(decide('refuse', { ground: 'BUSY' }))
      .refuses('ground-not-allowed', '4.2');
    const stop = [...ready('stop_handling'), proposed('fulfilled')];
    const request = given(...stop)
      .by('lyon')
      .when(decide('refuse', { ground: 'STOP_LEGAL_OBLIGATION', law: 'Act 12' }))
      .records({ type: 'request_refused', ground: 'STOP_LEGAL_OBLIGATION' });
    expect(request.phase).toMatchObject({ status: 'decided', resolution: { outcome: 'refused' } });
    // A refusal that was proposed brings its own ground.
    const asked = [
      ...ready('stop_handling'),
      proposed('refused', 'STOP_LEGAL_OBLIGATION', { law: 'Act 12' }),
    ];
    given(...asked)
      .by('lyon')
      .when(decide('refuse'))
      .records({ type: 'request_refused', ground: 'STOP_LEGAL_OBLIGATION' });
  });

  it('comes too late for a click on a proposal that was ruled on or replaced', () => {
    const ruled = [...waiting, by('lyon', approved(), '2026-11-23T03:00:00Z')] as const;
    for (const shown of [null, 1]) {
      given(...ruled)
        .by('ana')
        .when(decide('approve', { shown }))
        .refuses('already-decided', null, /@lyon: approved, Mon 2026-11-23 11:00/);
      given(...ruled, carriedOut(), ...noticed('completion'))
        .by('ana')
        .when(decide('refuse', { shown }))
        .refuses('already-decided');
    }
    const replaced = [
      ...waiting,
      by('lyon', returned()),
      by('mei', proposed('fulfilled', null, { number: 2 })),
    ] as const;
    given(...replaced)
      .by('lyon')
      .when(decide('approve', { shown: 1 }))
      .refuses('already-decided', null, /newer proposal/);
    given(...replaced)
      .by('lyon')
      .when(decide('approve', { shown: 2 }))
      .records({ number: 2 });
    given(...replaced)
      .by('lyon')
      .when(decide('approve'))
      .records({ number: 2 });
  });

  it('waits for a proposal', () => {
    given(...ready('deletion'))
      .by('lyon')
      .when(decide('approve'))
      .refuses('wrong-state', null, /propose/);
    given(logged('deletion')).by('lyon').when(decide('approve')).refuses('wrong-state');
  });
});
