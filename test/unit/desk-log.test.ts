/** The log over days of a desk: what is signed, proven and refused, and which notes are of its history. */
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LogCheckpoint, ofLog } from '../../src/domain/checkpoint.js';
import { isConsistent } from '../../src/domain/log/hashes.js';
import { dayLeaf, entryLeaf } from '../../src/domain/log/leaves.js';
import { openNoteBy, parseVerifierKey, signTreeHead } from '../../src/domain/log/signing.js';
import { checkpointNumbered, latestCheckpoint, signerOf } from '../../src/record/checkpoints.js';
import { consistencyOf, inclusionProofs } from '../../src/record/log/kept.js';
import { witnessInMemory } from '../../src/record/log/witness.js';
import { noteFile } from '../../src/storage/note-file.js';
import { DATABASE } from '../support/fresh-store.js';
import { ORIGIN, SIGNER } from '../support/log-samples.js';
import { sigstoreAccepts } from '../support/sigstore.js';
import { type BareDesk, bareDesk, codeOf, factsOf, tamper, wordsOf } from './desk-bare.js';

let folder: string;
let file: string;
let desk: BareDesk;

const open = () => bareDesk({ file, witness: noteFile(join(folder, 'last.note')) });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ombud-log-'));
  file = join(folder, DATABASE);
  desk = await open();
  await desk.says('root', '/desk channel use:officer', '#officer');
});
afterEach(async () => {
  await desk.close();
  await rm(folder, { recursive: true });
});

/** Work of a day, then its digest the morning after. */
async function day(date: string, ...lines: readonly string[]): Promise<void> {
  for (const line of lines) expect([line, codeOf(await desk.says('mei', line))]).toEqual([line, 'answer']);
  desk.clock(`${date}T02:00:00Z`);
  await desk.desk.ticker.tick(desk.now());
}

async function pointOf(number: number): Promise<LogCheckpoint> {
  const point = await desk.look((tx) => checkpointNumbered(tx, number));
  if (point === null || !ofLog(point)) throw new Error(`no checkpoint ${number} of the log`);
  return point;
}

const keyOf = async () => {
  const key = parseVerifierKey(factsOf(await desk.says('root', '/desk doctor'))['Verifier key'] ?? '');
  if (key === null) throw new Error('the doctor shows no verifier key');
  return key;
};

const treeOf = async ({ note }: LogCheckpoint) => {
  const opened = openNoteBy(note, [(await keyOf()).publicKey]);
  if (opened.kind !== 'opened') throw new Error('not signed');
  return opened.head;
};

const cut = async (...statements: readonly string[]): Promise<void> => {
  await desk.close();
  await tamper(file, ...statements);
  const now = desk.now();
  desk = await open();
  desk.clock(now);
};

/** The officer's digests as they are on record, the last one last. */
const digests = () =>
  desk.look(async (tx) => (await tx.entries('digests', { lock: false })).map(({ body }) => body));

describe('two days', () => {
  beforeEach(async () => {
    await day('2026-11-24', '/privacy log deletion C-10812', '/privacy log access C-20911');
    await day('2026-11-25', '/privacy note PR-2026-0001 "the customer rang"');
  });

  it('hold every entry once, in the order of days and streams, and each day’s own leaf', async () => {
    const leaves = await desk.look((tx) => tx.leaves({ from: 0, to: 1000 }));
    const first = await pointOf(1);
    expect(leaves.map(({ position }) => position)).toEqual(leaves.map((_, index) => index));
    const streams = leaves.slice(0, first.size).map(({ stream }) => stream);
    expect(streams.at(-1)).toBe('ombud-day/v1');
    expect(streams.slice(0, -1)).toEqual([...streams.slice(0, -1)].sort());
    const second = leaves.slice(first.size).map(({ stream, seq }) => `${stream}:${seq}`);
    expect(second).toEqual([
      'PR-2026-0001:3',
      'PR-2026-0001:4',
      'PR-2026-0002:3',
      'checkpoints:1',
      'digests:1',
      'ombud-day/v1:2',
    ]);
  });

  it('are one history, each entry proven to another program', async () => {
    const [first, second] = [await pointOf(1), await pointOf(2)];
    const proof = await desk.look((tx) => consistencyOf(tx, first.size, second.size));
    expect(isConsistent(await treeOf(first), await treeOf(second), proof)).toBe(true);
    const key = await keyOf();
    const leaves = await desk.look((tx) => tx.leaves({ from: 0, to: second.size }));
    const proofs = await desk.look((tx) => inclusionProofs(tx, [...leaves.keys()], second.size));
    for (const { position, stream, seq, entryHash } of leaves) {
      const bytes =
        entryHash === null ? dayLeaf(await pointOf(seq)) : entryLeaf({ stream, seq, hash: entryHash });
      const hashes = proofs[position] ?? [];
      const given = { index: position, hashes, checkpoint: second.note };
      expect([position, sigstoreAccepts(key, bytes, given)]).toEqual([position, true]);
    }
  });

  it('have one checkpoint each, whatever else ticks', async () => {
    await day('2026-11-25');
    expect((await desk.look(latestCheckpoint))?.number).toBe(2);
    expect(await digests()).toMatchObject([
      { day: '2026-11-24', checkpoint: 1, notSigned: null },
      { day: '2026-11-25', checkpoint: 2, notSigned: null },
    ]);
  });

  it('tell of an old note how many entries ago it was', async () => {
    const { note } = await pointOf(1);
    const fenced = `\`\`\`\n${note.trimEnd()}\n\`\`\``;
    const quoted = note
      .trimEnd()
      .split('\n')
      .map((line) => `> ${line}`)
      .join('\r\n');
    for (const pasted of [note, note.trimEnd(), fenced, quoted, note.replaceAll('\n', ' ')]) {
      const answer = await desk.says('kim', `/desk audit note:"${pasted}"`);
      expect(codeOf(answer)).toBe('answer');
      expect(wordsOf(answer)).toContain('checkpoint 1 of 2026-11-24');
      expect(wordsOf(answer)).toContain('7 entries have been added since');
    }
  });

  it('take no note that somebody else signed, that was altered or is none', async () => {
    const { note, size } = await pointOf(1);
    const other = signTreeHead({ size, root: (await treeOf(await pointOf(1))).root }, [SIGNER]);
    expect(other.startsWith(ORIGIN)).toBe(true);
    for (const [pasted, says] of [
      [other, 'not signed by this desk'],
      [note.replace(`\n${size}\n`, `\n${size + 1}\n`), 'not signed by this desk'],
      ['the note of Tuesday', 'is no checkpoint'],
    ]) {
      const answer = await desk.says('lyon', `/desk audit note:"${pasted}"`);
      expect(codeOf(answer)).toBe('invalid-value');
      expect(wordsOf(answer)).toContain(says);
    }
    expect(codeOf(await desk.says('lyon', `/desk audit PR-2026-0001 note:"${note}"`))).toBe('invalid-value');
  });

  it('sign of the origin of before, and verify what was signed under another', async () => {
    const last = await pointOf(2);
    const { origin } = await keyOf();
    expect(origin).toMatch(/^ombud\.invalid\/[0-9a-f]{8}$/);
    const { publicKey } = await keyOf();
    const witness = witnessInMemory();
    const log = { origin: null, publicKeys: [publicKey], witness, sign: SIGNER.sign } as const;
    expect(signerOf(log, last).key.origin).toBe(origin);
    const named = { ...log, publicKeys: [SIGNER.key.publicKey], origin: ORIGIN } as const;
    const note = signTreeHead(await treeOf(last), [signerOf(named, last)]);
    expect(openNoteBy(note, [publicKey, SIGNER.key.publicKey])).toMatchObject({ head: { origin: ORIGIN } });
    expect(openNoteBy(last.note, [SIGNER.key.publicKey, publicKey])).toMatchObject({ head: { origin } });
  });
});

describe('an older copy of the database', () => {
  const COPY = 'older.db';

  beforeEach(async () => {
    await day('2026-11-24', '/privacy log deletion C-10812');
    await desk.close();
    await copyFile(file, join(folder, COPY));
    desk = await open();
    await day('2026-11-25', '/privacy log access C-20911');
  });

  const restored = async () => {
    const note = (await pointOf(2)).note;
    await desk.close();
    await copyFile(join(folder, COPY), file);
    desk = await open();
    return note;
  };

  it('is not signed for: the officer and the doctor are told, and the desk works', async () => {
    await restored();
    await day('2026-11-26', '/privacy log access C-30012');
    expect((await digests()).at(-1)).toMatchObject({
      checkpoint: null,
      notSigned: { what: 'log-behind' },
    });
    expect((await desk.look(latestCheckpoint))?.number).toBe(1);
    const doctor = wordsOf(await desk.says('root', '/desk doctor'));
    expect(doctor).toContain('this database is an older copy');
    expect(codeOf(await desk.says('mei', '/privacy assign PR-2026-0002'))).toBe('answer');
  });

  it('is told from this history by the note of a later day', async () => {
    const note = await restored();
    desk.clock('2026-11-25T03:00:00Z');
    const answer = await desk.says('lyon', `/desk audit note:"${note}"`);
    expect(codeOf(answer)).toBe('ledger-broken');
    expect(wordsOf(answer)).toContain('It is an older copy');
  });

  it('is not signed for when it has grown past what was signed', async () => {
    await restored();
    await rm(join(folder, 'last.note'));
    // With nothing kept outside, another history is begun, as long as the one before.
    await day('2026-11-25', '/privacy log deletion C-77001', '/privacy log access C-77002');
    const other = (await pointOf(2)).note;
    await desk.close();
    await copyFile(join(folder, COPY), file);
    desk = await open();
    await day('2026-11-26', '/privacy log access C-20911', '/privacy log access C-30012');
    const told = (await digests()).at(-1);
    expect(told).toMatchObject({ checkpoint: null, notSigned: { what: 'log-behind' } });
    expect(codeOf(await desk.says('lyon', `/desk audit note:"${other}"`))).toBe('ledger-broken');
  });
});

describe('what is broken when the day’s digest comes', () => {
  it('is not signed for: the entry is named to the officer', async () => {
    await day('2026-11-24', '/privacy log deletion C-10812');
    await desk.says('mei', '/privacy note PR-2026-0001 "seen"');
    await cut(`UPDATE ledger_entry SET person = 'dan' WHERE stream = 'PR-2026-0001' AND seq = 3`);
    await day('2026-11-25');
    expect((await digests()).at(-1)).toMatchObject({
      checkpoint: null,
      notSigned: { what: 'stream-broken', stream: 'PR-2026-0001', seq: 3 },
    });
    expect(await desk.look((tx) => tx.leavesOf('PR-2026-0001', { after: 2, take: 9 }))).toEqual([]);
  });
});

const BROKEN: readonly (readonly [what: string, sql: readonly string[], says: string])[] = [
  ['a lost leaf', ['DELETE FROM log_leaf WHERE position = 3'], 'leaf 3 of the log is missing'],
  ['a lost hash', ['DELETE FROM log_hash WHERE id = 5'], 'leaf 3 of the log, or a hash above it'],
  [
    'a swapped hash',
    [`UPDATE log_hash SET hash = (SELECT hash FROM log_hash WHERE id = 0) WHERE id = 2`],
    'leaf 1',
  ],
  [
    'a leaf of nobody’s',
    [`INSERT INTO log_leaf SELECT max(position) + 1, 'PR-2026-0009', 1 FROM log_leaf`],
    'is covered by no checkpoint',
  ],
  ['all leaves gone', ['DELETE FROM log_leaf', 'DELETE FROM log_hash'], 'leaf 0 of the log is missing'],
];

describe('a log somebody wrote in', () => {
  it.each(BROKEN)('with %s is named by the audit, and not signed on', async (_what, sql, says) => {
    await day('2026-11-24', '/privacy log deletion C-10812', '/privacy log access C-20911');
    await cut(...sql);
    const answer = await desk.says('lyon', '/desk audit');
    expect(codeOf(answer)).toBe('ledger-broken');
    expect(wordsOf(answer)).toContain(says);
  });

  it('with a chain, its head and its leaf rewritten is found by the proof of the case', async () => {
    await day('2026-11-24', '/privacy log deletion C-10812', '/privacy log access C-20911');
    await cut(
      `UPDATE log_hash SET hash = (SELECT hash FROM log_hash WHERE id = 1) WHERE id = (SELECT count(*) FROM log_hash) - 3`,
    );
    expect(codeOf(await desk.says('lyon', '/desk audit'))).toBe('ledger-broken');
  });
});
