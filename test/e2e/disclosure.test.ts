/**
 * Disclosures through the terminal surface, from asking to the register: what domain.md section 4 says, as the people and
 * checks that drive it see it.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { errorsIn, playOn, type Step, stepsOf } from '../support/scripts.js';
import { type Line, type Played, playDesk } from '../support/terminal-desk.js';

let open: Played | null = null;
afterEach(async () => {
  await open?.close();
  open = null;
});
const newDesk = async (): Promise<Played> => {
  open = await playDesk();
  return open;
};

/** Whatever is played, nobody reads the customer's reference (rule 6). */
async function play(script: string): Promise<readonly Step[]> {
  return masked(await stepsOf(script));
}

function masked(steps: readonly Step[]): readonly Step[] {
  const shown = steps.flatMap((each) => each.shown);
  expect(shown.filter((line) => /c-(?:10812|20417|30555)/i.test(JSON.stringify(line)))).toEqual([]);
  return steps;
}

const codes = (played: readonly Step[]): readonly string[] =>
  errorsIn(played).map(({ code, clause, ref }) => `${code} ${clause ?? '-'} ${ref ?? '-'}`);
const about = (played: readonly Step[], ref: string): readonly Line[] =>
  played.flatMap(({ shown }) => shown).filter((line) => line.ref === ref);
const step = (played: readonly Step[], start: string): Step => {
  const found = played.find(({ said }) => said.startsWith(start));
  if (found === undefined) throw new Error(`nobody said ${start}`);
  return found;
};
const audited = (played: readonly Step[]): void => {
  expect(played.at(-1)?.last.card.title).toBe('The ledger verifies');
};

describe('a courier disclosure and an open correction of the phone number', () => {
  it('is blocked with it, allowed without it, and offered again when the freeze lifts', async () => {
    const played = await play('disclosure-courier');
    expect(codes(played)).toEqual([
      'frozen 3.1 DR-2026-0001',
      'nothing-to-press - -',
      'frozen 3.1 DR-2026-0001',
      'not-approved 1.2 DR-2026-0002',
      'reason-missing - DR-2026-0002',
      'too-many-categories 1.2 DR-2026-0002',
      'already-decided - DR-2026-0002',
    ]);
    const blocked = step(played, '/disclosure request C-10812 "Swift Courier" name,mobile_phone');
    expect(blocked.last.text).toContain('mobile_phone by PR-2026-0001 (correction, clause 3.1)');
    expect(blocked.last.text).toContain('/disclosure amend DR-2026-0001 data:name,delivery');
    const card = blocked.shown.find((line) => line.kind === 'post' && line.thread === null);
    expect(card).toMatchObject({ to: '#cases', ref: 'DR-2026-0001', private: false });
    expect(blocked.shown.flatMap((line) => line.card.actions)).not.toContain('Approve');
    const may = step(played, '/disclosure may').last;
    expect(may).toMatchObject({
      kind: 'answer',
      card: { facts: { Allowed: 'no', 'Why not': 'frozen', Clause: '3.1' } },
    });
    expect(step(played, '/disclosure may').shown).toHaveLength(1);
    audited(played);
  });

  it('shows the officer what is asked on a card whose buttons go with the decision', async () => {
    const played = await play('disclosure-courier');
    const asked = about(played, 'DR-2026-0002').find((line) => line.card.actions.includes('Approve'));
    expect(asked).toMatchObject({
      kind: 'post',
      thread: 'DR-2026-0002',
      card: {
        actions: ['Approve', 'Fewer categories', 'Deny'],
        facts: {
          Customer: 'C…812',
          Recipient: 'Swift Courier',
          Categories: 'name, delivery',
          Purpose: 'bring the order',
          Basis: 'transaction (clause 2.2)',
          Order: 'SO-881',
          Frozen: 'nothing that is asked',
        },
      },
    });
    expect(asked?.text).toContain('@lyon');
    expect(asked?.text).toContain('Deny: nothing goes out');
    const decided = about(played, 'DR-2026-0002').find(
      (line) => line.kind === 'edit' && line.text.includes('Approved by @lyon, Mon 2026-11-23 10:00'),
    );
    expect(decided?.card.actions).toEqual([]);
    expect(decided?.text).toContain('transaction (clause 2.2)');
    expect(decided?.card.facts).toMatchObject({ Categories: 'delivery', 'Asked for': 'name, delivery' });
    const told = about(played, 'DR-2026-0002').find(
      (line) => line.kind === 'post' && line.text.includes('@lyon approved delivery (fewer than asked)'),
    );
    expect(told).toMatchObject({ thread: 'DR-2026-0002' });
  });

  it('is in the register once sent, with what was approved', async () => {
    const played = await play('disclosure-courier');
    const register = step(played, '/disclosure register').last.text;
    expect(register).toContain('DR-2026-0001');
    expect(register).toMatch(
      /DR-2026-0002 +C…812 +Swift Courier +delivery +bring the order +transaction \(clause 2\.2\) +@lyon/,
    );
  });
});

describe('a disclosure required by law while a deletion is open', () => {
  it('passes with the officer’s note, where a transaction does not', async () => {
    const played = await play('disclosure-law');
    expect(codes(played)).toEqual([
      'evidence-missing 2.1 -',
      'frozen 4.2 DR-2026-0002',
      'frozen 4.2 DR-2026-0003',
    ]);
    const note = 'clause 4.2 names no exception; relying on law';
    const asked = about(played, 'DR-2026-0001').find((line) => line.card.actions.includes('Approve'));
    expect(asked?.card.facts.Frozen).toContain('name by PR-2026-0001 (deletion, clause 4.2)');
    expect(asked?.card.facts.Frozen).toContain(note);
    expect(asked?.card.facts).toMatchObject({
      Authority: 'City Court',
      Law: 'Civil Procedure art. 64',
      Instrument: '2026-114',
      Evidence: 'LEGAL-9',
    });
    const told = about(played, 'DR-2026-0001').find((line) => line.text.includes('@lyon approved'));
    expect(told?.text).toContain(note);
    expect(step(played, '/disclosure register').last.text).toMatch(/DR-2026-0001 .*Mon 2027-03-01/);
    audited(played);
  });

  it('after the erasure lets a newer order pass, by an officer, the card saying so', async () => {
    const played = await play('disclosure-law');
    const asked = about(played, 'DR-2026-0004').find((line) => line.card.actions.includes('Approve'));
    expect(asked?.card.facts.Frozen).toContain('the data was erased; the order is newer');
    expect(about(played, 'DR-2026-0003').find((line) => line.kind === 'error')?.text).toContain(
      'order:YYYY-MM-DD/number',
    );
  });
});

describe('consents', () => {
  it('cover what they say, are void from the logging of a withdrawal, and a newer one counts after it', async () => {
    const played = await play('disclosure-consent');
    expect(codes(played)).toEqual([
      'future 2.1 -',
      'evidence-missing 2.1 -',
      'consent-not-valid 2.1 -',
      'consent-not-valid 2.1 -',
      'consent-not-valid 2.1 -',
      'consent-not-valid 2.1 -',
      'beyond-template 2.2 -',
      'sensitive 1.6 -',
      'consent-not-valid 3.3 DR-2026-0001',
      'frozen 3.3 DR-2026-0002',
      'consent-not-valid 3.3 -',
    ]);
    const logged = step(played, '/privacy log consent_withdrawal');
    const voided = logged.shown.find((line) => line.thread === 'DR-2026-0001' && line.kind === 'post');
    expect(voided?.text).toContain(
      'The approval is void: the consent was withdrawn by PR-2026-0001 (clause 3.3)',
    );
    expect(logged.shown.filter((line) => line.kind === 'edit' && line.ref === 'DR-2026-0001')).toHaveLength(
      2,
    );
    expect(step(played, '/disclosure list customer').last.text).toMatch(
      /CO-2026-0001 .*live for name; the rest withdrawn by PR-2026-0001/,
    );
    expect(step(played, '/disclosure sent DR-2026-0003').last.kind).toBe('answer');
    audited(played);
  });

  it('come back when nobody proves to be the customer, and the blocked disclosure is offered again', async () => {
    const desk = await newDesk();
    await desk.clock('2026-11-23T10:00');
    await desk.says('/disclosure consent C-10812 newsletter email 2026-11-02 FORM-12');
    await desk.says('/privacy log consent_withdrawal C-10812 scope:email');
    const blocked = await desk.asks(
      '/disclosure request C-10812 Bank email newsletter consent consent:CO-2026-0001',
    );
    expect(blocked.code).toBe('frozen');
    for (const _ of [1, 2]) await desk.says('/privacy verify PR-2026-0001 callback fail x');
    const lifted = await desk.says('/privacy verify PR-2026-0001 callback fail x');
    const offered = lifted.find((line) => line.thread === 'DR-2026-0001' && line.kind === 'post');
    expect(offered?.card.actions).toContain('Offer again');
    expect((await desk.asks('/disclosure list customer:C-10812')).text).toMatch(/CO-2026-0001 .*live$/m);
    const again = await desk.says('/press "Offer again" DR-2026-0001');
    expect(again.flatMap((line) => line.card.actions)).toContain('Approve');
  });
});

describe('time', () => {
  it('pings the deputy after 24 and the admin after 48 hours, lists it in the digest, and ends the approval', async () => {
    const played = await play('disclosure-expiry');
    expect(codes(played)).toEqual([
      'approval-expired 2.2 DR-2026-0001',
      'already-decided - DR-2026-0001',
      'not-approved 1.2 DR-2026-0001',
      'wrong-state - DR-2026-0001',
      'not-found - DR-2026-0009',
    ]);
    const pings = about(played, 'DR-2026-0001').filter((line) => line.text.includes('Escalated'));
    expect(pings.map(({ text }) => /@(\w+): Undecided for (\d+) hours/.exec(text)?.slice(1))).toEqual([
      ['ana', '24'],
      ['root', '48'],
    ]);
    expect(pings.map(({ at }) => at)).toEqual(['2026-11-24T02:00:00Z', '2026-11-25T02:00:00Z']);
    expect(step(played, '/desk digest').last.text).toContain('To decide (1)');
    const expired = about(played, 'DR-2026-0001').find((line) =>
      line.text.includes('The approval has expired'),
    );
    expect(expired).toMatchObject({ kind: 'post', thread: 'DR-2026-0001', at: '2026-12-02T16:00:00Z' });
    audited(played);
  });
});

describe('recipients', () => {
  it('are told the result of a correction: exactly those who got the data, before it can be closed', async () => {
    const played = await play('disclosure-recipients');
    expect(codes(played)).toEqual([
      'recipients-pending 3.1 PR-2026-0001',
      'not-permitted 3.1 PR-2026-0001',
      'recipients-pending 3.1 PR-2026-0001',
    ]);
    const done = step(played, '/privacy done').last;
    expect(done.card.facts['Recipients to tell']).toBe('Swift Courier, Call Centre');
    const digest = step(played, '/clock +1d').shown.find((line) => line.card.title.includes('digest'));
    expect(digest?.text).toMatch(/Recipients to tell \(1\): PR-2026-0001/);
    expect(played.findLast(({ said }) => said.startsWith('/privacy close'))?.last.kind).toBe('answer');
    const register = step(played, '/disclosure register').last.text;
    expect(register).toMatch(/DR-2026-0002 .*PR-2026-0001: notified/);
    expect(register).toMatch(/DR-2026-0003 .*PR-2026-0001: excused/);
    expect(register).not.toContain('DR-2026-0005');
    audited(played);
  });
});

describe('four eyes', () => {
  it('refuses whoever asked, on whichever account, and takes one decision', async () => {
    const desk = await newDesk();
    expect(codes(masked(await playOn(desk, 'disclosure-four-eyes')))).toEqual([
      'same-person 7.2 DR-2026-0001',
      'same-person 7.2 DR-2026-0001',
      'not-permitted 7.2 DR-2026-0001',
      'reason-missing - DR-2026-0001',
      'already-decided - DR-2026-0001',
      'same-person 7.2 DR-2026-0002',
      'not-on-staff 7.2 -',
    ]);
    const history = await desk.asks('/disclosure show DR-2026-0001');
    // `stranger` spoke last.
    expect(history.code).toBe('not-on-staff');
    await desk.as('kim');
    const shown = await desk.asks('/disclosure show DR-2026-0001');
    expect(shown.text).toContain('refused disclosure.decide: same-person (clause 7.2)');
    expect(shown.card.facts).toMatchObject({ Status: 'denied', Reason: 'The order is cancelled' });
  });
});

describe('a standing approval', () => {
  it('is limited, approves at once in the officer’s name, and counts on its last day', async () => {
    const played = await play('disclosure-standing');
    expect(codes(played)).toEqual([
      'not-permitted 7.2 -',
      'beyond-template 2.2 -',
      'standing-too-long 2.2 -',
      'frozen 3.1 DR-2026-0005',
    ]);
    const statusOf = (ref: string) =>
      about(played, ref).find((line) => line.kind === 'answer')?.card.facts['Decided by'] ?? 'nobody';
    expect(
      ['0001', '0002', '0003', '0004', '0006', '0007'].map((number) => statusOf(`DR-2026-${number}`)),
    ).toEqual([
      'nobody',
      '@lyon, by standing approval 1, Mon 2026-11-23 10:00',
      'nobody',
      'nobody',
      '@lyon, by standing approval 1, Wed 2026-12-23 23:59',
      'nobody',
    ]);
    audited(played);
  });
});
