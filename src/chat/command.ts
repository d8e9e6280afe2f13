/**
 * A command, declared once: its fields, permission, examples and plan. Slack forms, Discord options, the terminal's
 * prompts, help and the README's table are all made from it. Must not know: any surface, storage, the grammar of a line.
 */
import type { z } from 'zod';
import type { Permission } from '../vocabulary/permissions.js';
import { askedField } from './card.js';
import { complaintOf, type FieldMeta, factsOf, type Written } from './fields/field.js';
import { inFull } from './fields/references.js';
import type { Form } from './form.js';
import { nearest } from './nearest.js';
import { type Problem, problemOf, saidProblem } from './problem.js';
import type { ReadingPlace } from './reading-place.js';

/** One field as plain data. */
export type FieldSpec = FieldMeta & {
  readonly name: string;
  /** How a form calls it, e.g. `Reason`. */
  readonly label: string;
  readonly description: string;
  readonly required: boolean;
};

/** What a field is called, and one line about it: at most 45 and 100 characters. */
export type FieldWords = readonly [label: string, description: string];

/** What a command and each of its fields is called, in one language. */
export type CommandWords<Name extends string = string> = {
  readonly summary: string;
  readonly fields: { readonly [name in Name]: FieldWords };
};

export type RawFields = Readonly<Record<string, string>>;

/** What is known about a command without running it. */
export type CommandFacts = {
  /** Without the slash: `privacy`. */
  readonly command: string;
  readonly verb: string;
  readonly summary: string;
  readonly permission: Permission;
  /** Who holds one of these may give it too; its plan says what for. */
  readonly also: readonly Permission[];
  /** In the table's order. */
  readonly fields: readonly FieldSpec[];
  /** Names of the fields that may be given without their name, in order. */
  readonly positionals: readonly string[];
  /** Whole lines, each of which parses. */
  readonly examples: readonly string[];
};

/** Fields that were understood, ready to be planned; the input's type stays between reading and planning. */
export type Reading<Context, Result> =
  | {
      readonly ok: true;
      readonly input: Readonly<Record<string, unknown>>;
      readonly plan: (context: Context) => Promise<Result>;
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export type Command<Context, Result> = CommandFacts & {
  readonly read: (fields: RawFields, place: ReadingPlace) => Reading<Context, Result>;
};

type FieldShape = Readonly<Record<string, z.ZodType<unknown, Written | undefined>>>;

type Definition<Context, Result, Shape extends FieldShape> = {
  readonly command: string;
  readonly verb: string;
  /** A field without words does not compile. */
  readonly words: CommandWords<keyof Shape & string>;
  readonly permission: Permission;
  readonly also?: readonly Permission[];
  readonly input: z.ZodObject<Shape, z.core.$strict>;
  /** Default: the required fields in order. */
  readonly positionals?: readonly (keyof Shape & string)[];
  readonly examples: readonly string[];
  readonly plan: (context: Context, input: z.output<z.ZodObject<Shape, z.core.$strict>>) => Promise<Result>;
};

/** `export const defineCommand = commandFactory<PlanContext, Planned>()`. */
export function commandFactory<Context, Result>() {
  return <Shape extends FieldShape>(
    definition: Definition<Context, Result, Shape>,
  ): Command<Context, Result> => {
    const { command, verb, words, permission, also = [], input, examples, plan } = definition;
    const fields = Object.entries(input.shape).map(([name, schema]) =>
      specOf(`/${command} ${verb}`, name, schema, words.fields),
    );
    const positionals =
      definition.positionals ?? fields.filter(({ required }) => required).map(({ name }) => name);
    const facts: CommandFacts = {
      command,
      verb,
      summary: words.summary,
      permission,
      also,
      fields,
      positionals,
      examples,
    };
    checkFacts(facts);
    return {
      ...facts,
      read: (raw, place) => {
        const result = input.safeParse(written(filled(raw), place));
        if (!result.success) return { ok: false, problems: problemsOf(facts, raw, result.error.issues) };
        const value = result.data;
        return { ok: true, input: value, plan: (context) => plan(context, value) };
      },
    };
  };
}

export type Registry<C extends CommandFacts = CommandFacts> = {
  /** Distinct first words, in order of declaration. */
  readonly commands: readonly string[];
  readonly all: readonly C[];
  readonly verbsOf: (command: string) => readonly string[];
  readonly lookup: (command: string, verb: string) => C | null;
};

/** Throws when two commands have the same words. */
export function registryOf<C extends CommandFacts>(all: readonly C[]): Registry<C> {
  const byWords = new Map<string, C>();
  for (const one of all) {
    const words = `${one.command} ${one.verb}`;
    if (byWords.has(words)) throw new Error(`/${words} is declared twice`);
    byWords.set(words, one);
  }
  return {
    commands: [...new Set(all.map(({ command }) => command))],
    all,
    verbsOf: (command) => all.filter((one) => one.command === command).map(({ verb }) => verb),
    lookup: (command, verb) => byWords.get(`${command} ${verb}`) ?? null,
  };
}

/** Fields as written, but references of the desk in full, as they are shown: `1` is `PR-2026-0001`. */
export function fieldsInFull(command: CommandFacts, fields: RawFields, place: ReadingPlace): RawFields {
  const full = (name: string, value: string): string => {
    const spec = command.fields.find((one) => one.name === name);
    const takes = spec?.numbered ?? [];
    return takes.length === 0 ? value : (inFull(value, takes, place) ?? value);
  };
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, full(name, value)]));
}

/** A problem with its words, for a form to show. */
export type WordedProblem = Problem & { readonly message: string };

/**
 * The form that finishes an invocation. `asks` null: every field, prefilled with what was given. Otherwise only those
 * asked for and those with a problem, the rest being settled. A value with personal data is not put back.
 */
export function formOf(
  command: CommandFacts,
  given: RawFields,
  problems: readonly WordedProblem[],
  shown: number | null,
  asks: readonly string[] | null = null,
): Form {
  const problemIn = (name: string) => problems.find(({ field }) => field === name) ?? null;
  const asked =
    asks === null ? null : new Map(asks.map(askedField).map(({ name, required }) => [name, required]));
  const isShown = (name: string) => asked === null || asked.has(name) || problemIn(name) !== null;
  const settled = Object.entries(given).filter(([name]) => !isShown(name));
  return {
    title: `/${command.command} ${command.verb}`,
    command: command.command,
    verb: command.verb,
    given: Object.fromEntries(settled),
    shown,
    says: null,
    fields: command.fields
      .filter(({ name }) => isShown(name))
      .map((spec) => ({
        name: spec.name,
        label: spec.label,
        description: spec.description,
        required: spec.required || asked?.get(spec.name) === true,
        choices: spec.choices?.map((value) => ({ value, label: value.replaceAll('_', ' ') })) ?? null,
        suggests: spec.suggests,
        many: spec.many,
        multiline: spec.multiline,
        value: valueFor(spec.name, given, problems),
        problem: problemIn(spec.name)?.message ?? null,
      })),
  };
}

function valueFor(name: string, given: RawFields, problems: readonly Problem[]): string | null {
  const personal = problems.some(
    ({ field, code }) => code === 'personal-data' && (field === name || field === null),
  );
  return personal || !Object.hasOwn(given, name) ? null : (given[name] ?? null);
}

/** Without the empty ones: a form sends every field. */
function filled(raw: RawFields): Record<string, string> {
  return Object.fromEntries(Object.entries(raw).filter(([, value]) => value.trim() !== ''));
}

function written(raw: RawFields, place: ReadingPlace): Readonly<Record<string, Written>> {
  return Object.fromEntries(Object.entries(raw).map(([name, text]) => [name, { text, place }]));
}

function problemsOf(
  facts: CommandFacts,
  raw: RawFields,
  issues: readonly z.core.$ZodIssue[],
): readonly Problem[] {
  const names = facts.fields.map(({ name }) => name);
  return issues.flatMap((issue): readonly Problem[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => unknownOption(facts, key, nearest(key, names)));
    }
    const name = typeof issue.path[0] === 'string' ? issue.path[0] : null;
    const complaint = complaintOf(issue);
    if (complaint !== null) return [problemOf(name, complaint)];
    if (name !== null && !Object.hasOwn(filled(raw), name)) return [missing(facts, name)];
    return [saidProblem(name, { code: 'invalid-value', says: issue.message })];
  });
}

/** A required field was not given. */
export function missing(facts: CommandFacts, name: string): Problem {
  const spec = facts.fields.find((one) => one.name === name);
  const choices = spec?.choices ?? null;
  return problemOf(name, {
    code: 'missing-field',
    reason: 'missing',
    facts: { description: spec?.description ?? '', choices },
    ...(choices === null ? {} : { allowed: choices }),
  });
}

/** An option the verb does not have; it is filed under the field that was perhaps meant. */
export function unknownOption(command: CommandFacts, word: string, suggestion: string | null): Problem {
  const options = command.fields.map(({ name }) => name);
  const quotable = command.fields.some(
    ({ name, freeText }) => freeText && command.positionals.includes(name),
  );
  const problem = problemOf(null, {
    code: 'unknown-option',
    reason: 'no-such-option',
    facts: { options, quotable },
    read: word,
    allowed: options,
    suggestion,
  });
  return { ...problem, field: suggestion };
}

/** The shortest of the surfaces' limits: Discord shows 100 characters of a description and 45 of a form's label. */
const DESCRIPTION_MAX = 100;
const LABEL_MAX = 45;

function specOf(
  command: string,
  name: string,
  schema: z.ZodType<unknown, Written | undefined>,
  words: Readonly<Record<string, FieldWords>>,
): FieldSpec {
  const meta = factsOf(schema);
  if (meta === undefined) throw new Error(`${command}: field ${name} is not made by fields.ts`);
  const [label = '', description = ''] = words[name] ?? [];
  if (description.trim() === '') throw new Error(`${command}: field ${name} has no description`);
  if (description.length > DESCRIPTION_MAX)
    throw new Error(`${command}: the description of ${name} is too long`);
  if (label.length > LABEL_MAX) throw new Error(`${command}: the label of ${name} is too long`);
  return { ...meta, name, label, description, required: !schema.safeParse(undefined).success };
}

function checkFacts({ command, verb, summary, fields, positionals, examples }: CommandFacts): void {
  const words = `/${command} ${verb}`;
  for (const word of [command, verb, ...fields.map(({ name }) => name)]) {
    if (!/^[a-z][a-z_]{0,31}$/.test(word)) throw new Error(`${words}: ${word} is not a lower-case word`);
  }
  if (summary.trim() === '' || summary.length > DESCRIPTION_MAX) {
    throw new Error(`${words}: the summary must have 1 to ${DESCRIPTION_MAX} characters`);
  }
  if (examples.length === 0) throw new Error(`${words}: has no example`);
  for (const name of positionals) {
    if (!fields.some((spec) => spec.name === name)) throw new Error(`${words}: no field ${name}`);
  }
}
