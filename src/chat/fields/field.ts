/**
 * What a field is: a zod schema that reads a string, carrying the facts from which forms, typed options, usage and help
 * are made. Must not know: which commands have it, or any surface.
 */
import { z } from 'zod';
import { type Complaint, PROBLEM_CODES, type ProblemCode } from '../problem.js';
import type { ReadingPlace } from '../reading-place.js';
import type { Direction } from './read-date.js';

const FIELD_KINDS = [
  'text',
  'reference',
  'word',
  'choice',
  'categories',
  'case',
  'disclosure',
  'consent',
  'customer',
  'person',
  'account',
  'day',
  'moment',
  'dated',
  'month',
  'number',
  'yes',
] as const;
export type FieldKind = (typeof FIELD_KINDS)[number];

export type FieldMeta = {
  readonly kind: FieldKind;
  /** Closed list, or null. With `many`, several of them separated by commas. */
  readonly choices: readonly string[] | null;
  readonly many: boolean;
  /** Takes plain words with a colon in them; as the last positional, all that remain. */
  readonly freeText: boolean;
  readonly multiline: boolean;
  /** What the desk can offer while it is typed; null: nothing. */
  readonly suggests: SuggestionKind | null;
  /** Of a date without a year: whether it happened, or shall. */
  readonly direction: Direction;
  /** The letters of the desk's references it takes; empty: it names nothing of the desk's. */
  readonly numbered: readonly string[];
  /** In characters; null where the form of the value bounds it. */
  readonly maxLength: number | null;
};

/** What a field can be completed with. */
export type SuggestionKind =
  | 'cases'
  | 'disclosures'
  | 'consents'
  | 'people'
  /** Colleagues who may own a case. */
  | 'handlers'
  /** Whom a complaint can be about. */
  | 'officers'
  | 'categories'
  | 'grounds'
  /** What could be proposed now. */
  | 'outcomes'
  | 'early-ends'
  /** Ways of checking an identity. */
  | 'methods'
  | 'notices'
  | 'extension-reasons'
  | 'templates'
  /** Whom the case still has to tell. */
  | 'case-recipients'
  /** Whoever was given data before. */
  | 'known-recipients';

/** A field's text as written, with where it is read. */
export type Written = { readonly text: string; readonly place: ReadingPlace };

/** Reads a text that was trimmed and is not empty; gives `Out`. */
export type Field<Out> = z.ZodType<Out, Written>;

const fieldMeta = z.registry<FieldMeta>();

export type Read<Out> = { readonly value: Out } | Complaint | readonly Complaint[];

/** A field from its facts and its reader; `.optional()` makes it optional. Its words are the command's (command.ts). */
export function field<Out>(
  meta: Partial<FieldMeta> & Pick<FieldMeta, 'kind'>,
  read: (text: string, place: ReadingPlace) => Read<Out>,
): Field<Out> {
  const schema: Field<Out> = z.custom<Written>(isWritten).transform(({ text, place }, context): Out => {
    const result = text.length > LONGEST ? TOO_LONG : read(text.trim(), place);
    if ('value' in result) return result.value;
    for (const complaint of 'code' in result ? [result] : result) {
      context.addIssue({ code: 'custom', message: complaint.reason, params: { complaint } });
    }
    return z.NEVER;
  });
  fieldMeta.add(schema, {
    choices: null,
    many: false,
    freeText: false,
    multiline: false,
    suggests: null,
    direction: 'past',
    numbered: [],
    maxLength: null,
    ...meta,
  });
  return schema;
}

/** Longer than any field takes, whatever its kind: no pattern is tried on it. */
const LONGEST = 4000;
const TOO_LONG: Complaint = { code: 'too-long', reason: 'too-long', facts: { max: LONGEST } };

const isWritten = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string';

/** The facts of a field, looking inside `.optional()` and `.default()`; undefined: it is not made by `field`. */
export function factsOf(schema: z.ZodType): FieldMeta | undefined {
  let inner: unknown = schema;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault) inner = inner.unwrap();
  return inner instanceof z.ZodType ? fieldMeta.get(inner) : undefined;
}

/** The complaint an issue of a field carries, or null when zod itself raised it. */
export function complaintOf(issue: z.core.$ZodIssue): Complaint | null {
  const carried: unknown = issue.code === 'custom' ? issue.params?.complaint : undefined;
  return isComplaint(carried) ? carried : null;
}

function isComplaint(value: unknown): value is Complaint {
  if (typeof value !== 'object' || value === null || !('code' in value) || !('reason' in value)) return false;
  const codes: readonly unknown[] = PROBLEM_CODES satisfies readonly ProblemCode[];
  return codes.includes(value.code) && typeof value.reason === 'string';
}
