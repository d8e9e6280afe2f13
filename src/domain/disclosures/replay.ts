/**
 * How each event changes a disclosure request (domain.md section 4): replaying the stream gives the state, nothing else
 * does. Must not know: who may do what, or when.
 */
import {
  type Approval,
  type Disclosure,
  type DisclosureStamp,
  decisionOf,
  type StampedDisclosure,
  type Terms,
} from './disclosure.js';
import type { DisclosureEvent, DisclosureEventOf } from './events.js';

/** Replays a stream. Throws when it does not begin with `disclosure_requested`: then it is no disclosure's stream. */
export function disclosureFrom(events: readonly StampedDisclosure[]): Disclosure {
  const [first, ...rest] = events;
  if (first?.event.type !== 'disclosure_requested')
    throw new Error('a disclosure stream begins with disclosure_requested');
  return rest.reduce(applyDisclosure, begin(first.event, first));
}

export function applyDisclosure(disclosure: Disclosure, stamped: StampedDisclosure): Disclosure {
  return { ...disclosure, ...changeOf(disclosure, stamped.event, stamped), version: stamped.seq };
}

function begin(event: DisclosureEventOf<'disclosure_requested'>, stamp: DisclosureStamp): Disclosure {
  return {
    ref: event.ref,
    subjectId: event.subjectId,
    reference: event.personal?.reference ?? null,
    pack: event.pack,
    terms: termsIn(event),
    phase: { status: 'requested', at: stamp.at },
    round: 1,
    requestedAt: stamp.at,
    asked: { by: stamp.actor, at: stamp.at },
    askers: stamp.actor.person === null ? [] : [stamp.actor.person],
    rulings: [],
    escalated: [],
    escalatedAt: null,
    version: stamp.seq,
  };
}

function changeOf(
  disclosure: Disclosure,
  event: DisclosureEvent,
  stamp: DisclosureStamp,
): Partial<Disclosure> {
  switch (event.type) {
    case 'disclosure_requested':
      throw new Error(`${disclosure.ref} was requested twice`);
    case 'disclosure_amended': {
      const { person } = stamp.actor;
      return {
        terms: termsIn(event),
        phase: { status: 'requested', at: stamp.at },
        round: event.round,
        asked: { by: stamp.actor, at: stamp.at },
        askers: [...new Set([...disclosure.askers, ...(person === null ? [] : [person])])],
        escalated: [],
        escalatedAt: null,
      };
    }
    case 'disclosure_blocked':
      return { phase: { status: 'blocked', holds: event.holds, offered: false } };
    case 'disclosure_unblocked':
      return { phase: { status: 'blocked', holds: [], offered: true } };
    case 'disclosure_approved':
      return approval(disclosure, event, stamp);
    case 'disclosure_denied':
      return {
        phase: {
          status: 'denied',
          by: stamp.actor,
          at: stamp.at,
          reason: event.personal?.reason ?? null,
        },
        rulings: [
          ...disclosure.rulings,
          { round: event.round, verdict: 'deny', by: stamp.actor.person, at: stamp.at },
        ],
      };
    case 'disclosure_cancelled':
      return { phase: { status: 'cancelled', by: stamp.actor, at: stamp.at } };
    case 'disclosure_expired':
      return { phase: { status: 'expired', decision: decided(disclosure) } };
    case 'disclosure_voided': {
      const { why, clause, holds } = event;
      return { phase: { status: 'voided', decision: decided(disclosure), why, clause, holds } };
    }
    case 'disclosure_sent': {
      const { sentAt, sentDay, personal } = event;
      const method = personal?.method ?? null;
      const sent = { at: sentAt, day: sentDay, by: stamp.actor, method, ref: personal?.ref ?? null };
      return { phase: { status: 'executed', decision: decided(disclosure), sent } };
    }
    case 'disclosure_escalated':
      return { escalated: [...disclosure.escalated, ...event.to], escalatedAt: stamp.at };
    case 'clock_put_back':
      return { escalated: [], escalatedAt: null };
    case 'customer_forgotten':
    case 'command_refused':
      return {};
    default:
      return event satisfies never;
  }
}

function approval(
  disclosure: Disclosure,
  event: DisclosureEventOf<'disclosure_approved'>,
  { at }: DisclosureStamp,
): Partial<Disclosure> {
  const { by, round, categories, expires, clause, holds, standing } = event;
  const decision: Approval = { by, at, round, categories, expires, clause, holds, standing };
  return {
    phase: { status: 'approved', decision },
    rulings: [...disclosure.rulings, { round, verdict: 'approve', by, at }],
  };
}

function decided(disclosure: Disclosure): Approval {
  const decision = decisionOf(disclosure);
  if (decision === null) throw new Error(`${disclosure.ref} has no decision to go on from`);
  return decision;
}

function termsIn(
  event: DisclosureEventOf<'disclosure_requested'> | DisclosureEventOf<'disclosure_amended'>,
): Terms {
  const { recipient, categories, basis, consent, template, withhold, personal } = event;
  return {
    recipient,
    purpose: personal?.purpose ?? null,
    categories,
    basis,
    evidence: {
      consent,
      template,
      order: personal?.order ?? null,
      authority: personal?.authority ?? null,
      law: personal?.law ?? null,
      instrument: personal?.instrument ?? null,
      evidence: personal?.evidence ?? null,
    },
    withhold,
  };
}
