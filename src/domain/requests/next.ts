/**
 * What comes next in a case, for whoever asks: the one command that the case's own deciders would accept from them once its
 * blanks are filled in (commands.md, "The next step"). Pure. Must not know: wording, surfaces.
 */
import { addDays } from '../../policy/calendar.js';
import type { Permission } from '../../vocabulary/permissions.js';
import type { Category, NoticeKind } from '../../vocabulary/values.js';
import { amongThem } from '../people.js';
import { decideClose, missingNotices } from './ending.js';
import type { ProposedOutcome } from './events.js';
import { type Circumstances, decideVerify } from './handling.js';
import { retainable, rulingOptions } from './options.js';
import { decidePropose } from './outcome.js';
import type { ProposeInput } from './proposal-guards.js';
import { openRecipients } from './recipients.js';
import { type PrivacyRequest, retainedCategories } from './request.js';
import { groundsFor, typeRules } from './rules.js';

export type NextStep =
  | { readonly verb: 'verify'; readonly method: string }
  | { readonly verb: 'check'; readonly categories: readonly Category[] | 'all' }
  | { readonly verb: 'retain'; readonly categories: readonly Category[] }
  | {
      readonly verb: 'propose';
      readonly outcome: ProposedOutcome;
      readonly ground: string | null;
      /** What is still to be filled in, as the command names it. */
      readonly asks: readonly string[];
    }
  | { readonly verb: 'decide'; readonly verdict: 'approve' | 'return' }
  | { readonly verb: 'done' }
  | { readonly verb: 'notified'; readonly recipient: string }
  | { readonly verb: 'notice'; readonly kind: NoticeKind }
  | { readonly verb: 'close'; readonly unverified: boolean }
  | { readonly verb: 'resume' };

/** Any text will do where a rule only asks that there is some. */
const FILLED = '1';
/** Far enough for every rule that asks for a day to come. */
const YEAR_DAYS = 365;

const PERMISSIONS: Readonly<Record<NextStep['verb'], Permission>> = {
  verify: 'request.verify',
  check: 'request.check',
  retain: 'request.retain',
  propose: 'request.propose',
  decide: 'request.decide',
  done: 'request.done',
  notified: 'request.notified',
  notice: 'request.notice',
  close: 'request.close',
  resume: 'request.pause',
};

/** Null: the case waits for somebody else, or for nobody. */
export function nextStep(request: PrivacyRequest, circumstances: Circumstances): NextStep | null {
  // Whoever it is about does nothing in it (P-7.3).
  if (amongThem(circumstances.same, request.about, circumstances.actor.person)) return null;
  const next = stepFrom(request, circumstances);
  return next !== null && circumstances.may(PERMISSIONS[next.verb]) ? next : null;
}

function stepFrom(request: PrivacyRequest, circumstances: Circumstances): NextStep | null {
  switch (request.phase.status) {
    case 'identity_pending':
      return toIdentify(request, circumstances);
    case 'in_progress':
      return toPropose(request, circumstances);
    case 'awaiting_subject':
      return { verb: 'resume' };
    case 'awaiting_decision': {
      const options = rulingOptions(request, circumstances);
      return options === null ? null : { verb: 'decide', verdict: options.approve ? 'approve' : 'return' };
    }
    case 'action_approved':
      return request.phase.resolution.outcome === 'no_data_held'
        ? toClose(request, circumstances)
        : { verb: 'done' };
    case 'decided':
    case 'notifying_recipients':
      return toClose(request, circumstances);
    case 'closed':
      return request.retentions.some(({ ended, until }) => !ended && until <= circumstances.today)
        ? { verb: 'done' }
        : null;
    default:
      return request.phase satisfies never;
  }
}

/** The method that works for whoever asks; after the last attempt, an officer's closing. */
function toIdentify(request: PrivacyRequest, circumstances: Circumstances): NextStep | null {
  if (request.identity.state === 'failed') {
    const early = { outcome: 'identity_not_verified', ref: null, reason: null, of: null } as const;
    const closes = decideClose(request, early, circumstances).kind === 'done';
    return closes ? { verb: 'close', unverified: true } : null;
  }
  const { methods } = circumstances.pack.identity;
  const known = ['callback', ...methods].filter((one) => methods.some((method) => method === one));
  const method = known.find(
    (one) =>
      decideVerify(request, { method: one, result: 'pass', ref: FILLED }, circumstances).kind === 'done',
  );
  return method === undefined ? null : { verb: 'verify', method };
}

function toPropose(request: PrivacyRequest, circumstances: Circumstances): NextStep | null {
  const open = request.needsChecklist
    ? request.scope.filter((category) => request.checklist[category] === undefined)
    : [];
  if (open.length > 0)
    return { verb: 'check', categories: open.length === request.scope.length ? 'all' : open };
  const order = outcomesInOrder(request, circumstances);
  for (const outcome of order.filter((one) => one !== 'refused' || order[0] === 'refused')) {
    const found = proposalOf(request, outcome, circumstances);
    if (found !== null) return found;
  }
  const covered = retainedCategories(request);
  const keeping = retainable(request, circumstances).filter(
    (category) => request.checklist[category]?.result === 'retained' && !covered.includes(category),
  );
  if (keeping.length > 0) return { verb: 'retain', categories: keeping };
  return proposalOf(request, 'refused', circumstances);
}

/** What the answers of the checklist speak for, first. */
function outcomesInOrder(
  { checklist, type }: PrivacyRequest,
  { pack }: Circumstances,
): readonly ProposedOutcome[] {
  const never = typeRules(pack, type).never.map(({ category }) => category);
  const held = Object.entries(checklist).filter(([, { result }]) => result !== 'none_held');
  // Nothing of it may be done at all (P-3.1b).
  if (held.length > 0 && held.every(([category]) => never.some((one) => one === category)))
    return ['refused', 'partially_fulfilled', 'fulfilled'];
  const results = Object.values(checklist).map(({ result }) => result);
  if (results.length > 0 && results.every((result) => result === 'none_held'))
    return ['no_data_held', 'fulfilled', 'partially_fulfilled', 'refused'];
  return results.includes('retained')
    ? ['partially_fulfilled', 'fulfilled', 'refused']
    : ['fulfilled', 'partially_fulfilled', 'refused'];
}

/** The outcome with the first ground that carries it, and the fields without which it would be refused. */
function proposalOf(
  request: PrivacyRequest,
  outcome: ProposedOutcome,
  circumstances: Circumstances,
): NextStep | null {
  const { pack, today } = circumstances;
  const whole = {
    law: FILLED,
    until: addDays(today, YEAR_DAYS),
    facts: FILLED,
    evidence: FILLED,
    nameEvidence: FILLED,
  };
  const accepted = (ground: string | null, rest: Omit<ProposeInput, 'outcome' | 'ground'>): boolean =>
    decidePropose(request, { outcome, ground, ...rest }, circumstances).kind === 'done';
  const needsGround = outcome === 'refused' || outcome === 'partially_fulfilled';
  const never = typeRules(pack, request.type).never.filter(({ category }) =>
    request.scope.includes(category),
  );
  const known = groundsFor(pack, request.type).map(({ code }) => code);
  const first = known.filter((code) => never.some(({ ground }) => ground === code));
  const grounds = needsGround ? [...new Set([...first, ...known])] : [null];
  const ground = grounds.find((code) => accepted(code, whole));
  if (ground === undefined) return null;
  const asks = (Object.keys(TYPED) as (keyof typeof TYPED)[])
    .filter((field) => !accepted(ground, { ...whole, [field]: null }))
    .map((field) => TYPED[field]);
  return { verb: 'propose', outcome, ground, asks };
}

/** The fields of `/privacy propose`, as they are typed. */
const TYPED = {
  law: 'law',
  until: 'until',
  facts: 'facts',
  evidence: 'evidence',
  nameEvidence: 'name_evidence',
} as const;

function toClose(request: PrivacyRequest, circumstances: Circumstances): NextStep {
  const { pack, today } = circumstances;
  const [recipient] = openRecipients(request, today, circumstances);
  if (recipient !== undefined) return { verb: 'notified', recipient };
  const [kind] = missingNotices(request, { pack });
  return kind === undefined ? { verb: 'close', unverified: false } : { verb: 'notice', kind };
}
