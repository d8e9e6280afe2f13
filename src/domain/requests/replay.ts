/**
 * How each event changes a privacy request (domain.md section 3): replaying the stream gives the state, nothing else does.
 * Must not know: who may do what, or when; deciders ask that before an event exists.
 */
import { compareInstants } from '../../policy/calendar.js';
import type { Day } from '../../vocabulary/values.js';
import type { EventOf, RequestEvent, Told } from './events.js';
import { amendmentChange, contactChange, earlyEndOf, standsBefore, withNote } from './replay-contacts.js';
import {
  type Posted,
  type PrivacyRequest,
  type Proposal,
  type RecipientTask,
  type Resolution,
  type Retention,
  type Ruling,
  resolutionOf,
  type Stamp,
  type StampedEvent,
} from './request.js';

/** Replays a stream. Throws when it does not begin with `request_logged`: then it is no request's stream. */
export function requestFrom(events: readonly StampedEvent[]): PrivacyRequest {
  const [first, ...rest] = events;
  if (first?.event.type !== 'request_logged') throw new Error('a request stream begins with request_logged');
  return rest.reduce(applyEvent, begin(first.event, first));
}

function begin(event: EventOf<'request_logged'>, stamp: Stamp): PrivacyRequest {
  return {
    ref: event.ref,
    subjectId: event.subjectId,
    type: event.request,
    scope: event.scope,
    via: event.via,
    reference: event.personal?.reference ?? null,
    sourceRef: event.personal?.ref ?? null,
    receivedAt: event.receivedAt,
    loggedAt: stamp.at,
    loggedBy: stamp.actor,
    pack: event.pack,
    dates: event.dates,
    needsChecklist: event.needsChecklist,
    about: event.about,
    withdraws: event.withdraws,
    named: event.named ?? null,
    phase: { status: event.needsIdentity ? 'identity_pending' : 'in_progress' },
    identity: { needed: event.needsIdentity, state: 'pending', attempts: 0, verifiedAt: null },
    suspectedImpersonation: false,
    owner: null,
    contacts: [
      {
        via: event.via,
        receivedAt: event.receivedAt,
        ref: event.personal?.ref ?? null,
        requester: event.requester ?? 'self',
        mandate: event.personal?.mandate ?? null,
        by: stamp.actor,
        at: stamp.at,
      },
    ],
    amendments: [],
    checklist: {},
    retentions: [],
    notices: [],
    pauses: [],
    extension: null,
    freezes: event.freezes,
    freeze: event.freezes ? 'active' : 'none',
    proposals: 0,
    rulings: [],
    recipients: [],
    snoozedUntil: null,
    reminders: [],
    notes: event.personal?.note ? [{ at: stamp.at, by: stamp.actor, text: event.personal.note }] : [],
    forgotten: null,
    round: 1,
    version: stamp.seq,
  };
}

/** Applies one more event of the stream. */
export function applyEvent(request: PrivacyRequest, stamped: StampedEvent): PrivacyRequest {
  return { ...request, ...changeOf(request, stamped.event, stamped), version: stamped.seq };
}

function changeOf(request: PrivacyRequest, event: RequestEvent, stamp: Stamp): Partial<PrivacyRequest> {
  switch (event.type) {
    case 'request_logged':
      throw new Error(`${request.ref} was logged twice`);
    case 'contact_added':
      return contactChange(request, event, stamp);
    case 'amended':
      return amendmentChange(request, event, stamp);
    case 'identity_checked':
      return identityChange(request, event, stamp);
    case 'identity_revoked':
      return revocation(request, event, stamp);
    case 'assigned':
      return { owner: event.to };
    case 'owner_left':
      return { owner: null, snoozedUntil: null };
    case 'owner_renamed':
      return { owner: event.to };
    case 'proposal_retracted':
      return { phase: { status: 'in_progress' } };
    case 'paused':
      return {
        phase: {
          status: 'awaiting_subject',
          resumeTo: request.phase.status === 'identity_pending' ? 'identity_pending' : 'in_progress',
          since: stamp.at,
        },
        pauses: [
          ...request.pauses,
          { from: stamp.at, to: null, reason: event.personal?.reason ?? null, stops: event.stops },
        ],
      };
    case 'resumed':
      return {
        phase: {
          status: request.phase.status === 'awaiting_subject' ? request.phase.resumeTo : 'in_progress',
        },
        pauses: request.pauses.map((pause) => (pause.to === null ? { ...pause, to: stamp.at } : pause)),
        dates: event.dates ?? request.dates,
      };
    case 'categories_checked': {
      const answer = { result: event.result, ref: event.personal?.ref ?? null };
      const answers = Object.fromEntries(event.categories.map((category) => [category, answer]));
      return { checklist: { ...request.checklist, ...answers } };
    }
    case 'retention_recorded':
      return { retentions: [...request.retentions, retentionOf(event, request.round, stamp)] };
    case 'outcome_proposed':
      return proposalChange(event, stamp);
    case 'proposal_approved':
      return approvalChange(request, event, stamp);
    case 'proposal_returned':
      return {
        phase: { status: 'in_progress' },
        rulings: withRuling(request, event.number, 'return', stamp, event.personal?.reason ?? null),
      };
    case 'request_refused':
      return {
        phase: {
          status: 'decided',
          resolution: {
            outcome: 'refused',
            ground: event.ground,
            law: event.personal?.law ?? null,
            until: null,
            decidedBy: stamp.actor,
            decidedAt: stamp.at,
          },
        },
        rulings: withRuling(request, event.number, 'refuse', stamp, event.personal?.reason ?? null),
      };
    case 'extended':
      return {
        dates: event.dates,
        extension: { until: event.dates.due, reason: event.reason },
        snoozedUntil: null,
      };
    case 'completed':
      return completionChange(request, event, stamp);
    case 'notice_recorded':
      return {
        notices: [
          ...request.notices,
          {
            kind: event.kind,
            via: event.via,
            sentAt: event.sentAt,
            round: request.round,
            after: standsBefore(request),
          },
        ],
      };
    case 'recipient_notified':
      return {
        recipients: settleRecipient(request, event.recipient, event.how, event.personal?.ref ?? null),
      };
    case 'recipient_excused':
      return { recipients: settleRecipient(request, event.recipient, 'excused', null) };
    case 'closed':
      return {
        phase: {
          status: 'closed',
          outcome: event.outcome,
          resolution: resolutionOf(request),
          early: earlyEndOf(event),
          closedAt: stamp.at,
        },
        freeze: event.freeze,
      };
    case 'reopened':
      return reopening(request);
    case 'snoozed':
      return { snoozedUntil: event.until };
    case 'note_added':
      return { notes: withNote(request, stamp, event.personal?.text ?? null) };
    case 'retention_ended':
      return {
        retentions: request.retentions.map((kept) =>
          kept.categories.every((category) => event.categories.includes(category))
            ? { ...kept, ended: true }
            : kept,
        ),
      };
    case 'reminded':
      return { reminders: withPosted(request, stamp, 'due', request.dates.due, event) };
    case 'clock_reminded':
      return { reminders: withPosted(request, stamp, event.clock, event.due, event) };
    case 'proposal_escalated': {
      const posted = { kinds: [`${event.hours}h`], pinged: event.to };
      return { reminders: withPosted(request, stamp, 'decision', String(event.number), posted) };
    }
    case 'clock_put_back':
      return {
        reminders: request.reminders.map((one) =>
          compareInstants(one.at, stamp.at) > 0 ? { ...one, undone: true } : one,
        ),
      };
    case 'customer_forgotten':
      return { forgotten: { at: stamp.at, why: event.why } };
    case 'reference_revealed':
    case 'command_refused':
      return {};
    default:
      return event satisfies never;
  }
}

function identityChange(
  request: PrivacyRequest,
  event: EventOf<'identity_checked'>,
  stamp: Stamp,
): Partial<PrivacyRequest> {
  if (event.result === 'pass')
    return {
      phase: { status: 'in_progress' },
      identity: { ...request.identity, state: 'verified', attempts: event.attempt, verifiedAt: stamp.at },
      dates: event.dates ?? request.dates,
    };
  return {
    identity: { ...request.identity, state: event.final ? 'failed' : 'pending', attempts: event.attempt },
    suspectedImpersonation: request.suspectedImpersonation || event.final,
    // P-3.3 and domain.md: the freeze lifts by itself when verification finally fails.
    freeze: event.final && request.freezes ? 'lifted' : request.freeze,
  };
}

/** What was proposed or decided on it falls with the pass: the identity is to be checked again. */
function revocation(
  request: PrivacyRequest,
  event: EventOf<'identity_revoked'>,
  stamp: Stamp,
): Partial<PrivacyRequest> {
  const waiting = request.phase.status === 'awaiting_decision' ? request.phase.proposal.number : null;
  return {
    phase: { status: 'identity_pending' },
    identity: { ...request.identity, state: event.final ? 'failed' : 'pending', verifiedAt: null },
    suspectedImpersonation: request.suspectedImpersonation || event.final,
    freeze: event.final && request.freezes ? 'lifted' : request.freeze,
    dates: event.dates ?? request.dates,
    rulings:
      waiting === null
        ? request.rulings
        : withRuling(request, waiting, 'return', stamp, event.personal?.reason ?? null),
  };
}

function proposalChange(event: EventOf<'outcome_proposed'>, stamp: Stamp): Partial<PrivacyRequest> {
  const { number, outcome, ground, until } = event;
  const law = event.personal?.law ?? null;
  if (event.settled)
    return {
      proposals: number,
      phase: {
        status: 'action_approved',
        resolution: { outcome, ground, law, until, decidedBy: null, decidedAt: stamp.at },
      },
    };
  const proposal: Proposal = {
    number,
    outcome,
    ground,
    law,
    until,
    facts: event.personal?.facts ?? null,
    evidence: event.personal?.evidence ?? null,
    nameEvidence: event.personal?.nameEvidence ?? null,
    by: stamp.actor,
    at: stamp.at,
  };
  return { proposals: number, phase: { status: 'awaiting_decision', proposal } };
}

function approvalChange(
  request: PrivacyRequest,
  event: EventOf<'proposal_approved'>,
  stamp: Stamp,
): Partial<PrivacyRequest> {
  if (request.phase.status !== 'awaiting_decision')
    throw new Error(`${request.ref}: approval without a proposal`);
  const { outcome, ground, law, until } = request.phase.proposal;
  const resolution: Resolution = { outcome, ground, law, until, decidedBy: stamp.actor, decidedAt: stamp.at };
  return {
    phase: { status: outcome === 'refused' ? 'decided' : 'action_approved', resolution },
    rulings: withRuling(request, event.number, 'approve', stamp, event.personal?.reason ?? null),
  };
}

function completionChange(
  request: PrivacyRequest,
  event: EventOf<'completed'>,
  stamp: Stamp,
): Partial<PrivacyRequest> {
  const resolution = resolutionOf(request);
  if (resolution === null) throw new Error(`${request.ref}: completed without a resolution`);
  return {
    phase: { status: 'notifying_recipients', resolution, completedAt: stamp.at },
    recipients: event.recipients.map(({ kept = null, ...task }) => ({
      ...task,
      kept,
      state: 'open',
      ref: null,
    })),
  };
}

/** Original receipt date kept, freeze restored; what was decided is decided anew (domain.md, `reopen`). */
function reopening(request: PrivacyRequest): Partial<PrivacyRequest> {
  const verified = !request.identity.needed || request.identity.state === 'verified';
  return {
    phase: { status: verified ? 'in_progress' : 'identity_pending' },
    identity: verified ? request.identity : { ...request.identity, state: 'pending', attempts: 0 },
    freeze: request.freezes ? 'active' : 'none',
    checklist: {},
    recipients: [],
    round: request.round + 1,
  };
}

function retentionOf(event: EventOf<'retention_recorded'>, round: number, { actor }: Stamp): Retention {
  return {
    categories: event.categories,
    law: event.personal?.law ?? null,
    until: event.until,
    explained: toldOf(event.explainedOn, event.personal?.explainedRef),
    consent: toldOf(event.consentOn, event.personal?.consentRef),
    round,
    ended: false,
    by: actor,
  };
}

const toldOf = (day: Day | undefined, ref: string | null | undefined): Told | null =>
  day === undefined ? null : { day, ref: ref ?? null };

function withRuling(
  request: PrivacyRequest,
  number: number,
  verdict: Ruling['verdict'],
  stamp: Stamp,
  reason: string | null,
): readonly Ruling[] {
  return [...request.rulings, { number, verdict, by: stamp.actor, at: stamp.at, reason }];
}

const withPosted = (
  request: PrivacyRequest,
  { at }: Stamp,
  clock: Posted['clock'],
  of: string,
  { kinds, pinged }: Pick<Posted, 'kinds' | 'pinged'>,
): readonly Posted[] => [...request.reminders, { clock, of, at, kinds, pinged, undone: false }];

function settleRecipient(
  request: PrivacyRequest,
  recipient: string,
  state: RecipientTask['state'],
  ref: string | null,
): readonly RecipientTask[] {
  return request.recipients.map((task) => (task.recipient === recipient ? { ...task, state, ref } : task));
}
