/** What an event of a case causes to be posted, and the keys of the posts. Must not know: how anything is worded or rendered. */

import { amongThem } from '../../domain/people.js';
import type { EventOf, RequestEvent } from '../../domain/requests/events.js';
import { isSecret } from '../../domain/requests/reading.js';
import type { PrivacyRequest, StampedEvent } from '../../domain/requests/request.js';
import type { Around, Change } from '../../record/kind.js';
import type { ChannelUse, NewPost } from '../../record/rows.js';
import { officersFor, roleHolders } from '../front/roles.js';
import { channelPosts, privatePosts } from '../tell/addresses.js';
import type { Effect } from '../tell/effects.js';

type CaseEffect = Extract<Effect, { readonly ref: string }>;

function effectsOf(request: PrivacyRequest, { event, seq }: StampedEvent): readonly CaseEffect[] {
  const { ref } = request;
  const thread: CaseEffect = { kind: 'thread', ref, seq };
  const officer: CaseEffect = { kind: 'officer', ref, seq };
  switch (event.type) {
    case 'request_logged':
      return request.type === 'complaint' ? [thread, officer] : [];
    case 'outcome_proposed':
      return event.settled ? [thread] : [{ kind: 'proposal', ref, number: event.number }];
    case 'proposal_retracted':
    case 'proposal_approved':
    case 'proposal_returned':
    case 'request_refused':
      return [{ kind: 'proposal', ref, number: event.number }, thread];
    case 'identity_checked':
      return event.final ? [thread, officer] : [thread];
    case 'closed': {
      // A proposal nobody ruled on loses its buttons with the case.
      const number = request.proposals;
      const unruled = number > 0 && !request.rulings.some((ruling) => ruling.number === number);
      return unruled ? [{ kind: 'proposal', ref, number }, thread] : [thread];
    }
    case 'amended':
      return event.returns ? [{ kind: 'proposal', ref, number: request.proposals }, thread] : [thread];
    case 'contact_added':
      if (event.returns) return [{ kind: 'proposal', ref, number: request.proposals }, thread];
      // One more contact that changed nothing is on the card; the thread tells what changed.
      return event.adds || event.dates || event.about ? [thread] : [];
    case 'customer_forgotten':
      // Each card that shows the customer, masked as it is, shows them as erased.
      return [
        ...Array.from(
          { length: request.proposals },
          (_, index): CaseEffect => ({ kind: 'proposal', ref, number: index + 1 }),
        ),
        ...(event.why === 'erasure_fulfilled' ? [thread] : []),
      ];
    case 'reference_revealed':
    case 'command_refused':
    case 'owner_renamed':
    case 'clock_put_back':
      return [];
    case 'identity_revoked':
      // A proposal or an answer settled before falls with it: its card loses its buttons.
      return request.proposals > 0
        ? [{ kind: 'proposal', ref, number: request.proposals }, thread]
        : [thread];
    default:
      return [thread];
  }
}

/**
 * Events that nobody is told of in the thread. With every other the head card comes first: the days left change, and a
 * channel that was bound later, or lost the card, has no thread without it.
 */
const CARD_UNCHANGED: readonly string[] = ['reference_revealed', 'command_refused', 'clock_put_back'];

/** The posts a commit causes, each under a key that is a fact: committing the same thing twice adds nothing. */
export function requestPosts(
  { after: request, stamped }: Change<PrivacyRequest, RequestEvent>,
  around: Around,
): readonly NewPost[] {
  const { channels } = around;
  const changed = stamped.some(({ event }) => !CARD_UNCHANGED.includes(event.type));
  const card: readonly CaseEffect[] = changed ? [{ kind: 'card', ref: request.ref }] : [];
  if (isSecret(request))
    return [
      // Where it stood in a channel before, what is there is taken off.
      ...card.flatMap((effect) => channelPosts(effect, keyOf(effect, request, stamped), channels, 'cases')),
      ...stamped.flatMap((each) => keptPosts(request, each, around)),
    ];
  const told = stamped.flatMap((each) => effectsOf(request, each));
  const effects = [...card, ...(changed ? askedStill(request, told) : []), ...told];
  return effects.flatMap((effect) => {
    const use: ChannelUse = effect.kind === 'officer' ? 'officer' : 'cases';
    return channelPosts(effect, keyOf(effect, request, stamped), channels, use);
  });
}

/** What would be told in the thread is told to those who handle it, each in private. */
function keptPosts(request: PrivacyRequest, stamped: StampedEvent, around: Around): readonly NewPost[] {
  const { channels, staff, same } = around;
  const told = effectsOf(request, stamped);
  const { event, seq, actor } = stamped;
  // A proposal somebody saw in a channel loses its buttons there.
  const proposals = told.flatMap((effect) =>
    effect.kind === 'proposal'
      ? channelPosts(effect, keyOf(effect, request, [stamped]), channels, 'cases')
      : [],
  );
  if (told.length === 0) return [];
  const escalated = event.type === 'reminded' && event.pinged.includes('admin');
  const people = [
    ...officersFor(around, request.about),
    ...staff.filter(({ person }) => amongThem(same, [request.owner, request.loggedBy.person], person)),
    ...(escalated ? roleHolders(around, 'admin') : []),
  ].filter(
    (member, index, all) =>
      member.active &&
      member.person !== actor.person &&
      !amongThem(same, request.about, member.person) &&
      all.indexOf(member) === index,
  );
  const { ref } = request;
  const words = people.flatMap((member) =>
    privatePosts({ kind: 'private', ref, seq, person: member.person }, member, channels),
  );
  return [...proposals, ...words];
}

function keyOf(effect: CaseEffect, request: PrivacyRequest, stamped: readonly StampedEvent[]): string {
  switch (effect.kind) {
    case 'card':
      return `${effect.ref}:${request.version}:card`;
    case 'proposal':
      return `${effect.ref}:${request.version}:proposal-${effect.number}`;
    case 'thread': {
      const event = stamped.find(({ seq }) => seq === effect.seq)?.event;
      return event?.type === 'reminded' ? reminderKey(request, event) : `${effect.ref}:${effect.seq}:thread`;
    }
    case 'table':
      throw new Error('a table is no post of a case');
    default:
      return `${effect.ref}:${effect.seq}:${effect.kind}`;
  }
}

/** `remind:PR-2026-0001:2026-12-22:T-7`: the due day is part of it, since an extension counts down anew. */
function reminderKey(request: PrivacyRequest, event: EventOf<'reminded'>): string {
  return `remind:${request.ref}:${request.dates.due}:${event.kinds.at(-1) ?? event.daysLeft}`;
}

/** A decision that is still asked for is shown as it is now, and so comes back where somebody deleted its card. */
function askedStill({ ref, phase }: PrivacyRequest, told: readonly CaseEffect[]): readonly CaseEffect[] {
  if (phase.status !== 'awaiting_decision') return [];
  const { number } = phase.proposal;
  const isTold = told.some((effect) => effect.kind === 'proposal' && effect.number === number);
  return isTold ? [] : [{ kind: 'proposal', ref, number }];
}
