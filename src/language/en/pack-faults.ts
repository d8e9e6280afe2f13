/** What is wrong with a policy pack, in English. Must not know: how it was found, where it is read. */
import type { Form, PackFault, PackFaultReason, ReadValue, ValueKind } from '../../policy/pack-faults.js';
import type { Permission } from '../../vocabulary/permissions.js';
import { commas } from './lists.js';
import { periodWords } from './periods.js';

/** All of it, a line each, for whoever starts the desk or checks a pack. */
export function packProblemWords(faults: readonly PackFault[]): string {
  const lines = faults.map(
    (fault) => `  ${faultPlace(fault) ?? '(the whole pack)'}: ${faultWords(fault.reason)}`,
  );
  const count = faults.length === 1 ? 'one problem' : `${faults.length} problems`;
  return `The policy pack has ${count}:\n${lines.join('\n')}`;
}

/** The key it is about, or the place in the text; null: the whole pack. */
export function faultPlace({ path, reason }: PackFault): string | null {
  if (reason.kind === 'not-yaml' && reason.at !== null)
    return `line ${reason.at.line}, column ${reason.at.column}`;
  return path === '' ? null : path;
}

const FORM_WORDS: Readonly<Record<Form, string>> = {
  'a-category': 'must name at least one category',
  'a-category-or-all': 'must name at least one category, or all',
  'a-channel': 'must name at least one way to reach the officer',
  'a-day': 'must name at least one day',
  'a-method': 'must name at least one method',
  'a-permission': 'has no permissions',
  'a-reason': 'must name at least one reason',
  'a-type-or-all': 'must name at least one request type, or all',
  'an-outcome': 'must give at least one outcome',
  'at-least-1': 'must be at least 1',
  'at-most-366': 'must be at most 366',
  'civil-period': 'must be a period such as P30D or P2M',
  clause: 'must be a bare clause such as "4.2", "12(3)" or "§ 1798.105", in quotes',
  country: 'must be a country code such as CN',
  date: 'must be a date such as 2026-03-02',
  'date-or-range': 'must be a date or first/last, such as 2026-10-01/2026-10-07',
  'days-before': 'comes after the deadline: reminders count the days before it',
  'ground-code': 'must be capitals and underscores',
  'its-evidence': 'must name its evidence',
  'local-time': 'must be a local time such as "09:00"',
  'month-and-day': 'must be a month and day such as "06-01"',
  'not-empty': 'must not be empty',
  'reference-pattern': 'must be a regular expression of at most 200 characters such as "C-[0-9]{5,}"',
  'pack-id': 'must be lower-case letters, digits and hyphens',
  'pack-version': 'must be letters, digits, dots and hyphens',
  period: 'must be a period such as P30D, P1M or "15 working days"',
  'short-clause': 'must be at most 40 characters',
  'short-text': 'must be at most 600 characters',
  'three-weekdays': 'must leave at least three weekdays',
  weekday: 'must be a weekday from 1, Monday, to 7, Sunday',
  'whole-number': 'must be a whole number',
  word: 'must be lower-case letters, digits and underscores',
  year: 'must be a year such as "2026"',
};

const KIND_WORDS: Readonly<Record<ValueKind, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of keys',
  record: 'a group of keys',
};

const NOBODY: Readonly<Partial<Record<Permission, string>>> = {
  'request.decide': 'no proposal could ever be decided',
  'disclosure.decide': 'no disclosure could ever be approved',
  'desk.staff': 'nobody could ever be put on the staff list',
};

const LIST_WORDS = { add: 'a holiday', remove: 'a removed holiday', working: 'a working day' };

/** Why, as the end of a sentence that begins with the path. */
export function faultWords(reason: PackFaultReason): string {
  switch (reason.kind) {
    case 'not-yaml':
      return `is not valid YAML: ${reason.detail}`;
    case 'unknown-key':
      return 'is not a known key';
    case 'missing':
      return reason.allowed.length === 0 ? 'is missing' : `is missing; allowed: ${commas(reason.allowed)}`;
    case 'wrong-kind':
      return `must be ${reason.wanted === null ? 'something else' : KIND_WORDS[reason.wanted]}, not ${readWords(reason.read)}`;
    case 'not-in-list':
      return `must be one of ${commas(reason.allowed)}; not ${readWords(reason.read)}`;
    case 'wrong-form':
      return reason.read === null
        ? formWords(reason.form)
        : `${formWords(reason.form)}; not ${readWords(reason.read)}`;
    case 'key-of-wrong-form':
      return `the key ${formWords(reason.form)}`;
    case 'none-fits':
      return reason.of.map(faultWords).join(', or ');
    default:
      return contradictionWords(reason);
  }
}

type ReadingKind =
  | 'not-yaml'
  | 'unknown-key'
  | 'missing'
  | 'wrong-kind'
  | 'not-in-list'
  | 'wrong-form'
  | 'key-of-wrong-form'
  | 'none-fits';

/** Of a pack whose shape is right. */
function contradictionWords(reason: Exclude<PackFaultReason, { kind: ReadingKind }>): string {
  switch (reason.kind) {
    case 'no-such-clause':
      return `quotes clause ${reason.clause}, which the table of clauses does not have`;
    case 'deputy-is-officer':
      return 'is the officer; a complaint about the officer would have nobody to go to';
    case 'nobody-may':
      return `give nobody ${reason.permission}: ${NOBODY[reason.permission] ?? 'nobody could do it'}`;
    case 'name-taken':
      return `is on record for ${reason.name} with other content: give a changed pack a version of its own`;
    case 'works-anyway':
      return `${reason.day} is a working day anyway: neither a weekend day nor a public holiday`;
    case 'no-holiday':
      return `${reason.day} is no public holiday there, so there is none to take away`;
    case 'no-such-zone':
      return `is not a known time zone: "${reason.zone}"`;
    case 'no-such-country':
      return `is not a country the holiday calendar knows: "${reason.country}"`;
    case 'no-range':
      return `is not a range of days: "${reason.days}"`;
    case 'day-of-another-year':
      return `${reason.day} is not in ${reason.year}`;
    case 'day-twice':
      return `${reason.day} is listed twice`;
    case 'day-in-two-lists':
      return `${reason.day} is listed both as ${LIST_WORDS[reason.lists[0]]} and as ${LIST_WORDS[reason.lists[1]]}`;
    case 'reminder-before-request':
      return `a reminder ${reason.days} days before the deadline comes before the request: ${reason.type} is due after ${periodWords(reason.due)}`;
    case 'target-after-deadline':
      return `the target, ${periodWords(reason.target)}, may fall after the deadline of ${periodWords(reason.due)}`;
    case 'clock-after-deadline':
      return `${reason.clock.n} working days end after the deadline of ${periodWords(reason.due)}`;
    case 'window-ends-first':
      return 'ends before it begins';
    case 'freeze-without-end':
      return 'must say what becomes of the freeze';
    case 'rule-without-freeze':
      return 'restricts disclosures although the type does not freeze';
    case 'end-without-freeze':
      return 'must be none: the type does not freeze';
    case 'ground-twice':
      return `the ground ${reason.ground} is listed twice for ${reason.type}`;
    case 'no-such-ground':
      return `${reason.ground} is no ground of ${reason.type}`;
    case 'ground-not-covering':
      return `the ground ${reason.ground} does not cover ${reason.category}`;
    case 'escalation-without-overdue':
      return 'need overdue reminders, which this pack does not post';
    case 'twice':
      return `lists ${reason.item} twice`;
    case 'escalation-twice':
      return `lists ${reason.to} on day ${reason.overdueDay} twice`;
    case 'undecided-twice':
      return `lists ${reason.to} after ${reason.hours} hours twice`;
    case 'sensitive-template':
      return `sensitive data may never go out in a transaction (clause ${reason.clause})`;
    case 'sensitive-on-transaction':
      return 'must not name transaction: only consent or a law opens sensitive data';
    default:
      return reason satisfies never;
  }
}

const formWords = (form: Form | null): string => (form === null ? 'cannot be this' : FORM_WORDS[form]);

function readWords(read: ReadValue): string {
  switch (read.kind) {
    case 'list':
      return 'a list';
    case 'group':
      return 'a group of keys';
    case 'empty':
      return 'empty';
    case 'value':
      return read.json;
    default:
      return read satisfies never;
  }
}
