/**
 * What the store's contract tests share: a database to test on, and sample rows.
 */
import { afterAll, beforeAll } from 'vitest';
import type { NewPost, RequestRow } from '../../src/record/rows.js';
import type { NewEntry, Store } from '../../src/record/store.js';
import type { Account, Day, Instant, Person, SubjectId } from '../../src/vocabulary/values.js';

/** One database, empty at first. */
export type Harness = {
  open(masterKey?: Uint8Array): Promise<Store>;
  /** Straight at the database, past the store; SQLite needs every store of it closed. */
  raw(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Everything stored, as it lies there. */
  bytes(): Promise<Buffer>;
  remove(): Promise<void>;
};
export type MakeHarness = () => Promise<Harness>;

export const MASTER_KEY = Buffer.alloc(32, 7);
export const AT = '2026-11-23T02:00:00Z' as Instant;
export const MEI = 'mei' as Person;
export const ACTOR = { person: MEI, account: 'terminal:mei' as Account };

export const entry = (type: string, over: Partial<NewEntry> = {}): NewEntry => ({
  at: AT,
  actor: ACTOR,
  type,
  body: {},
  personal: null,
  ...over,
});

export const post = (key: string, over: Partial<NewPost> = {}): NewPost => ({
  key,
  surface: 'terminal',
  effect: { kind: 'card', of: key },
  lane: key,
  ...over,
});

export const requestRow = (ref: string, over: Partial<RequestRow> = {}): RequestRow => ({
  ref,
  subjectId: 'subject-1' as SubjectId,
  type: 'deletion',
  status: 'in_progress',
  outcome: null,
  owner: null,
  scope: ['email', 'mobile_phone'],
  loggedAt: AT,
  receivedAt: '2026-11-22T09:30:00.25Z' as Instant,
  receiptDay: '2026-11-22' as Day,
  due: '2026-12-22' as Day,
  target: '2026-12-15' as Day,
  ackDue: '2026-11-25' as Day,
  acknowledged: false,
  freeze: 'active',
  nextDueAt: null,
  retainedUntil: null,
  openRecipients: 0,
  closedAt: null,
  pack: 'default@1',
  packHash: 'f00d',
  version: 1,
  ...over,
});

/** One open store for a group of tests that keep out of each other's way by name. */
export function sharedStore(make: MakeHarness): () => Store {
  let harness: Harness | undefined;
  let store: Store | undefined;
  beforeAll(async () => {
    harness = await make();
    store = await harness.open();
  });
  afterAll(async () => {
    await store?.close();
    await harness?.remove();
  });
  return () => {
    if (store === undefined) throw new Error('the store is not open yet');
    return store;
  };
}
