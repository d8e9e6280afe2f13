import { sign, verify } from 'node:crypto';
import { expect, it } from 'vitest';
import { openVault, signingKey } from '../../src/storage/vault.js';

const KEY = Buffer.alloc(32, 1);
const OTHER = Buffer.alloc(32, 2);
const vault = openVault(KEY);

it('looks a reference up under any spelling, and only with this key', () => {
  expect(vault.lookup(' Ｃ-100812')).toBe(vault.lookup('c-100812 '));
  expect(vault.lookup('c-100812')).not.toBe(vault.lookup('c-100813'));
  expect(vault.lookup('c-100812')).not.toBe(openVault(OTHER).lookup('c-100812'));
});

it('seals differently every time and opens what it sealed', () => {
  const { dataKey, wrapped } = vault.makeDataKey('s1');
  const [one, two] = [dataKey.seal('Ünï', 'PR-1:1'), dataKey.seal('Ünï', 'PR-1:1')];
  expect(one).not.toBe(two);
  expect(vault.unwrap(wrapped, 's1').open(one, 'PR-1:1')).toBe('Ünï');
});

it('refuses another place, another key, another subject, and every changed byte', () => {
  const { dataKey, wrapped } = vault.makeDataKey('s1');
  const sealed = dataKey.seal('text', 'PR-1:1');
  const refusal = 'was altered or belongs elsewhere';
  expect(() => dataKey.open(sealed, 'PR-1:2')).toThrow(refusal);
  expect(() => vault.makeDataKey('s2').dataKey.open(sealed, 'PR-1:1')).toThrow(refusal);
  expect(() => vault.unwrap(wrapped, 's2')).toThrow(refusal);
  expect(() => openVault(OTHER).unwrap(wrapped, 's1')).toThrow(refusal);
  for (let index = 0; index < Buffer.from(sealed, 'base64').length; index += 1) {
    const bytes = Buffer.from(sealed, 'base64');
    bytes[index] = (bytes[index] ?? 0) ^ 1;
    expect(() => dataKey.open(bytes.toString('base64'), 'PR-1:1')).toThrow(refusal);
  }
  expect(() => dataKey.open('AAAA', 'PR-1:1')).toThrow(refusal);
});

it('knows its own check value', () => {
  expect(vault.opens(openVault(KEY).checkValue)).toBe(true);
  expect(vault.opens(openVault(OTHER).checkValue)).toBe(false);
  expect(vault.opens('')).toBe(false);
});

it('always signs with the same pair', () => {
  const { privateKey } = signingKey(KEY);
  const { publicKey } = signingKey(KEY);
  expect(publicKey.asymmetricKeyType).toBe('ed25519');
  const signature = sign(null, Buffer.from('root'), privateKey);
  expect(verify(null, Buffer.from('root'), publicKey, signature)).toBe(true);
  expect(verify(null, Buffer.from('root'), signingKey(OTHER).publicKey, signature)).toBe(false);
});
