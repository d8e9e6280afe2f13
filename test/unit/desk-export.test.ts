/** `/desk export`: an evidence file for who asked, whose record its reader can verify from the file alone. */
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { latestCheckpoint } from '../../src/record/checkpoints.js';
import { findPersonalData } from '../../src/vocabulary/personal-data.js';
import { type Evidence, firstBadEntry, logHolds, textsIn } from '../support/evidence.js';
import { copiesOf } from '../support/fresh-store.js';
import { type Line, type Played, playDesk } from '../support/terminal-desk.js';
import { tamper } from './desk-bare.js';

let dir: string;
let desk: Played;

const CASE = [
  '/clock 2026-11-23T10:00',
  '/privacy log deletion C-10812 scope:email,delivery via:phone ref:T-4711 note:"Mrs Chen called twice"',
  '/privacy assign PR-2026-0001',
  '/privacy verify PR-2026-0001 callback pass call#9',
  '/privacy check PR-2026-0001 all done ref:CHG-880',
  '/privacy retain PR-2026-0001 email law:"Tax Act 52" until:2027-06-30 explained:2026-11-23 consent:2026-11-23',
  '/privacy check PR-2026-0001 email retained',
  '/privacy propose PR-2026-0001 partially_fulfilled ground:LAW_REQUIRES_RETENTION law:"Tax Act 52 for C-10812" until:2027-06-30',
  '/as lyon',
  '/privacy decide PR-2026-0001 return reason:"once more please"',
];

const withCase = copiesOf(async (folder) => {
  desk = await playDesk({ dir: folder });
  await plays(...CASE);
  await desk.close();
});

async function plays(...lines: readonly string[]): Promise<void> {
  for (const line of lines) expect(await desk.asks(line), line).toMatchObject({ kind: 'answer', code: null });
}

/** The file a line sent, as it lies on the disk. */
async function fileOf(line: string): Promise<{ readonly sent: Line; readonly answer: Line; text: string }> {
  const shown = await desk.says(line);
  const [sent, answer] = shown.slice(-2);
  if (sent?.file === undefined || answer === undefined) throw new Error(`no file: ${JSON.stringify(shown)}`);
  return { sent, answer, text: readFileSync(sent.file.path, 'utf8') };
}

const evidenceOf = async (line: string): Promise<Evidence> =>
  JSON.parse((await fileOf(`${line} format:json`)).text) as Evidence;
const deskStream = () => desk.store.transact((tx) => tx.entries('desk', { lock: false }));
const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

beforeEach(async () => {
  dir = await withCase();
  desk = await playDesk({ dir });
  await desk.as('lyon');
});
afterEach(async () => {
  await desk.close();
  await rm(dir, { recursive: true, force: true });
});

describe('the evidence of a case', () => {
  it('comes privately to who asked, and is on the record with its hash', async () => {
    const { sent, answer, text } = await fileOf('/desk export pr-2026-0001');
    expect(sent).toMatchObject({
      kind: 'file',
      to: '@lyon',
      private: true,
      ref: 'PR-2026-0001',
      file: { name: 'PR-2026-0001-evidence.html', type: 'text/html' },
    });
    expect(answer).toMatchObject({
      kind: 'answer',
      to: '@lyon',
      ref: 'PR-2026-0001',
      card: { facts: { File: 'PR-2026-0001-evidence.html', 'SHA-256': sha(text) } },
    });
    expect(answer.text).toContain('The evidence file is on its way to you privately');
    expect((await deskStream()).at(-1)).toMatchObject({
      type: 'export_made',
      actor: { person: 'lyon', account: 'terminal:lyon' },
      body: { of: { kind: 'case', ref: 'PR-2026-0001', entries: 8 }, audience: 'desk', sha256: sha(text) },
    });
    expect(await desk.asks('/desk audit')).toMatchObject({ kind: 'answer' });
  });

  it('says what it is, under which policy, and who decided what when on which ground and clause', async () => {
    const evidence = await evidenceOf('/desk export PR-2026-0001');
    expect(evidence).toMatchObject({
      what: expect.stringContaining('PR-2026-0001'),
      asked: { at: '2026-11-23T02:00:00Z', by: 'lyon' },
      policy: {
        name: desk.desk.active.name,
        version: desk.desk.active.pack.version,
        hash: desk.desk.active.hash,
      },
      case: {
        status: 'in_progress',
        customer: 'C…812',
        dates: { received: '2026-11-23', due: { day: '2026-12-23', clause: '4.2' } },
        checklist: { email: 'retained', delivery: 'done' },
        retentions: [{ law: 'Tax Act 52', until: '2027-06-30' }],
        decisions: [
          {
            entry: 8,
            verdict: 'returned',
            by: 'lyon',
            proposedBy: 'mei',
            proposed: 'partially_fulfilled',
            ground: 'LAW_REQUIRES_RETENTION',
            clause: '4.2',
            law: 'Tax Act 52 for C…812',
            reason: 'once more please',
          },
        ],
        contacts: [{ via: 'phone', ref: 'T-4711', by: 'mei' }],
        evidence: [
          { entry: 1, step: 'received by phone', ref: 'T-4711', by: 'mei' },
          { entry: 3, step: 'identity check passed: callback', ref: 'call#9', by: 'mei' },
          { entry: 4, step: 'checked email, delivery: done', ref: 'CHG-880', by: 'mei' },
        ],
      },
      ledger: { verification: { verifies: true, entries: 8 } },
    });
  });

  it('verifies from the file alone, and shows every change to it', async () => {
    await plays('/clock +1d', '/privacy note PR-2026-0001 "seen"', '/clock +2d');
    const evidence = await evidenceOf('/desk export PR-2026-0001');
    expect(firstBadEntry(evidence)).toBeNull();
    const point = await desk.store.transact(latestCheckpoint);
    expect(evidence.log.checkpoint).toMatchObject({
      number: point?.number,
      note: point?.type === 'checkpoint_signed' ? point.note : '',
    });
    expect(evidence.proofs).toHaveLength(evidence.ledger.entries.length);
    expect(logHolds(evidence)).toBe(true);

    const { entries } = evidence.ledger;
    const altered = (seq: number, change: object): Evidence => ({
      ...evidence,
      ledger: {
        ...evidence.ledger,
        entries: entries.map((each) => (each.seq === seq ? { ...each, ...change } : each)),
      },
    });
    expect(firstBadEntry(altered(1, { body: { via: 'email' } }))).toBe(1);
    expect(firstBadEntry(altered(3, { sealed: 'AAAA' }))).toBe(3);
    expect(firstBadEntry(altered(2, { actor: { person: 'dan', account: 'terminal:dan' } }))).toBe(2);
    const cut = { ...evidence, ledger: { ...evidence.ledger, entries: entries.slice(0, -1) } };
    expect(firstBadEntry(cut)).toBeNull();
    expect(logHolds(cut)).toBe(false);
    const without = { ...cut, ledger: { ...cut.ledger, entries: entries.filter(({ seq }) => seq !== 2) } };
    expect(firstBadEntry(without)).toBe(2);
  });

  it('holds no personal data, nothing the customer said and no full reference', async () => {
    await plays('/as mei', '/privacy note PR-2026-0001 "C 10812 asked again, says Mrs Chen"', '/as lyon');
    const { text } = await fileOf('/desk export PR-2026-0001 format:json');
    expect(text).not.toMatch(/c[^\p{L}\p{N}]?10812/iu);
    expect(text).not.toMatch(/Chen|called twice/);
    expect(textsIn(JSON.parse(text)).flatMap((each) => findPersonalData(each, 'CN') ?? [])).toEqual([]);
    expect(text).toContain('C…812');
  });

  it('is the same for the same ledger, but for the moment it was asked', async () => {
    const page = await fileOf('/desk export PR-2026-0001');
    expect((await fileOf('/desk export PR-2026-0001')).text).toBe(page.text);
    const first = await fileOf('/desk export PR-2026-0001 format:json');
    await plays('/clock 2026-11-23T11:00');
    const later = await fileOf('/desk export PR-2026-0001 format:json');
    const lines = (text: string) => text.split('\n').filter((line) => !/^ {4}"at"|^ {2}"seal"/.test(line));
    expect(lines(later.text)).toEqual(lines(first.text));
  });

  it('is for officers and auditors', async () => {
    await plays('/as kim');
    expect((await fileOf('/desk export PR-2026-0001')).sent.to).toBe('@kim');
    for (const who of ['mei', 'root']) {
      await desk.as(who);
      const shown = await desk.says('/desk export PR-2026-0001');
      expect(shown.map(({ kind, code }) => [kind, code])).toEqual([['error', 'not-permitted']]);
    }
    expect((await deskStream()).filter(({ type }) => type === 'export_made')).toHaveLength(1);
  });

  it('follows an entry it cannot show, because a recipient is called like the customer', async () => {
    await desk.as('mei');
    const asked = await desk.asks(
      '/disclosure request C-20911 "Office of C-20911" name,delivery "bring C-20911 it" transaction order:SO-1 template:delivery',
    );
    await desk.as('lyon');
    const { text } = await fileOf(`/desk export ${asked.ref} format:json`);
    const evidence = JSON.parse(text) as Evidence;
    expect(text).not.toContain('C-20911');
    expect(evidence.ledger.entries[0]).toMatchObject({ leftOut: 'body' });
    expect(firstBadEntry(evidence)).toBeNull();
  });
});

describe('the outbox', () => {
  it('sends it once, however often it is drained', async () => {
    await fileOf('/desk export PR-2026-0001');
    await desk.desk.outbox.drain();
    await desk.desk.outbox.drain();
    expect(desk.shown().filter(({ kind }) => kind === 'file')).toHaveLength(1);
  });

  it('tries again as with a post, and what happened meanwhile does not slip in', async () => {
    const exports = join(dir, 'exports');
    writeFileSync(exports, 'in the way');
    const answer = await desk.asks('/desk export PR-2026-0001 format:json');
    expect(answer).toMatchObject({ kind: 'answer' });
    const [stuck] = await desk.store.stuckPosts(5);
    expect(stuck).toMatchObject({ key: expect.stringMatching(/^desk:\d+:file@/), status: 'pending' });
    await plays('/privacy assign PR-2026-0001 to:dan');
    rmSync(exports);
    const shown = await desk.clock('+1d');
    const sent = shown.filter(({ kind }) => kind === 'file');
    expect(sent).toHaveLength(1);
    const text = readFileSync(join(exports, 'PR-2026-0001-evidence.json'), 'utf8');
    expect(sha(text)).toBe(answer.card.facts['SHA-256']);
    expect((JSON.parse(text) as Evidence).ledger.entries).toHaveLength(8);
  });

  it('gives up a file whose asker has left meanwhile', async () => {
    const exports = join(dir, 'exports');
    writeFileSync(exports, 'in the way');
    await plays(
      '/desk export PR-2026-0001',
      '/as root',
      '/desk staff action:remove person:lyon',
      '/as ana',
      '/desk staff action:confirm person:lyon',
    );
    rmSync(exports);
    const shown = await desk.clock('+1h');
    expect(shown.filter(({ kind }) => kind === 'file')).toEqual([]);
    const [dead] = await desk.store.stuckPosts(5);
    expect(dead).toMatchObject({
      status: 'dead',
      lastError: '@lyon may not have PR-2026-0001-evidence.html any more',
    });
  });

  it('holds a file back whose record is not the desk’s', async () => {
    const exports = join(dir, 'exports');
    writeFileSync(exports, 'in the way');
    await desk.asks('/desk export PR-2026-0001');
    await desk.close();
    rmSync(exports);
    await tamper(
      join(dir, 'ombud.db'),
      `UPDATE ledger_entry SET body = json_set(body, '$.audience', 'subject') WHERE stream = 'desk' AND type = 'export_made'`,
    );
    desk = await playDesk({ dir });
    await desk.clock('+1h');
    expect(desk.shown().filter(({ kind }) => kind === 'file')).toEqual([]);
    const held = (await desk.store.stuckPosts(5)).filter(({ key }) => key.includes(':file@'));
    expect(held.map(({ status, lastError }) => [status, lastError])).toEqual([
      ['pending', 'what it tells of is not on record as the desk wrote it'],
    ]);
  });
});

describe('what is refused', () => {
  it.each([
    ['/desk export', 'missing-field', 'case is missing: give one of case, customer, register:yes and month'],
    [
      '/desk export PR-2026-0099',
      'not-found',
      'names no case, disclosure or consent of this desk: PR-2026-0099',
    ],
    [
      '/desk export DR-2026-0099',
      'not-found',
      'names no case, disclosure or consent of this desk: DR-2026-0099',
    ],
    ['/desk export CO-2026-0099', 'not-found', 'names no case, disclosure or consent of this desk: CO'],
    [
      '/desk export X-1',
      'invalid-value',
      'must be a reference like PR-2026-0001, DR-2026-0001 or CO-2026-0001',
    ],
    ['/desk export customer:C-99999', 'not-found', 'names nobody of whom this desk has a record'],
    ['/desk export PR-2026-0001 customer:C-10812', 'invalid-value', 'customer cannot go with case'],
    ['/desk export register:yes format:json', 'invalid-value', 'format goes with a case or a customer only'],
    ['/desk export register:yes customer:C-99999', 'not-found', 'names nobody'],
    ['/desk export register:yes audience:subject', 'missing-field', 'customer is missing: a copy for'],
    [
      '/desk export register:yes audience:subject',
      'missing-field',
      '→ Next: /desk export register:yes customer:… audience:subject',
    ],
    ['/desk export PR-2026-0001 register:yes', 'invalid-value', 'register cannot go with case'],
    ['/desk export register:yes month:2026-11', 'invalid-value', 'month cannot go with register'],
    ['/desk export PR-2026-0001 from:2026-11-01', 'invalid-value', 'from goes with register:yes only'],
    ['/desk export month:2026-11 audience:subject', 'invalid-value', 'audience goes with'],
    ['/desk export month:2026-12', 'future', 'month has not begun yet'],
    ['/desk export register:yes from:2026-11-02 to:2026-11-01', 'invalid-value', 'must not be before'],
  ])('%s', async (line, code, says) => {
    const shown = await desk.says(line);
    expect(shown.map(({ kind }) => kind)).toEqual(['error']);
    expect(shown[0]).toMatchObject({ code });
    expect(shown[0]?.text).toContain(says);
  });

  it('is a broken record, which is named and not sent', async () => {
    await desk.close();
    await tamper(
      join(dir, 'ombud.db'),
      `UPDATE ledger_entry SET type = 'resumed' WHERE stream = 'PR-2026-0001' AND seq = 2`,
    );
    desk = await playDesk({ dir });
    await desk.as('lyon');
    const answer = await desk.asks('/desk export PR-2026-0001');
    expect(answer).toMatchObject({ kind: 'error', code: 'ledger-broken' });
    expect(desk.shown().filter(({ kind }) => kind === 'file')).toEqual([]);
    expect(answer.text).toContain('PR-2026-0001 entry 2: its content does not match its hash');
  });
});
