/**
 * Keyed hashes over what is kept (evidence.md, "What an attacker with the database cannot do"): whoever writes to the
 * database without the record's key cannot make one. Must not know: tables, where the key is kept.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a seal is over; a seal of one kind never fits another. */
export type Sealed = 'entry' | 'head' | 'subject' | 'post' | 'outcome' | 'message' | 'setting';

type Field = string | number | null;

export type Seals = {
  /** `bytes` is long text that the seal covers too. */
  readonly of: (kind: Sealed, fields: readonly Field[], bytes?: string) => string;
  /** Whether this seal, null or not, is the one over these fields. */
  readonly fits: (seal: string | null, kind: Sealed, fields: readonly Field[], bytes?: string) => boolean;
};

/** HMAC-SHA-256, base64. JSON keeps the fields apart; it holds no newline, so the bytes cannot move into them. */
export function sealsWith(key: Uint8Array): Seals {
  const hashed = (kind: Sealed, fields: readonly Field[], bytes: string): Buffer =>
    createHmac('sha256', key)
      .update(`ombud-seal/v1\n${JSON.stringify([kind, ...fields])}\n${bytes}`)
      .digest();
  return {
    of: (kind, fields, bytes = '') => hashed(kind, fields, bytes).toString('base64'),
    fits: (seal, kind, fields, bytes = '') => {
      if (seal === null) return false;
      const given = Buffer.from(seal, 'base64');
      const right = hashed(kind, fields, bytes);
      return given.length === right.length && timingSafeEqual(given, right);
    },
  };
}
