/** What can be wrong with a policy pack, as facts. Must not know: wording, YAML, how faults are found. */
import type { Permission } from '../vocabulary/permissions.js';
import type { Category, RequestType } from '../vocabulary/values.js';
import type { Period } from './period.js';

/** What a value must be like, by name: the schema's messages. `language/` has the words. */
export const FORMS = [
  'a-category',
  'a-category-or-all',
  'a-channel',
  'a-day',
  'a-method',
  'a-permission',
  'a-reason',
  'a-type-or-all',
  'an-outcome',
  'at-least-1',
  'at-most-366',
  'civil-period',
  'clause',
  'country',
  'date',
  'date-or-range',
  'days-before',
  'ground-code',
  'its-evidence',
  'local-time',
  'month-and-day',
  'not-empty',
  'pack-id',
  'pack-version',
  'period',
  'reference-pattern',
  'short-clause',
  'short-text',
  'three-weekdays',
  'weekday',
  'whole-number',
  'word',
  'year',
] as const;
export type Form = (typeof FORMS)[number];

/** The name of a form as a schema's message; one that does not exist does not compile. */
export const form = (name: Form): Form => name;
export const isForm = (text: string): text is Form => FORMS.some((name) => name === text);

/** What was read: a list or a group of keys is not repeated. */
export type ReadValue =
  | { readonly kind: 'list' | 'group' | 'empty' }
  | { readonly kind: 'value'; readonly json: string };

/** Kinds of values, as zod names them. */
export const VALUE_KINDS = ['string', 'number', 'int', 'boolean', 'array', 'object', 'record'] as const;
export type ValueKind = (typeof VALUE_KINDS)[number];

type DayList = 'add' | 'remove' | 'working';

export type PackFaultReason =
  // Reading it.
  /** `at`: where in the text, from 1; null when only the whole can be named. */
  | {
      readonly kind: 'not-yaml';
      readonly detail: string;
      readonly at: { readonly line: number; readonly column: number } | null;
    }
  | { readonly kind: 'unknown-key' }
  /** `allowed`: the closed list it must be of; empty when there is none. */
  | { readonly kind: 'missing'; readonly allowed: readonly string[] }
  | { readonly kind: 'wrong-kind'; readonly wanted: ValueKind | null; readonly read: ReadValue }
  | { readonly kind: 'not-in-list'; readonly allowed: readonly string[]; readonly read: ReadValue }
  /** null: what was read is no single value. */
  | { readonly kind: 'wrong-form'; readonly form: Form | null; readonly read: ReadValue | null }
  | { readonly kind: 'key-of-wrong-form'; readonly form: Form | null }
  | { readonly kind: 'none-fits'; readonly of: readonly PackFaultReason[] }
  // Contradictions.
  | { readonly kind: 'no-such-clause'; readonly clause: string }
  | { readonly kind: 'deputy-is-officer' }
  | { readonly kind: 'nobody-may'; readonly permission: Permission }
  /** Another pack of this name is on record, with other content. */
  | { readonly kind: 'name-taken'; readonly name: string }
  | { readonly kind: 'no-such-zone'; readonly zone: string }
  | { readonly kind: 'no-such-country'; readonly country: string }
  | { readonly kind: 'no-range'; readonly days: string }
  | { readonly kind: 'day-of-another-year'; readonly day: string; readonly year: string }
  | { readonly kind: 'day-twice'; readonly day: string }
  | { readonly kind: 'works-anyway' | 'no-holiday'; readonly day: string }
  | { readonly kind: 'day-in-two-lists'; readonly day: string; readonly lists: readonly [DayList, DayList] }
  | {
      readonly kind: 'reminder-before-request';
      readonly days: number;
      readonly type: RequestType;
      readonly due: Period;
    }
  | { readonly kind: 'target-after-deadline'; readonly target: Period; readonly due: Period }
  | { readonly kind: 'clock-after-deadline'; readonly clock: Period; readonly due: Period }
  | { readonly kind: 'window-ends-first' }
  | { readonly kind: 'freeze-without-end' }
  | { readonly kind: 'rule-without-freeze' }
  | { readonly kind: 'end-without-freeze' }
  | { readonly kind: 'ground-twice'; readonly ground: string; readonly type: RequestType }
  | { readonly kind: 'no-such-ground'; readonly ground: string; readonly type: RequestType }
  | { readonly kind: 'ground-not-covering'; readonly ground: string; readonly category: Category }
  | { readonly kind: 'escalation-without-overdue' }
  | { readonly kind: 'twice'; readonly item: string | number }
  | { readonly kind: 'escalation-twice'; readonly to: string; readonly overdueDay: number }
  | { readonly kind: 'undecided-twice'; readonly to: string; readonly hours: number }
  | { readonly kind: 'sensitive-template'; readonly clause: string }
  | { readonly kind: 'sensitive-on-transaction' };

/** One thing wrong with a pack: where (`requests.access.due.add`; empty: the whole) and why. */
export type PackFault = { readonly path: string; readonly reason: PackFaultReason };
