/**
 * What comes next once a checklist is answered: the one command that the case's own deciders would accept (domain.md, "Settled
 * points": `retained` means kept, or not given). Pure. Must not know: wording, surfaces.
 */
import type { Category } from '../../vocabulary/values.js';
import type { ProposedOutcome } from './events.js';
import type { Circumstances } from './handling.js';
import { proposalOptions, retainable } from './options.js';
import { type PrivacyRequest, retainedCategories, statusOf } from './request.js';
import { groundRule } from './rules.js';

export type NextStep =
  | { readonly verb: 'verify' }
  | { readonly verb: 'retain'; readonly categories: readonly Category[] }
  | {
      readonly verb: 'propose';
      readonly outcome: ProposedOutcome;
      readonly ground: string | null;
      /** What that ground asks to be filled in. */
      readonly asks: readonly string[];
    };

/** Fields of `/privacy propose`; the others are on record with a retention. */
const TYPED: readonly string[] = ['law', 'until', 'facts', 'evidence'];

/** Null: the case does not wait for its handler. */
export function nextAfterChecklist(request: PrivacyRequest, circumstances: Circumstances): NextStep | null {
  if (statusOf(request) === 'identity_pending') return { verb: 'verify' };
  if (statusOf(request) !== 'in_progress') return null;
  const covered = retainedCategories(request);
  const keeping = retainable(request, circumstances).filter(
    (category) => request.checklist[category]?.result === 'retained' && !covered.includes(category),
  );
  const { outcomes, grounds } = proposalOptions(request, circumstances);
  if (keeping.length > 0 && !outcomes.includes('partially_fulfilled'))
    return { verb: 'retain', categories: keeping };
  const results = Object.values(request.checklist).map((answer) => answer.result);
  const kept = results.includes('retained');
  const order: readonly ProposedOutcome[] =
    results.length > 0 && results.every((result) => result === 'none_held')
      ? ['no_data_held', 'fulfilled', 'partially_fulfilled', 'refused']
      : kept
        ? ['partially_fulfilled', 'refused', 'fulfilled']
        : ['fulfilled', 'partially_fulfilled', 'refused'];
  const outcome = order.find((one) => outcomes.includes(one));
  if (outcome === undefined) return null;
  if (outcome !== 'partially_fulfilled' && outcome !== 'refused')
    return { verb: 'propose', outcome, ground: null, asks: [] };
  const ground = grounds.find((code) =>
    groundRule(circumstances.pack, request.type, code)?.outcomes.includes(outcome),
  );
  if (ground === undefined) return null;
  const asks: readonly string[] = groundRule(circumstances.pack, request.type, ground)?.fields ?? [];
  const typed = asks.map((field) => (field === 'terms' ? 'law' : field));
  return { verb: 'propose', outcome, ground, asks: TYPED.filter((field) => typed.includes(field)) };
}
