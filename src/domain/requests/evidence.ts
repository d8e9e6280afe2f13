/**
 * What is on record of a case, read from its stream: every pointer to evidence with its step, every decision, every contact.
 * Must not know: who reads it, wording.
 */
import type { Actor, Day, Instant } from '../../vocabulary/values.js';
import type { EventOf, ProposedOutcome, RequestEvent } from './events.js';
import type { StampedEvent } from './request.js';

/** The sealed fields that point into the company's own system. */
const POINTERS = ['ref', 'evidence', 'nameEvidence', 'mandate', 'explainedRef', 'consentRef'] as const;
export type Pointer = (typeof POINTERS)[number];

export type EvidenceLine = {
  /** The number of the ledger entry. */
  readonly entry: number;
  readonly pointer: Pointer;
  readonly event: RequestEvent;
  readonly ref: string;
  readonly by: Actor;
  readonly at: Instant;
};

/** Every pointer, in the order it was put on record; none of those that went with the customer's key. */
export function evidenceOf(history: readonly StampedEvent[]): readonly EvidenceLine[] {
  return history.flatMap(({ seq: entry, at, actor: by, event }) => {
    const sealed: Readonly<Record<string, unknown>> = ('personal' in event ? event.personal : null) ?? {};
    return POINTERS.flatMap((pointer) => {
      const ref = sealed[pointer];
      return typeof ref === 'string' && ref !== '' ? [{ entry, pointer, event, ref, by, at }] : [];
    });
  });
}

export type Contact = {
  readonly via: string;
  readonly receivedAt: Instant;
  readonly ref: string | null;
  readonly by: Actor;
};

/** How often the customer asked for it, the first time first. */
export function contactsOf(history: readonly StampedEvent[]): readonly Contact[] {
  return history.flatMap(({ event, actor: by }) =>
    event.type === 'request_logged' || event.type === 'contact_added'
      ? [{ via: event.via, receivedAt: event.receivedAt, ref: event.personal?.ref ?? null, by }]
      : [],
  );
}

type Verdict = EventOf<'proposal_approved' | 'proposal_returned' | 'request_refused'>;

export type DecisionLine = {
  readonly entry: number;
  readonly number: number;
  /** `settled`: the pack lets the agent fulfil without the officer. */
  readonly verdict: 'settled' | 'approved' | 'returned' | 'refused';
  /** What becomes of the case; null: it was returned. */
  readonly outcome: ProposedOutcome | null;
  readonly by: Actor;
  readonly at: Instant;
  readonly proposed: ProposedOutcome | null;
  readonly proposedBy: Actor | null;
  readonly proposedAt: Instant | null;
  readonly ground: string | null;
  readonly law: string | null;
  readonly until: Day | null;
  readonly reason: string | null;
};

const VERDICTS: Readonly<Record<Verdict['type'], 'approved' | 'returned' | 'refused'>> = {
  proposal_approved: 'approved',
  proposal_returned: 'returned',
  request_refused: 'refused',
};

const isVerdict = (event: RequestEvent): event is Verdict => Object.hasOwn(VERDICTS, event.type);

/** Each verdict with the proposal it was on; a proposal that needs no officer is its own decision. */
export function decisionsOf(history: readonly StampedEvent[]): readonly DecisionLine[] {
  const proposals = new Map<number, StampedEvent & { readonly event: EventOf<'outcome_proposed'> }>();
  return history.flatMap((stamped): readonly DecisionLine[] => {
    const { event, seq: entry, at, actor: by } = stamped;
    if (event.type === 'outcome_proposed') {
      proposals.set(event.number, { ...stamped, event });
      if (!event.settled) return [];
    } else if (!isVerdict(event)) return [];
    const proposal = proposals.get(event.number);
    const refusal = event.type === 'request_refused' ? event : null;
    const terms = refusal ?? proposal?.event ?? null;
    const returned = event.type === 'proposal_returned';
    return [
      {
        entry,
        number: event.number,
        verdict: event.type === 'outcome_proposed' ? 'settled' : VERDICTS[event.type],
        outcome: returned ? null : refusal === null ? (proposal?.event.outcome ?? null) : 'refused',
        by,
        at,
        proposed: proposal?.event.outcome ?? null,
        proposedBy: proposal?.actor ?? null,
        proposedAt: proposal?.at ?? null,
        ground: terms?.ground ?? null,
        law: terms?.personal?.law ?? null,
        until: refusal === null ? (proposal?.event.until ?? null) : null,
        reason: event.type === 'outcome_proposed' ? null : (event.personal?.reason ?? null),
      },
    ];
  });
}
