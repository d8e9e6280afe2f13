/**
 * Reading a policy pack: text in, a frozen pack out, or every problem at once.
 * Must not know: files, the clock, where packs are kept, wording.
 */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { parseDocument } from 'yaml';
import type { z } from 'zod';
import { contradictions } from './contradictions.js';
import {
  type Form,
  isForm,
  type PackFault,
  type PackFaultReason,
  type ReadValue,
  VALUE_KINDS,
} from './pack-faults.js';
import { READ_BEFORE } from './read-before.js';
import { type Pack, packSchema } from './schema.js';

/** Thrown once for a pack that cannot be used, with everything that is wrong with it; `language/` has the words. */
export class PackProblem extends Error {
  override readonly name = 'PackProblem';
  readonly problems: readonly PackFault[];

  constructor(problems: readonly PackFault[]) {
    // For a log: where, and what kind of fault. Never a value.
    super(problems.map(({ path, reason }) => `${path}: ${reason.kind}`).join('; '));
    this.problems = problems;
  }
}

/**
 * The pack of a YAML text, frozen. Throws PackProblem for broken YAML, unknown keys, wrong values, and rules
 * that contradict each other (the last only once the shape is right).
 */
export function parsePack(text: string): Pack {
  const before = readBefore(text);
  if (before !== null) return before;
  const pack = parsePublished(text);
  const found = contradictions(pack);
  if (found.length > 0) throw new PackProblem(found);
  return pack;
}

/** A pack that was published: a rule about packs made since then does not make its cases unreadable. */
export function parsePublished(text: string): Pack {
  const before = readBefore(text);
  if (before !== null) return before;
  const parsed = packSchema.safeParse(yamlOf(text), { reportInput: true });
  if (!parsed.success) throw new PackProblem(parsed.error.issues.flatMap((issue) => faultsOf(issue, [])));
  return deepFreeze(parsed.data);
}

/** The pack of a text that this program knew when it was built: nothing about it needs to be found out again. */
function readBefore(text: string): Pack | null {
  if (READ_BEFORE.size === 0) return null;
  const json = READ_BEFORE.get(createHash('sha256').update(text).digest('hex'));
  // The build wrote what the schema had read.
  return json === undefined ? null : deepFreeze(JSON.parse(json) as Pack);
}

/** SHA-256 (hex) over the RFC 8785 form of the pack: comments, order and layout of the file do not matter (P-0). */
export function packHash(pack: Pack): string {
  const text = canonicalize(pack);
  if (text === undefined) throw new Error('pack not canonical');
  return createHash('sha256').update(text).digest('hex');
}

/** `default@2024-03-15.2`, the name a case pins (P-0). */
export function packName(pack: Pack): string {
  return `${pack.id}@${pack.version}`;
}

function yamlOf(text: string): unknown {
  const document = parseDocument(text, { prettyErrors: true, uniqueKeys: true });
  if (document.errors.length > 0) {
    throw new PackProblem(
      document.errors.map((error) => {
        const start = error.linePos?.[0];
        const at = start === undefined ? null : { line: start.line, column: start.col };
        return notYaml(error.message.split(/ at line \d+|\n/)[0] ?? '', at);
      }),
    );
  }
  try {
    return document.toJS();
  } catch (error) {
    // An unknown alias or an alias bomb: the yaml library finds these only when it builds the values.
    const detail = error instanceof Error ? error.message : String(error);
    throw new PackProblem([notYaml(detail, null)]);
  }
}

function notYaml(detail: string, at: Extract<PackFaultReason, { kind: 'not-yaml' }>['at']): PackFault {
  return { path: '', reason: { kind: 'not-yaml', detail, at } };
}

type Issue = z.core.$ZodIssue;

function faultsOf(issue: Issue, before: readonly PropertyKey[]): readonly PackFault[] {
  const at = [...before, ...issue.path];
  const path = at.map(String).join('.');
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: [...at, key].map(String).join('.'),
        reason: { kind: 'unknown-key' },
      }));
    case 'invalid_type':
      return [{ path, reason: issue.input === undefined ? missing() : wrongKind(issue) }];
    case 'invalid_value': {
      const allowed = issue.values.map(String);
      if (issue.input === undefined) return [{ path, reason: missing(allowed) }];
      return [{ path, reason: { kind: 'not-in-list', allowed, read: readOf(issue.input) } }];
    }
    case 'invalid_key':
      return issue.issues.map((inner) => ({
        path,
        reason: { kind: 'key-of-wrong-form', form: formOf(inner) },
      }));
    case 'invalid_union':
      return unionFaults(issue.errors, at);
    default:
      return [{ path, reason: issue.input === undefined ? missing() : wrongForm(issue) }];
  }
}

const missing = (allowed: readonly string[] = []): PackFaultReason => ({ kind: 'missing', allowed });

/** Null for a message that is no form of ours: zod's own words reach nobody. */
const formOf = ({ message }: Pick<Issue, 'message'>): Form | null => (isForm(message) ? message : null);

function wrongForm(issue: Issue): PackFaultReason {
  const read = typeof issue.input === 'object' ? null : readOf(issue.input);
  return { kind: 'wrong-form', form: formOf(issue), read };
}

function wrongKind({ expected, input }: Extract<Issue, { code: 'invalid_type' }>): PackFaultReason {
  const wanted = VALUE_KINDS.find((kind) => kind === expected) ?? null;
  return { kind: 'wrong-kind', wanted, read: readOf(input) };
}

/**
 * Of a value's alternatives, the one that went wrong inside is the one that was meant; when none fits the kind of
 * value at all, what each of them wants.
 */
function unionFaults(
  branches: readonly (readonly Issue[])[],
  at: readonly PropertyKey[],
): readonly PackFault[] {
  const inside = ({ path, code }: Issue) =>
    path.length > 0 || code === 'unrecognized_keys' || code === 'too_small';
  const meant = branches.find((branch) => branch.every(inside));
  if (meant !== undefined) return meant.flatMap((issue) => faultsOf(issue, at));
  const path = at.map(String).join('.');
  const reasons = branches.flatMap((branch) => branch.slice(0, 1).flatMap((issue) => faultsOf(issue, at)));
  if (reasons.every(({ reason }) => reason.kind === 'missing')) return [{ path, reason: missing() }];
  return [{ path, reason: { kind: 'none-fits', of: reasons.map(({ reason }) => reason) } }];
}

function readOf(input: unknown): ReadValue {
  if (Array.isArray(input)) return { kind: 'list' };
  if (input === null) return { kind: 'empty' };
  if (typeof input === 'object') return { kind: 'group' };
  return { kind: 'value', json: JSON.stringify(input) ?? String(input) };
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}
