/**
 * The vault: seals what is personal. Each subject has a random data key wrapped by the master key; destroying the
 * wrapped key erases every text it sealed. Must not know: tables, streams' meaning, where the master key came from.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { formerSpellings, normalised } from '../vocabulary/spelling.js';

export const KEY_BYTES = 32;
/** 96 random bits (NIST SP 800-38D 8.2.2): safe for 2^32 texts a key; a subject's key seals a few hundred. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** base64(nonce | tag | ciphertext), bound to where it belongs: moved elsewhere it no longer opens. */
function seal(key: Uint8Array, plain: Uint8Array, place: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place));
  const text = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64');
}

/** Throws when the text was altered, moved from its place, or sealed with another key. */
function unseal(key: Uint8Array, sealed: string, place: string): Buffer {
  const bytes = Buffer.from(sealed, 'base64');
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(place)).setAuthTag(tag);
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  } catch (cause) {
    throw new Error(`the sealed text at ${place} was altered or belongs elsewhere`, { cause });
  }
}

/** One key per use, so that none of them ever sees another's input. */
function derive(masterKey: Uint8Array, use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', masterKey, Buffer.alloc(0), `ombud/v1/${use}`, KEY_BYTES));
}

/** A subject's own key, in the clear only while a transaction uses it. */
export type DataKey = {
  seal(text: string, place: string): string;
  open(sealed: string, place: string): string;
};

export type Vault = {
  /** The keyed hash under which a reference is found again, whatever its spelling. */
  lookup(reference: string): string;
  /** The same within one context, told apart from every other one's: 16 hex digits. */
  mark(reference: string, within: string): string;
  /** Where a customer stands who was put on record before spellings were read as one; asked after `lookup`. */
  formerLookups(reference: string): readonly string[];
  makeDataKey(subjectId: string): { readonly wrapped: string; readonly dataKey: DataKey };
  unwrap(wrapped: string, subjectId: string): DataKey;
  /**
   * A fresh record key, wrapped: what seals entries, heads and rows (seals.ts). It is random and kept wrapped in
   * `vault.recordKey`, so that changing the master key rewraps it (`wrapRecordKey`) and touches no seal.
   */
  makeRecordKey(): string;
  wrapRecordKey(key: Uint8Array): string;
  /** Throws when it was altered or another master key wrapped it. */
  unwrapRecordKey(wrapped: string): Uint8Array;
  /** Kept in the database at first open. */
  readonly checkValue: string;
  /** Whether a database with this check value was made with this master key. */
  opens(checkValue: string): boolean;
};

/** No subject's id has this form. */
const RECORD_KEY_PLACE = 'vault:record-key';

export function openVault(masterKey: Uint8Array): Vault {
  const wrapping = derive(masterKey, 'wrap');
  const finding = derive(masterKey, 'lookup');
  const check = derive(masterKey, 'check');
  const hashed = (form: string): string => createHmac('sha256', finding).update(form).digest('base64');
  const dataKeyOf = (key: Uint8Array): DataKey => ({
    seal: (text, place) => seal(key, Buffer.from(text), place),
    open: (sealed, place) => unseal(key, sealed, place).toString(),
  });
  const wrapRecordKey = (key: Uint8Array): string => seal(wrapping, key, RECORD_KEY_PLACE);
  return {
    lookup: (reference) => hashed(normalised(reference)),
    mark: (reference, within) =>
      createHmac('sha256', finding)
        .update(JSON.stringify([normalised(reference), within]))
        .digest('hex')
        .slice(0, 16),
    formerLookups: (reference) => formerSpellings(reference).map(hashed),
    makeDataKey: (subjectId) => {
      const key = randomBytes(KEY_BYTES);
      return { wrapped: seal(wrapping, key, subjectId), dataKey: dataKeyOf(key) };
    },
    unwrap: (wrapped, subjectId) => dataKeyOf(unseal(wrapping, wrapped, subjectId)),
    makeRecordKey: () => wrapRecordKey(randomBytes(KEY_BYTES)),
    wrapRecordKey,
    unwrapRecordKey: (wrapped) => unseal(wrapping, wrapped, RECORD_KEY_PLACE),
    checkValue: check.toString('base64'),
    opens: (checkValue) => {
      const given = Buffer.from(checkValue, 'base64');
      return given.length === check.length && timingSafeEqual(given, check);
    },
  };
}

/** RFC 8410: the DER header before a raw 32-byte Ed25519 seed. */
const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The Ed25519 pair that signs checkpoints; the same master key always gives the same pair. */
export function signingKey(masterKey: Uint8Array): {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
} {
  const seed = derive(masterKey, 'checkpoint-signing');
  const der = Buffer.concat([ED25519_PKCS8, seed]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  return { privateKey, publicKey: createPublicKey(privateKey) };
}
