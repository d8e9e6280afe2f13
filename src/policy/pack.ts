/**
 * Reading a policy pack: text in, a frozen pack out, or every problem at once in plain words.
 * Must not know: files, the clock, where packs are kept.
 */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { parseDocument } from 'yaml';
import type { z } from 'zod';
import { contradictions, type PackFault } from './contradictions.js';
import { type Pack, packSchema } from './schema.js';

/** Thrown once for a pack that cannot be used, with everything that is wrong with it. */
export class PackProblem extends Error {
  override readonly name = 'PackProblem';
  readonly problems: readonly PackFault[];

  constructor(problems: readonly PackFault[]) {
    const lines = problems.map(
      ({ path, reason }) => `  ${path === '' ? '(the whole pack)' : path}: ${reason}`,
    );
    const count = problems.length === 1 ? 'one problem' : `${problems.length} problems`;
    super(`The policy pack has ${count}:\n${lines.join('\n')}`);
    this.problems = problems;
  }
}

/**
 * The pack of a YAML text, frozen. Throws PackProblem for broken YAML, unknown keys, wrong values, and rules
 * that contradict each other (the last only once the shape is right).
 */
export function parsePack(text: string): Pack {
  const parsed = packSchema.safeParse(yamlOf(text), { reportInput: true });
  if (!parsed.success) throw new PackProblem(parsed.error.issues.flatMap((issue) => faultsOf(issue, [])));
  const pack: Pack = deepFreeze(parsed.data);
  const found = contradictions(pack);
  if (found.length > 0) throw new PackProblem(found);
  return pack;
}

/** SHA-256 (hex) over the RFC 8785 form of the pack: comments, order and layout of the file do not matter (P-0). */
export function packHash(pack: Pack): string {
  const text = canonicalize(pack);
  if (text === undefined) throw new Error('a policy pack has no canonical form');
  return createHash('sha256').update(text).digest('hex');
}

/** `default@2024-03-15`, the name a case pins (P-0). */
export function packName(pack: Pack): string {
  return `${pack.id}@${pack.version}`;
}

function yamlOf(text: string): unknown {
  const document = parseDocument(text, { prettyErrors: true, uniqueKeys: true });
  if (document.errors.length > 0) {
    throw new PackProblem(
      document.errors.map((error) => {
        const start = error.linePos?.[0];
        const path = start === undefined ? '' : `line ${start.line}, column ${start.col}`;
        return { path, reason: `is not valid YAML: ${error.message.split(/ at line \d+|\n/)[0]}` };
      }),
    );
  }
  try {
    return document.toJS();
  } catch (error) {
    // An unknown alias or an alias bomb: the yaml library finds these only when it builds the values.
    const reason = error instanceof Error ? error.message : String(error);
    throw new PackProblem([{ path: '', reason: `is not valid YAML: ${reason}` }]);
  }
}

type Issue = z.core.$ZodIssue;

function faultsOf(issue: Issue, before: readonly PropertyKey[]): readonly PackFault[] {
  const at = [...before, ...issue.path];
  const path = at.map(String).join('.');
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: [...at, key].map(String).join('.'),
        reason: 'is not a known key',
      }));
    case 'invalid_type':
      if (issue.input === undefined) return [{ path, reason: 'is missing' }];
      return [{ path, reason: `must be ${typeWords(issue.expected)}, not ${shown(issue.input)}` }];
    case 'invalid_value': {
      const allowed = issue.values.map(String).join(', ');
      if (issue.input === undefined) return [{ path, reason: `is missing; allowed: ${allowed}` }];
      return [{ path, reason: `must be one of ${allowed}; not ${shown(issue.input)}` }];
    }
    case 'invalid_key':
      return issue.issues.map((inner) => ({ path, reason: `the key ${inner.message}` }));
    case 'invalid_union':
      return unionFaults(issue.errors, at);
    default:
      return [{ path, reason: issue.input === undefined ? 'is missing' : readInput(issue) }];
  }
}

function readInput(issue: Issue): string {
  return typeof issue.input === 'object' ? issue.message : `${issue.message}; not ${shown(issue.input)}`;
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
  if (reasons.every(({ reason }) => reason.startsWith('is missing'))) return [{ path, reason: 'is missing' }];
  return [{ path, reason: reasons.map(({ reason }) => reason).join(', or ') }];
}

function typeWords(expected: string): string {
  const words: Record<string, string> = {
    string: 'a text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    array: 'a list',
    object: 'a group of keys',
    record: 'a group of keys',
  };
  return words[expected] ?? expected;
}

function shown(input: unknown): string {
  if (Array.isArray(input)) return 'a list';
  if (input === null) return 'empty';
  if (typeof input === 'object') return 'a group of keys';
  return JSON.stringify(input) ?? String(input);
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}
