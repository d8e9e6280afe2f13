/**
 * Posts that do not arrive, by place and cause, for `/desk doctor`. Must not know: any platform, how it is said.
 */
import type { Post } from '../../record/rows.js';
import { addressedEffect } from '../tell/effects.js';

/** Between what went wrong and what a person has to do about it. */
export const REMEDY = ' → ';
/** A post tried so often without anybody having to act is no hiccup any more. */
const TRIED_IN_VAIN = 3;

/** Posts of one place that fail for one cause. */
export type FailedPosts = {
  readonly given: 'up' | 'time';
  readonly surface: string;
  readonly at: string;
  readonly why: string;
  readonly remedy: string | null;
  readonly count: number;
  /** The most attempts any of them had. */
  readonly attempts: number;
  /** What they are about: cases and disclosures, each once; null where they are about none. */
  readonly refs: readonly (string | null)[];
};

/** Worst first: those given up. What has not failed is on its way, and no matter. */
export function failedPosts(posts: readonly Post[]): readonly FailedPosts[] {
  const groups = new Map<string, FailedPosts>();
  for (const post of posts) {
    const one = failed(post);
    if (one === null) continue;
    const key = JSON.stringify([one.given, one.surface, one.at, one.why]);
    const before = groups.get(key);
    groups.set(
      key,
      before === undefined
        ? one
        : {
            ...before,
            count: before.count + 1,
            attempts: Math.max(before.attempts, one.attempts),
            refs: [...new Set([...before.refs, ...one.refs])],
          },
    );
  }
  return [...groups.values()].sort((one, other) => Number(other.given === 'up') - Number(one.given === 'up'));
}

/** Whether somebody has to do something about them. */
export const isToMend = ({ given, remedy, attempts }: FailedPosts): boolean =>
  given === 'up' || remedy !== null || attempts >= TRIED_IN_VAIN;

function failed({ status, lastError, surface, attempt, effect }: Post): FailedPosts | null {
  if (status !== 'dead' && lastError === null) return null;
  const [why = '', remedy = null] = (lastError ?? 'it was given up').split(REMEDY);
  const read = addressedEffect.safeParse(effect);
  const known = read.success ? read.data : null;
  const ref = known !== null && 'ref' in known.effect ? known.effect.ref : null;
  return {
    given: status === 'dead' ? 'up' : 'time',
    surface,
    at: known?.at ?? '',
    why,
    remedy,
    count: 1,
    attempts: attempt,
    refs: [ref === 'desk' || ref === 'reports' ? null : ref],
  };
}
