/**
 * From what happened to what is to be posted: effects of each event, and their rows for the outbox, one a bound channel.
 * Must not know: how anything is worded or rendered.
 */
import type { EventOf } from '../domain/request/events.js';
import type { PrivacyRequest, StampedEvent } from '../domain/request/request.js';
import type { Effect } from './effects.js';
import type { ChannelRow, ChannelUse, NewPost, StaffRow } from './store.js';

/** Who decides for the company, the officer first; never somebody the complaint is about. */
export function officersFor(staff: readonly StaffRow[], about: readonly string[]): readonly StaffRow[] {
  const free = staff.filter((member) => member.active && !about.includes(member.person));
  const officers = free.filter((member) => member.roles.includes('officer'));
  return officers.length > 0 ? officers : free.filter((member) => member.roles.includes('deputy'));
}

/** Officers who may rule on a proposal of this person: the officer, or the deputy when the officer may not. */
export function decidersFor(
  staff: readonly StaffRow[],
  about: readonly string[],
  proposer: string | null,
): readonly StaffRow[] {
  return officersFor(
    staff.filter((member) => member.person !== proposer),
    about,
  );
}

export const roleHolders = (
  staff: readonly StaffRow[],
  role: StaffRow['roles'][number],
): readonly StaffRow[] => staff.filter((member) => member.active && member.roles.includes(role));

function effectsOf(request: PrivacyRequest, { event, seq }: StampedEvent): readonly Effect[] {
  const { ref } = request;
  const thread: Effect = { kind: 'thread', ref, seq };
  const officer: Effect = { kind: 'officer', ref, seq };
  switch (event.type) {
    case 'request_logged':
      return request.type === 'complaint' ? [thread, officer] : [];
    case 'outcome_proposed':
      return event.settled ? [thread] : [{ kind: 'proposal', ref, number: event.number }];
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
    case 'contact_added':
    case 'reference_revealed':
    case 'command_refused':
      return [];
    default:
      return [thread];
  }
}

/**
 * Events that nobody is told of in the thread. With every other the head card comes first: the days left change, and a
 * channel that was bound later, or lost the card, has no thread without it.
 */
const CARD_UNCHANGED: readonly string[] = ['reference_revealed', 'command_refused'];

type Happening = {
  readonly request: PrivacyRequest;
  readonly stamped: readonly StampedEvent[];
  readonly channels: readonly ChannelRow[];
  readonly staff: readonly StaffRow[];
  readonly extraEffects: readonly Effect[];
};

/** The posts a commit causes, each under a key that is a fact: committing the same thing twice adds nothing. */
export function posts({ request, stamped, channels, staff, extraEffects }: Happening): readonly NewPost[] {
  const changed = stamped.some(({ event }) => !CARD_UNCHANGED.includes(event.type));
  const card: readonly Effect[] = changed ? [{ kind: 'card', ref: request.ref }] : [];
  const effects = [...card, ...stamped.flatMap((each) => effectsOf(request, each)), ...extraEffects];
  return effects.flatMap((effect) => {
    if (effect.kind === 'officer' && request.about.length > 0)
      return officersFor(staff, request.about).flatMap((member) =>
        privatePosts(
          { kind: 'private', ref: effect.ref, seq: effect.seq, person: member.person },
          member,
          channels,
        ),
      );
    const use: ChannelUse = effect.kind === 'officer' ? 'officer' : 'cases';
    return channelPosts(effect, keyOf(effect, request, stamped), channels, use);
  });
}

function keyOf(effect: Effect, request: PrivacyRequest, stamped: readonly StampedEvent[]): string {
  switch (effect.kind) {
    case 'card':
      return `${effect.ref}:${request.version}:card`;
    case 'proposal':
      return `${effect.ref}:${request.version}:proposal-${effect.number}`;
    case 'thread': {
      const event = stamped.find(({ seq }) => seq === effect.seq)?.event;
      return event?.type === 'reminded' ? reminderKey(request, event) : `${effect.ref}:${effect.seq}:thread`;
    }
    case 'digest':
      return `digest:${effect.channel}:${effect.day}`;
    default:
      return `${effect.ref}:${effect.seq}:${effect.kind}`;
  }
}

/** `remind:PR-2026-0001:2026-12-22:T-7`: the due day is part of it, since an extension counts down anew. */
function reminderKey(request: PrivacyRequest, event: EventOf<'reminded'>): string {
  return `remind:${request.ref}:${request.dates.due}:${event.kinds.at(-1) ?? event.daysLeft}`;
}

/** One row for every channel bound to this use. */
export function channelPosts(
  effect: Effect,
  key: string,
  channels: readonly ChannelRow[],
  use: ChannelUse,
): readonly NewPost[] {
  return channels
    .filter((channel) => channel.uses.includes(use))
    .map(({ surface, channel }) => {
      const lane = `${surface}:${channel}`;
      return { key: `${key}@${lane}`, surface, effect: { ...effect, at: channel }, lane };
    });
}

/** A private word on each surface the person has an account on and the desk is bound to. */
export function privatePosts(
  effect: Extract<Effect, { kind: 'private' }>,
  member: StaffRow,
  channels: readonly ChannelRow[],
): readonly NewPost[] {
  const bound = new Set(channels.map(({ surface }) => surface));
  const surfaces = new Set(
    member.accounts.map((account) => account.split(':')[0] ?? '').filter((name) => bound.has(name)),
  );
  return [...surfaces].map((surface) => {
    const lane = `${surface}:@${member.person}`;
    return {
      key: `${effect.ref}:${effect.seq}:private@${lane}`,
      surface,
      effect: { ...effect, at: `@${member.person}` },
      lane,
    };
  });
}
