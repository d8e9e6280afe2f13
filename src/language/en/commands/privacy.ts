/** What `/privacy` and its fields are called, on forms, in help and as typed options: a label and one line of at most 100 characters each. */

import { CUSTOMER } from './common.js';

const CASE = ['Case', 'The case, e.g. PR-2026-0001'] as const;

export const PRIVACY = {
  log: {
    summary: 'Log a customer’s privacy request: the clock and the freeze start',
    fields: {
      type: ['Type', 'What the customer asks'],
      customer: CUSTOMER,
      scope: ['Scope', 'Categories it is about, or all (the default)'],
      via: ['Received by', 'How it reached the company; chat when left out'],
      received: ['Received', 'When it reached the company; now when left out'],
      ref: ['Reference', 'Where it is on record, e.g. a ticket'],
      note: ['Note', 'What matters, without personal data'],
      about_officer: [
        'About the officer',
        'yes: the deputy handles it; or the officer or deputy it is about',
      ],
      requester: ['Requester', 'Who asks; the customer when left out'],
      mandate: ['Mandate', 'Where it is on record that they may ask for the customer'],
      consent: ['Consents', 'A withdrawal of these consents alone, e.g. CO-2026-0001'],
      force: ['Force', 'Why a second open case of this type is needed'],
      sure: ['Sure', 'It really came that long ago, or it really is another customer'],
    },
  },
  amend: {
    summary: 'Put a case right: scope, receipt, way, reference, or that it is about the officer',
    fields: {
      case: CASE,
      scope: ['Scope', 'The whole scope from now on; only an officer narrows it'],
      received: ['Received', 'Officer: when it really reached the company'],
      via: ['Received by', 'How it reached the company'],
      ref: ['Reference', 'Where it is on record, e.g. a ticket'],
      about_officer: ['About the officer', 'Officer: yes, no, or the officer or deputy it is about'],
      reason: ['Reason', 'Why it is put right'],
      sure: ['Sure', 'A receipt of very long ago is right'],
    },
  },
  show: {
    summary: 'Show a case: where it stands, its checklist, notices and history',
    fields: {
      case: CASE,
      reveal: ['Reveal', 'Show the full customer reference: owner and officer only, on the ledger'],
    },
  },
  list: {
    summary: 'List cases, the next due first',
    fields: {
      filter: [
        'Filter',
        'Any of the owners, of the states, of due (within 7 days) and overdue; open when left out',
      ],
      customer: ['Customer', 'Only this customer’s cases, closed ones too'],
      type: ['Type', 'Only this type'],
      from: ['From', 'Received on this day or later'],
      to: ['To', 'Received on this day or earlier'],
      file: ['File', 'yes: the same rows as a CSV file, privately'],
      sure: ['Sure', 'It really is another customer than the one it looks like'],
    },
  },
  why: {
    summary: 'How the dates of a case were computed, step by step, with the clause',
    fields: {
      case: CASE,
    },
  },
  assign: {
    summary: 'Give cases an owner: yourself, or a colleague; or hand over all of somebody’s',
    fields: {
      case: ['Case', 'The case, or several with commas'],
      to: ['To', 'The new owner; you when left out'],
      from: ['From', 'All open cases of this colleague'],
    },
  },
  verify: {
    summary: 'Record an identity check, passed or failed; an officer may take a pass back',
    fields: {
      case: CASE,
      method: ['Method', 'How the identity was checked'],
      result: ['Result', 'pass, fail or revoked'],
      ref: ['Evidence', 'Where the check is on record'],
      reason: ['Reason', 'Revoked: why the pass does not count'],
    },
  },
  pause: {
    summary: 'Wait for the customer; the clock goes on unless the policy says otherwise',
    fields: {
      case: CASE,
      reason: ['Reason', 'What you wait for'],
    },
  },
  resume: {
    summary: 'Go on with a paused case',
    fields: {
      case: CASE,
    },
  },
  check: {
    summary: 'Answer the checklist: what each category needs',
    fields: {
      case: CASE,
      category: ['Category', 'One, several with commas, or all in the scope'],
      result: ['Result', 'done, none held, or retained'],
      ref: ['Evidence', 'Where it is on record'],
    },
  },
  propose: {
    summary: 'Propose the outcome; the officer decides in the thread',
    fields: {
      case: CASE,
      outcome: ['Outcome', 'What should become of it'],
      ground: ['Ground', 'The policy’s ground, e.g. LAW_REQUIRES_RETENTION'],
      law: ['Law', 'The provision, or the terms'],
      until: ['Until', 'How long the law keeps it'],
      facts: ['Facts', 'The facts behind the ground, without personal data'],
      evidence: ['Evidence', 'Where the evidence is on record'],
      name_evidence: ['Name change', 'Where the legal change of name is on record'],
    },
  },
  retract: {
    summary: 'Take back your proposal, while nobody has decided it',
    fields: {
      case: CASE,
    },
  },
  decide: {
    summary: 'Approve, return or refuse a proposal: an officer, never the proposer',
    fields: {
      case: CASE,
      verdict: ['Verdict', 'approve, return or refuse'],
      reason: ['Reason', 'Why; needed to return'],
      ground: ['Ground', 'The policy’s ground, e.g. LAW_REQUIRES_RETENTION'],
      law: ['Law', 'The provision, or the terms'],
    },
  },
  retain: {
    summary: 'Record what must be kept, explained to and agreed by the customer',
    fields: {
      case: CASE,
      categories: ['Categories', 'What is kept'],
      law: ['Law', 'The provision, or the terms, that ask for it'],
      until: ['Until', 'The day it may be deleted'],
      explained: ['Explained', 'When the customer was told why: 2026-12-10/call#9'],
      consent: ['Consent', 'When the customer agreed: 2026-12-11/call#9'],
    },
  },
  extend: {
    summary: 'Move the due date, explained to and agreed by the customer in time',
    fields: {
      case: CASE,
      until: ['Until', 'The new due date'],
      reason: ['Reason', 'legal_retention or other_significant, then your words'],
      explained: ['Explained', 'When the customer was told why: 2026-12-10/call#9'],
      consent: ['Consent', 'When the customer agreed: 2026-12-11/call#9'],
    },
  },
  done: {
    summary: 'It is carried out: opens the notices to customer and recipients',
    fields: {
      case: CASE,
      evidence: ['Evidence', 'Where it is on record'],
    },
  },
  notice: {
    summary: 'Record what the customer was told',
    fields: {
      case: CASE,
      kind: ['Kind', 'What kind of notice'],
      via: ['By', 'How it was sent, e.g. email'],
      sent: ['Sent', 'When; now when left out'],
      ref: ['Reference', 'Where it is on record'],
    },
  },
  notified: {
    summary: 'A recipient was told the result, or is excused by the officer',
    fields: {
      case: CASE,
      recipient: ['Recipient', 'Who got the data'],
      via: ['By', 'How they were told'],
      ref: ['Reference', 'Where it is on record'],
      excuse: ['Excuse', 'Officer only: why they need not be told'],
    },
  },
  close: {
    summary: 'Close a case whose notices are on record, or end it early',
    fields: {
      case: CASE,
      outcome: ['Outcome', 'Only to end it early'],
      ref: ['Reference', 'Withdrawn: where the customer said so'],
      of: ['Case', 'Duplicate: the case that goes on'],
      reason: ['Reason', 'Why it is not ours, or was logged in error'],
    },
  },
  reopen: {
    summary: 'Reopen a closed case: original receipt date, freeze restored',
    fields: {
      case: CASE,
      reason: ['Reason', 'Why'],
    },
  },
  snooze: {
    summary: 'Rest your case’s reminders, at most until the day before it is due',
    fields: {
      case: CASE,
      days: ['Days', 'For how many days, from today'],
      reason: ['Reason', 'Why they may rest'],
    },
  },
  note: {
    summary: 'Add a note to the case’s thread, without personal data',
    fields: {
      case: CASE,
      text: ['Note', 'What the next colleague should know'],
    },
  },
} as const;
