/** `/desk export` of the register and of a month, of a disclosure, and for the customer: tables a spreadsheet may open. */
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { csv } from '../../src/desk/export/csv.js';
import { type Evidence, firstBadEntry } from '../support/evidence.js';
import { copiesOf } from '../support/fresh-store.js';
import { type Played, playDesk } from '../support/terminal-desk.js';
import { tamper } from './desk-bare.js';

let dir: string;
let desk: Played;

/** Three disclosures to a customer's recipients went out; the court's is withheld from the customer until March. */
const SENT = [
  '/clock 2026-11-23T10:00',
  '/disclosure request C-10812 "+Swift, Courier" name,delivery "=bring C-10812 the order" transaction order:SO-1 template:delivery',
  '/disclosure request C-10812 "City Court" name,payment "evidence in a case" required_by_law authority:"City Court" law:"Civil Procedure art. 64" instrument:2026-114 evidence:LEGAL-9 withhold:2027-03-01',
  '/disclosure request C-20911 "Swift Courier" name,delivery "bring the order" transaction order:SO-3 template:delivery',
  '/as lyon',
  '/disclosure decide DR-2026-0001 approve',
  '/disclosure decide DR-2026-0002 approve',
  '/disclosure decide DR-2026-0003 approve',
  '/as mei',
  '/disclosure sent DR-2026-0001 method:portal',
  '/disclosure sent DR-2026-0002 method:"sealed letter"',
  '/clock +1d',
  '/disclosure sent DR-2026-0003 method:portal',
];
/** A correction the recipients of both earlier disclosures are told of. */
const CORRECTED = [
  '/as mei',
  '/privacy log correction C-10812 scope:name,delivery',
  '/privacy verify PR-2026-0001 callback pass call#9',
  '/privacy check PR-2026-0001 all done',
  '/privacy propose PR-2026-0001 fulfilled name_evidence:ID-9',
  '/as lyon',
  '/privacy decide PR-2026-0001 approve',
  '/as mei',
  '/privacy done PR-2026-0001 CHG-1',
];

const withSent = copiesOf(async (folder) => {
  desk = await playDesk({ dir: folder });
  await plays(SENT);
  await desk.close();
});

async function plays(lines: readonly string[]): Promise<void> {
  for (const line of lines) expect(await desk.asks(line), line).toMatchObject({ kind: 'answer' });
}

async function exported(line: string): Promise<{ readonly name: string; readonly text: string }> {
  await desk.as('lyon');
  const sent = (await desk.says(line)).find(({ kind }) => kind === 'file');
  if (sent?.file === undefined) throw new Error(`no file for ${line}`);
  expect(sent).toMatchObject({ to: '@lyon', private: true });
  const bytes = readFileSync(sent.file.path, 'utf8');
  expect(bytes.startsWith('\ufeff')).toBe(sent.file.name.endsWith('.csv'));
  return { name: sent.file.name, text: bytes.replace('\ufeff', '') };
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const rowsOf = (text: string): readonly string[] => text.split('\r\n').slice(1, -1);

beforeEach(async () => {
  dir = await withSent();
  desk = await playDesk({ dir });
});
afterEach(async () => {
  await desk.close();
  await rm(dir, { recursive: true, force: true });
});

describe('the register', () => {
  it('is a table of what went out, masked, and no cell is a formula', async () => {
    const { name, text } = await exported('/desk export register:yes');
    expect(name).toBe('register.csv');
    expect(text.split('\r\n')[0]).toBe(
      'sent_day,sent_at,disclosure,customer,customer_id,recipient,categories,purpose,basis,clause,decided_by,standing_approval,results_told,withheld_until',
    );
    const [one = '', other = ''] = [0, 2].map((row) => rowsOf(text)[row]?.split(',')[4]);
    expect([one, other]).toEqual([expect.stringMatching(UUID), expect.stringMatching(UUID)]);
    expect(one).not.toBe(other);
    expect(rowsOf(text)).toEqual([
      `2026-11-23,2026-11-23T02:00:00Z,DR-2026-0001,C…812,${one},"'+Swift, Courier",name delivery,'=bring C…812 the order,transaction,2.2,lyon,,,`,
      `2026-11-23,2026-11-23T02:00:00Z,DR-2026-0002,C…812,${one},City Court,name payment,evidence in a case,required_by_law,2.1,lyon,,,2027-03-01`,
      `2026-11-24,2026-11-24T02:00:00Z,DR-2026-0003,C…911,${other},Swift Courier,name delivery,bring the order,transaction,2.2,lyon,,,`,
    ]);
    expect(text).not.toMatch(/C-10812|C-20911/);
  });

  it('is of a period, and says what came of a correction', async () => {
    await plays(CORRECTED);
    const { text } = await exported('/desk export register:yes from:2026-11-24');
    expect(rowsOf(text).map((row) => row.split(',')[2])).toEqual(['DR-2026-0003']);
    const before = await exported('/desk export register:yes to:2026-11-23');
    expect(rowsOf(before.text).map((row) => row.includes('PR-2026-0001: open'))).toEqual([true, true]);
  });

  it('for the customer leaves out what is withheld, until that day', async () => {
    const line = '/desk export register:yes customer:C-10812 audience:subject';
    const { name, text } = await exported(line);
    expect(name).toBe('register-subject.csv');
    expect(text).not.toMatch(/City Court|withheld|DR-2026-0002|DR-2026-0003/);
    expect(rowsOf(text)).toHaveLength(1);
    await desk.clock('2027-03-01T10:00');
    expect((await exported(line)).text).toContain('City Court');
  });
});

describe('the files of several exports', () => {
  it('never overwrite one another, and the same file is not written twice', async () => {
    await exported('/desk export register:yes');
    const paths = async (line: string) => (await desk.says(line)).flatMap(({ file }) => file?.path ?? []);
    const [first] = await paths('/desk export register:yes');
    const [narrower] = await paths('/desk export register:yes customer:C-10812');
    const [again] = await paths('/desk export register:yes');
    expect([first, narrower, again].map((path) => path?.slice(dir.length))).toEqual([
      '/exports/register.csv',
      '/exports/register-2.csv',
      '/exports/register.csv',
    ]);
    expect(rowsOf(readFileSync(first ?? '', 'utf8'))).toHaveLength(3);
    expect(rowsOf(readFileSync(narrower ?? '', 'utf8'))).toHaveLength(2);
  });
});

describe('a list', () => {
  it('is not made where a table and the ledger disagree', async () => {
    await desk.close();
    await tamper(join(dir, 'ombud.db'), `DELETE FROM disclosure WHERE ref = 'DR-2026-0002'`);
    desk = await playDesk({ dir });
    await desk.as('lyon');
    // Beside the alarm that the desk raises by itself.
    const shown = await desk.says('/desk export register:yes');
    expect(shown.filter(({ kind }) => kind !== 'post').map(({ kind, code }) => [kind, code])).toEqual([
      ['error', 'ledger-broken'],
    ]);
    expect(shown.at(-1)?.text).toContain('DR-2026-0002');
  });
});

describe('a disclosure', () => {
  it('has its decision, its clause and its own chain', async () => {
    const { name, text } = await exported('/desk export DR-2026-0002 format:json');
    const evidence = JSON.parse(text) as Evidence;
    expect(name).toBe('DR-2026-0002-evidence.json');
    expect(evidence.disclosure).toMatchObject({
      customer: 'C…812',
      recipient: 'City Court',
      basis: 'required_by_law',
      law: 'Civil Procedure art. 64',
      clause: '2.1',
      withheldUntil: '2027-03-01',
      status: 'executed',
      decisions: [{ verdict: 'approved', by: 'lyon', clause: '2.1', at: '2026-11-23T02:00:00Z' }],
      sent: { day: '2026-11-23', by: 'mei' },
    });
    expect(firstBadEntry(evidence)).toBeNull();
    expect(evidence.disclosure).toMatchObject({
      evidence: [
        { entry: 1, step: 'authority', ref: 'City Court' },
        { entry: 1, step: 'instrument', ref: '2026-114' },
        { entry: 1, step: 'evidence', ref: 'LEGAL-9' },
      ],
    });
    expect(text).not.toMatch(/C-10812|sealed letter/);
    const theirs = await exported('/desk export DR-2026-0001 audience:subject format:json');
    expect(JSON.parse(theirs.text).disclosure).not.toHaveProperty('evidence');
  });

  it('is not for the customer while it is withheld', async () => {
    await desk.as('lyon');
    const shown = await desk.says('/desk export DR-2026-0002 audience:subject');
    expect(shown.map(({ kind, code }) => [kind, code])).toEqual([['error', 'invalid-value']]);
    expect(shown[0]?.text).toContain('DR-2026-0002 is withheld from them until 2027-03-01');
    await exported('/desk export DR-2026-0001 audience:subject');
  });
});

describe('a case for the customer', () => {
  it('gives nothing away about who was told of a withheld disclosure', async () => {
    await plays(CORRECTED);
    const whole = await exported('/desk export PR-2026-0001');
    expect(whole.text).toContain('City Court');
    const { name, text } = await exported('/desk export PR-2026-0001 audience:subject format:json');
    const evidence = JSON.parse(text) as Evidence;
    expect(name).toBe('PR-2026-0001-evidence-subject.json');
    expect(text).not.toMatch(/City Court|DR-2026-0002/);
    expect(evidence.case?.recipients).toMatchObject([{ disclosures: ['DR-2026-0001'] }]);
    expect(evidence.ledger.entries.map((entry) => Object.keys(entry))).toEqual(
      evidence.ledger.entries.map(() => ['seq', 'prev', 'hash']),
    );
    expect(firstBadEntry(evidence)).toBeNull();
  });
});

describe('a month', () => {
  it('lists the cases received in it, masked', async () => {
    await plays([
      '/as mei',
      '/privacy log access C-10812 received:2026-11-02T09:00',
      '/privacy log deletion C-20911 scope:email received:2026-10-31',
    ]);
    const { name, text } = await exported('/desk export month:2026-11');
    expect(name).toBe('cases-2026-11.csv');
    expect(text.split('\r\n')[0]).toMatch(/^case,type,customer,customer_id,received_day,/);
    expect(rowsOf(text)).toHaveLength(1);
    const [row = ''] = rowsOf(text);
    const cells = Object.fromEntries(
      (text.split('\r\n')[0] ?? '').split(',').map((column, index) => [column, row.split(',')[index]]),
    );
    expect(cells).toMatchObject({
      case: 'PR-2026-0001',
      type: 'access',
      customer: 'C…812',
      customer_id: expect.stringMatching(UUID),
      received_day: '2026-11-02',
      received_at: '2026-11-02T01:00:00Z',
      acknowledged: '',
      acknowledged_on_time: 'no',
      status: 'identity_pending',
      ground: '',
      on_time: '',
    });
  });
});

describe('a table', () => {
  it('quotes as RFC 4180 says, and lets nothing be a formula', () => {
    expect(
      csv(
        ['a', 'b'],
        [
          ['=1+1', '-2'],
          ['@x', '+3'],
          ['say "no"', 'one\ntwo'],
          ['plain', 'one;two'],
          ['＝1+1', '＠x'],
          ["=cmd|'/C calc'!A0", '  -1'],
          ['｜x', 'one\ttwo'],
          ['a|b', '%x'],
        ],
      ),
    ).toBe(
      `\ufeffa,b\r\n'=1+1,'-2\r\n'@x,'+3\r\n"say ""no""","one\ntwo"\r\nplain,"one;two"\r\n'＝1+1,'＠x\r\n'=cmd¦'/C calc'!A0,'  -1\r\n'¦x,"one\ttwo"\r\na|b,'%x\r\n`,
    );
  });
});
