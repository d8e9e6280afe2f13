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
  summary: 'Put a customer’s request on the record',
  permission: 'request.log',
  input: z.strictObject({
    type: choice('Type', 'What the customer asks for', REQUEST_TYPES),
    customer: customer(),
    scope: categoryList('Scope', 'The categories it is about').optional(),
    via: choice('Via', 'How it came', ['service_center', 'phone', 'email', 'chat']).optional(),
    received: moment('Received', 'When it came; now if left out').optional(),
    ref: reference('Reference', 'Where it is in your own system').optional(),
    note: text('Note', 'What else to know').optional(),
    about_officer: yes('About the officer', 'The complaint is about the privacy officer').optional(),
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
    summary: 'Show a case',
    permission: 'request.show',
    input: z.strictObject({ case: caseRef(), reveal: yes('Reveal', 'Show the full reference').optional() }),
    examples: ['/privacy show PR-2026-0001'],
    plan,
  }),
  defineSample({
    command: 'privacy',
    verb: 'verify',
    summary: 'Record an identity check',
    permission: 'request.verify',
    input: z.strictObject({
      case: caseRef(),
      method: choice('Method', 'How it was checked', ['otp', 'callback']),
      result: choice('Result', 'Whether it passed', ['pass', 'fail']),
      ref: reference('Reference', 'Where the check is on record'),
    }),
    examples: ['/privacy verify PR-2026-0001 otp pass call#9'],
    plan,
  }),
  defineSample({
    command: 'privacy',
    verb: 'decide',
    summary: 'Decide a proposal',
    permission: 'request.decide',
    input: z.strictObject({
      case: caseRef(),
      verdict: choice('Verdict', 'What is decided', ['approve', 'return', 'refuse']),
      reason: text('Reason', 'Why').optional(),
    }),
    examples: ['/privacy decide PR-2026-0001 approve'],
    plan,
  }),
  defineSample({
    command: 'privacy',
    verb: 'note',
    summary: 'Add a note',
    permission: 'request.note',
    input: z.strictObject({
      case: caseRef(),
      text: text('Text', 'What happened', { multiline: true }),
      ref: reference('Reference', 'Where it is on record').optional(),
    }),
    examples: ['/privacy note PR-2026-0001 customer called at 09:40'],
    plan,
  }),
  defineSample({
    command: 'privacy',
    verb: 'extend',
    summary: 'Extend the due date',
    permission: 'request.extend',
    input: z.strictObject({
      case: caseRef(),
      until: day('Until', 'The new due date'),
      reason: text('Reason', 'Why'),
      explained: datedReference('Explained', 'When it was explained to the customer').optional(),
    }),
    examples: ['/privacy extend PR-2026-0001 2027-01-10 "legal_retention" explained:2026-12-10/call#9'],
    plan,
  }),
  defineSample({
    command: 'privacy',
    verb: 'snooze',
    summary: 'Hold reminders back',
    permission: 'request.snooze',
    input: z.strictObject({
      case: caseRef(),
      days: wholeNumber('Days', 'For how many days'),
      reason: text('Reason', 'Why'),
    }),
    examples: ['/privacy snooze PR-2026-0001 3 waiting for the archive'],
    plan,
  }),
  defineSample({
    command: 'privacy',
    verb: 'assign',
    summary: 'Give a case an owner',
    permission: 'request.assign',
    input: z.strictObject({ case: caseRef(), to: person('To', 'Who takes it').optional() }),
    examples: ['/privacy assign PR-2026-0001 to:@mei'],
    plan,
  }),
  defineSample({
    command: 'disclosure',
    verb: 'decide',
    summary: 'Decide a disclosure',
    permission: 'disclosure.decide',
    input: z.strictObject({
      disclosure: disclosureRef(),
      verdict: choice('Verdict', 'What is decided', ['approve', 'deny']),
      reason: text('Reason', 'Why').optional(),
      data: categoryList('Data', 'Fewer categories than asked').optional(),
    }),
    examples: ['/disclosure decide DR-2026-0001 verdict:approve'],
    plan,
  }),
  defineSample({
    command: 'desk',
    verb: 'help',
    summary: 'What you can do',
    permission: 'desk.help',
    input: z.strictObject({
      command: word('Command', 'Which command').optional(),
      verb: word('Verb', 'Which verb').optional(),
    }),
    positionals: ['command', 'verb'],
    examples: ['/desk help', '/desk help privacy log'],
    plan,
  }),
  defineSample({
    command: 'desk',
    verb: 'report',
    summary: 'The month in numbers',
    permission: 'desk.report',
    input: z.strictObject({ month: month('Month', 'Which month, e.g. 2026-11').optional() }),
    positionals: ['month'],
    examples: ['/desk report 2026-11'],
    plan,
  }),
]);
