import type { LedgerEntry, StreamId } from '../domain/ledger.js';
import type { Damage, ForeignRow, Lost, SealedTable } from '../domain/tampering.js';
import type { Actor, Day, Instant, Json, MessageRef, Person, SubjectId } from '../vocabulary/values.js';
import type {
  ChannelRow,
  ConsentRow,
  DisclosureFilter,
  DisclosureRow,
  NewPost,
  PackRow,
  Post,
  RequestFilter,
  RequestRow,
  StaffRow,
  StandingRow,
} from './rows.js';

/** What a command adds to a stream. `personal` holds free text and references; it is sealed with the subject's key. */
export type NewEntry = {
  readonly at: Instant;
  readonly actor: Actor;
  readonly type: string;
  readonly body: Json;
  readonly personal: Json | null;
};

/** A stored entry with its personal fields opened; `personal` is `'erased'` when the subject's key is gone. */
export type OpenEntry = LedgerEntry & { readonly personal: Json | null | 'erased' };

/** `vouched`: the desk's own seal fits, so the desk wrote it; false for whoever had the database and not the key. */
type Vouched = { readonly vouched: boolean };

export type StreamHead = { readonly stream: StreamId; readonly seq: number; readonly hash: string } & Vouched;

/** As stored, unopened, damaged or not: for the audit, and for what looks at `vouched` before it believes. */
export type RawEntry = LedgerEntry & Vouched & { readonly keyId: string | null };

/** A leaf of the log: an entry's place in the ledger, or the form of another leaf (domain/log/leaves.ts) and its number. */
export type LogLeaf = { readonly position: number; readonly stream: string; readonly seq: number };

/** A hash of the log, base64, under its number (domain/log/tree.ts). */
export type LogHash = { readonly id: number; readonly hash: string };

/** One transaction. Every method runs inside it; none may be used after it ended. */
export interface Tx {
  /** The subject of a reference, made with a fresh data key if unknown; its row is locked until the end. */
  subject(reference: string, at: Instant): Promise<SubjectId>;
  /** The subject of a reference (any spelling), or null. Locks nothing. */
  findSubject(reference: string): Promise<SubjectId | null>;
  /** Whether this reference is nobody's on record, and drawn like somebody's: some letters of one of the two are of another script. */
  drawnLikeAnother(reference: string): Promise<boolean>;
  /** A keyed mark of a reference that can be compared within the same `within` and says nothing outside it. */
  markOf(reference: string, within: string): Promise<string>;
  /** Locks the subject's row, so that writers about one customer stand in line. */
  lockSubject(id: SubjectId): Promise<void>;
  /** The full reference as first written, or null when the subject's key was destroyed. */
  reference(id: SubjectId): Promise<string | null>;
  /**
   * Destroys the subject's data key, its reference and the hash it was found under: whoever comes with the same reference
   * later is a new subject. Locks the subject. The destroyed key's id; null when there is none (any more).
   */
  forgetSubject(id: SubjectId): Promise<string | null>;
  /** The next of those who are not forgotten, behind this one (`''`: from the first). */
  rememberedSubjects(after: string, take: number): Promise<readonly SubjectId[]>;

  /**
   * The stream's entries in order, opened. Throws LedgerDamage at the first that is not sealed, linked or readable, and
   * where they do not end at the stream's head. `lock` holds the head row (PostgreSQL `FOR UPDATE`).
   */
  entries(stream: StreamId, options: { readonly lock: boolean }): Promise<readonly OpenEntry[]>;
  /** Head seq, 0 when the stream is new; locks like `entries`. */
  headSeq(stream: StreamId, options: { readonly lock: boolean }): Promise<number>;
  /** The stream's head by key; null when the stream is new. Locks nothing. */
  head(stream: StreamId): Promise<StreamHead | null>;
  /**
   * Appends behind `expectedSeq`, sealing `personal` with the subject's key. Throws StoreConflict when the head
   * has moved, LedgerDamage when it is not sealed: nothing goes behind what is not the desk's. `subjectId` null: `personal` must be null. Returns the stored entries.
   */
  append(
    stream: StreamId,
    expectedSeq: number,
    entries: readonly NewEntry[],
    subjectId: SubjectId | null,
  ): Promise<readonly LedgerEntry[]>;
  /** Next number of a series (`PR-2026`), from 1; given back when the transaction fails. */
  nextNumber(series: string): Promise<number>;
  /** The last number given of each series, for the audit. */
  counters(): Promise<ReadonlyMap<string, number>>;

  /** How many leaves the log has. */
  logSize(): Promise<number>;
  /** Heads behind this stream, in order, each with the last of its entries that is in the log (0: none). */
  loggedHeads(
    after: StreamId,
    take: number,
  ): Promise<readonly { readonly stream: StreamId; readonly seq: number; readonly logged: number }[]>;
  /** Leaves at `from` to before `to`, in order; `entryHash` null: no entry stands at that place of the ledger. */
  leaves(range: {
    readonly from: number;
    readonly to: number;
  }): Promise<readonly (LogLeaf & { readonly entryHash: string | null })[]>;
  /** A stream's leaves behind that entry, in its order. */
  leavesOf(
    stream: StreamId,
    page: { readonly after: number; readonly take: number },
  ): Promise<readonly LogLeaf[]>;
  /** The leaf of the last of a stream's entries that is in the log; null: none is. */
  lastLeafOf(stream: StreamId): Promise<LogLeaf | null>;
  /** Those of these that are kept. */
  keptHashes(ids: readonly number[]): Promise<ReadonlyMap<number, string>>;
  /** Those with numbers `from` to before `to`, in order. */
  keptHashesFrom(range: { readonly from: number; readonly to: number }): Promise<readonly LogHash[]>;
  /** Throws StoreConflict when somebody else has appended meanwhile. */
  appendToLog(leaves: readonly LogLeaf[], hashes: readonly LogHash[]): Promise<void>;

  putRequest(row: RequestRow): Promise<void>;
  request(ref: string): Promise<RequestRow | null>;
  /** Ordered by due day, then ref. Default limit 1000. */
  requests(filter: RequestFilter): Promise<readonly RequestRow[]>;
  /** Cases whose `nextDueAt` ≤ now, earliest first, at most `take` (index scan, asserted in a test). */
  dueRequests(now: Instant, take: number): Promise<readonly RequestRow[]>;
  /** The earliest `nextDueAt`, or null. */
  earliestDue(): Promise<Instant | null>;

  putDisclosure(row: DisclosureRow): Promise<void>;
  disclosure(ref: string): Promise<DisclosureRow | null>;
  /** Ordered by ref. Default limit 1000. */
  disclosures(filter: DisclosureFilter): Promise<readonly DisclosureRow[]>;
  /** Disclosures whose `nextDueAt` ≤ now, earliest first, at most `take` (index scan, asserted in a test). */
  dueDisclosures(now: Instant, take: number): Promise<readonly DisclosureRow[]>;
  earliestDisclosureDue(): Promise<Instant | null>;

  putConsent(row: ConsentRow): Promise<void>;
  consent(ref: string): Promise<ConsentRow | null>;
  /** Ordered by ref; null: everybody's. */
  consents(subjectId: SubjectId | null): Promise<readonly ConsentRow[]>;

  putStanding(row: StandingRow): Promise<void>;
  /** Those that count on this day, oldest first; null: all of them. */
  standings(day: Day | null): Promise<readonly StandingRow[]>;

  putStaff(row: StaffRow): Promise<void>;
  staff(): Promise<readonly StaffRow[]>;
  /** The staff member an account belongs to (active or not), or null. */
  staffOf(account: string): Promise<StaffRow | null>;

  putChannel(row: ChannelRow): Promise<void>;
  channels(): Promise<readonly ChannelRow[]>;

  putPack(row: PackRow): Promise<void>;
  pack(hash: string): Promise<PackRow | null>;

  /** Insert-or-ignore by key. Returns true when it was new. */
  enqueue(post: NewPost, at: Instant): Promise<boolean>;
  /** The same for several at once, in their order. Returns how many were new. */
  enqueueAll(posts: readonly NewPost[], at: Instant): Promise<number>;
  /** Whether a post of this key was ever enqueued. */
  hasPost(key: string): Promise<boolean>;
  /** Where a slot (a card, a proposal) was posted; null when it was not yet. */
  message(slot: string): Promise<MessageRef | null>;
  /** The slot that stands at this message, the other way round: which case a thread is about. Indexed. */
  slotAt(message: MessageRef): Promise<string | null>;
  putMessage(slot: string, ref: MessageRef): Promise<void>;
  /** Claims an invocation id once and for all: false when another delivery of it was already committed. */
  claim(invocation: string, at: Instant): Promise<boolean>;

  /** Small settings that are the desk's own (`terminal-clock`). */
  setting(key: string): Promise<string | null>;
  putSetting(key: string, value: string): Promise<void>;

  /** As the store's own, for a command, which is inside a transaction already. */
  stuckPosts(take: number): Promise<readonly Post[]>;
  /** Of those, the ones that failed at least once: given up, or to be tried again. */
  failedPosts(take: number): Promise<readonly Post[]>;
  /**
   * Queues what was given up once more, in its old place in its lane, as if it might have arrived: it is looked for
   * before it is sent. How many there were.
   */
  reviveDead(at: Instant): Promise<number>;
  describe(): Promise<Readonly<Record<string, string>>>;

  /** What is damaged below the rows; `whole`: every index is looked through too. */
  damage(depth: 'quick' | 'whole'): Promise<readonly Damage[]>;
  /** The rows of a sealed table behind this key that are not as the desk wrote them, of so many looked at; `next` null: the end. */
  foreignRows(
    table: SealedTable,
    page: { readonly after: string; readonly take: number },
  ): Promise<{ readonly rows: readonly ForeignRow[]; readonly next: string | null }>;
  /** Of these data keys, the ones that are no more. */
  missingKeys(ids: readonly string[]): Promise<readonly string[]>;
  /** The last entry of streams that moved lately, as kept away from the database (storage/witness.ts). */
  lastSeen(): ReadonlyMap<StreamId, { readonly seq: number; readonly hash: string }>;

  /** Every stream head, ordered by stream. */
  heads(): Promise<readonly StreamHead[]>;
  /** Raw entries for the audit, unopened, ordered by stream then seq; `after` pages on. */
  rawEntries(page: {
    readonly after: { readonly stream: StreamId; readonly seq: number } | null;
    readonly take: number;
  }): Promise<readonly RawEntry[]>;
  /** When each person last left an entry, among the `span` written behind the `after`-th; paged like `entriesOfType`. */
  lastActive(page: { readonly after: number; readonly span: number }): Promise<{
    readonly at: ReadonlyMap<Person, Instant>;
    readonly next: number | null;
  }>;
  /**
   * Unopened entries of one type among the `span` written behind the `after`-th (0: the first), in that order; `next` is
   * where to go on, null at the end. A bounded piece of the ledger a call, whatever is found in it.
   */
  entriesOfType(
    type: string,
    page: { readonly after: number; readonly span: number },
  ): Promise<{ readonly entries: readonly RawEntry[]; readonly next: number | null }>;
}

/** A post that went out, and what is remembered of it. */
export type SentPost = {
  readonly post: Post;
  readonly slot: string | null;
  readonly ref: MessageRef | null;
};

export interface Store {
  /** One transaction at a time on SQLite (a queue); locked rows on PostgreSQL. Rolled back when `work` throws. */
  transact<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * Takes posts of these surfaces that may be sent at `now`: pending, or claimed/uncertain with the lease run out
   * (returned as `uncertain`: reconcile before resending). Of up to `take` lanes the first unsent one, and with it up to
   * `run` in a row of those that wait behind it.
   */
  claimPosts(
    surfaces: readonly string[],
    now: Instant,
    leaseSeconds: number,
    take: number,
    more?: {
      readonly run: number;
      /** Lanes left alone, whatever their leases say. */
      readonly except: ReadonlySet<string>;
    },
  ): Promise<readonly Post[]>;
  /** Marks sent and remembers the message under `slot`, `where attempt = mine`. False: the claim was lost. */
  markSent(post: Post, slot: string | null, ref: MessageRef | null): Promise<boolean>;
  /** The same for several at once. Returns those whose claim was lost. */
  markAllSent(sent: readonly SentPost[]): Promise<readonly Post[]>;
  /** Puts a post back: `pending` (surely not sent), `uncertain` (perhaps sent) or `dead` (never will be). */
  markUnsent(
    post: Post,
    status: 'pending' | 'uncertain' | 'dead',
    notBefore: Instant,
    error: string | null,
  ): Promise<boolean>;
  /** Posts not sent, oldest first, for `/desk doctor`. */
  stuckPosts(take: number): Promise<readonly Post[]>;
  /**
   * What the database does not have any more though this desk wrote it: an older copy was put in its place, and whoever
   * started the desk accepted that. Told once, then forgotten with `acceptRestored`.
   */
  readonly restored: readonly Lost[];
  acceptRestored(): Promise<void>;
  /** What this database is, for `/desk doctor`: engine, version, journal and sync settings as read back. */
  describe(): Promise<Readonly<Record<string, string>>>;
  /**
   * Copies the whole database, as it is between two transactions, into a new file; transactions wait meanwhile. Throws
   * StoreProblem 74 where it cannot be written, and 78 where the database is a server, which has a tool of its own.
   */
  backup(file: string): Promise<void>;
  close(): Promise<void>;
}

/** An entry of the ledger cannot be read back as it was written: altered, or damaged on the disk. */
export class LedgerDamage extends Error {
  override readonly name = 'LedgerDamage';
  readonly stream: StreamId;
  readonly seq: number;
  constructor(entry: { readonly stream: StreamId; readonly seq: number }, options?: ErrorOptions) {
    super(`entry ${entry.seq} of ${entry.stream} cannot be read`, options);
    this.stream = entry.stream;
    this.seq = entry.seq;
  }
}

/** The row by which a customer is found was not written by this desk: whose it is cannot be said. */
export class SubjectDamage extends Error {
  override readonly name = 'SubjectDamage';
  readonly subjectId: SubjectId;
  constructor(subjectId: SubjectId) {
    super(`the row of customer ${subjectId} was altered`);
    this.subjectId = subjectId;
  }
}

/** An entry is whole, and of a type or version that only a newer version of the desk knows. */
export class NewerEntry extends Error {
  override readonly name = 'NewerEntry';
  readonly stream: StreamId;
  readonly seq: number;
  constructor(entry: { readonly stream: StreamId; readonly seq: number }) {
    super(`entry ${entry.seq} of ${entry.stream} was written by a newer version of the desk`);
    this.stream = entry.stream;
    this.seq = entry.seq;
  }
}

/** Somebody else wrote first; reload and decide again. */
export class StoreConflict extends Error {
  override readonly name = 'StoreConflict';
}

/**
 * The store cannot be opened or used as it stands. `message` is plain words with what to do;
 * exitCode 78 (configuration: wrong key, newer database, locked) or 74 (I/O: full disk, corrupt file).
 */
export class StoreProblem extends Error {
  override readonly name = 'StoreProblem';
  readonly exitCode: 74 | 78;
  constructor(message: string, exitCode: 74 | 78, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}
