/**
 * A desk under a second policy, as unlike the default one as the schema allows: what this pack says is done, and nothing that
 * the default pack says. Its leaves are watched: one that nothing reads is not obeyed.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPack } from '../../src/app/pack-file.js';
import { unread, watched } from '../support/pack-reads.js';
import { type Line, type Played, playDesk } from '../support/terminal-desk.js';

const PACK = 'test/fixtures/policies/gdpr-like.yaml';
const CASE = 'PR-2026-0001';

let desk: Played;
let read: ReadonlySet<string>;
beforeAll(async () => {
  const file = await readPack(PACK);
  const watching = watched(file.pack);
  read = watching.read;
  desk = await playDesk({ pack: { ...file, pack: watching.pack } });
  // Starting hashes the pack, which reads all of it and obeys nothing.
  watching.read.clear();
});
afterAll(() => desk.close());

const due = (line: Line): string | undefined => line.card.facts.Due;
const asked = (line: string): Promise<Line> => desk.asks(line);
async function plays(...lines: readonly string[]): Promise<Line> {
  let last: Line | undefined;
  for (const line of lines) last = await desk.asks(line);
  if (last === undefined) throw new Error('nothing to play');
  return last;
}
/** Code and clause of a refusal; `null` where no clause is quoted. */
async function refused(line: string): Promise<readonly [string | null, string | null]> {
  const { code, clause } = await asked(line);
  return [code, clause ?? null];
}

describe('a case under it', () => {
  it('shows the date from receipt until identity is proven, and moves it then, everywhere', async () => {
    await plays('/clock 2026-02-02T09:00', '/as mei');
    const logged = await asked('/privacy log deletion C-10812 scope:email,payment received:2026-01-31');
    // 28 February 2026 is a Saturday.
    expect(due(logged)).toMatch(/^Mon 2026-03-02/);
    await desk.clock('2026-02-20T10:00');
    expect(await refused(`/privacy verify ${CASE} otp pass call#9`)).toEqual(['invalid-value', '12(6)']);
    const listed = await asked(`/privacy verify ${CASE} otp pass call#9`);
    expect(listed.text).toContain('document_checked, account_login');
    expect(due(await asked(`/privacy verify ${CASE} document_checked pass DOC-1`))).toMatch(
      /^Fri 2026-03-20/,
    );
    expect(due(await asked(`/privacy show ${CASE}`))).toMatch(/^Fri 2026-03-20/);
    expect((await asked('/privacy list')).text).toContain('Fri 2026-03-20');
    const why = (await asked(`/privacy why ${CASE}`)).text;
    expect(why).toContain(`Why ${CASE} is due Fri 2026-03-20`);
    expect(why).toMatch(/clock starts on Fri 2026-02-20/);
    expect(why).toContain('clause 12(3)');
  });

  it('extends from the first due date, told and without consent, and records what was given alone', async () => {
    await plays('/as lyon');
    const extend = (until: string, more = '') =>
      `/privacy extend ${CASE} until:${until} reason:complexity ${more}`;
    expect(await refused(extend('2026-04-20'))).toEqual(['explanation-or-consent-missing', '12(3)']);
    expect(await refused(extend('2026-05-21', 'explained:2026-02-20/mail#1'))).toEqual([
      'extension-not-allowed',
      '12(3)',
    ]);
    const granted = await desk.says(extend('2026-04-20', 'explained:2026-02-20/mail#1'));
    const told = granted.find(({ kind, text }) => kind === 'post' && text.includes('extended'))?.text ?? '';
    expect(told).toContain(
      'from Fri 2026-03-20 to Mon 2026-04-20 (complexity, clause 12(3)); explained 2026-02-20.',
    );
    expect(told).not.toContain('agreed');
    expect(told).toContain('clause 38');
    expect(due(await asked(extend('2026-05-20', 'explained:2026-02-20/mail#1')))).toMatch(/^Wed 2026-05-20/);
    const beyond = await asked(extend('2026-05-21', 'explained:2026-02-20/mail#1'));
    expect([beyond.code, beyond.text]).toEqual([
      'extension-not-allowed',
      expect.stringContaining('extends to Wed 2026-05-20 at the latest'),
    ]);
  });

  it('keeps data for a law with nothing more, as its rule for that asks nothing', async () => {
    await plays('/as mei', `/privacy check ${CASE} email done ref:CHG-1`);
    expect(await refused(`/privacy propose ${CASE} fulfilled`)).toEqual(['checklist-incomplete', '15']);
    const kept = await plays(
      `/privacy check ${CASE} payment retained ref:CHG-1`,
      `/privacy retain ${CASE} payment law:"Fiscal Code 147" until:2030-12-31`,
    );
    expect(kept.code).toBeNull();
    const view = (await asked(`/privacy show ${CASE}`)).text;
    expect(view).toMatch(/Fiscal Code 147/);
    expect(view).not.toMatch(/2026-02-20 +2026-02-20/);
  });

  it('has the officer decide, never on their own proposal, by its own clause', async () => {
    await plays('/as lyon', `/privacy propose ${CASE} partially_fulfilled ground:LAW_OBLIGES`);
    expect(await refused(`/privacy decide ${CASE} approve`)).toEqual(['same-person', '32(4)']);
    await plays('/as ana', `/privacy decide ${CASE} approve`, '/as mei', `/privacy done ${CASE} CHG-2`);
    expect(await refused(`/privacy close ${CASE}`)).toEqual(['notice-missing', '17(1)']);
    const closed = await plays(
      `/privacy notice ${CASE} partial MSG-1`,
      `/privacy notice ${CASE} retention_explanation MSG-2`,
      `/privacy close ${CASE}`,
    );
    expect(closed.text).toContain('Closed: partially fulfilled');
  });

  it('stops the clock for its own reasons', async () => {
    await plays(
      '/privacy log access C-20001',
      '/privacy verify PR-2026-0002 account_login pass LOGIN-1',
      '/privacy pause PR-2026-0002 clarification of the period',
    );
    await desk.clock('2026-02-25T10:00');
    // One month, five days of pause of which the first is not counted, and a Wednesday.
    expect(due(await asked('/privacy resume PR-2026-0002'))).toMatch(/^Wed 2026-03-25/);
  });
});

describe('its own clauses', () => {
  it('stand behind every guard', async () => {
    await plays('/as mei');
    expect(await refused('/privacy log access C-30002 received:2027-01-01')).toEqual(['future', '12(3)']);
    // This company's customers are numbered otherwise than elsewhere.
    expect((await asked('/privacy log access CUST-30003')).code).toBe('invalid-value');
    expect(await refused('/privacy note PR-2026-0002 "write to someone@example.com"')).toEqual([
      'personal-data',
      '5(1)(c)',
    ]);
    // A German mobile number without its zero: an order number in China.
    expect(await refused('/privacy note PR-2026-0002 "call 1712345678"')).toEqual([
      'personal-data',
      '5(1)(c)',
    ]);
    expect(await refused('/privacy note PR-2026-0002 "password: hunter2hunter2"')).toEqual([
      'personal-data',
      '5(1)(f)',
    ]);
    expect(await refused('/privacy log access C-30001 about_officer:yes')).toEqual(['invalid-value', '77']);
    expect(await refused('/privacy decide PR-2026-0002 approve')).toEqual(['not-permitted', '32(4)']);
    await plays('/privacy log complaint C-40001 about_officer:yes', '/as lyon');
    expect(await refused('/privacy note PR-2026-0003 hello')).toEqual(['about-officer', '77']);
    await plays('/as root');
    expect(await refused('/desk staff action:link person:dan account:terminal:mei')).toEqual([
      'wrong-state',
      '32(4)',
    ]);
    // What was refused got no number, so none is missing.
    expect((await plays('/as kim', '/desk audit')).card.title).toBe('The ledger verifies');
    await plays('/as dan');
    expect(await refused('/privacy show PR-2026-0002 reveal:yes')).toEqual(['not-permitted', '5(1)(f)']);
  });

  it('are the only ones: no number of the default policy is shown', () => {
    const quoted = desk.shown().flatMap(({ text }) => text.match(/clause [^\s,:;]+/gi) ?? []);
    expect(quoted.length).toBeGreaterThan(20);
    expect(quoted.filter((clause) => /clause \d\.\d/i.test(clause))).toEqual([]);
  });
});

/** What a pack says for people to read and for its own name, and no rule. */
const WORDS = [
  'id',
  'version',
  'title',
  'notified',
  'requests.*.means',
  'grounds.*.means',
  'calendar.never.*.source',
  'calendar.years.*.add.*.source',
  'calendar.years.*.remove.*.source',
  'calendar.years.*.working.*.source',
  'disclosures.bases.*.means',
  'disclosures.templates.*.means',
  // The list of bases is closed by the type of the field; the clause only says why.
  'disclosures.closedList.clause',
];

describe('every leaf of the pack', () => {
  it('is read by something else than its printer and its checker', async () => {
    const [correction, kept, nothing, refusal, told] = [4, 5, 6, 7, 9].map((n) => `PR-2026-000${n}`);
    await plays(
      '/as root',
      '/desk officer',
      '/desk staff action:add person:zoe role:agent account:terminal:zoe',
      '/as mei',
      // An access request that needs no officer.
      '/privacy check PR-2026-0002 all done ref:CHG-1',
      '/privacy propose PR-2026-0002 fulfilled',
      '/privacy done PR-2026-0002 CHG-2',
      '/privacy notice PR-2026-0002 completion MSG-1',
      '/privacy close PR-2026-0002',
      '/privacy log correction C-50001 scope:name',
      `/privacy verify ${correction} document_checked fail DOC-1`,
      `/privacy verify ${correction} document_checked fail DOC-2`,
      '/privacy log correction C-50002 scope:name,account_id',
      `/privacy verify ${kept} document_checked pass DOC-3`,
      `/privacy check ${kept} name done ref:CHG-1`,
      `/privacy check ${kept} account_id retained ref:CHG-1`,
      `/privacy propose ${kept} partially_fulfilled ground:ID_STAYS name_evidence:REG-1`,
      '/privacy log deletion C-50003 scope:email',
      `/privacy verify ${nothing} document_checked pass DOC-4`,
      `/privacy check ${nothing} all none_held ref:CHG-1`,
      `/privacy propose ${nothing} no_data_held`,
      '/privacy log stop_handling C-50004 scope:email',
      `/privacy verify ${refusal} document_checked pass DOC-5`,
      `/privacy check ${refusal} all done ref:CHG-1`,
      `/privacy propose ${refusal} refused ground:NOT_OURS`,
      '/privacy log consent_withdrawal C-50005 scope:email',
      '/disclosure consent C-10812 newsletter recipient:MailCo data:email,payment granted:2026-02-25 evidence:F-2',
      '/disclosure may C-10812 MailCo email basis:consent',
      '/disclosure may C-10812 MailCo payment basis:consent',
      '/disclosure may C-50002 Court name basis:required_by_law',
      '/disclosure request C-60001 "Swift" name,mobile_phone,delivery "bring order" basis:transaction order:SO-1 template:delivery',
      '/disclosure request C-60001 "Swift" email "bring order" basis:transaction order:SO-2 template:delivery',
      '/disclosure request C-60001 "Court" sensitive "a trial" basis:transaction order:SO-3 template:delivery',
      '/as lyon',
      `/privacy extend ${kept} until:2026-04-30 reason:complexity explained:2026-02-25/mail#2`,
      `/privacy decide ${nothing} approve`,
      `/privacy close ${nothing}`,
      `/privacy decide ${refusal} approve`,
      `/privacy close ${refusal}`,
      '/disclosure decide DR-2026-0001 approve data:name,email',
      '/disclosure decide DR-2026-0001 approve',
      '/disclosure standing Swift delivery name,mobile_phone,delivery 60',
      '/desk doctor',
      '/as mei',
      '/disclosure sent DR-2026-0001 api',
      '/privacy log deletion C-60001 scope:name',
      `/privacy verify ${told} document_checked pass DOC-6`,
      `/privacy check ${told} all done ref:CHG-1`,
      `/privacy propose ${told} fulfilled`,
      '/as lyon',
      `/privacy decide ${told} approve`,
      '/as mei',
      `/privacy done ${told} CHG-9`,
    );
    expect(await refused(`/privacy close ${told}`)).toEqual(['recipients-pending', '19']);
    expect(await refused(`/privacy notified ${told} Nobody ref:MSG-9`)).toEqual(['not-found', '19']);
    for (const at of ['2026-03-01T12:00', '2026-03-24T12:00', '2026-06-30T12:00']) await desk.clock(at);
    expect([...unread(read)].sort()).toEqual([...WORDS].sort());
  });
});
