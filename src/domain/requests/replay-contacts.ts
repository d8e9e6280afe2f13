/**
 * How a contact, an amendment, a notice and an early ending change a privacy request. Must not know: who may do what, or when;
 * deciders ask that before an event exists.
 */
import { EARLY_OUTCOMES, type EventOf } from './events.js';
import { type EarlyEnd, type Notice, type PrivacyRequest, resolutionOf, type Stamp } from './request.js';

export function contactChange(
  request: PrivacyRequest,
  event: EventOf<'contact_added'>,
  stamp: Stamp,
): Partial<PrivacyRequest> {
  const { via, receivedAt, adds = [], withdraws = [], dates, returns = false, about = [] } = event;
  const contact = {
    via,
    receivedAt,
    ref: event.personal?.ref ?? null,
    requester: event.requester ?? 'self',
    mandate: event.personal?.mandate ?? null,
    by: stamp.actor,
    at: stamp.at,
  };
  return {
    contacts: [...request.contacts, contact],
    notes: withNote(request, stamp, event.personal?.note ?? null),
    scope: [...request.scope, ...adds],
    withdraws: [...request.withdraws, ...withdraws],
    about: [...request.about, ...about],
    ...(event.named === undefined ? {} : { named: event.named }),
    ...(returns ? { phase: { status: 'in_progress' } } : {}),
    ...(dates === undefined ? {} : { dates, receivedAt, snoozedUntil: null }),
  };
}

/** What is out of scope leaves the checklist; the contact whose receipt, way or reference it was carries the new one. */
export function amendmentChange(
  request: PrivacyRequest,
  event: EventOf<'amended'>,
  { actor, at }: Stamp,
): Partial<PrivacyRequest> {
  const { type: _type, personal, ...changed } = event;
  const { scope, receivedAt, via, about, withdraws, dates, returns = false } = changed;
  const to = personal?.ref ?? null;
  const ref = to === null ? null : { from: personal?.refBefore ?? null, to };
  const kept = scope?.to ?? request.scope;
  const first = request.contacts.findIndex((one) => one.receivedAt === request.receivedAt);
  return {
    amendments: [...request.amendments, { ...changed, ref, reason: personal?.reason ?? null, by: actor, at }],
    scope: kept,
    checklist: Object.fromEntries(
      Object.entries(request.checklist).filter(([category]) => kept.some((one) => one === category)),
    ),
    via: via?.to ?? request.via,
    sourceRef: ref === null ? request.sourceRef : ref.to,
    about: about?.to ?? request.about,
    withdraws: withdraws?.to ?? request.withdraws,
    contacts: request.contacts.map((one, index) =>
      index === first
        ? {
            ...one,
            via: via?.to ?? one.via,
            receivedAt: receivedAt?.to ?? one.receivedAt,
            ref: ref === null ? one.ref : ref.to,
          }
        : one,
    ),
    ...(receivedAt === undefined ? {} : { receivedAt: receivedAt.to }),
    ...(dates === undefined ? {} : { dates, snoozedUntil: null }),
    ...(returns ? { phase: { status: 'in_progress' } } : {}),
  };
}

export function standsBefore(request: PrivacyRequest): Notice['after'] {
  return {
    decided: resolutionOf(request) === null ? null : request.proposals,
    retained: request.retentions.some((kept) => kept.round === request.round && !kept.ended),
  };
}

export function earlyEndOf({ outcome, of, personal }: EventOf<'closed'>): EarlyEnd | null {
  if (!EARLY_OUTCOMES.some((early) => early === outcome)) return null;
  return { of: of ?? null, ref: personal?.ref ?? null, reason: personal?.reason ?? null };
}

export function withNote(
  request: PrivacyRequest,
  stamp: Stamp,
  text: string | null,
): PrivacyRequest['notes'] {
  return text === null ? request.notes : [...request.notes, { at: stamp.at, by: stamp.actor, text }];
}
