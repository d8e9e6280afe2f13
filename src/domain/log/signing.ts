/**
 * Who signs a note: key ids, verifier keys and Ed25519 (C2SP signed-note; evidence.md, The log, 3). Synchronous, with
 * `node:crypto`; `keyIdText` is what a browser hashes with WebCrypto. Must not know: where keys are kept.
 */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { base64, fromBase64, hex, joined, sameBytes, utf8 } from './bytes.js';
import {
  isOrigin,
  type Note,
  noteText,
  parseNote,
  parseTreeHead,
  type TreeHead,
  treeHeadText,
} from './note.js';

/** Whose signature counts: the origin and its Ed25519 public key (32 bytes), with the key id they make. */
export type VerifierKey = {
  readonly origin: string;
  readonly keyId: Uint8Array;
  readonly publicKey: Uint8Array;
};

/** Who signs: 64 bytes of Ed25519 over the bytes given. */
export type NoteSigner = { readonly key: VerifierKey; readonly sign: (text: Uint8Array) => Uint8Array };

const ED25519 = 1;
const PUBLIC_KEY_BYTES = 32;

/** The bytes whose SHA-256 begins with the key id: `origin ‖ 0x0A ‖ 0x01 ‖ public key`. */
export const keyIdText = (origin: string, publicKey: Uint8Array): Uint8Array =>
  joined([utf8(`${origin}\n`), Uint8Array.of(ED25519), publicKey]);

/** Throws when the origin is none a note may have. */
export function verifierKey(origin: string, publicKey: Uint8Array): VerifierKey {
  if (!isOrigin(origin)) throw new Error(`"${origin}" cannot be a log's origin: no space, no +, no schema`);
  const digest = createHash('sha256').update(keyIdText(origin, publicKey)).digest();
  return { origin, keyId: new Uint8Array(digest.subarray(0, 4)), publicKey };
}

const NO_ORIGIN = 'ombud.invalid';

/** Where no origin is set: `ombud.invalid/` and the key id, in hex, that this key has under the name `ombud.invalid`. */
export const originOf = (publicKey: Uint8Array): string =>
  `${NO_ORIGIN}/${hex(verifierKey(NO_ORIGIN, publicKey).keyId)}`;

/** As it is published: `<origin>+<8 hex>+<base64(0x01 ‖ public key)>`. */
export const verifierKeyText = ({ origin, keyId, publicKey }: VerifierKey): string =>
  `${origin}+${hex(keyId)}+${base64(joined([Uint8Array.of(ED25519), publicKey]))}`;

/** Null: it is no Ed25519 verifier key, or its key id is not of this origin and key. */
export function parseVerifierKey(text: string): VerifierKey | null {
  const [, origin = '', id = '', key = ''] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text) ?? [];
  const bytes = fromBase64(key);
  if (!isOrigin(origin) || bytes === null || bytes[0] !== ED25519 || bytes.length !== PUBLIC_KEY_BYTES + 1)
    return null;
  const made = verifierKey(origin, bytes.slice(1));
  return hex(made.keyId) === id ? made : null;
}

/** RFC 8410: the DER header before a raw Ed25519 public key. */
const SPKI = Uint8Array.of(0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00);

function isSignatureBy({ publicKey }: VerifierKey, text: Uint8Array, signature: Uint8Array): boolean {
  const key = createPublicKey({
    key: Buffer.from(joined([SPKI, publicKey])),
    format: 'der',
    type: 'spki',
  });
  return verify(null, text, key, signature);
}

/** The signed note of a tree: one signature line for each signer. */
export function signTreeHead(
  head: Omit<TreeHead, 'origin'>,
  signers: readonly [NoteSigner, ...NoteSigner[]],
): string {
  const text = treeHeadText({ ...head, origin: signers[0].key.origin });
  return noteText({
    text,
    signatures: signers.map(({ key, sign }) => ({
      name: key.origin,
      keyId: key.keyId,
      signature: sign(utf8(text)),
    })),
  });
}

/** Whether the note has a right signature of this key; other lines, a witness's or an old key's, do not count. */
export function isSignedBy(note: Note, key: VerifierKey): boolean {
  const own = note.signatures.filter(({ name, keyId }) => name === key.origin && sameBytes(keyId, key.keyId));
  return own.length > 0 && own.every(({ signature }) => isSignatureBy(key, utf8(note.text), signature));
}

export type OpenedNote =
  | { readonly kind: 'opened'; readonly head: TreeHead }
  /** `unsigned`: not by this key; `other-origin`: of another log. */
  | { readonly kind: 'no-note' | 'other-origin' | 'unsigned' };

/** What a checkpoint's note says, once it is known to be this key's. */
export function openNote(text: string, key: VerifierKey): OpenedNote {
  const note = parseNote(text);
  const head = note === null ? null : parseTreeHead(note.text);
  if (note === null || head === null) return { kind: 'no-note' };
  if (head.origin !== key.origin) return { kind: 'other-origin' };
  return isSignedBy(note, key) ? { kind: 'opened', head } : { kind: 'unsigned' };
}

/** The same for a note of any origin that one of these keys (32 bytes each) signed. */
export function openNoteBy(text: string, publicKeys: readonly Uint8Array[]): OpenedNote {
  const head = parseTreeHead(parseNote(text)?.text ?? '');
  if (head === null) return { kind: 'no-note' };
  const opened = publicKeys.map((publicKey) => openNote(text, verifierKey(head.origin, publicKey)));
  return opened.find(({ kind }) => kind === 'opened') ?? { kind: 'unsigned' };
}
