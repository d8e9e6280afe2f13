/**
 * Loading a case, and recording what was decided about it: ledger entries, projection and posts in one transaction.
 * Must not know: which command asked, any surface.
 */

import type { Card } from '../../chat/card.js';
import { problemOf } from '../../chat/problem.js';
import type { Decision } from '../../domain/refusal.js';
import type { RequestEvent } from '../../domain/requests/events.js';
import type { Circumstances } from '../../domain/requests/handling.js';
import { applyEvent, requestFrom } from '../../domain/requests/replay.js';
import type { PrivacyRequest, StampedEvent } from '../../domain/requests/request.js';
import { civilDay } from '../../policy/calendar.js';
import type { Pack } from '../../policy/schema.js';
import { toEntry } from '../../record/entry.js';
import type { Recorder } from '../../record/recorder.js';
import type { SubjectId } from '../../vocabulary/values.js';
import { settleFreeze } from '../disclosures/freeze.js';
import type { PlanContext, Planned } from '../front/plan.js';
import type { Effect } from '../tell/effects.js';
import { requestRowOf, stampedRequestEvent } from './kind.js';
import { posts } from './posts.js';

export type Loaded = {
  readonly request: PrivacyRequest;
  readonly pack: Pack;
  readonly history: readonly StampedEvent[];
};

/** A case with its pinned pack, its subject and stream locked; null when there is none of that number. */
export async function loadCase(
  context: Pick<PlanContext, 'tx' | 'packOf'>,
  ref: string,
  options: { readonly lock: boolean } = { lock: true },
): Promise<Loaded | null> {
  const row = await context.tx.request(ref);
  if (row === null) return null;
  if (options.lock) await context.tx.lockSubject(row.subjectId);
  const entries = await context.tx.entries(ref, options);
  const history = entries.map(stampedRequestEvent);
  return { request: requestFrom(history), pack: await context.packOf(row.packHash), history };
}

/** What deciders may look at, under the pack the case pinned. */
export function circumstancesOf(context: PlanContext, pack: Pack): Circumstances {
  return {
    now: context.now,
    today: civilDay(context.now, pack.zone),
    actor: context.actor,
    pack,
    may: (permission) => context.may(permission as Parameters<PlanContext['may']>[0]),
  };
}

/** Appends events behind the case, rewrites its row, and queues what they cause. Returns the new state. */
export async function record(
  recorder: Recorder,
  before: {
    readonly request: PrivacyRequest | null;
    readonly ref: string;
    readonly subjectId: SubjectId;
    readonly pack: Pack;
  },
  events: readonly RequestEvent[],
  extraEffects: readonly Effect[] = [],
): Promise<PrivacyRequest> {
  const { tx, now, actor } = recorder;
  const version = before.request?.version ?? 0;
  const entries = events.map((event) => toEntry(event, now, actor));
  const stored = await tx.append(before.ref, version, entries, before.subjectId);
  const stamped: StampedEvent[] = events.map((event, index) => ({
    seq: stored[index]?.seq ?? version + index + 1,
    at: now,
    actor,
    event,
  }));
  const request = before.request === null ? requestFrom(stamped) : stamped.reduce(applyEvent, before.request);
  await tx.putRequest(requestRowOf(request, before.pack));
  for (const post of posts({
    request,
    stamped,
    channels: recorder.channels,
    staff: recorder.staff,
    extraEffects,
  }))
    await tx.enqueue(post, now);
  await settleFreeze(recorder, before.request, request, events);
  return request;
}

/**
 * The common way of a `/privacy` verb about one case: load, decide, record, answer.
 * An officer a complaint is about changes nothing in it (P-7.3).
 */
export async function onCase(
  context: PlanContext,
  ref: string,
  decide: (
    loaded: Loaded,
    circumstances: Circumstances,
  ) => Decision<RequestEvent> | Promise<Decision<RequestEvent>>,
  answer: (request: PrivacyRequest, loaded: Loaded) => Card | Promise<Card>,
): Promise<Planned> {
  const loaded = await loadCase(context, ref);
  if (loaded === null) return noSuchCase(ref);
  const { request, pack } = loaded;
  const about = { stream: request.ref, subjectId: request.subjectId };
  if (request.about.includes(context.actor.person)) return complaintAboutYou(request);
  const decision = await decide(loaded, circumstancesOf(context, pack));
  if (decision.kind === 'refused') return { kind: 'refused', refusal: decision.refusal, about };
  const after = await record(
    context,
    { request, ref: request.ref, subjectId: request.subjectId, pack },
    decision.events,
  );
  return { kind: 'answer', card: await answer(after, loaded) };
}

/** P-7.3: the officer a complaint is about changes nothing in it. */
export function complaintAboutYou(request: PrivacyRequest): Planned {
  return {
    kind: 'refused',
    about: { stream: request.ref, subjectId: request.subjectId },
    refusal: {
      code: 'about-officer',
      clause: '7.3',
      says: `${request.ref} is a complaint about you, so you decide and change nothing in it.`,
      next: 'The deputy officer handles it.',
    },
  };
}

export function noSuchCase(ref: string): Planned {
  return {
    kind: 'problems',
    problems: [
      problemOf('case', { code: 'not-found', says: `names no request of this desk: ${ref}`, read: null }),
    ],
  };
}
