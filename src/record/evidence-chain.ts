import { signedText, type Witness, witnessesOf } from '../domain/checkpoint.js';
import { type LedgerEntry, type LedgerFault, verifyStream } from '../domain/ledger.js';
import { maskedText } from '../vocabulary/mask.js';
import type { Json } from '../vocabulary/values.js';

type Chained = {
  readonly stream: string;
  readonly entries: readonly LedgerEntry[];
  /** The customer's reference, which must stand nowhere in the file; null once their key is destroyed. */
  readonly reference: string | null;
  /** False: hashes alone, so that what is withheld is not given away by what is left out. */
  readonly open: boolean;
  readonly faultWords: (fault: LedgerFault) => string;
};

const SEALED =
  'sealed is the AES-256-GCM ciphertext (base64) of an entry’s personal fields, unreadable without the customer’s key; the hash covers the ciphertext, so it is given as it stands.';
const OPEN_RECIPE = [
  'Take an entry without its hash, write it as canonical JSON (RFC 8785), and take the SHA-256 of its UTF-8 bytes, in hex: that is its hash.',
  'prev is the hash of the entry before it, and 64 zeros in the first; seq counts from 1 without gaps.',
  'An entry with leftOut has a field removed that holds the customer’s reference: its hash can be followed, not computed.',
];
const CLOSED_RECIPE = [
  'prev is the hash of the entry before it, and 64 zeros in the first; seq counts from 1 without gaps.',
  'The desk keeps what each hash was computed from, and can show it to whoever is entitled to see it.',
];

export function chainOf({ stream, entries, reference, open, faultWords }: Chained) {
  const last = entries.at(-1);
  const fault = verifyStream(stream, entries, last ?? null);
  return {
    stream,
    verification: {
      verifies: fault === null,
      fault: fault === null ? null : faultWords(fault),
      entries: entries.length,
      lastHash: last?.hash ?? null,
    },
    recipe: open ? OPEN_RECIPE : CLOSED_RECIPE,
    sealed: open ? SEALED : null,
    entries: entries.map((entry) =>
      open ? openEntry(entry, reference) : { seq: entry.seq, prev: entry.prev, hash: entry.hash },
    ),
  };
}

function openEntry({ hash, ...covered }: LedgerEntry, reference: string | null) {
  const { stream, seq, at, actor, type, body, sealed, prev } = covered;
  const { person, account } = actor;
  const names = reference !== null && recipientsIn(body).some((each) => maskedText(each, reference) !== each);
  const shown = names ? { leftOut: 'body' } : { body };
  return { v: 1, stream, seq, at, actor: { person, account }, type, ...shown, sealed, prev, hash };
}

/** The one kind of readable text people type: the names of organisations. */
function recipientsIn(body: Json | undefined): readonly string[] {
  if (typeof body !== 'object' || body === null) return [];
  if (Array.isArray(body)) return body.flatMap(recipientsIn);
  return Object.entries(body).flatMap(([key, value]: [string, Json | undefined]) =>
    key === 'recipient' && typeof value === 'string' ? [value] : recipientsIn(value),
  );
}

const CHECKPOINT_RECIPE = [
  'leaf names this stream, the last entry the checkpoint saw of it, and that entry’s hash.',
  'Start with the SHA-256 (hex) of leaf; for each step of path hash "1|left|right", the step’s own hash standing on its side: the last result is root.',
  'signature is Ed25519 (base64) over signedText with publicKey (SPKI, DER, base64).',
  'The root of that day also stands in the officer’s digest in the chat, which this desk cannot rewrite.',
];

export function checkpointsOver(
  points: Parameters<typeof witnessesOf>[0],
  stream: string,
  publicKey: string,
) {
  const witnesses = witnessesOf(points, stream);
  return {
    says: witnesses.length === 0 ? 'No checkpoint has been made since this was begun.' : null,
    publicKey,
    recipe: CHECKPOINT_RECIPE,
    covering: witnesses.map(pointOf),
  };
}

function pointOf({ checkpoint, saw, path }: Witness) {
  const { number, day, streams, root, previous, signature } = checkpoint;
  return {
    number,
    day,
    streams,
    root,
    previous,
    signedText: signedText(checkpoint),
    signature,
    saw: { entry: saw.seq, hash: saw.hash },
    leaf: `0|${saw.stream}|${saw.seq}|${saw.hash}`,
    path,
  };
}
