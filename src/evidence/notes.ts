/**
 * Whether a signed note is a key's own, by WebCrypto, and a note as people paste it (C2SP signed-note; evidence.md, The log).
 * Must not know: who signs, where a note comes from.
 */
import { fromBase64, hex, joined, sameBytes, utf8 } from '../domain/log/bytes.js';
import { isOrigin, type Note } from '../domain/log/note.js';
import { sha256 } from './hashes.js';

export type VerifierKey = {
  readonly origin: string;
  readonly keyId: Uint8Array;
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array;
};

/** `<origin>+<8 hex>+<base64(0x01 ‖ public key)>`. Null: it is none, or its id is another key's. */
export async function verifierKeyOf(text: string): Promise<VerifierKey | null> {
  const [, origin = '', id = '', encoded = ''] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text.trim()) ?? [];
  const bytes = fromBase64(encoded);
  if (!isOrigin(origin) || bytes === null || bytes.length !== 33 || bytes[0] !== 1) return null;
  const hash = await sha256(joined([utf8(`${origin}\n`), bytes]));
  const keyId = hash.slice(0, 4);
  return hex(keyId) === id ? { origin, keyId, publicKey: bytes.slice(1) } : null;
}

/** As it was pasted: Windows line ends, a code fence and a lost last line feed are put right. */
export function tidyNote(pasted: string): string {
  const plain = pasted.replaceAll('\r\n', '\n').replaceAll('\u00a0', ' ').trim();
  const bare = plain.replace(/^```[a-z]*\n?/, '').replace(/\n?```$/, '');
  return `${bare.trim()}\n`;
}

/**
 * `forged`: the key's name and id stand there, and the signature is not its own. `other-key`: no signature of this key is there.
 * `unsupported`: this browser has no Ed25519.
 */
export type Signed = 'signed' | 'forged' | 'other-key' | 'unsupported';

/** By any of these keys; where none is, what is said of the first. */
export async function signedByAny(note: Note, keys: readonly VerifierKey[]): Promise<Signed> {
  const found: Signed[] = [];
  for (const key of keys) found.push(await signedBy(note, key));
  return found.find((one) => one !== 'other-key') ?? 'other-key';
}

export async function signedBy(note: Note, key: VerifierKey): Promise<Signed> {
  const own = note.signatures.filter(({ name, keyId }) => name === key.origin && sameBytes(keyId, key.keyId));
  if (own.length === 0) return 'other-key';
  const verifier = await importedKey(key);
  if (verifier === null) return 'unsupported';
  const text = new Uint8Array(utf8(note.text));
  for (const { signature } of own)
    if (!(await crypto.subtle.verify('Ed25519', verifier, new Uint8Array(signature), text))) return 'forged';
  return 'signed';
}

async function importedKey({
  publicKey,
}: VerifierKey): Promise<Awaited<ReturnType<typeof crypto.subtle.importKey>> | null> {
  try {
    return await crypto.subtle.importKey('raw', new Uint8Array(publicKey), 'Ed25519', false, ['verify']);
  } catch {
    return null;
  }
}
