/** What `/desk` and its fields are called, on forms, in help and as typed options: a label and one line of at most 100 characters each. */

export const DESK = {
  help: {
    summary: 'What you may do here, with examples',
    fields: {
      command: ['Command', 'One command, e.g. privacy, or one verb, e.g. log'],
      verb: ['Verb', 'One verb of that command, e.g. log'],
    },
  },
  officer: {
    summary: 'How to reach the privacy officer',
    fields: {},
  },
  digest: {
    summary: 'Today’s digest, now and for you alone',
    fields: {},
  },
  report: {
    summary: 'A month in figures for you alone: cases, deadlines, disclosures, with a picture and a table',
    fields: {
      month: ['Month', 'The month, e.g. 2026-11; without it the present one, so far'],
    },
  },
  export: {
    summary: 'An evidence file for you alone: of a record, a customer, the disclosure register, or a month',
    fields: {
      case: ['Case', 'The case, disclosure or consent, e.g. PR-2026-0001'],
      customer: ['Customer', 'Everything of this customer; with register:yes, what of theirs went out'],
      register: ['Register', 'The register of disclosures that went out'],
      month: ['Month', 'The cases received in this month, e.g. 2026-11'],
      from: ['From', 'Register: sent on or after this day'],
      to: ['To', 'Register: sent on or before this day'],
      audience: ['Audience', 'subject: for the customer, without what is withheld from them'],
      format: ['Format', 'html: a page that verifies itself (the default); json: its data alone'],
    },
  },
  audit: {
    summary: 'Verify the ledger and its checkpoints, or one record; names the first bad entry',
    fields: {
      case: ['Case', 'One case, disclosure or consent only, e.g. PR-2026-0001'],
      note: ['Note', 'A checkpoint copied from the officer’s channel: is it of this history?'],
    },
  },
  staff: {
    summary: 'Who is on the staff list; add, remove, renew training, link an account',
    fields: {
      action: ['Action', 'What to do; left out: the list'],
      person: ['Person', 'Who, e.g. mei'],
      role: ['Role', 'Their role; remove without one takes all of them'],
      until: ['Trained until', 'Last day of their attested training, e.g. 2027-11-23'],
      account: ['Account', 'An account of theirs, e.g. slack:U012 or discord:81234'],
      name: ['Name', 'Rename: what they are called from now on; add: what to call them'],
      substitute: ['Substitute', 'Away: who is asked in their place'],
    },
  },
  channel: {
    summary: 'Bind this channel for the cases, the officer or the digest; without use: what is bound',
    fields: {
      use: ['Use', 'What this channel gets'],
      locale: ['Locale', 'Language of its members, e.g. en or zh-CN'],
    },
  },
  policy: {
    summary: 'The policy in force, in sentences; or what another pack would change and make late',
    fields: {
      pack: ['Pack', 'Another pack’s name or .yaml file, to compare; nothing is changed'],
    },
  },
  doctor: {
    summary: 'Is the desk well: policy, calendar, staff, channels, database, clock, failed posts',
    fields: {
      send_again: ['Send again', 'Posts that were given up are sent again'],
    },
  },
} as const;
