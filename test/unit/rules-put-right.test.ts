/**
 * Rules found wanting in use, each on the whole desk: four eyes over a retention, secrets in what a case tells, complaints about
 * the deputy, look-alikes, what can be taken back, and what is said of what is overwritten.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Line, type Played, playDesk } from '../support/terminal-desk.js';

let desk: Played;
const asks = (line: string): Promise<Line> => desk.asks(line);
const plays = async (...lines: readonly string[]): Promise<void> => {
  for (const line of lines) expect(await desk.asks(line), line).toMatchObject({ kind: 'answer' });
};

beforeEach(async () => {
  desk = await playDesk();
  await plays('/clock 2026-11-23T10:00', '/as mei');
});
afterEach(() => desk.close());

const RETAINED = [
  '/privacy log deletion C-10812 scope:email,payment',
  '/privacy verify PR-2026-0001 otp pass otp#1',
  '/privacy check PR-2026-0001 email done',
  '/privacy check PR-2026-0001 payment retained',
  '/as lyon',
  '/privacy retain PR-2026-0001 payment "Tax Act 12" until:2031-12-31 explained:2026-11-23 consent:2026-11-23',
  '/as mei',
  '/privacy propose PR-2026-0001 partially_fulfilled ground:LAW_REQUIRES_RETENTION',
];

describe('a retention that an officer recorded', () => {
  it('is not that officer’s to approve; it is another’s', async () => {
    await plays(...RETAINED, '/as lyon');
    expect(await asks('/privacy decide PR-2026-0001 approve')).toMatchObject({ code: 'same-person' });
    expect((await asks('/privacy show PR-2026-0001')).card.actions).not.toContain('Approve');
    await plays('/as ana', '/privacy decide PR-2026-0001 approve');
  });

  it('stays theirs after they are renamed, and from their other account', async () => {
    await plays(...RETAINED, '/as lyon@discord');
    expect(await asks('/privacy decide PR-2026-0001 approve')).toMatchObject({ code: 'same-person' });
    await plays('/as root', '/desk staff action:rename person:lyon name:lyonel', '/as lyonel');
    expect(await asks('/privacy decide PR-2026-0001 approve')).toMatchObject({ code: 'same-person' });
  });
});

const BY_LAW =
  '/disclosure request C-10812 "City Court" name required_by_law authority:Court purpose:"court order" law:"Code 64" instrument:2026-114 evidence:LEGAL-9 withhold:2027-03-01';

describe('a recipient that is withheld', () => {
  beforeEach(() =>
    plays(
      '/as dan',
      BY_LAW,
      '/as lyon',
      '/disclosure decide DR-2026-0001 approve',
      '/as dan',
      '/disclosure sent DR-2026-0001 registered_mail',
      '/as mei',
      '/privacy log correction C-10812 scope:name',
      '/privacy verify PR-2026-0001 otp pass otp#1',
      '/privacy check PR-2026-0001 name done',
      '/privacy propose PR-2026-0001 fulfilled name_evidence:DOC-1',
      '/as lyon',
      '/privacy decide PR-2026-0001 approve',
      '/as mei',
      '/privacy done PR-2026-0001 CHG-1',
    ),
  );

  it('is named to the officer, who asked and the auditor, and by its disclosure to everybody else', async () => {
    const seenBy = async (person: string) => {
      await desk.as(person);
      return (await asks('/privacy show PR-2026-0001')).text;
    };
    for (const person of ['lyon', 'ana', 'kim', 'dan']) expect(await seenBy(person)).toContain('City Court');
    const mei = await seenBy('mei');
    expect(mei).not.toContain('City Court');
    expect(mei).toContain('→ Next: /privacy notified PR-2026-0001 recipient:DR-2026-0001 ref:…');
    const channel = desk.shown().filter(({ to, ref }) => to === '#cases' && ref === 'PR-2026-0001');
    expect(channel.length).toBeGreaterThan(5);
    for (const line of channel) expect(JSON.stringify(line)).not.toContain('City Court');
  });

  it('is told under the number of its disclosure, and still not named', async () => {
    await desk.as('mei');
    expect(await asks('/privacy close PR-2026-0001')).toMatchObject({
      code: 'recipients-pending',
      text: expect.not.stringContaining('City Court'),
    });
    expect(await asks('/privacy notified PR-2026-0001 "Somebody" ref:M-1')).toMatchObject({
      code: 'not-found',
      text: expect.not.stringContaining('City Court'),
    });
    await plays('/privacy notified PR-2026-0001 dr-2026-0001 ref:M-1');
    const told = desk.shown().findLast(({ to, ref }) => to === '#cases' && ref === 'PR-2026-0001');
    expect(JSON.stringify(told)).not.toContain('City Court');
    expect((await asks('/privacy show PR-2026-0001')).text).not.toContain('City Court');
  });
});

describe('a complaint about the deputy', () => {
  it('is said by name, read by the officer and not by the deputy', async () => {
    await plays('/privacy log complaint C-10812 about_officer:ana note:"unkind"', '/as lyon');
    await plays('/privacy show PR-2026-0001', '/privacy propose PR-2026-0001 refused ground:NO_DATA_HELD');
    await desk.as('ana');
    for (const line of ['/privacy show PR-2026-0001', '/privacy decide PR-2026-0001 approve'])
      expect(await asks(line)).toMatchObject({ code: 'about-officer' });
  });

  it('is about an officer or deputy of this desk', async () => {
    const refused = await asks('/privacy log complaint C-10812 about_officer:dan');
    expect(refused).toMatchObject({ code: 'invalid-value', text: expect.stringContaining('ana, lyon') });
  });

  it('is found out later, and put right', async () => {
    await plays('/privacy log complaint C-10812', '/as lyon');
    await plays('/privacy amend PR-2026-0001 about_officer:ana reason:"it names her"', '/as ana');
    expect(await asks('/privacy show PR-2026-0001')).toMatchObject({ code: 'about-officer' });
  });
});

it('names whoever is officer and deputy now', async () => {
  await plays(
    '/as root',
    '/desk staff action:add person:zoe role:deputy',
    '/desk staff action:remove person:ana',
  );
  await plays('/as lyon', '/desk staff action:away until:2026-12-04 substitute:zoe');
  expect((await asks('/desk officer')).card).toMatchObject({
    facts: { Here: '@lyon, away until Fri 2026-12-04: @zoe stands in', Deputy: '@zoe' },
    text: expect.stringContaining('A complaint about @lyon goes to @zoe'),
  });
});

describe('a reference that looks like another', () => {
  // С is the Cyrillic letter.
  const CYRILLIC = 'С-10812';
  const commands = (customer: string) => [
    `/disclosure request ${customer} Swift delivery delivery transaction order:SO-1`,
    `/disclosure consent ${customer} newsletter email granted:2026-11-02 evidence:F-1`,
    `/disclosure may ${customer} Swift delivery transaction`,
    `/disclosure list customer:${customer}`,
    `/disclosure register ${customer}`,
    `/privacy list customer:${customer}`,
    `/privacy log access ${customer}`,
  ];

  it('is asked about, in whichever of the two spellings the customer is on record', async () => {
    await plays('/privacy log deletion C-10812', `/privacy log deletion ${CYRILLIC.replace('12', '13')}`);
    for (const line of [...commands(CYRILLIC), ...commands('C-10813')])
      expect(await asks(line), line).toMatchObject({ code: 'confirm-needed' });
    for (const line of [...commands('C-10812').slice(2), ...commands(CYRILLIC.replace('12', '13')).slice(2)])
      expect((await asks(line)).code, line).not.toBe('confirm-needed');
    await plays(`/disclosure may ${CYRILLIC} Swift delivery transaction sure:yes`);
  });
});

describe('what was wrong', () => {
  it('a decided case is reopened by an officer: what was carried out and told counts no more', async () => {
    await plays(
      '/privacy log access C-10812 scope:email',
      '/privacy verify PR-2026-0001 otp pass otp#1',
      '/privacy check PR-2026-0001 email done',
      '/privacy propose PR-2026-0001 fulfilled',
      '/privacy done PR-2026-0001 CHG-WRONG',
      '/privacy notice PR-2026-0001 completion MSG-WRONG',
    );
    expect(await asks('/privacy reopen PR-2026-0001 slip')).toMatchObject({ code: 'not-permitted' });
    await plays('/as lyon', '/privacy reopen PR-2026-0001 "done in another customer’s account"', '/as mei');
    expect(await asks('/privacy close PR-2026-0001')).toMatchObject({ code: 'not-ready-to-close' });
    await plays(
      '/privacy check PR-2026-0001 email done',
      '/privacy propose PR-2026-0001 fulfilled',
      '/privacy done PR-2026-0001 CHG-2',
    );
    expect(await asks('/privacy close PR-2026-0001')).toMatchObject({ code: 'notice-missing' });
    await plays('/privacy notice PR-2026-0001 completion MSG-2', '/privacy close PR-2026-0001');
  });

  it('is not a case that nobody decided', async () => {
    await plays('/privacy log access C-10812 scope:email', '/as lyon');
    expect(await asks('/privacy reopen PR-2026-0001 slip')).toMatchObject({ code: 'wrong-state' });
  });

  it('an answer of the checklist that is given anew says what it was', async () => {
    await plays(
      '/privacy log access C-10812 scope:email,payment',
      '/privacy verify PR-2026-0001 otp pass otp#1',
      '/privacy check PR-2026-0001 email none_held ref:CHG-7',
    );
    expect((await asks('/privacy check PR-2026-0001 all done')).text).toContain(
      'Answered anew: email was none held (CHG-7).',
    );
  });
});

describe('an account id alone', () => {
  it('is refused, since nothing of it may be done', async () => {
    await plays(
      '/privacy log correction C-10812 scope:account_id',
      '/privacy verify PR-2026-0001 otp pass otp#1',
    );
    const { text } = await asks('/privacy check PR-2026-0001 all done');
    expect(text).toContain('→ Next: /privacy propose PR-2026-0001 outcome:refused ground:ID_NOT_CORRECTABLE');
  });
});

describe('a disclosure', () => {
  it('on a transaction is asked under the template that its purpose names', async () => {
    const asked = await asks(
      '/disclosure request C-10812 Swift name,delivery Delivery transaction order:SO-1',
    );
    expect(asked).toMatchObject({ kind: 'answer' });
    expect((await asks('/disclosure show DR-2026-0001')).card.facts.Template).toMatch(/^delivery:/);
  });

  it('on a consent names the one that would do, where there is one', async () => {
    const line = '/disclosure request C-10812 MailCo email newsletter consent';
    await plays(
      '/disclosure consent C-10812 newsletter email granted:2026-11-02 evidence:F-1 recipient:MailCo',
    );
    expect((await asks(line)).text).toContain('Add consent:CO-2026-0001');
    await plays(
      '/disclosure consent C-10812 newsletter email granted:2026-11-03 evidence:F-2 recipient:MailCo',
    );
    expect((await asks(line)).text).toContain('Add consent:…');
  });
});

describe('one consent withdrawn', () => {
  it('freezes its categories on its consent alone, and its recipients alone are told', async () => {
    await plays(
      '/disclosure consent C-10812 newsletter email granted:2026-11-02 evidence:F-1 recipient:MailCo',
      '/disclosure consent C-10812 club email granted:2026-11-02 evidence:F-2 recipient:Club',
      '/disclosure request C-10812 MailCo email newsletter consent consent:CO-2026-0001',
      '/disclosure request C-10812 Club email club consent consent:CO-2026-0002',
      '/as lyon',
      '/disclosure decide DR-2026-0001 approve',
      '/disclosure decide DR-2026-0002 approve',
      '/as mei',
      '/disclosure sent DR-2026-0001 upload',
      '/disclosure sent DR-2026-0002 upload',
      '/privacy log consent_withdrawal C-10812 consent:CO-2026-0001',
    );
    const shown = await asks('/privacy show PR-2026-0001');
    expect(shown.card.facts).toMatchObject({ Scope: 'email' });
    expect(await asks('/disclosure may C-10812 Club email consent')).toMatchObject({
      card: { facts: { Allowed: 'yes, with an officer’s decision' } },
    });
    await plays(
      '/privacy verify PR-2026-0001 otp pass otp#1',
      '/privacy check PR-2026-0001 all done',
      '/privacy propose PR-2026-0001 fulfilled',
      '/as lyon',
      '/privacy decide PR-2026-0001 approve',
      '/as mei',
    );
    const done = await asks('/privacy done PR-2026-0001 CHG-1');
    expect(done.card.facts['Recipients to tell']).toBe('MailCo');
  });
});

describe('an early ending', () => {
  it('is in the officer’s next digest, and in none after it', async () => {
    await plays(
      '/privacy log access C-10812 scope:email',
      '/privacy close PR-2026-0001 outcome:withdrawn_by_subject ref:T-9',
    );
    const digest = async (to: string) => {
      const shown = await desk.clock(to);
      return shown.find(({ to: where, card }) => where === '#officer' && card.title.includes('digest'))?.text;
    };
    expect(await digest('2026-11-24T10:00')).toMatch(
      /Ended early since the last digest \(1\)[\s\S]*PR-2026-0001/,
    );
    expect(await digest('2026-11-25T10:00')).not.toContain('PR-2026-0001');
  });
});

it('shows cases without an owner to the doctor', async () => {
  await plays('/privacy log access C-10812 scope:email', '/as root');
  expect((await asks('/desk doctor')).text).toContain('Without an owner: PR-2026-0001.');
});

describe('a list', () => {
  beforeEach(() =>
    plays(
      '/privacy log access C-1 scope:email',
      '/privacy log access C-2 scope:email',
      '/privacy log access C-3 scope:email',
      '/privacy assign PR-2026-0001',
      '/privacy assign PR-2026-0002 to:dan',
      '/privacy close PR-2026-0002 outcome:withdrawn_by_subject ref:T-1',
    ),
  );
  const listed = async (filter: string) =>
    (await asks(`/privacy list ${filter}`)).text.match(/PR-2026-\d{4}/g) ?? [];

  it('takes any of the owners and any of the states that are named', async () => {
    expect(await listed('mine,unowned')).toEqual(['PR-2026-0001', 'PR-2026-0003']);
    expect(await listed('open,closed')).toEqual(['PR-2026-0001', 'PR-2026-0002', 'PR-2026-0003']);
    expect(await listed('mine,closed')).toEqual([]);
    expect((await asks('/privacy list due')).text).toContain('due within 7 days');
  });

  it('comes as a file with the same rows', async () => {
    const shown = await desk.says('/privacy list open,closed file:yes');
    const file = shown.find(({ kind }) => kind === 'file');
    expect(file).toMatchObject({ to: '@mei', private: true, file: { name: 'cases.csv', type: 'text/csv' } });
    expect(shown.at(-1)).toMatchObject({ kind: 'answer' });
  });
});
