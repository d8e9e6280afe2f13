/**
 * Whole cases through the terminal surface: what domain.md and dates.md say, as the people and checks that drive it see it.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorsIn, type Step, stepsOf } from '../support/scripts.js';
import { type Played, playDesk } from '../support/terminal-desk.js';

const codes = (steps: readonly Step[]): readonly string[] =>
  errorsIn(steps).map(({ code, clause }) => `${code} ${clause ?? '-'}`);

describe('a deletion from logging to closing', () => {
  it('is refused where the policy says so, decided by another person and closed after its notice', async () => {
    const played = await stepsOf('deletion');
    expect(codes(played)).toEqual([
      'checklist-incomplete 1.5',
      'not-permitted 7.2',
      'already-decided -',
      'notice-missing 4.2',
    ]);
    const logged = played.find(({ said }) => said.startsWith('/privacy log'));
    expect(logged?.last.card.facts).toMatchObject({
      Due: 'Wed 2026-12-23 (30 days left)',
      'Acknowledge by': 'Tue 2026-11-24',
    });
    expect(logged?.shown.map(({ kind, to, thread, ref }) => ({ kind, to, thread, ref }))).toEqual([
      { kind: 'post', to: '#cases', thread: null, ref: 'PR-2026-0001' },
      { kind: 'answer', to: '@mei', thread: null, ref: 'PR-2026-0001' },
    ]);
    const late = played.find(({ last }) => last.code === 'already-decided');
    expect(late?.last.text).toContain('already decided by @lyon');
    expect(played.at(-1)?.last.kind).toBe('answer');
  });

  it('shows the decision card with its buttons, and takes them away once decided', async () => {
    const played = await stepsOf('deletion');
    const proposal = played
      .flatMap(({ shown }) => shown)
      .find((line) => line.card.actions.includes('Approve'));
    expect(proposal).toMatchObject({
      kind: 'post',
      thread: 'PR-2026-0001',
      card: { actions: ['Approve', 'Return', 'Refuse', 'Show'] },
    });
    expect(proposal?.text).toContain('@lyon');
    const decided = played
      .flatMap(({ shown }) => shown)
      .find((line) => line.kind === 'edit' && line.text.includes('Approved by @lyon'));
    expect(decided?.card.actions).toEqual([]);
    expect(decided?.text).toContain('clause 4.2');
  });

  it('never shows the customer’s full reference', async () => {
    const played = await stepsOf('deletion');
    const shown = played.flatMap((each) => each.shown);
    expect(shown.length).toBeGreaterThan(20);
    expect(shown.filter((line) => JSON.stringify(line).toLowerCase().includes('c-10812'))).toEqual([]);
  });
});

describe('a correction logged 45 days late', () => {
  it('is overdue, escalated once, extended on an agreement of before day 30, and closed', async () => {
    const played = await stepsOf('late-correction');
    expect(codes(played)).toEqual([
      'not-permitted 7.2',
      'explanation-or-consent-missing 4.2',
      'extension-not-allowed 4.2',
    ]);
    const reminders = played
      .flatMap(({ shown }) => shown)
      .filter((line) => line.text.includes('is overdue by'));
    expect(
      reminders.map((line) => [
        line.at,
        line.text.includes('@lyon'),
        line.text.includes('@root'),
        line.text.includes('@dan'),
      ]),
    ).toEqual([
      ['2026-11-23T02:00:00Z', true, true, true],
      ['2026-11-24T01:00:00Z', false, false, true],
    ]);
    const digests = played
      .flatMap(({ shown }) => shown)
      .filter((line) => line.to === '#cases' && line.card.title.includes('digest'));
    expect(digests.map((line) => line.text.includes('Overdue'))).toEqual([false, true, false, false, false]);
    const why = played.at(-1);
    expect(why?.last.text).toContain('Sun 2026-11-08 is a day off; the due day does not move.');
    expect(why?.last.text).toContain('Sun 2026-12-20');
  });

  it('says how late it was logged', async () => {
    const played = await stepsOf('late-correction');
    const logged = played.find(({ said }) => said.startsWith('/privacy log'));
    expect(logged?.last.text).toContain('received 45 days before it was logged');
  });
});

describe('a refused stop-handling', () => {
  it('takes a ground of the closed list, its law, and both notices', async () => {
    const played = await stepsOf('refused-stop-handling');
    expect(codes(played)).toEqual([
      'ground-not-allowed 3.2',
      'ground-field-missing 3.2',
      'wrong-state -',
      'notice-missing 3.2',
      'notice-missing 3.2',
    ]);
    const logged = played.find(({ said }) => said.startsWith('/privacy log'));
    expect(logged?.last.card.facts).toMatchObject({
      Due: 'Sun 2026-10-04 (30 days left)',
      Target: 'Wed 2026-09-30',
    });
    expect(played.at(-1)?.last.card.facts).toMatchObject({ Status: 'closed: refused', Freeze: 'lifted' });
  });
});

describe('a withdrawal with a retention obligation', () => {
  it('needs the retention explained and agreed, and comes up in the digest when its term ends', async () => {
    const played = await stepsOf('withdrawal-retention');
    expect(codes(played)).toEqual([
      'retention-not-covered 4.2',
      'explanation-or-consent-missing 4.2',
      'notice-missing 3.3',
    ]);
    const logged = played.find(({ said }) => said.startsWith('/privacy log'));
    expect(logged?.last.card.facts).toMatchObject({
      Due: 'Fri 2027-01-01 (30 days left)',
      'Act by': 'Mon 2026-12-07',
    });
    const at = (day: string) =>
      played
        .flatMap(({ shown }) => shown)
        .find((line) => line.to === '#cases' && line.card.title.includes(day));
    expect(at('2029-12-31')?.text).toMatch(/term has ended[\s\S]*PR-2026-0001/);
    expect(at('2030-01-02')?.text).toContain('Nothing is due');
  });
});

describe('the other doors of a case', () => {
  let desk: Played;
  beforeEach(async () => {
    desk = await playDesk();
    await desk.clock('2026-11-23T10:00');
  });
  afterEach(() => desk.close());
  const log = (rest: string) => desk.asks(`/privacy log ${rest}`);

  it('answers a duplicate with the open case, and moves its dates to an earlier receipt only', async () => {
    await log('deletion C-10812');
    const shown = await desk.says('/privacy log deletion " c-10812 "');
    expect(shown.map(({ kind }) => kind)).toEqual(['edit', 'answer']);
    expect(shown.at(-1)).toMatchObject({
      ref: 'PR-2026-0001',
      code: null,
      card: { facts: { Due: 'Wed 2026-12-23 (30 days left)' } },
    });
    const earlier = await desk.says('/privacy log deletion C-10812 received:2026-11-20');
    expect(earlier.map(({ kind }) => kind)).toEqual(['edit', 'post', 'answer']);
    expect(earlier.at(-1)?.card.facts.Due).toBe('Sun 2026-12-20 (27 days left)');
    expect((await log('deletion C-10812 force:"second account"')).ref).toBe('PR-2026-0002');
    expect((await log('access C-10812')).card.facts['Also open']).toBe(
      'PR-2026-0001 (deletion), PR-2026-0002 (deletion)',
    );
  });

  it('uses a number up only by success', async () => {
    expect((await log('deletion C-1 received:2026-11-24')).code).toBe('future');
    expect((await log('deletion C-10812')).ref).toBe('PR-2026-0001');
  });

  it('lifts the freeze with the third failed verification and flags suspected impersonation', async () => {
    await log('deletion C-10812');
    const verify = () => desk.says('/privacy verify PR-2026-0001 method:otp result:fail ref:otp#1');
    await verify();
    await verify();
    const third = await verify();
    expect(third.at(-1)?.card.facts.Freeze).toBe('lifted');
    expect(
      third.some((line) => line.to === '#officer' && line.text.includes('Suspected impersonation')),
    ).toBe(true);
    expect((await verify()).at(-1)).toMatchObject({ code: 'attempts-used', clause: '3.3' });
    expect((await desk.asks('/privacy close PR-2026-0001 outcome:identity_not_verified')).code).toBe(
      'not-permitted',
    );
    await desk.as('lyon');
    expect((await desk.asks('/privacy close PR-2026-0001 outcome:identity_not_verified')).kind).toBe(
      'answer',
    );
  });

  it('keeps the officer a complaint is about out of it', async () => {
    const shown = await desk.says('/privacy log complaint C-10812 about_officer:yes received:2026-09-21');
    expect(shown.some((line) => line.text.includes('@lyon'))).toBe(false);
    expect(shown.some((line) => line.to === '@ana' && line.private)).toBe(true);
    expect(shown.at(-1)?.card.facts).toMatchObject({
      'Acknowledge by': 'Thu 2026-09-24',
      Due: expect.stringContaining('Mon 2026-10-19'),
    });
    await desk.as('lyon');
    expect(await desk.asks('/privacy extend PR-2026-0001 2026-12-30 other_significant')).toMatchObject({
      code: 'about-officer',
      clause: '7.3',
    });
    expect((await desk.asks('/privacy show PR-2026-0001 reveal:yes')).code).toBe('about-officer');
  });

  it('never lets the proposer decide, whichever account they use', async () => {
    await desk.as('lyon');
    await log('stop_handling C-10812 scope:email');
    await desk.says('/privacy verify PR-2026-0001 method:otp result:pass ref:otp#1');
    await desk.says('/privacy check PR-2026-0001 all done');
    const proposed = await desk.says('/privacy propose PR-2026-0001 fulfilled');
    expect(proposed.find((line) => line.card.actions.includes('Approve'))?.text).toContain('@ana');
    await desk.as('lyon@discord');
    expect(await desk.asks('/privacy decide PR-2026-0001 approve')).toMatchObject({
      kind: 'error',
      code: 'same-person',
    });
    await desk.as('ana@discord');
    expect((await desk.asks('/press Approve PR-2026-0001')).kind).toBe('answer');
  });

  it('refuses what only evidence or another list allows', async () => {
    await log('correction C-10812 scope:account_id,name');
    expect(await desk.asks('/privacy propose PR-2026-0001 fulfilled')).toMatchObject({
      code: 'identity-not-verified',
      clause: '3.3',
    });
    await desk.says('/privacy verify PR-2026-0001 method:otp result:pass ref:otp#1');
    await desk.says('/privacy check PR-2026-0001 all done');
    expect(await desk.asks('/privacy propose PR-2026-0001 fulfilled')).toMatchObject({
      code: 'id-not-correctable',
      clause: '3.1',
    });
    expect(
      await desk.asks('/privacy propose PR-2026-0001 partially_fulfilled ground:ID_NOT_CORRECTABLE'),
    ).toMatchObject({ code: 'name-change-not-evidenced', clause: '3.1' });
    expect(
      (
        await desk.asks(
          '/privacy propose PR-2026-0001 partially_fulfilled ground:ID_NOT_CORRECTABLE name_evidence:REG-5',
        )
      ).kind,
    ).toBe('answer');
    await log('deletion C-10812 scope:email');
    await desk.says('/privacy verify PR-2026-0002 method:otp result:pass ref:otp#1');
    await desk.says('/privacy check PR-2026-0002 email retained');
    expect(
      await desk.asks(
        '/privacy propose PR-2026-0002 refused ground:LAW_REQUIRES_RETENTION law:X until:2030-01-01',
      ),
    ).toMatchObject({ code: 'never-refused', clause: '4.2' });
  });

  it('reopens under the original receipt date with the freeze restored', async () => {
    await log('deletion C-10812 scope:email');
    await desk.says('/privacy close PR-2026-0001 outcome:withdrawn_by_subject ref:T-9');
    await desk.clock('2026-12-30T10:00');
    await desk.as('lyon');
    const reopened = await desk.asks('/privacy reopen PR-2026-0001 reason:"the customer changed their mind"');
    expect(reopened.card.facts).toMatchObject({
      Due: 'Wed 2026-12-23 (overdue by 7 days)',
      Freeze: expect.stringContaining('in force on email'),
    });
  });

  it('snoozes for the owner only, never past the day before it is due', async () => {
    await log('access C-10812 received:2026-10-30');
    expect((await desk.asks('/privacy snooze PR-2026-0001 2 reason:x')).code).toBe('not-permitted');
    await desk.says('/privacy assign PR-2026-0001');
    await desk.says('/privacy notice PR-2026-0001 acknowledgement MAIL-1');
    expect((await desk.asks('/privacy snooze PR-2026-0001 6 reason:x')).code).toBe('too-far');
    expect((await desk.asks('/privacy snooze PR-2026-0001 5 reason:x')).kind).toBe('answer');
    const posts = (await desk.clock('+6d')).filter((line) => line.thread === 'PR-2026-0001');
    expect(posts.map((line) => line.text.match(/is due[^(]*/)?.[0].trim())).toEqual(['is due today']);
  });

  it('reveals to the owner and the officer only, and keeps it on the ledger', async () => {
    await log('access C-10812');
    expect((await desk.asks('/privacy show PR-2026-0001 reveal:yes')).code).toBe('not-permitted');
    await desk.says('/privacy assign PR-2026-0001');
    const revealed = await desk.asks('/privacy show PR-2026-0001 reveal:yes');
    expect(revealed).toMatchObject({ private: true, card: { facts: { 'Full reference': 'C-10812' } } });
    expect((await desk.asks('/privacy show PR-2026-0001')).text).toContain('reference revealed');
  });

  it('keeps every refused attempt on the ledger', async () => {
    await log('access C-10812');
    await desk.as('kim');
    expect(await desk.asks('/privacy assign PR-2026-0001')).toMatchObject({
      code: 'not-permitted',
      private: true,
      to: '@kim',
    });
    await desk.as('stranger');
    expect(await desk.asks('/privacy show PR-2026-0001')).toMatchObject({
      code: 'not-on-staff',
      to: '@stranger',
    });
    const types = await desk.store.transact((tx) => tx.entries('PR-2026-0001', { lock: false }));
    expect(types.map((entry) => [entry.type, entry.actor.account])).toEqual([
      ['request_logged', 'terminal:mei'],
      ['command_refused', 'terminal:kim'],
      ['command_refused', 'terminal:stranger'],
    ]);
  });
});
