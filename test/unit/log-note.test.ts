/** Signed notes and proofs as text: written, read back, and refused when a byte is another (C2SP). */

import { describe, expect, it } from 'vitest';
import { isConsistent, isIncluded, leafHash } from '../../src/domain/log/hashes.js';
import { isOrigin, noteText, parseNote, parseTreeHead } from '../../src/domain/log/note.js';
import { parseProof, proofText } from '../../src/domain/log/proof.js';
import {
  isSignedBy,
  openNote,
  originOf,
  parseVerifierKey,
  signTreeHead,
  verifierKey,
  verifierKeyText,
} from '../../src/domain/log/signing.js';
import { leafOf, ORIGIN, SIGNER, sampleLog, signerOf } from '../support/log-samples.js';
import { sigstoreAccepts } from '../support/sigstore.js';

const log = sampleLog(1000, 420);
const { key } = SIGNER;

/** The text with the character at this place changed to another one of its kind. */
function altered(text: string, at: number): string {
  const other = text[at] === 'A' ? 'B' : text[at] === '1' ? '2' : text[at] === '\n' ? ' ' : 'A';
  const changed = /\d/.test(text[at] ?? '') && text[at] !== '1' ? '1' : other;
  return `${text.slice(0, at)}${changed}${text.slice(at + 1)}`;
}

describe('a checkpoint', () => {
  it('is a signed note of three lines', () => {
    const [origin, size, root, empty, signature, end, ...more] = log.note.split('\n');
    expect([origin, size, empty, end, more]).toEqual([ORIGIN, '1000', '', '', []]);
    expect(root).toBe(Buffer.from(log.headAt(1000).root).toString('base64'));
    expect(signature).toMatch(/^\u2014 desk\.example\.org\/privacy [A-Za-z0-9+/]{91}=$/);
    expect(openNote(log.note, key)).toEqual({
      kind: 'opened',
      head: { origin: ORIGIN, ...log.headAt(1000) },
    });
  });

  it('is the same text when it is read and written again', () => {
    const note = parseNote(log.note);
    expect(note === null ? null : noteText(note)).toBe(log.note);
  });

  it('is refused when any one character of it is another', () => {
    for (let at = 0; at < log.note.length; at += 1)
      expect([at, openNote(altered(log.note, at), key).kind]).not.toEqual([at, 'opened']);
  });

  it('is of one origin and one key only', () => {
    const other = signerOf(ORIGIN, 8);
    expect(openNote(log.note, other.key).kind).toBe('unsigned');
    expect(openNote(log.note, signerOf('elsewhere.example', 7).key).kind).toBe('other-origin');
  });

  it('may carry further signatures, which do not count for it', () => {
    const witness = signerOf('witness.example', 9);
    const note = signTreeHead(log.headAt(1000), [SIGNER, witness]);
    expect(openNote(note, key).kind).toBe('opened');
    const lines = note.split('\n');
    const alone = [...lines.slice(0, 4), ...lines.slice(5)].join('\n');
    expect(openNote(alone, key).kind).toBe('unsigned');
    const read = parseNote(alone);
    expect(read !== null && isSignedBy(read, witness.key)).toBe(true);
  });

  it.each([
    ['no signature', log.note.split('\n').slice(0, 4).join('\n')],
    ['no last line break', log.note.slice(0, -1)],
    ['carriage returns', log.note.replaceAll('\n', '\r\n')],
    ['a size with a nought before it', log.note.replace('\n1000\n', '\n01000\n')],
    ['nothing', ''],
  ])('with %s is none', (_, text) => expect(openNote(text, key).kind).toBe('no-note'));

  it('states a size and a root, or is none', () => {
    const root = Buffer.from(log.headAt(1000).root).toString('base64');
    expect(parseTreeHead(`${ORIGIN}\n5\n${root}\n`)?.size).toBe(5);
    for (const text of [
      `${ORIGIN}\n-5\n${root}\n`,
      `${ORIGIN}\n5\nAAAA\n`,
      `a b\n5\n${root}\n`,
      `${ORIGIN}\n5\n`,
    ])
      expect(parseTreeHead(text)).toBeNull();
  });
});

describe('a verifier key', () => {
  it('is published as origin, key id and key, and read back only whole', () => {
    const text = verifierKeyText(key);
    expect(text).toMatch(/^desk\.example\.org\/privacy\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}$/);
    expect(parseVerifierKey(text)).toEqual(key);
    expect(parseVerifierKey(text.replace('desk', 'disk'))).toBeNull();
    expect(parseVerifierKey(`${text}A`)).toBeNull();
  });

  it('has an origin without space, plus or schema; one is made where none is set', () => {
    expect(['', 'a b', 'a+b', 'https://a.example', 'a\n'].map(isOrigin)).toEqual(Array(5).fill(false));
    expect(originOf(key.publicKey)).toMatch(/^ombud\.invalid\/[0-9a-f]{8}$/);
    expect(() => verifierKey('a b', key.publicKey)).toThrow('origin');
  });
});

describe('a proof', () => {
  const text = log.proofOf(41);

  it('is the text of tlog-proof, and leads from the leaf to the signed root', () => {
    expect(text.split('\n').slice(0, 2)).toEqual(['c2sp.org/tlog-proof@v1', 'index 41']);
    expect(text.endsWith(`\n\n${log.note}`)).toBe(true);
    const read = parseProof(text);
    expect(read === null ? null : proofText(read)).toBe(text);
    const opened = openNote(read?.checkpoint ?? '', key);
    const leaf = { index: read?.index ?? -1, hash: leafHash(leafOf(42)), proof: read?.hashes ?? [] };
    expect(opened.kind === 'opened' && isIncluded(leaf, opened.head)).toBe(true);
  });

  it('is none in another form', () => {
    for (const other of [
      text.replace('@v1', '@v2'),
      text.replace('index 41', 'index x'),
      text.replace('\n\n', '\n'),
    ])
      expect(parseProof(other)).toBeNull();
  });

  it('shows two days to be one history', () => {
    expect(isConsistent(log.headAt(420), log.headAt(1000), log.consistency)).toBe(true);
    expect(isConsistent(log.headAt(421), log.headAt(1000), log.consistency)).toBe(false);
  });
});

const sigstoreTakes = (checkpoint: string, seq: number, index: number, hashes: readonly Uint8Array[]) =>
  sigstoreAccepts(key, leafOf(seq), { index, hashes, checkpoint });

describe('@sigstore/verify', () => {
  it('accepts every tenth leaf of ours', () => {
    for (let index = 0; index < 1000; index += 10)
      expect(sigstoreTakes(log.note, index + 1, index, log.hashesOf(index))).toBe(true);
  });

  it('refuses a tampered note, leaf, place and proof', () => {
    const [, size = '', root = '', , signature = ''] = log.note.split('\n');
    const hashes = log.hashesOf(41);
    expect(sigstoreTakes(log.note.replace(`\n${size}\n`, '\n999\n'), 42, 41, hashes)).toBe(false);
    expect(sigstoreTakes(log.note.replace(root, altered(root, 0)), 42, 41, hashes)).toBe(false);
    const at = log.note.indexOf(signature) + signature.length - 40;
    expect(sigstoreTakes(altered(log.note, at), 42, 41, hashes)).toBe(false);
    expect(sigstoreTakes(log.note, 43, 41, hashes)).toBe(false);
    expect(sigstoreTakes(log.note, 42, 40, hashes)).toBe(false);
    expect(sigstoreTakes(log.note, 42, 41, hashes.slice(1))).toBe(false);
    for (const at of hashes.keys()) {
      const other = hashes.map((hash, index) => (index === at ? leafHash(hash) : hash));
      expect(sigstoreTakes(log.note, 42, 41, other)).toBe(false);
    }
  });
});
