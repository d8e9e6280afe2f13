/** An evidence file verified from the file alone: what holds, and that nothing in it can be changed unseen. */
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outsideFor } from '../../src/app/outside.js';
import { sealerOf } from '../../src/desk/export/seal.js';
import { signTreeHead } from '../../src/domain/log/signing.js';
import { textOf } from '../../src/evidence/document.js';
import { takenApart } from '../../src/evidence/file.js';
import { historyOf } from '../../src/evidence/history.js';
import { type Verified, verify } from '../../src/evidence/verify.js';
import { findingWords, verdictWords } from '../../src/language/en/verification.js';
import { latestCheckpoint, signerOf } from '../../src/record/checkpoints.js';
import { witnessInMemory } from '../../src/record/log/witness.js';
import { verifyCli } from '../../src/tools/verify.js';
import { exportedBy, playedRecord } from '../support/evidence-case.js';
import { KEY } from '../support/fresh-store.js';
import { sampleLog } from '../support/log-samples.js';
import type { Played } from '../support/terminal-desk.js';

let desk: Played;
let page: string;
let data: string;
let customer: string;
/** The data once more, a day and a checkpoint later. */
let later: string;
/** Entries there were at the last digest before the file was made. */
const PROVEN = 7;

beforeAll(async () => {
  desk = await playedRecord();
  page = (await exportedBy(desk, '/desk export PR-2026-0001')).text;
  data = (await exportedBy(desk, '/desk export PR-2026-0001 format:json')).text;
  customer = (await exportedBy(desk, '/desk export customer:C-10812')).text;
  await desk.clock('+1d');
  later = (await exportedBy(desk, '/desk export PR-2026-0001 format:json')).text;
});
afterAll(() => desk.close());

const verified = async (text: string): Promise<Verified> => {
  const apart = takenApart(text);
  if (apart === null) throw new Error('no data in it');
  return verify(apart);
};
const firstWords = async (text: string): Promise<string> => {
  const [first] = (await verified(text)).findings;
  return first === undefined ? 'nothing' : findingWords(first);
};

// biome-ignore lint/suspicious/noExplicitAny: data to be altered in any way.
type Altered = any;

/** As somebody would make it who has no key of the desk's: hashes and links made anew, sealed with a key of their own. */
function forged(text: string, alter: (document: Altered) => void): string {
  const { seal: _seal, ...document } = JSON.parse(text);
  alter(document);
  let prev = '0'.repeat(64);
  for (const entry of document.ledger.entries) {
    entry.prev = prev;
    const { hash: _hash, ...covered } = entry;
    entry.hash = createHash('sha256')
      .update(canonicalize(covered) ?? '')
      .digest('hex');
    prev = entry.hash;
  }
  document.ledger.verification.lastHash = prev;
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const sealer = sealerOf(
    {
      log: {
        origin: null,
        publicKeys: [new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }).subarray(-32))],
        sign: (words) => new Uint8Array(sign(null, words, privateKey)),
        witness: witnessInMemory(),
      },
    },
    null,
  );
  document.log = { ...document.log, verifierKey: sealer.verifierKey, checkpoint: null, earlier: [] };
  document.proofs = [];
  return textOf({ ...document, seal: sealer.seal(document) });
}

const entryOf = (document: Altered, type: string): Altered =>
  document.ledger.entries.find((each: Altered) => each.type === type);

describe('a file as the desk made it', () => {
  it('verifies as a page, as data, and of a whole customer', async () => {
    for (const text of [page, data, customer]) expect((await verified(text)).findings).toEqual([]);
    const { entries, recomputed, signatures } = await verified(page);
    expect(entries.length).toBeGreaterThan(15);
    expect(entries.every(({ hash }) => hash === 'computed')).toBe(true);
    expect([recomputed, signatures]).toEqual([true, true]);
    // What was done since the last digest is in no checkpoint, and the file says so.
    expect(entries.map(({ proven }) => proven)).toEqual([
      ...Array(PROVEN).fill('proven'),
      ...Array(entries.length - PROVEN).fill('not-yet'),
    ]);
    expect(verdictWords(await verified(page)).lines.join(' ')).toMatch(
      /\d are proven by the checkpoint of 2026-09-23; \d+ came after it and are in no checkpoint yet/,
    );
    expect(verdictWords(await verified(later)).lines).toContain(
      'All are proven by the checkpoint of 2026-09-24.',
    );
    expect((await verified(customer)).entries.map(({ stream }) => stream)).toEqual(
      expect.arrayContaining(['PR-2026-0001', 'DR-2026-0001', 'CO-2026-0001']),
    );
  });

  it('holds the same data as a page and alone', () => {
    const parts = (text: string) => {
      const { page: _page, seal: _seal, ...rest } = JSON.parse(takenApart(text)?.data ?? '');
      return rest;
    };
    expect(parts(page)).toEqual(parts(data));
  });

  it('shows everything that happened, and no word of the customer’s', () => {
    const words = takenApart(page)?.page?.words ?? '';
    for (const each of [
      'PR-2026-0001: a deletion request',
      'identity check failed: callback',
      'Tax Act <b>52</b> & more',
      'LAW_REQUIRES_RETENTION: Tax Act 52 for C…812',
      'once more please',
      '@lyon; put forward by @mei',
      'refused privacy.decide: not-on-staff',
      'terminal:nobody',
      'call#9',
      'call#13',
      'CHG-880',
      'M-1',
      'the letter came a day earlier',
    ])
      expect(words).toContain(each);
    expect(page).not.toMatch(/Chen|alert|C-10812|<b>52/);
  });
});

/** Seconds alone; much more on a machine that is busy. */
const LONG_MS = 300_000;

describe('a changed file', () => {
  it('is found for each of 500 random single bytes of its data', { timeout: LONG_MS }, async () => {
    const bytes = Buffer.from(data);
    const unseen: string[] = [];
    const change = fc.record({ at: fc.nat(bytes.length - 1), by: fc.integer({ min: 1, max: 255 }) });
    for (const { at, by } of fc.sample(change, { numRuns: 500, seed: 20261127 })) {
      const altered = Buffer.from(bytes);
      altered[at] = (altered[at] ?? 0) ^ by;
      const apart = takenApart(altered.toString('utf8'));
      if (apart !== null && (await verify(apart)).findings.length === 0) unseen.push(`${at} ^ ${by}`);
    }
    expect(unseen).toEqual([]);
  });

  it('is found for each of 200 random single bytes of the page around its data', {
    timeout: LONG_MS,
  }, async () => {
    const bytes = Buffer.from(page);
    const begin = bytes.indexOf('id="evidence">') + 14;
    const outside = fc
      .record({ at: fc.nat(bytes.length - 1), by: fc.integer({ min: 1, max: 255 }) })
      .filter(({ at }) => at < begin || at > bytes.lastIndexOf('</script>'));
    const unseen: number[] = [];
    for (const { at, by } of fc.sample(outside, { numRuns: 200, seed: 7 })) {
      const altered = Buffer.from(bytes);
      altered[at] = (altered[at] ?? 0) ^ by;
      const apart = takenApart(altered.toString('utf8'));
      if (apart !== null && (await verify(apart)).findings.length === 0) unseen.push(at);
    }
    expect(unseen).toEqual([]);
  });

  it.each([
    ['an entry', 'ledger.entries.3.actor.person', 'dan', 'PR-2026-0001 entry 4: its content'],
    ['a sealed part', 'ledger.entries.0.sealed', 'AAAA', 'PR-2026-0001 entry 1: its content'],
    ['a hash', 'ledger.entries.2.hash', 'a'.repeat(64), 'PR-2026-0001 entry 3: its content'],
    ['a number', 'ledger.entries.4.seq', 9, 'PR-2026-0001 entry 5: another entry'],
    ['another end', 'ledger.verification.entries', 2, 'does not end where the file says'],
    ['a law in the decisions', 'case.decisions.0.law', 'none', 'The part “case”'],
    ['one human more', 'people.0', ['lyon', 'mei'], 'decided what the same person'],
    ['a policy', 'policy.hash', '0'.repeat(64), 'the policy in the file is not'],
    ['a key', 'log.verifierKey', 'other', 'The verifier key in the file is not the one to check with'],
    ['no seal', 'seal', 'no note', 'The seal of the file is no signed note'],
    ['a part more', 'more', 1, 'not of an evidence file'],
  ])('with %s is named', async (_, path, value, says) => {
    const document = JSON.parse(data);
    const steps = path.split('.');
    const last = steps.pop() ?? '';
    steps.reduce((at: Altered, step) => at[step], document)[last] = value;
    expect(await firstWords(textOf(document))).toContain(says);
  });

  it('with an entry less is named', async () => {
    const document = JSON.parse(data);
    document.ledger.entries.splice(4, 1);
    expect(await firstWords(textOf(document))).toContain('PR-2026-0001 entry 5: another entry');
  });

  it('is named by its line where only blanks changed', async () => {
    expect(await firstWords(data.replace('\n  "asked"', '\n\n  "asked"'))).toBe(
      'The data are not as the desk writes them: line 3 was changed.',
    );
  });

  it('is named where the words of the page are other than the data’s', async () => {
    expect(await firstWords(page.replace('once more please', 'never again'))).toContain('words of the page');
    expect(await firstWords(page.replace('<title>', '<title>x'))).toContain('page around the data');
  });
});

describe('a file made anew without the desk’s key', () => {
  it('is of one piece, and the key its reader trusts did not make it', async () => {
    const other = forged(data, () => undefined);
    expect((await verified(other)).findings).toEqual([]);
    const { code, err } = await cli(other, { key: JSON.parse(data).log.verifierKey });
    expect(code).toBe(1);
    expect(err).toContain('The verifier key in the file is not the one to check with.');
  });

  it('cannot move a due day that the policy computes', async () => {
    const moved = (field: string) =>
      forged(data, (it) => {
        entryOf(it, 'amended').body.dates[field] = '2026-12-31';
      });
    expect(await firstWords(moved('due'))).toMatch(
      /^PR-2026-0001 entry 3: the due day is 2026-12-31, and the policy makes it 2026-10-\d\d\.$/,
    );
    expect(await firstWords(moved('ackDue'))).toContain('entry 3: the day to acknowledge by');
    const extended = forged(data, (it) => {
      entryOf(it, 'extended').body.from = '2026-10-01';
    });
    expect(await firstWords(extended)).toContain('the day it was extended from is 2026-10-01');
    const told = forged(data, (it) => {
      it.case.dates.due.day = '2026-12-31';
    });
    expect(await firstWords(told)).toContain('PR-2026-0001: the due day is 2026-12-31');
    const why = forged(data, (it) => {
      it.case.dates.computed[1].clause = '9.9';
    });
    expect(await firstWords(why)).toContain('step 2');
  });

  it('cannot let somebody decide what they proposed or recorded', async () => {
    const own = (type: string) =>
      forged(data, (it) => {
        entryOf(it, type).actor.person = 'lyon';
      });
    expect(await firstWords(own('outcome_proposed'))).toMatch(
      /entry \d+: @lyon decided what the same person put forward in entry \d+/,
    );
    expect(await firstWords(own('retention_recorded'))).toContain('@lyon decided what the same person');
  });

  it('cannot be decided under another policy', async () => {
    const other = forged(data, (it) => {
      entryOf(it, 'request_logged').body.pack.hash = 'b'.repeat(64);
    });
    expect(await firstWords(other)).toContain('the policy in the file is not the one it was decided under');
  });
});

describe('a checkpoint pasted from the chat', () => {
  const pointOf = (text: string) => JSON.parse(text).log.checkpoint;
  const compared = async (text: string, note: string, key = '') =>
    (await historyOf(await verified(text), note, key)).is;
  /** Signed by the desk's own key over a tree that never was. */
  const rewritten = async (size: number): Promise<string> => {
    const { log } = outsideFor(KEY, () => []).signing;
    return signTreeHead({ size, root: new Uint8Array(32).fill(7) }, [
      signerOf(log, await desk.store.transact(latestCheckpoint)),
    ]);
  };
  const sizeOf = (note: string): number => Number(note.split('\n')[1]);

  it('is the file’s own, or its beginning', async () => {
    expect(await compared(later, pointOf(later).note)).toBe('same');
    expect(await compared(later, pointOf(data).note)).toBe('earlier');
    expect(await compared(later, pointOf(data).note, JSON.parse(later).log.verifierKey)).toBe('earlier');
  });

  it('is read with a code fence, Windows line ends and a lost last line feed', async () => {
    const pasted = `\`\`\`\r\n${pointOf(later).note.trimEnd().replaceAll('\n', '\r\n')}\r\n\`\`\``;
    expect(await compared(later, pasted)).toBe('same');
    const { code, out } = await cli(later, { note: pasted });
    expect(code).toBe(0);
    expect(out).toContain('The same history ✓');
  });

  it('is of another history where its root is another one', async () => {
    for (const note of [pointOf(later).note, pointOf(data).note]) {
      const other = await rewritten(sizeOf(note));
      expect(await compared(later, other)).toBe('other-history');
      expect(await cli(later, { note: other })).toMatchObject({
        code: 1,
        err: expect.stringContaining('Another history ✗'),
      });
    }
  });

  it('is another desk’s, forged, none, or not to be compared from this file', async () => {
    expect(await compared(later, sampleLog(40, 20).note)).toBe('other-desk');
    expect(await compared(later, pointOf(later).note.replace(/\n\d+\n/, '\n7\n'))).toBe('forged');
    expect(await compared(later, 'looks fine to me')).toBe('no-note');
    expect(await compared(later, pointOf(later).note, 'no key')).toBe('no-key');
    expect(await compared(data, pointOf(later).note)).toBe('not-in-file');
  });
});

describe('a proof', () => {
  it.each([
    ['index', 3],
    ['hashes.0', Buffer.alloc(32, 1).toString('base64')],
  ])('with another %s is named by its entry', async (path, value) => {
    const document = JSON.parse(later);
    const steps = path.split('.');
    const last = steps.pop() ?? '';
    steps.reduce((at: Altered, step) => at[step], document.proofs[5])[last] = value;
    expect(await firstWords(textOf(document))).toBe(
      'PR-2026-0001 entry 6: the checkpoint’s proof is not of this entry.',
    );
  });

  it('of an earlier checkpoint that is not its beginning is named', async () => {
    const document = JSON.parse(later);
    document.log.earlier[0].consistency[0] = Buffer.alloc(32, 1).toString('base64');
    expect(await firstWords(textOf(document))).toContain('it is not the beginning of the last checkpoint');
  });
});

/** As `npm run verify` does it. */
async function cli(text: string, asked: { readonly note?: string; readonly key?: string } = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'verify-'));
  const file = join(dir, text.startsWith('{') ? 'evidence.json' : 'evidence.html');
  writeFileSync(file, text);
  if (asked.note !== undefined) writeFileSync(join(dir, 'note'), asked.note);
  const [out, err]: [string[], string[]] = [[], []];
  const note = asked.note === undefined ? undefined : join(dir, 'note');
  const code = await verifyCli(
    file,
    { note, key: asked.key },
    { out: (line) => out.push(line), err: (line) => err.push(line) },
  );
  return { code, out: out.join('\n'), err: err.join('\n') };
}

describe('npm run verify', () => {
  it('says what holds and exits 0, names the first bad entry and exits 1', async () => {
    const good = await cli(page);
    expect(good).toMatchObject({ code: 0, err: '' });
    expect(good.out).toMatch(/(\d+) of \1 entries verify ✓/);
    expect(good.out).toContain('byte by byte');
    expect(await cli(data)).toMatchObject({ code: 0 });
    const document = JSON.parse(data);
    document.ledger.entries[1].type = 'assigned@2';
    expect(await cli(textOf(document))).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('PR-2026-0001 entry 2: its content does not match its hash'),
    });
  });

  it('takes the key its reader trusts', async () => {
    expect(await cli(page, { key: JSON.parse(data).log.verifierKey })).toMatchObject({ code: 0 });
    expect(await cli(page, { key: 'no key' })).toMatchObject({ code: 1 });
  });

  it('says what it cannot read', async () => {
    const [out, err]: [string[], string[]] = [[], []];
    const io = { out: (line: string) => void out.push(line), err: (line: string) => void err.push(line) };
    expect(await verifyCli('/nowhere/file.html', { note: undefined, key: undefined }, io)).toBe(66);
    expect(err).toEqual(['Cannot read /nowhere/file.html: there is no such file.']);
    expect((await cli('<html></html>')).err).toContain('no data of an evidence file');
  });
});
