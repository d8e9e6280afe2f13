/**
 * Deciding to log a request (domain.md section 3, `log`): dates, freeze, and who it is about.
 * Must not know: storage, surfaces, the clock.
 */
import { compareInstants } from '../../policy/calendar.js';
import type { Category, Instant, Person, RequestType, SubjectId } from '../../vocabulary/values.js';
import { CATEGORIES } from '../../vocabulary/values.js';
import { done, no, type Refusal, refused } from '../refusal.js';
import type { Circumstances, RequestDecision } from './handling.js';
import { requestDatesOf, typeRules } from './rules.js';

export type LogInput = {
  readonly type: RequestType;
  readonly customer: string;
  readonly scope: readonly Category[] | 'all';
  readonly via: string;
  readonly receivedAt: Instant;
  readonly ref: string | null;
  readonly note: string | null;
  readonly aboutOfficer: boolean;
  /** Why a second open case of the same type is needed; null without `force`. */
  readonly force: string | null;
};

/**
 * Why this cannot be logged, asked before it gets a number: a number given and not used is a stream that the audit misses.
 * Receipt may be back-dated, never in the future (P-3.1).
 */
export function logRefusal(
  { type, receivedAt, aboutOfficer }: Pick<LogInput, 'type' | 'receivedAt' | 'aboutOfficer'>,
  { now, pack }: Pick<Circumstances, 'now' | 'pack'>,
): Refusal | null {
  if (compareInstants(receivedAt, now) > 0)
    return no('future', 'received-in-future', pack.rules?.receipt?.clause ?? null, {});
  if (aboutOfficer && type !== 'complaint')
    return no('invalid-value', 'about-officer-no-complaint', pack.requests.complaint.clause, { type });
  return null;
}

/** A new case under the pack in force, which it pins from here on (P-0). */
export function decideLog(
  input: LogInput,
  facts: {
    readonly ref: string;
    readonly subjectId: SubjectId;
    /** The officers a complaint is about. */
    readonly officers: readonly Person[];
    readonly withdraws: readonly string[];
    readonly pack: { readonly name: string; readonly hash: string };
  },
  { now, pack }: Pick<Circumstances, 'now' | 'pack'>,
): RequestDecision {
  const refusal = logRefusal(input, { now, pack });
  if (refusal !== null) return refused(refusal);
  const rules = typeRules(pack, input.type);
  const dates = requestDatesOf(
    {
      type: input.type,
      receivedAt: input.receivedAt,
      identity: { verifiedAt: null },
      pauses: [],
      extension: null,
    },
    pack,
  );
  return done({
    type: 'request_logged',
    ref: facts.ref,
    subjectId: facts.subjectId,
    request: input.type,
    scope: input.scope === 'all' ? [...CATEGORIES] : [...input.scope],
    via: input.via,
    receivedAt: input.receivedAt,
    dates,
    pack: facts.pack,
    freezes: rules.freezes,
    needsIdentity: rules.identity,
    needsChecklist: rules.checklist,
    about: input.aboutOfficer ? [...facts.officers] : [],
    withdraws: [...facts.withdraws],
    personal: { reference: input.customer.trim(), ref: input.ref, note: input.note, force: input.force },
  });
}
