/**
 * The default pack and variants of it for the policy's tests.
 * Must not know: anything but the policy.
 */
import { readFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import { faultPlace, faultWords } from '../../src/language/en/pack-faults.js';
import { PackProblem, parsePack } from '../../src/policy/pack.js';
import type { Pack } from '../../src/policy/schema.js';

export const DEFAULT_TEXT = readFileSync(
  new URL('../../manifests/policies/default.yaml', import.meta.url),
  'utf8',
);
export const defaultPack: Pack = parsePack(DEFAULT_TEXT);

type Tree = { readonly [key: string]: unknown };

/** The default pack's text with these values over it: groups of keys are merged, anything else replaced. */
export function variantText(over: Tree): string {
  return stringify(merged(parse(DEFAULT_TEXT), over), { aliasDuplicateObjects: false });
}

export function variantPack(over: Tree): Pack {
  return parsePack(variantText(over));
}

/** The default pack with another rule for when a deletion is due. */
export function dueVariant(due: Tree, over: Tree = {}): Pack {
  return variantPack({ ...over, requests: { deletion: { due } } });
}

/** What is wrong with a text; nothing for a good pack. */
export function problemsOf(text: string): readonly { path: string; reason: string }[] {
  try {
    parsePack(text);
  } catch (error) {
    if (error instanceof PackProblem)
      return error.problems.map((fault) => ({
        path: faultPlace(fault) ?? '',
        reason: faultWords(fault.reason),
      }));
    throw error;
  }
  return [];
}

/** What is wrong with the default pack changed like this, as `path: reason`. */
export function wrong(over: Tree): readonly string[] {
  return problemsOf(variantText(over)).map(({ path, reason }) => `${path}: ${reason}`);
}

function merged(base: unknown, over: unknown): unknown {
  if (!isTree(base) || !isTree(over)) return over;
  const keys = new Set([...Object.keys(base), ...Object.keys(over)]);
  return Object.fromEntries(
    [...keys]
      .filter((key) => !(key in over) || over[key] !== undefined)
      .map((key) => [key, key in over ? merged(base[key], over[key]) : base[key]]),
  );
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
