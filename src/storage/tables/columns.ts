/**
 * The columns of the tables that statements are written for by hand. Their types are the generated models', so a column
 * that models.prisma changes does not compile here; a test holds them against the databases. Must not know: statements.
 */
import type { Table } from '../engine/sql.js';
import type * as Row from '../generated/sqlite/client.js';

/** The order in the table, without the number the database gives. */
export const LEDGER_ENTRY: Table<Omit<Row.LedgerEntry, 'id'>> = {
  name: 'ledger_entry',
  columns: {
    stream: 'text',
    seq: 'int',
    at: 'text',
    person: 'text?',
    account: 'text',
    type: 'text',
    body: 'text',
    sealed: 'text?',
    keyId: 'text?',
    subjectId: 'text?',
    prev: 'text',
    hash: 'text',
    mac: 'text?',
  },
};

export const STREAM_HEAD: Table<Row.StreamHead> = {
  name: 'stream_head',
  columns: { stream: 'text', seq: 'int', hash: 'text', mac: 'text?' },
};

export const LOG_LEAF: Table<Row.LogLeaf> = {
  name: 'log_leaf',
  columns: { position: 'int', stream: 'text', seq: 'int' },
};

export const LOG_HASH: Table<Row.LogHash> = { name: 'log_hash', columns: { id: 'int', hash: 'text' } };

export const SUBJECT: Table<Row.Subject> = {
  name: 'subject',
  columns: { id: 'text', lookup: 'text', reference: 'text', createdAt: 'text', mac: 'text?' },
};

export const SUBJECT_KEY: Table<Row.SubjectKey> = {
  name: 'subject_key',
  columns: { id: 'text', subjectId: 'text', wrapped: 'text' },
};

export const REQUEST: Table<Row.Request> = {
  name: 'request',
  columns: {
    ref: 'text',
    subjectId: 'text',
    type: 'text',
    status: 'text',
    outcome: 'text?',
    owner: 'text?',
    scope: 'text',
    loggedAt: 'text',
    receivedAt: 'text',
    receiptDay: 'text',
    due: 'text',
    target: 'text',
    ackDue: 'text',
    acknowledged: 'bool',
    freeze: 'text',
    nextDueAt: 'date?',
    retainedUntil: 'text?',
    openRecipients: 'int',
    closedAt: 'text?',
    pack: 'text',
    packHash: 'text',
    version: 'int',
  },
};

export const DISCLOSURE: Table<Row.Disclosure> = {
  name: 'disclosure',
  columns: {
    ref: 'text',
    subjectId: 'text',
    status: 'text',
    offered: 'bool',
    basis: 'text',
    recipient: 'text',
    categories: 'text',
    consent: 'text?',
    template: 'text?',
    requestedBy: 'text?',
    requestedAt: 'text',
    askedAt: 'text',
    decidedBy: 'text?',
    decidedAt: 'text?',
    sentAt: 'text?',
    sentDay: 'text?',
    withhold: 'text?',
    nextDueAt: 'date?',
    pack: 'text',
    packHash: 'text',
    version: 'int',
  },
};

export const STAFF: Table<Row.Staff> = {
  name: 'staff',
  columns: { person: 'text', roles: 'text', trainedUntil: 'text?', active: 'bool' },
};

export const STAFF_ACCOUNT: Table<Row.StaffAccount> = {
  name: 'staff_account',
  columns: { account: 'text', person: 'text', position: 'int' },
};

export const CHANNEL: Table<Row.Channel> = {
  name: 'channel',
  columns: { surface: 'text', channel: 'text', uses: 'text', locale: 'text?' },
};

export const COUNTER: Table<Row.Counter> = { name: 'counter', columns: { series: 'text', value: 'int' } };

export const CLAIM: Table<Row.Claim> = { name: 'claim', columns: { invocation: 'text', at: 'text' } };

export const SETTING: Table<Row.Setting> = {
  name: 'setting',
  columns: { key: 'text', value: 'text', mac: 'text?' },
};

export const POST: Table<Row.Post> = {
  name: 'post',
  columns: {
    id: 'int',
    key: 'text',
    surface: 'text',
    effect: 'text',
    lane: 'text',
    status: 'text',
    attempt: 'int',
    notBefore: 'date',
    leaseUntil: 'date?',
    lastError: 'text?',
    createdAt: 'text',
    mac: 'text?',
    outcome: 'text?',
  },
};

export const MESSAGE: Table<Row.Message> = {
  name: 'message',
  columns: { slot: 'text', channel: 'text', messageId: 'text', mac: 'text?' },
};

/** For the test that holds them against the databases. */
export const TABLES = [
  LEDGER_ENTRY,
  STREAM_HEAD,
  LOG_LEAF,
  LOG_HASH,
  SUBJECT,
  SUBJECT_KEY,
  REQUEST,
  DISCLOSURE,
  STAFF,
  STAFF_ACCOUNT,
  CHANNEL,
  COUNTER,
  CLAIM,
  SETTING,
  POST,
  MESSAGE,
] as const;
