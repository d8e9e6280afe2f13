/** A few commands like the desk's own, for the tests of the grammar, fields and help. */
import { z } from 'zod';
import { commandFactory, registryOf } from '../../src/chat/command.js';
import { datedReference, day, moment, month } from '../../src/chat/fields/dates.js';
import {
  categoryList,
  choice,
  customer,
  person,
  reference,
  text,
  wholeNumber,
  word,
  yes,
} from '../../src/chat/fields/kinds.js';
import { caseRef, disclosureRef } from '../../src/chat/fields/references.js';
import { REQUEST_TYPES } from '../../src/vocabulary/values.js';

export const defineSample = commandFactory<string, unknown>();
const plan = async (_context: string, input: unknown): Promise<unknown> => input;

const log = defineSample({
  command: 'privacy',
  verb: 'log',
  words: {
    summary: 'Put a customer’s request on the record',
    fields: {
      type: ['Type', 'What the customer asks for'],
      customer: ['Customer', 'The customer’s reference in your own system, never a name or number of theirs'],
      scope: ['Scope', 'The categories it is about'],
      via: ['Via', 'How it came'],
      received: ['Received', 'When it came; now if left out'],
      ref: ['Reference', 'Where it is in your own system'],
      note: ['Note', 'What else to know'],
      about_officer: ['About the officer', 'The complaint is about the privacy officer'],
    },
  },
  permission: 'request.log',
  input: z.strictObject({
    type: choice(REQUEST_TYPES),
    customer: customer(),
    scope: categoryList().optional(),
    via: choice(['service_center', 'phone', 'email', 'chat']).optional(),
    received: moment().optional(),
    ref: reference().optional(),
    note: text().optional(),
    about_officer: yes().optional(),
  }),
  examples: ['/privacy log access C-10812', '/privacy log deletion C-10812 scope:"name, email" via:phone'],
  plan: async (_context, input) => {
    // Compile-time: the input is typed by its fields.
    const type: 'access' | 'correction' | 'deletion' | 'stop_handling' | 'consent_withdrawal' | 'complaint' =
      input.type;
    return { ...input, type };
  },
});

export const registry = registryOf([
  log,
  defineSample({
    command: 'privacy',
    verb: 'show',
    words: {
      summary: 'Show a case',
      fields: {
        case: ['Case', 'The case, e.g. PR-2026-0001'],
        reveal: ['Reveal', 'Show the full reference'],
      },
    },
    permission: 'request.show',
    input: z.strictObject({ case: caseRef(), reveal: yes().optional() }),
    examples: ['/privacy show PR-2026-0001'],
    plan,
  }),
  defineSample({
    command: 'privacy',
    verb: 'verify',
    words: {
      summary: 'Record an identity check',
      fields: {
        case: ['Case', 'The case, e.g. PR-2026-0001'],
        method: ['Method', 'How it was checked'],
        result: ['Result', 'Whether it passed'],
        ref: ['Reference', 'Where the check is on record'],
      },
    },
    permission: 'request.verify',
    input: z.strictObject({
      case: caseRef(),
      method: choice(['otp', 'callback']),
      result: choice(['pass', 'fail']),
      ref: reference(),
    }),
    examples: ['/privacy verify PR-2026-0001 otp pass call#9'],
    plan,
  }),
  defineSample({
    command: 'privacy',
    verb: 'decide',
    words: {
      summary: 'Decide a proposal',
      fields: {
        case: ['Case', 'The case, e.g. PR-2026-0001'],
        verdict: ['Verdict', 'What is decided'],
        reason: ['Reason', 'Why'],
      },
    },
    permission: 'request.decide',
    input: z.strictObject({
      case: caseRef(),
      verdict: choice(['approve', 'return', 'refuse']),
      reason: text().optional(),
    }),
    examples: ['/privacy decide PR-2026-0001 approve'],
    plan,
  }),
  defineSample({
    command: 'privacy',
    verb: 'note',
    words: {
      summary: 'Add a note',
      fields: {
        case: ['Case', 'The case, e.g. PR-2026-0001'],
        text: ['Text', 'What happened'],
        ref: ['Reference', 'Where it is on record'],
      },
    },
    permission: 'request.note',
    input: z.strictObject({
      case: caseRef(),
      text: text({ multiline: true }),
      ref: reference().optional(),
    }),
    examples: ['/privacy note PR-2026-0001 customer called at 09:40'],
    plan,
  }),
  defineSample({
    command: 'privacy',
    verb: 'extend',
    words: {
      summary: 'Extend the due date',
      fields: {
        case: ['Case', 'The case, e.g. PR-2026-0001'],
        until: ['Until', 'The new due date'],
        reason: ['Reason', 'Why'],
        explained: ['Explained', 'When it was explained to the customer'],
      },
    },
    permission: 'request.extend',
    input: z.strictObject({
      case: caseRef(),
      until: day(),
      reason: text(),
      explained: datedReference().optional(),
    }),
    examples: ['/privacy extend PR-2026-0001 2027-01-10 "legal_retention" explained:2026-12-10/call#9'],
    plan,
  }),
  defineSample({
    command: 'privacy',
    verb: 'snooze',
    words: {
      summary: 'Hold reminders back',
      fields: {
        case: ['Case', 'The case, e.g. PR-2026-0001'],
        days: ['Days', 'For how many days'],
        reason: ['Reason', 'Why'],
      },
    },
    permission: 'request.snooze',
    input: z.strictObject({
      case: caseRef(),
      days: wholeNumber(),
      reason: text(),
    }),
    examples: ['/privacy snooze PR-2026-0001 3 waiting for the archive'],
    plan,
  }),
  defineSample({
    command: 'privacy',
    verb: 'assign',
    words: {
      summary: 'Give a case an owner',
      fields: { case: ['Case', 'The case, e.g. PR-2026-0001'], to: ['To', 'Who takes it'] },
    },
    permission: 'request.assign',
    input: z.strictObject({ case: caseRef(), to: person().optional() }),
    examples: ['/privacy assign PR-2026-0001 to:@mei'],
    plan,
  }),
  defineSample({
    command: 'disclosure',
    verb: 'decide',
    words: {
      summary: 'Decide a disclosure',
      fields: {
        disclosure: ['Disclosure', 'The disclosure, e.g. DR-2026-0001'],
        verdict: ['Verdict', 'What is decided'],
        reason: ['Reason', 'Why'],
        data: ['Data', 'Fewer categories than asked'],
      },
    },
    permission: 'disclosure.decide',
    input: z.strictObject({
      disclosure: disclosureRef(),
      verdict: choice(['approve', 'deny']),
      reason: text().optional(),
      data: categoryList().optional(),
    }),
    examples: ['/disclosure decide DR-2026-0001 verdict:approve'],
    plan,
  }),
  defineSample({
    command: 'desk',
    verb: 'help',
    words: {
      summary: 'What you can do',
      fields: { command: ['Command', 'Which command'], verb: ['Verb', 'Which verb'] },
    },
    permission: 'desk.help',
    input: z.strictObject({
      command: word().optional(),
      verb: word().optional(),
    }),
    positionals: ['command', 'verb'],
    examples: ['/desk help', '/desk help privacy log'],
    plan,
  }),
  defineSample({
    command: 'desk',
    verb: 'report',
    words: { summary: 'The month in numbers', fields: { month: ['Month', 'Which month, e.g. 2026-11'] } },
    permission: 'desk.report',
    input: z.strictObject({ month: month().optional() }),
    positionals: ['month'],
    examples: ['/desk report 2026-11'],
    plan,
  }),
]);
