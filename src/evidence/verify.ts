/**
 * Everything an evidence file claims, checked from the file alone: its text, its seal, its page, each entry, the log's proofs, each
 * date, four eyes. The page and the terminal both run this. Must not know: the desk, any database, wording.
 */
import { fromBase64 } from '../domain/log/bytes.js';
import { parseNote, parseTreeHead, type TreeHead } from '../domain/log/note.js';
import { type EntryFlaw, type EntryVerdict, endHolds, entryVerdicts, isOpen } from './chain.js';
import { type DateFlaw, dateFlaws } from './dates.js';
import { documentOf, type Evidence, type EvidenceRecord, packOf, type Read, recordsOf } from './document.js';
import type { TakenApart } from './file.js';
import { type OwnDecision, ownDecisions } from './four-eyes.js';
import { isConsistent, textHash } from './hashes.js';
import { type Signed, signedByAny, type VerifierKey, verifierKeyOf } from './notes.js';
import { sealHolds } from './seal.js';

export type Finding =
  | { readonly what: 'text'; readonly flaw: Exclude<Read, { readonly document: Evidence }> }
  | { readonly what: 'entry'; readonly stream: string; readonly seq: number; readonly flaw: EntryFlaw }
  | { readonly what: 'end'; readonly stream: string }
  | { readonly what: 'date'; readonly stream: string; readonly flaw: DateFlaw }
  | { readonly what: 'own-decision'; readonly stream: string; readonly own: OwnDecision }
  | { readonly what: 'unreadable'; readonly stream: string }
  | { readonly what: 'policy'; readonly stream: string; readonly hash: string }
  | { readonly what: 'checkpoint'; readonly number: number; readonly flaw: CheckpointFlaw }
  | { readonly what: 'part'; readonly part: string }
  | { readonly what: 'seal'; readonly signed: Exclude<Signed, 'signed' | 'unsupported'> | 'no-note' }
  | { readonly what: 'key' }
  | { readonly what: 'page'; readonly flaw: 'words' | 'frame' };

export type CheckpointFlaw =
  | 'no-note'
  | 'other-origin'
  | 'not-consistent'
  | Exclude<Signed, 'signed' | 'unsupported'>;

export type Verified = {
  /** Null: there are no data that could be read. */
  readonly document: Evidence | null;
  /** What is wrong, the first bad entry first; empty: everything holds. */
  readonly findings: readonly Finding[];
  readonly entries: readonly EntryVerdict[];
  /** Dates and four eyes were checked: not in a copy for the customer, which holds no entry's content. */
  readonly recomputed: boolean;
  /** False: no signature could be checked here. */
  readonly signatures: boolean;
  /** The key the file was checked with: its reader's, or its own. */
  readonly key: VerifierKey | null;
  readonly tree: TreeHead | null;
};

const NOTHING: Omit<Verified, 'findings'> = {
  document: null,
  entries: [],
  recomputed: false,
  signatures: true,
  key: null,
  tree: null,
};

/** `given`: the key its reader trusts; null: the one in the file, which proves that it is of one piece and no more. */
export async function verify(
  { data, page }: TakenApart,
  given: VerifierKey | null = null,
): Promise<Verified> {
  const read = documentOf(data);
  if (!('document' in read)) return { ...NOTHING, findings: [{ what: 'text', flaw: read }] };
  const { document, parts } = read;
  const own = await verifierKeyOf(document.log.verifierKey);
  const key = given ?? own;
  const keys = await keysOf(document, key);
  const log = await logFindings(document, keys);
  const records = recordsOf(document);
  const entries: EntryVerdict[] = [];
  const findings: Finding[] = [];
  for (const record of records) {
    const verdicts = await entryVerdicts(record, log.tree);
    entries.push(...verdicts);
    findings.push(...(await recordFindings(record, verdicts, document)));
  }
  const seal = await sealHolds(parts, key);
  return {
    document,
    findings: [
      ...findings,
      ...(own === null || (given !== null && !sameKey(given, own)) ? [{ what: 'key' } as const] : []),
      ...log.findings,
      ...seal.changed.map((part): Finding => ({ what: 'part', part })),
      ...(seal.signed === 'signed' || seal.signed === 'unsupported'
        ? []
        : [{ what: 'seal', signed: seal.signed } as const]),
      ...(await pageFindings(document, page)),
    ],
    entries,
    recomputed: records.every(({ ledger }) => ledger.entries.every(isOpen)),
    signatures: log.signatures && seal.signed !== 'unsupported',
    key,
    tree: log.tree,
  };
}

/** The key in use, and those it had before: the seal, which the first one signed, vouches for them. */
export async function keysOf({ log }: Evidence, key: VerifierKey | null): Promise<readonly VerifierKey[]> {
  const older = await Promise.all(log.olderKeys.map(verifierKeyOf));
  return [key, ...older].flatMap((one) => (one === null ? [] : [one]));
}

const sameKey = (one: VerifierKey, other: VerifierKey): boolean =>
  one.origin === other.origin && one.publicKey.every((byte, at) => byte === other.publicKey[at]);

async function recordFindings(
  record: EvidenceRecord,
  verdicts: readonly EntryVerdict[],
  { policies, people }: Evidence,
): Promise<readonly Finding[]> {
  const { ledger, policy } = record;
  const { stream } = ledger;
  const found: Finding[] = verdicts.flatMap(({ seq, flaw }) =>
    flaw === null ? [] : [{ what: 'entry', stream, seq, flaw }],
  );
  if (!endHolds(record)) found.push({ what: 'end', stream });
  const pack = await packOf({ policies }, policy.hash);
  if (pack === null) return [...found, { what: 'policy', stream, hash: policy.hash }];
  const open = ledger.entries.filter(isOpen);
  try {
    for (const own of ownDecisions(open, people)) found.push({ what: 'own-decision', stream, own });
    if (record.case !== undefined && open.length > 0)
      for (const flaw of dateFlaws(open, record.case, pack)) found.push({ what: 'date', stream, flaw });
    if (open.some((entry) => pinnedIn(entry.body) !== null && pinnedIn(entry.body) !== policy.hash))
      found.push({ what: 'policy', stream, hash: policy.hash });
  } catch {
    found.push({ what: 'unreadable', stream });
  }
  return found;
}

function pinnedIn(body: unknown): string | null {
  const pack = typeof body === 'object' && body !== null && 'pack' in body ? body.pack : null;
  return typeof pack === 'object' && pack !== null && 'hash' in pack ? String(pack.hash) : null;
}

async function logFindings(
  { log }: Evidence,
  keys: readonly VerifierKey[],
): Promise<{
  readonly findings: readonly Finding[];
  readonly tree: TreeHead | null;
  readonly signatures: boolean;
}> {
  const { checkpoint, earlier } = log;
  if (checkpoint === null) return { findings: [], tree: null, signatures: true };
  const last = await openedNote(checkpoint.note, keys);
  const flaw = (number: number, what: CheckpointFlaw): Finding => ({
    what: 'checkpoint',
    number,
    flaw: what,
  });
  if (last.tree === null)
    return { findings: [flaw(checkpoint.number, last.flaw)], tree: null, signatures: true };
  const findings: Finding[] = last.flaw === null ? [] : [flaw(checkpoint.number, last.flaw)];
  for (const { number, note, consistency } of earlier) {
    const one = await openedNote(note, keys);
    const hashes = consistency.map(fromBase64).flatMap((hash) => (hash === null ? [] : [hash]));
    if (one.flaw !== null) findings.push(flaw(number, one.flaw));
    else if (hashes.length < consistency.length || !(await isConsistent(one.tree, last.tree, hashes)))
      findings.push(flaw(number, 'not-consistent'));
  }
  return { findings, tree: last.tree, signatures: last.signed !== 'unsupported' };
}

type Opened =
  | { readonly tree: null; readonly flaw: CheckpointFlaw }
  | { readonly tree: TreeHead; readonly flaw: CheckpointFlaw | null; readonly signed: Signed };

async function openedNote(text: string, keys: readonly VerifierKey[]): Promise<Opened> {
  const note = parseNote(text);
  const tree = note === null ? null : parseTreeHead(note.text);
  if (note === null || tree === null) return { tree: null, flaw: 'no-note' };
  const signed = await signedByAny(note, keys);
  if (!keys.some(({ origin }) => origin === tree.origin)) return { tree, flaw: 'other-origin', signed };
  return { tree, flaw: signed === 'signed' || signed === 'unsupported' ? null : signed, signed };
}

async function pageFindings(document: Evidence, page: TakenApart['page']): Promise<readonly Finding[]> {
  if (page === null || document.page === null) return [];
  const found: Finding[] = [];
  if ((await textHash(page.words)) !== document.page.words) found.push({ what: 'page', flaw: 'words' });
  // A page cannot read its own bytes: only who has the file can.
  else if (page.frame !== '' && (await textHash(page.frame)) !== document.page.frame)
    found.push({ what: 'page', flaw: 'frame' });
  return found;
}
