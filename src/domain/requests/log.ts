/**
 * Deciding to log a request (domain.md section 3, `log`): dates, freeze, and who it is about.
 * Must not know: storage, surfaces, the clock.
 */
import type {
  Category,
  Instant,
  Person,
  Requester,
  RequestType,
  SubjectId,
} from '../../vocabulary/values.js';
import { CATEGORIES } from '../../vocabulary/values.js';
import { done, no, type Refusal, refused } from '../refusal.js';
import { receiptRefusal } from './amend.js';
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
  /** The customer when left out. */
  readonly requester?: Requester;
  /** Where it is on record that somebody else may ask for the customer. */
  readonly mandate?: string | null;
  /** Consents named by a withdrawal; none: all in scope. */
  readonly consents?: readonly string[] | null;
  /** Whoever logs it was asked whether they are sure, and is. */
  readonly sure?: boolean;
};

/**
 * What is refused of any contact, new case or not: when it came, by whom, about what. Asked before a case gets a number: a number
 * given and not used is a stream that the audit misses.
 */
export function contactRefusal(
  input: LogInput,
  facts: { readonly looksLikeAnother: boolean },
  circumstances: Pick<Circumstances, 'now' | 'pack'>,
): Refusal | null {
  const { type, requester = 'self', mandate = null, consents = null, sure = false } = input;
  const { pack } = circumstances;
  const late = receiptRefusal(input.receivedAt, sure, circumstances);
  if (late !== null) return late;
  if (facts.looksLikeAnother && !sure) return no('confirm-needed', 'looks-like-another', null, {});
  if (input.aboutOfficer && type !== 'complaint')
    return no('invalid-value', 'about-officer-no-complaint', pack.requests.complaint.clause, { type });
  if (requester !== 'self' && mandate === null)
    return no('evidence-missing', 'mandate-missing', pack.identity.clause, { requester });
  if (consents !== null && type !== 'consent_withdrawal')
    return no('invalid-value', 'consents-of-no-withdrawal', null, { type });
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
  const refusal = contactRefusal(input, { looksLikeAnother: false }, { now, pack });
  if (refusal !== null) return refused(refusal);
  const { requester = 'self', mandate = null, consents = null } = input;
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
    ...(consents === null ? {} : { named: [...consents] }),
    ...(requester === 'self' ? {} : { requester }),
    personal: {
      reference: input.customer.trim(),
      ref: input.ref,
      note: input.note,
      force: input.force,
      ...(mandate === null ? {} : { mandate }),
    },
  });
}
