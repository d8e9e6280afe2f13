/** Go's sumdb/note and tlog accept what the desk signs and proves, and refuse each tampered copy, where they are installed. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verifierKeyText } from '../../src/domain/log/signing.js';
import { leafOf, SIGNER, sampleLog, signerOf } from '../support/log-samples.js';

/** Debian: golang-go, golang-golang-x-mod-dev. */
const GOPATH = '/usr/share/gocode';
const found =
  existsSync(`${GOPATH}/src/golang.org/x/mod/sumdb/note`) && spawnSync('go', ['version']).status === 0;
if (!found) console.log('skipped: Go and Debian’s golang-golang-x-mod-dev are not installed here');

const log = sampleLog(1000, 420);
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const whole = {
  key: verifierKeyText(SIGNER.key),
  leaf: base64(leafOf(42)),
  proof: log.proofOf(41),
  earlier: log.earlierNote,
  consistency: log.consistency.map(base64),
};
const other = base64(leafOf(1).slice(0, 32));
const root = base64(log.headAt(1000).root);

const CASES: readonly (readonly [what: string, given: typeof whole, accepted: boolean])[] = [
  ['as it is', whole, true],
  ['its last leaf, of a day', { ...whole, leaf: base64(leafOf(1000)), proof: log.proofOf(999) }, true],
  ['another leaf', { ...whole, leaf: base64(leafOf(43)) }, false],
  ['another place', { ...whole, proof: whole.proof.replace('index 41', 'index 40') }, false],
  ['another root', { ...whole, proof: whole.proof.replace(root, other) }, false],
  ['another size', { ...whole, proof: whole.proof.replace('\n1000\n', '\n999\n') }, false],
  [
    'another hash in the proof',
    { ...whole, proof: whole.proof.replace(/\n[^\n]{44}\n/, `\n${other}\n`) },
    false,
  ],
  ['another key', { ...whole, key: verifierKeyText(signerOf(SIGNER.key.origin, 8).key) }, false],
  ['an earlier day that is another', { ...whole, earlier: sampleLog(1000, 419).earlierNote }, false],
  ['a shorter proof of two days', { ...whole, consistency: whole.consistency.slice(1) }, false],
];

describe.skipIf(!found)('Go’s sumdb', () => {
  const run = () =>
    spawnSync('go', ['run', resolve('test/go/verify.go')], {
      input: JSON.stringify(CASES.map(([, given]) => given)),
      encoding: 'utf8',
      env: { ...process.env, GO111MODULE: 'off', GOPATH, GOFLAGS: '' },
    });

  it('accepts what is whole and refuses every other', { timeout: 180_000 }, () => {
    const { stdout, stderr } = run();
    expect(stderr).toBe('');
    const said = stdout.trimEnd().split('\n');
    expect(CASES.map(([what], at) => [what, said[at] === 'ok'])).toEqual(
      CASES.map(([what, , accepted]) => [what, accepted]),
    );
  });
});
