/**
 * What the pinned pack says about a case, in the words deciders use.
 * Must not know: the clock, storage, how a pack is written down.
 */
import { requestDates } from '../../policy/dates.js';
import type { Ground, Pack, RequestRule } from '../../policy/schema.js';
import type { Instant, NoticeKind, RequestType } from '../../vocabulary/values.js';
import type { CaseDates, FreezeState } from './events.js';
import type { Pause } from './request.js';

export const typeRules = (pack: Pack, type: RequestType): RequestRule => pack.requests[type];

/** The closed list of grounds of a type. */
export function groundsFor(pack: Pack, type: RequestType): readonly Ground[] {
  return pack.grounds.filter((ground) => ground.types === 'all' || ground.types.includes(type));
}

export function groundRule(pack: Pack, type: RequestType, code: string): Ground | null {
  return groundsFor(pack, type).find((ground) => ground.code === code) ?? null;
}

/** The dates of a case as its pack computes them (dates.md). */
export function requestDatesOf(
  facts: {
    readonly type: RequestType;
    readonly receivedAt: Instant;
    readonly identity: { readonly verifiedAt: Instant | null };
    readonly pauses: readonly Pause[];
    readonly extension: { readonly until: CaseDates['due']; readonly reason: string } | null;
  },
  pack: Pack,
): CaseDates {
  const { receiptDay, ackDue, actDue, due, target } = datesWithSteps(facts, pack);
  return { receiptDay, ackDue, actDue, due, target };
}

/** The same with every step, for `/privacy why`. */
export function datesWithSteps(
  facts: Parameters<typeof requestDatesOf>[0],
  pack: Pack,
): ReturnType<typeof requestDates> {
  return requestDates(pack, facts.type, {
    receivedAt: facts.receivedAt,
    identityVerifiedAt: facts.identity.verifiedAt,
    pauses: facts.pauses.map(({ from, to, stops }) => ({ from, to, reason: stops ?? '' })),
    extension: facts.extension,
  });
}

/** The notices that must be on record before a decided case closes (domain.md, "Settled points"). */
export function noticesNeeded(
  rules: RequestRule,
  outcome: keyof RequestRule['notices'],
  facts: { readonly kept: boolean; readonly liftsFreeze: boolean },
): readonly NoticeKind[] {
  const applies = { always: true, kept: facts.kept, freeze_lifted: facts.liftsFreeze };
  return rules.notices[outcome].filter((notice) => applies[notice.when]).map((notice) => notice.kind);
}

/** What the freeze becomes at closure (domain.md, freeze matrix). */
export function freezeAfter(rules: RequestRule, granted: boolean): FreezeState {
  if (!rules.freezes) return 'none';
  return granted ? rules.freeze.after : 'lifted';
}
