/** What `/disclosure` and its fields are called, on forms, in help and as typed options: a label and one line of at most 100 characters each. */

import { CUSTOMER } from './common.js';

const RECIPIENT = ['Recipient', 'The organisation that gets the data'] as const;
const DATA = ['Data', 'The categories, with commas, or all; sensitive only when named'] as const;
const DISCLOSED = ['Disclosure', 'The disclosure, e.g. DR-2026-0001'] as const;
const SURE = ['Sure', 'It really is another customer than the one it looks like'] as const;
const PURPOSE = ['Purpose', 'What the recipient needs it for'] as const;
const BASIS = ['Basis', 'consent, transaction or required_by_law; the list is closed'] as const;
const EVIDENCE = {
  consent: ['Consent', 'On consent: which, e.g. CO-2026-0001'],
  order: ['Order', 'On a transaction: the order; after an erasure with its date, 2026-12-20/SO-991'],
  template: ['Template', 'On a transaction: the policy’s template, e.g. delivery'],
  authority: ['Authority', 'Required by law: who demands it'],
  law: ['Law', 'Required by law: the provision'],
  instrument: ['Instrument', 'Required by law: its number or file reference'],
  evidence: ['Evidence', 'Required by law: where the demand is on record'],
  withhold: ['Withhold', 'Required by law: not in the customer’s exports until this day'],
} as const;

export const DISCLOSURE = {
  request: {
    summary: 'Ask to give a customer’s data to a third party; an officer decides',
    fields: {
      customer: CUSTOMER,
      to: RECIPIENT,
      data: DATA,
      purpose: PURPOSE,
      basis: BASIS,
      ...EVIDENCE,
      sure: SURE,
    },
  },
  show: {
    summary: 'Show a disclosure with its history, or a consent with what is left of it and why',
    fields: {
      disclosure: ['Disclosure', 'The disclosure, e.g. DR-2026-0001, or a consent, CO-2026-0001'],
    },
  },
  list: {
    summary: 'List disclosures that wait for something; a customer’s with their consents',
    fields: {
      filter: ['Filter', 'Which; all that wait for something when left out'],
      customer: ['Customer', 'Only this customer’s, whatever became of them, and their consents'],
      sure: SURE,
    },
  },
  amend: {
    summary: 'Change what is asked, or offer it again as it is; an approval it had is void',
    fields: {
      disclosure: DISCLOSED,
      to: RECIPIENT,
      data: DATA,
      purpose: PURPOSE,
      basis: BASIS,
      ...EVIDENCE,
    },
  },
  cancel: {
    summary: 'Withdraw a disclosure request that is not sent yet',
    fields: {
      disclosure: DISCLOSED,
    },
  },
  decide: {
    summary: 'Approve or deny a disclosure: an officer, never whoever asked',
    fields: {
      disclosure: DISCLOSED,
      verdict: ['Verdict', 'approve or deny'],
      reason: ['Reason', 'Why; needed to deny'],
      data: ['Data', 'Fewer categories than asked for'],
    },
  },
  sent: {
    summary: 'Record that an approved disclosure went out; everything is checked once more',
    fields: {
      disclosure: DISCLOSED,
      method: ['Method', 'How it was sent, e.g. courier portal'],
      at: ['At', 'When; now when left out'],
      ref: ['Reference', 'Where the sending is on record'],
    },
  },
  may: {
    summary: 'Would it be allowed, and if not, why? Changes nothing',
    fields: {
      customer: CUSTOMER,
      to: RECIPIENT,
      data: DATA,
      basis: BASIS,
      sure: SURE,
    },
  },
  standing: {
    summary: 'Approve a transaction template for a recipient in advance, for some days',
    fields: {
      to: RECIPIENT,
      purpose: ['Purpose', 'A template of the policy, e.g. delivery'],
      data: DATA,
      days: ['Days', 'For how many days, the last one included'],
    },
  },
  standings: {
    summary: 'What is approved in advance: its number, until when, by whom, used how often',
    fields: {
      to: RECIPIENT,
    },
  },
  revoke: {
    summary: 'Take a standing approval back; what it approved and is not sent is void',
    fields: {
      number: ['Number', 'Of the standing approval'],
      reason: ['Reason', 'Why it is taken back'],
    },
  },
  consent: {
    summary: 'Record a consent the customer gave: for whom, what for, which data',
    fields: {
      customer: CUSTOMER,
      purpose: PURPOSE,
      recipient: ['Recipient', 'Who may get it; any recipient of the purpose when left out'],
      data: DATA,
      granted: ['Granted', 'When the customer agreed'],
      evidence: ['Evidence', 'Where the agreement is on record'],
      sure: SURE,
    },
  },
  register: {
    summary: 'What went out, to whom, on which basis: of a customer, or of a period',
    fields: {
      customer: ['Customer', 'Only this customer’s'],
      from: ['From', 'Sent on or after this day'],
      to: ['To', 'Sent on or before this day'],
      sure: SURE,
    },
  },
} as const;
