/** What somebody without the desk's key did to its database, in English. Must not know: how it was found. */
import type { Damage, ForeignRow, Lost, RowFlaw } from '../../domain/tampering.js';

/** Why a post is not sent, as the log and `/desk doctor` say it. */
export const POST_FLAWS: Readonly<Record<Extract<RowFlaw, 'changed' | 'ended-elsewhere'>, string>> = {
  changed: 'it was changed in the database, or queued there, by somebody without the desk’s key',
  'ended-elsewhere': 'it had ended already, and somebody without the desk’s key set it back',
};

/** Why a post waits whose entry is not the desk's. */
export const RECORD_ALTERED = 'what it tells of is not on record as the desk wrote it';

/** Whose row it is cannot be said, and nothing is decided about whoever it might be. */
export const CUSTOMER_DAMAGED = {
  says: 'By whom this customer is found was altered in the database, so nothing is said or decided about them. Nothing was changed.',
  hint: 'Tell an auditor: /desk audit',
};

const TABLES: Readonly<Record<ForeignRow['table'], string>> = {
  subject: 'The customer',
  post: 'The post',
  message: 'The place of the card',
  setting: 'The setting',
};

const FLAWS: Readonly<Record<ForeignRow['flaw'], string>> = {
  changed: 'was written or changed in the database by somebody without the desk’s key',
  'ended-elsewhere':
    'was marked as sent, given up or waiting in the database by somebody without the desk’s key',
  'other-lookup': 'is found under another reference than their own',
  'key-missing': 'has no key any more, and no erasure is on record',
};

export const foreignWords = ({ table, key, flaw }: ForeignRow): string =>
  `${TABLES[table]} ${key} ${FLAWS[flaw]}`;

export function damageWords(damage: Damage): string {
  switch (damage.what) {
    case 'guard-gone':
      return `The database’s guard ${damage.name}, which refuses changes to the ledger, is gone or altered`;
    case 'page-damaged':
      return `The table ${damage.name} or an index of it is damaged in the database file`;
    case 'entries-miscounted':
      return `The ledger has ${damage.there} entries and its heads count ${damage.said}`;
    default:
      return damage satisfies never;
  }
}

export const lostWords = ({ stream, seq, has }: Lost): string =>
  `${stream} had ${seq} entries and has ${has}`;

export const RECORD_TROUBLE = 'The record is not as the desk wrote it';
export const RECORD_TROUBLE_NEXT =
  'No checkpoint is signed until it is mended, and nothing of what is named is shown, decided on or sent. → Next: /desk audit; keep a copy of the database, find out who may write to it, and restore the last backup that verifies.';

export const RESTORED = 'An older copy of the database was accepted';
export const RESTORED_NEXT =
  'What came after is not on record any more. Look through the chat for what was said and decided since, and record it again; numbers may be given a second time.';
