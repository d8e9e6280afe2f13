/**
 * The shape of a policy pack: every number, ground, template and clause the desk follows, as data
 * (domain.md section 1, dates.md). Must not know: files, the clock, how rules are applied.
 */
import { z } from 'zod';
import { PERMISSIONS } from '../vocabulary/permissions.js';
import {
  CATEGORIES,
  LEGAL_BASES,
  NOTICE_KINDS,
  OUTCOMES,
  REQUEST_TYPES,
  ROLES,
} from '../vocabulary/values.js';
import { form } from './pack-faults.js';
import { CIVIL_PERIOD, PERIOD } from './period.js';

const text = z.string().trim().min(1, form('not-empty')).max(600, form('short-text'));
/** As the policy itself numbers it: `4.2`, `12(3)`, `4.2(a)`, `Art. 17(3)(b)`, `§ 1798.105`. */
const CLAUSE = /^(?:§{1,2} ?|Art\. ?)?\d+[a-z]?(?:[.-]\d+[a-z]?)*(?:\([0-9A-Za-z]{1,5}\))*$/;
const clause = z.string().max(40, form('short-clause')).regex(CLAUSE, form('clause'));
const word = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, form('word'));
const day = z.iso.date(form('date'));
const dayOrRange = z.string().regex(/^\d{4}-\d{2}-\d{2}(\/\d{4}-\d{2}-\d{2})?$/, form('date-or-range'));
const localTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, form('local-time'));
const period = z.string().regex(PERIOD, form('period'));
const civilPeriod = z.string().regex(CIVIL_PERIOD, form('civil-period'));
const count = z.int(form('whole-number')).max(366, form('at-most-366'));
const daysBefore = count.min(0, form('days-before'));
const countFrom1 = count.min(1, form('at-least-1'));
const category = z.enum(CATEGORIES);
const permission = z.enum(PERMISSIONS);

/** What a propose, decide or retain must carry for a ground. `law` is a provision or the terms. */
export const GROUND_FIELDS = ['law', 'until', 'facts', 'evidence', 'explained', 'consent'] as const;
export const IDENTITY_METHODS = [
  'account_login',
  'callback',
  'otp',
  'document_checked',
  'known_contact',
  'representative',
] as const;
/** What the freeze becomes when the request was fulfilled. */
export const FREEZE_AFTER = ['none', 'lifted', 'erased', 'objection', 'consent_blocked'] as const;
/** What an active freeze says to a disclosure on a legal basis. */
export const FREEZE_RULES = ['allowed', 'blocked', 'officer_with_evidence'] as const;
/**
 * What is left of the freeze after fulfilment; `if_newer`: allowed for a consent or order dated after it;
 * `officer_if_newer`: the same, decided by an officer, the card saying so.
 */
export const FREEZE_REST_RULES = [...FREEZE_RULES, 'if_newer', 'officer_if_newer'] as const;

const freezeRule = z.strictObject({ rule: z.enum(FREEZE_RULES), clause, note: text.optional() });
const freezeRest = z.strictObject({ rule: z.enum(FREEZE_REST_RULES), clause, note: text.optional() });
const restByBasis = z.record(z.enum(LEGAL_BASES), freezeRest);

const pauseRule = z.strictObject({
  reasons: z.array(word).min(1, form('a-reason')),
  /** inclusive: the day it begins and the day it ends both stop the clock; exclusive: not the first. */
  count: z.enum(['inclusive', 'exclusive']),
});
const extensionRule = z.strictObject({
  clause,
  reasons: z.array(word).min(1, form('a-reason')),
  /** The most that may be added to the due date; absent: no limit. */
  add: period.optional(),
  requires: z.array(z.enum(['explained', 'consent'])),
  /**
   * Both ends inclusive; periods count from the start day, `due` is the current due day. `of`: what must lie inside it,
   * the recording of the extension, or the customer's agreement (which may be put on record later, with its date).
   */
  window: z.strictObject({
    of: z.enum(['recording', 'agreement']),
    from: civilPeriod.optional(),
    to: z.union([z.literal('due'), civilPeriod]),
  }),
});
const dueRule = z.strictObject({
  clause,
  note: text.optional(),
  add: period,
  start: z.enum(['receipt', 'identity']),
  /** after: the first day is not counted; beginning_with: it is. */
  count: z.enum(['after', 'beginning_with']),
  roll: z.enum(['none', 'forward']),
  pause: z.union([z.literal('none'), pauseRule]),
  extension: z.union([z.literal('none'), extensionRule]),
});
const clock = z.strictObject({ workingDays: countFrom1, clause: clause.optional() });
const noticeRule = z.strictObject({
  kind: z.enum(NOTICE_KINDS),
  /** kept: only when something is retained; freeze_lifted: only when closing lifts a freeze. */
  when: z.enum(['always', 'kept', 'freeze_lifted']),
});

const requestRule = z.strictObject({
  clause,
  means: text,
  due: dueRule,
  /** `last_working_day_on_or_before_due`, or the last working day within a period from the start. */
  target: z.union([z.literal('last_working_day_on_or_before_due'), civilPeriod]),
  acknowledge: clock,
  /** When the measure itself must have been taken, from receipt; null: by the due date. */
  act: clock.nullable(),
  /** Days before the due date, instead of the pack's; absent: the pack's. */
  reminderDays: z.array(daysBefore).optional(),
  identity: z.boolean(),
  checklist: z.boolean(),
  /** Who may let a request be fulfilled; refusal and partial are always the officer's. */
  decision: z.enum(['officer', 'agent']),
  notifyRecipients: z.strictObject({ required: z.boolean(), clause }),
  freezes: z.boolean(),
  freeze: z.strictObject({
    /** While the request is open. */
    open: z.record(z.enum(LEGAL_BASES), freezeRule),
    after: z.enum(FREEZE_AFTER),
    /** Once fulfilled; null: nothing is left of the freeze. */
    rest: restByBasis.nullable(),
    /** For categories kept under a retention (`storage_only`); null: nothing can be kept. */
    retained: restByBasis.nullable(),
  }),
  /** Categories that can never be fulfilled, with the ground that says so (clause 3.1). */
  never: z.array(z.strictObject({ category, ground: z.string(), clause })),
  /** Categories that need a piece of evidence to be fulfilled, and the ground when it is not there. */
  evidenced: z.array(
    z.strictObject({ category, field: z.enum(['name_evidence']), ground: z.string(), clause }),
  ),
  /** Notices needed to close, by outcome; an outcome not named needs none. */
  notices: z.strictObject({
    fulfilled: z.array(noticeRule),
    no_data_held: z.array(noticeRule),
    partially_fulfilled: z.array(noticeRule),
    refused: z.array(noticeRule),
  }),
});

const ground = z.strictObject({
  code: z.string().regex(/^[A-Z][A-Z0-9_]{2,59}$/, form('ground-code')),
  /** The request types it may be used for; `all`: each of them. */
  types: z.union([z.literal('all'), z.array(z.enum(REQUEST_TYPES)).min(1, form('a-type-or-all'))]),
  clause,
  means: text,
  fields: z.array(z.enum(GROUND_FIELDS)),
  /** The categories it can speak for. */
  covers: z.union([z.literal('all'), z.array(category).min(1, form('a-category-or-all'))]),
  outcomes: z.array(z.enum(OUTCOMES)).min(1, form('an-outcome')),
});

/** A regular expression for the whole of it, whatever the case of its letters. */
const referencePattern = z
  .string()
  .min(1, form('not-empty'))
  .max(200, form('reference-pattern'))
  .refine(compiles, form('reference-pattern'));

const ruleClause = z.strictObject({ clause }).optional();

const calendarDays = z.array(z.strictObject({ days: dayOrRange, source: text }));
const calendar = z.strictObject({
  /** date-holidays' country; only its public, whole-day holidays count. */
  country: z.string().regex(/^[A-Z]{2}$/, form('country')),
  /** ISO weekdays off: Monday 1 to Sunday 7. */
  weekend: z
    .array(z.int(form('weekday')).min(1, form('weekday')).max(7, form('weekday')))
    .max(4, form('three-weekdays')),
  /** Days of every year the library lists as whole-day holidays and that are not days off here. */
  never: z.array(
    z.strictObject({
      day: z.string().regex(/^\d{2}-\d{2}$/, form('month-and-day')),
      source: text,
    }),
  ),
  /** Years whose calendar is known; `add` days off, `remove` the library's, `working` make-up days. */
  years: z.record(
    z.string().regex(/^\d{4}$/, form('year')),
    z.strictObject({ add: calendarDays, remove: calendarDays, working: calendarDays }),
  ),
});

const reminders = z.strictObject({
  days: z.array(daysBefore).min(1, form('a-day')),
  overdue: z.enum(['daily', 'none']),
  /** What happens to one that falls on a day off; 0 and overdue are posted whatever the day. */
  dayOff: z.enum(['working_day_before', 'same_day']),
  at: localTime,
  escalations: z.array(z.strictObject({ overdueDay: countFrom1, to: z.enum(['officer', 'admin']) })),
  disclosures: z.array(z.strictObject({ undecidedHours: countFrom1, to: z.enum(['deputy', 'admin']) })),
  /** Proposals of cases that nobody decided; absent: nobody is told. */
  proposals: z
    .array(z.strictObject({ undecidedHours: countFrom1, to: z.enum(['deputy', 'admin']) }))
    .optional(),
  /** Of the clocks beside the due date, in working days: acknowledge, act, tell recipients. Absent: none. */
  clocks: z
    .strictObject({
      before: z.array(daysBefore),
      late: z.enum(['every_working_day', 'none']),
      escalations: z.array(z.strictObject({ workingDaysLate: countFrom1, to: z.enum(['officer', 'admin']) })),
    })
    .optional(),
});

const basis = z.strictObject({
  clause,
  means: text,
  evidence: z
    .array(z.enum(['consent', 'order', 'template', 'authority', 'law', 'instrument', 'evidence']))
    .min(1, form('its-evidence')),
});
const disclosures = z.strictObject({
  clause,
  bases: z.record(z.enum(LEGAL_BASES), basis),
  closedList: z.strictObject({ clause }),
  templates: z.record(
    word,
    z.strictObject({
      clause,
      means: text,
      categories: z.array(category).min(1, form('a-category')),
    }),
  ),
  /** Days an approval lasts before it expires. */
  approvalDays: countFrom1,
  /** The longest standing approval, in days. */
  standingDays: countFrom1,
  sensitive: z.strictObject({ bases: z.array(z.enum(LEGAL_BASES)), clause }),
});

export const packSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, form('pack-id')),
  version: z.string().regex(/^[0-9A-Za-z][0-9A-Za-z.-]{0,39}$/, form('pack-version')),
  title: text,
  zone: text,
  notified: day,
  /** Clause number → what it says, in our own words. */
  clauses: z.record(clause, text),
  officer: z.strictObject({
    clause,
    person: word,
    deputy: word,
    name: text,
    title: text,
    department: text,
    channels: z.array(z.strictObject({ kind: word, address: text })).min(1, form('a-channel')),
  }),
  calendar,
  requests: z.record(z.enum(REQUEST_TYPES), requestRule),
  grounds: z.array(ground),
  /** What a customer's reference looks like, as a whole; absent: the desk's own pattern. */
  customer: z.strictObject({ pattern: referencePattern }).optional(),
  /** A receipt more than this many days back is asked about first; absent: none is. */
  receipt: z
    .strictObject({ sureBeyondDays: z.int(form('whole-number')).min(1, form('at-least-1')) })
    .optional(),
  identity: z.strictObject({
    clause,
    methods: z.array(z.enum(IDENTITY_METHODS)).min(1, form('a-method')),
    attempts: countFrom1,
  }),
  recipients: z.strictObject({ clause, workingDays: countFrom1 }),
  retention: z.strictObject({ clause, requires: z.array(z.enum(['explained', 'consent'])) }),
  /**
   * The desk's own record of a customer: when their data key is destroyed, and with it the reference and every free text.
   * Absent, in part or whole: `policy/retention.ts` says what holds.
   */
  desk: z
    .strictObject({
      /** After a case closed, whatever it asked. */
      retention: civilPeriod.optional(),
      /** After a case closed that erased all of the customer's data. */
      erasure: civilPeriod.optional(),
      /** After a disclosure was sent, by the law it rests on; absent: as `retention`. */
      disclosures: z.partialRecord(z.enum(LEGAL_BASES), civilPeriod).optional(),
      /** The most different customers one person looks up within an hour before the officer is told. */
      lookups: z.strictObject({ perHour: countFrom1, clause: clause.optional() }).optional(),
    })
    .optional(),
  reminders,
  digest: z.strictObject({ at: localTime, within: z.array(countFrom1) }),
  disclosures,
  roles: z.record(z.enum(ROLES), z.array(permission).min(1, form('a-permission'))),
  /**
   * The clauses behind the desk's own guards. A guard whose clause is not given refuses all the same and quotes none: packs
   * published before a key was added stay valid.
   */
  rules: z
    .strictObject({
      /** No personal data in a free text. */
      personalData: ruleClause,
      /** No password in a free text. */
      passwords: ruleClause,
      /** No receipt in the future. */
      receipt: ruleClause,
      /** Every category in scope is answered before an outcome is proposed. */
      checklist: ruleClause,
      /** Nobody decides on their own proposal. */
      fourEyes: ruleClause,
      /** The full customer reference is for few. */
      reveal: ruleClause,
      /** An account speaks for one person. */
      accounts: ruleClause,
      /** Somebody may be using another's name. */
      impersonation: ruleClause,
    })
    .optional(),
  training: z.strictObject({
    clause,
    required: z.boolean(),
    validity: civilPeriod,
    exempt: z.array(permission),
  }),
});

function compiles(pattern: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, 'iu').source !== '';
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

type DeepReadonly<T> = T extends readonly (infer I)[]
  ? readonly DeepReadonly<I>[]
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T;

/** A valid policy pack, frozen. Made by `parsePack` only. */
export type Pack = DeepReadonly<z.output<typeof packSchema>>;
/** Everything the pack says about one request type. */
export type RequestRule = Pack['requests'][keyof Pack['requests']];
export type Ground = Pack['grounds'][number];
export type FreezeRestRule = (typeof FREEZE_REST_RULES)[number];
