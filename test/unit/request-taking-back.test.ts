/** Taking back what was too early or wrong, and whose a case is when its owner leaves or is renamed (domain.md section 3). */
import { afterEach, describe, expect, it } from 'vitest';
import { decideRetract, decideRevoke } from '../../src/domain/requests/taking-back.js';
import { by, given } from '../support/given.js';
import { approved, carriedOut, decide, logged, proposed, ready, verified } from '../support/request-words.js';
import { type Played, playDesk } from '../support/terminal-desk.js';

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

describe('whose a case is', () => {
  let desk: Played | null = null;
  afterEach(() => desk?.close());
  const played = async (...lines: readonly string[]) => {
    desk = await playDesk();
    await desk.clock('2026-11-23T08:30');
    for (const line of lines) {
      const answer = await desk.asks(line);
      if (answer.code !== null) throw new Error(`${line}: ${answer.text}`);
    }
    return desk;
  };

  it('is handed over in a list, or all at once', async () => {
    const { asks } = await played(
      '/privacy log deletion C-10812 scope:email',
      '/privacy log access C-10812 scope:email',
      '/privacy log correction C-10813 scope:email',
      '/privacy assign PR-2026-0001,2',
      '/privacy assign PR-3 to:dan',
    );
    expect((await asks('/privacy assign PR-1,PR-9 to:dan')).code).toBe('not-found');
    expect((await asks('/privacy list filter:mine')).text).toContain('PR-2026-0001');
    expect((await asks('/privacy assign from:mei to:dan')).text).toContain('PR-2026-0001, PR-2026-0002');
    expect((await asks('/privacy list filter:mine')).text).toContain('(0)');
    expect((await asks('/privacy assign')).code).toBe('missing-field');
  });

  it('is nobody’s at once when its owner leaves, and its rest ends', async () => {
    const { asks, as, says, clock } = await played(
      '/privacy log deletion C-10812 scope:email',
      '/privacy assign PR-2026-0001',
      '/privacy snooze PR-2026-0001 20 reason:"waits for the archive"',
      '/as root',
    );
    const shown = await says('/desk staff action:remove person:mei');
    expect(shown.at(-1)?.text).toContain('1 open case');
    expect(shown.some(({ thread, text }) => thread === 'PR-2026-0001' && text.includes('no owner'))).toBe(
      true,
    );
    await as('dan');
    expect((await asks('/privacy list unowned')).text).toContain('PR-2026-0001');
    expect((await clock('+17d')).map(({ text }) => text).join('\n')).toContain('It has no owner');
  });
});
