/**
 * What an evidence file holds, as data: everything a reader without the desk needs to verify it. Its text is written in one way
 * only, so that a changed byte is a changed file. Must not know: how a record is read from the desk, how it is shown.
 */
import * as z from 'zod/mini';
import { fromBase64, hex } from '../domain/log/bytes.js';
import type { Pack } from '../policy/schema.js';
import { sha256 } from './hashes.js';

const actor = z.strictObject({ person: z.nullable(z.string()), account: z.string() });
const link = { seq: z.int(), prev: z.string(), hash: z.string() };

/** An entry with what its hash covers; `leftOut` where the readable part holds the customer's reference. */
const openEntry = z.strictObject({
  v: z.literal(1),
  stream: z.string(),
  seq: z.int(),
  at: z.string(),
  actor,
  type: z.string(),
  body: z.optional(z.unknown()),
  leftOut: z.optional(z.literal('body')),
  sealed: z.nullable(z.string()),
  prev: z.string(),
  hash: z.string(),
});
export type OpenEntry = z.infer<typeof openEntry>;

/** In a copy for the customer: its place and hash, and nothing of what it says. */
const closedEntry = z.strictObject(link);

const ledger = z.strictObject({
  stream: z.string(),
  verification: z.looseObject({ entries: z.int(), lastHash: z.nullable(z.string()) }),
  recipe: z.array(z.string()),
  sealed: z.nullable(z.string()),
  entries: z.array(z.union([openEntry, closedEntry])),
});

/** Where an entry stands in the log, and the hashes from its leaf up to the checkpoint's root (base64). */
const proof = z.strictObject({ entry: z.int(), index: z.int(), hashes: z.array(z.string()) });

const datedDay = z.looseObject({ day: z.string() });

const record = {
  policy: z.strictObject({ title: z.string(), name: z.string(), version: z.string(), hash: z.string() }),
  case: z.optional(
    z.looseObject({
      ref: z.string(),
      type: z.string(),
      receivedAt: z.string(),
      dates: z.looseObject({
        received: z.string(),
        acknowledgeBy: datedDay,
        actBy: z.nullable(datedDay),
        due: datedDay,
        target: z.string(),
        computed: z.array(z.looseObject({ on: z.string(), clause: z.nullable(z.string()) })),
      }),
    }),
  ),
  disclosure: z.optional(z.looseObject({ ref: z.string() })),
  consent: z.optional(z.looseObject({ ref: z.string() })),
  ledger,
  /** Checkpoints as the desk made them before its log. */
  checkpoints: z.looseObject({ covering: z.array(z.looseObject({})) }),
  proofs: z.array(proof),
};
const recordSchema = z.strictObject(record);
export type EvidenceRecord = z.infer<typeof recordSchema>;

/** A checkpoint of the log that was made before the last one, and the proof that it is the last one's beginning. */
const earlierPoint = z.strictObject({
  number: z.int(),
  day: z.string(),
  note: z.string(),
  consistency: z.array(z.string()),
});

const log = z.strictObject({
  /** Why there is no checkpoint; null: there is one. */
  says: z.nullable(z.string()),
  verifierKey: z.string(),
  /** Keys that signed before it, which the seal vouches for. */
  olderKeys: z.array(z.string()),
  recipe: z.array(z.string()),
  checkpoint: z.nullable(z.strictObject({ number: z.int(), day: z.string(), note: z.string() })),
  earlier: z.array(earlierPoint),
});

const shared = {
  /**
   * The packs the records were decided under, by hash: the RFC 8785 JSON that the hash is of, in base64, and the public holidays
   * of its country.
   */
  policies: z.record(
    z.string(),
    z.strictObject({ canonical: z.string(), holidays: z.record(z.string(), z.array(z.string())) }),
  ),
  /** Names that are one human's, of those in this file. */
  people: z.array(z.array(z.string())),
  log,
  /** SHA-256 (hex) of the page's words, and of everything in it but this data; null: there is no page around it. */
  page: z.nullable(z.strictObject({ words: z.string(), frame: z.string() })),
  /** The desk's signature over all of the above, a hash a part: a signed note. */
  seal: z.string(),
};
const head = {
  what: z.string(),
  asked: z.strictObject({ at: z.string(), by: z.string() }),
  audience: z.enum(['desk', 'subject']),
};

const single = z.strictObject({ ...head, ...record, ...shared });
const several = z.strictObject({
  ...head,
  customer: z.looseObject({ masked: z.string(), id: z.string() }),
  records: z.array(recordSchema),
  ...shared,
});
const evidence = z.union([single, several]);
export type Evidence = z.infer<typeof evidence>;

/** Null: it is no JSON, or not the pack of this hash. */
export async function packOf({ policies }: Pick<Evidence, 'policies'>, hash: string): Promise<Pack | null> {
  const bytes = fromBase64(policies[hash]?.canonical ?? '');
  if (bytes === null || hex(await sha256(bytes)) !== hash) return null;
  // Branded by its hash: it is the pack that a record pinned, which was read by its schema when it was published.
  return JSON.parse(new TextDecoder().decode(bytes)) as Pack;
}

export function recordsOf(document: Omit<Evidence, 'page' | 'seal'> | Evidence): readonly EvidenceRecord[] {
  if ('records' in document) return document.records;
  const {
    policy,
    case: request,
    disclosure,
    consent,
    ledger: chain,
    checkpoints,
    proofs,
  } = document as z.infer<typeof single>;
  return [
    {
      policy,
      ...(request === undefined ? {} : { case: request }),
      ...(disclosure === undefined ? {} : { disclosure }),
      ...(consent === undefined ? {} : { consent }),
      ledger: chain,
      checkpoints,
      proofs,
    },
  ];
}

/** The one text of these data: no markup can begin in it. */
export const textOf = (document: unknown): string =>
  `${JSON.stringify(document, null, 2).replaceAll('<', '\\u003c')}\n`;

export type Read =
  /** `parts`: as they stand in the file, in its order. */
  | { readonly document: Evidence; readonly parts: Readonly<Record<string, unknown>> }
  /** `line`: the first that is not as the desk writes it. */
  | { readonly flaw: 'no-json' | 'no-evidence' }
  | { readonly flaw: 'not-as-written'; readonly line: number };

/** Only a text that says the same, byte by byte, when it is written again. */
export function documentOf(text: string): Read {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return { flaw: 'no-json' };
  }
  const written = textOf(data);
  if (written !== text) return { flaw: 'not-as-written', line: firstDifference(written, text) };
  const read = evidence.safeParse(data);
  return read.success
    ? { document: read.data, parts: data as Readonly<Record<string, unknown>> }
    : { flaw: 'no-evidence' };
}

function firstDifference(one: string, other: string): number {
  const [left, right] = [one.split('\n'), other.split('\n')];
  const at = right.findIndex((line, index) => line !== left[index]);
  return (at === -1 ? right.length : at) + 1;
}
