/** An evidence page in English: its title, its parts and their columns. Must not know: what is in them, rules, surfaces. */
import type { RequestType } from '../../vocabulary/values.js';
import { commas } from './lists.js';
import { aRequest } from './requests.js';

/** `PR-2026-0001: a deletion request`. */
export const caseTitle = (ref: string, type: RequestType): string => `${ref}: ${aRequest(type)}`;
export const disclosureTitle = (ref: string, recipient: string): string =>
  `${ref}: a disclosure to ${recipient}`;
export const consentTitle = (ref: string): string => `${ref}: a recorded consent`;
export const customerTitle = (customer: string): string => `Everything on record of ${customer}`;

const NUMBER = '#';

export const PARTS = {
  glance: { title: 'At a glance' },
  dates: { title: 'Dates, and why', columns: ['Day', 'What', 'Clause'], none: 'No dates.' },
  history: {
    title: 'Timeline',
    columns: [NUMBER, 'When', 'Who', 'What'],
    none: 'The entries are kept out of a copy for the customer; each is proven by its hash below.',
  },
  decisions: {
    title: 'Who decided what, on which clause',
    columns: [NUMBER, 'Decision', 'Ground and law', 'Clause', 'Until', 'Reason', 'By', 'When'],
    none: 'Nothing was decided.',
  },
  identity: {
    title: 'Identity checks',
    columns: [NUMBER, 'When', 'Method', 'Result', 'By', 'Reference'],
    none: 'No identity check is on record.',
  },
  checklist: { title: 'Checklist', columns: ['Category', 'Result'], none: 'No category was checked.' },
  kept: {
    title: 'Kept, and under which law',
    columns: ['Categories', 'Law or terms', 'Until', 'Clause', 'Explained', 'Agreed'],
    none: 'Nothing is kept.',
  },
  notices: {
    title: 'Notices to the customer',
    columns: [NUMBER, 'Notice', 'Sent', 'By way of', 'Reference', 'Recorded by'],
    none: 'No notice is on record.',
  },
  recipients: {
    title: 'Disclosures, and the recipients who are told',
    columns: ['Recipient', 'Disclosures', 'Tell by', 'State'],
    none: 'No recipient had to be told.',
  },
  refusals: {
    title: 'Refused attempts',
    columns: [NUMBER, 'When', 'Who', 'Command', 'Why', 'Clause'],
    none: 'Nothing was refused.',
  },
  evidence: {
    title: 'Evidence references',
    columns: [NUMBER, 'Step', 'Reference', 'Who', 'When'],
    none: 'No reference is on record.',
  },
  contacts: {
    title: 'Contacts',
    columns: ['Received', 'By way of', 'Reference', 'Logged by'],
    none: 'No contact.',
  },
  withdrawals: {
    title: 'Withdrawals',
    columns: ['By', 'Categories', 'When'],
    none: 'It was not withdrawn.',
  },
  hashes: {
    title: 'Entries and their hashes',
    columns: [NUMBER, 'SHA-256'],
    none: 'No entries.',
  },
} as const;

export const LABELS = {
  what: 'What',
  clause: 'Clause',
  customer: 'Customer',
  customerId: 'Customer’s id here',
  scope: 'Scope',
  received: 'Received',
  via: 'By way of',
  logged: 'Logged',
  owner: 'Owner',
  status: 'Status',
  outcome: 'Outcome',
  closed: 'Closed',
  identity: 'Identity',
  freeze: 'Freeze',
  due: 'Due',
  acknowledge: 'Acknowledge by',
  act: 'Act by',
  target: 'Target',
  recipient: 'Recipient',
  purpose: 'Purpose',
  asked: 'Asked for',
  inForce: 'In force',
  basis: 'Basis',
  consent: 'Consent',
  template: 'Template',
  law: 'Law',
  withheld: 'Withheld from the customer until',
  askedBy: 'Asked by',
  sent: 'Sent',
  granted: 'Given',
  recorded: 'Recorded',
  live: 'Still given',
  evidence: 'Evidence',
} as const;

/** `LAW_REQUIRES_RETENTION: Tax Act 52`. */
export const groundLine = (ground: string | null, law: string | null): string =>
  [ground, law].filter((part) => part !== null && part !== '').join(': ');

/** `@lyon; put forward by @mei`. */
export function deciderLine(by: string | null, before: readonly (string | null)[]): string {
  const others = before.filter((one) => one !== null && one !== by).map((one) => `@${one}`);
  const put = others.length === 0 ? '' : `put forward by ${commas(others)}`;
  return [by === null ? '' : `@${by}`, put].filter((part) => part !== '').join('; ');
}

export const NOTHING_LEFT = 'nothing: it was withdrawn';
export const ANY_RECIPIENT = 'any recipient of its purpose';
export const identityWords = (needed: boolean, state: string, attempts: number): string =>
  needed
    ? `${state}, ${attempts} attempt${attempts === 1 ? '' : 's'} of the checks used`
    : 'not needed for this kind of request';

/** The page around the records. */
export const PAGE = {
  lang: 'en',
  asked: (by: string, at: string) => `Asked by @${by}, ${at}`,
  audiences: {
    desk: 'For the company, its officer and auditors',
    subject: 'For the customer: what is withheld is left out',
  },
  masked:
    'The customer is masked, and the customer’s own words stay sealed in the data. References point into the company’s own system.',
  policy: (title: string, name: string, hash: string) => `Policy: ${title} (${name}, ${hash.slice(0, 12)})`,
  verification: 'Verification',
  noScript:
    'Nothing was verified: this page has no script, or the browser runs none. It can be read; to verify it run: npm run verify -- FILE',
  comparison: 'Compare with a checkpoint from the chat',
  noteLabel: 'A checkpoint pasted from the chat',
  noteHint: 'Copy it from the officer’s digest, from its first line to the line that begins with a dash.',
  keyLabel: 'The desk’s verifier key',
  keyHint: 'As /desk doctor shows it. Left empty: the key in this file.',
  compare: 'Compare',
  marks: 'Verified',
  unmarked: '–',
  records: 'Records',
} as const;
