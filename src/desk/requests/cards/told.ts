import { button, type Card } from '../../../chat/card.js';
import { amongThem } from '../../../domain/people.js';
import { missingNotices } from '../../../domain/requests/ending.js';
import { EARLY_OUTCOMES, type EventOf, type RequestEvent } from '../../../domain/requests/events.js';
import type { Circumstances } from '../../../domain/requests/handling.js';
import { proposersOf } from '../../../domain/requests/proposal-guards.js';
import { recipientSeen } from '../../../domain/requests/recipients.js';
import { requestFrom } from '../../../domain/requests/replay.js';
import {
  isOpen,
  type PrivacyRequest,
  resolutionOf,
  type StampedEvent,
} from '../../../domain/requests/request.js';
import { amendedTold } from '../../../language/en/amendments.js';
import { contactTold } from '../../../language/en/contacts.js';
import { dayWords } from '../../../language/en/dates.js';
import { FORGOTTEN_TOLD } from '../../../language/en/forgetting.js';
import { capital, underClause } from '../../../language/en/lists.js';
import { personWords } from '../../../language/en/people.js';
import { clockWords, endedWords, outcomeWords } from '../../../language/en/requests.js';
import { civilDay, daysBetween } from '../../../policy/calendar.js';
import type { Pack } from '../../../policy/schema.js';
import type { People, PresentStaff } from '../../../record/people.js';
import type { Day, Instant } from '../../../vocabulary/values.js';
import { decidersFor, officersFor, roleHolders, standingIn } from '../../front/roles.js';
import { type Told, toldCard } from '../../tell/told.js';
import { dueMoment, TYPE_TITLES } from '../../tell/words.js';
import { anybody, rulingButtons } from './buttons.js';
import { freezeLine, titleOf } from './head.js';

/** The thread card of entry `seq`; null when that entry has nothing to say in a thread. */
export function threadCard(
  history: readonly StampedEvent[],
  seq: number,
  pack: Pack,
  people: People,
): Card | null {
  const at = history.findIndex((each) => each.seq === seq);
  const stamped = history[at];
  if (stamped === undefined) return null;
  const request = requestFrom(history.slice(0, at + 1));
  const told = tell(request, stamped, pack, people);
  if (told === null) return null;
  const { event } = stamped;
  const acting =
    event.type === 'reminded'
      ? reminderButtons(requestFrom(history), event.daysLeft, anybody(pack, stamped.at))
      : {};
  const { ref, reference } = request;
  return toldCard(told, { title: titleOf(request), ref, reference }, acting);
}

function tell(
  request: PrivacyRequest,
  { event, actor, at }: StampedEvent,
  pack: Pack,
  people: People,
): Told | null {
  const who = personWords(actor);
  const owner = ownersOf(request, people);
  const named = recipientSeen(request, civilDay(at, pack.zone), null);
  switch (event.type) {
    case 'request_logged':
      return {
        says: `A ${TYPE_TITLES[request.type].toLowerCase()} for you: acknowledge by ${dayWords(request.dates.ackDue)}, answer by ${dayWords(request.dates.due)} (clause ${pack.requests[request.type].clause}).`,
        ping: officersFor(people, request.about),
      };
    case 'identity_checked':
      return {
        ...tellIdentity(request, event, who, pack),
        ...(event.final ? { ping: officersFor(people, request.about) } : {}),
      };
    case 'identity_revoked':
      return {
        says: `${who} took the passed identity check back: it does not count.${event.final ? ' No attempt is left; an officer can close the case.' : ''}`,
        tone: 'warning',
        quote: event.personal?.reason ?? null,
        ping: owner,
      };
    case 'proposal_retracted':
      return { says: `${who} took the proposal back.` };
    case 'owner_left':
      return {
        says: `@${event.person} is off the staff list, so the case has no owner: take it with /privacy assign.`,
        tone: 'warning',
      };
    case 'owner_renamed':
      return null;
    case 'assigned':
      return actor.person === event.to
        ? { says: `${who} took the case.` }
        : { says: `${who} gave you the case; it is due ${dayWords(request.dates.due)}.`, ping: owner };
    case 'paused':
      return {
        says: `${who} paused the case. ${event.stops !== null ? 'The clock stands still meanwhile.' : 'The clock goes on: this policy gives no pause.'}`,
        quote: event.personal?.reason ?? null,
      };
    case 'resumed':
      return { says: `${who} resumed the case; it is due ${dayWords(request.dates.due)}.` };
    case 'categories_checked':
      return { says: `${who} checked ${event.categories.join(', ')}: ${event.result.replace('_', ' ')}.` };
    case 'retention_recorded':
      return {
        says: `${who} recorded a retention of ${event.categories.join(', ')} until ${dayWords(event.until)}${toldWhen(event)}${underClause(pack.retention.clause)}.`,
        quote: event.personal?.law ?? null,
      };
    case 'outcome_proposed':
      return {
        says: `${who} settled the answer: ${outcomeWords(event.outcome)}. Next: carry it out, then “done”.`,
        ping: owner.filter(({ person }) => person !== actor.person),
      };
    case 'proposal_approved':
      return {
        says: `${who} approved: ${outcomeOf(request)}. ${nextAfter(request, pack)}`,
        tone: 'good',
        quote: event.personal?.reason ?? null,
        ping: owner,
      };
    case 'proposal_returned':
      return {
        says: `${who} returned the proposal.`,
        tone: 'warning',
        quote: event.personal?.reason ?? null,
        ping: owner,
      };
    case 'request_refused':
      return {
        says: `${who} refused the request on ${event.ground}. ${nextAfter(request, pack)}`,
        tone: 'warning',
        quote: event.personal?.reason ?? null,
        ping: owner,
      };
    case 'extended':
      return {
        says: `${who} extended the case${lateBy(event.from, at, pack)} from ${dayWords(event.from)} to ${dayWords(event.dates.due)} (${extendedFor(request, event.reason, pack)})${toldWhen(event)}. The notice quotes the officer’s contact (/desk officer, clause ${pack.officer.clause}).`,
        tone: 'warning',
      };
    case 'completed':
      return { says: `${who} carried it out. ${completedNext(request, pack, named)}`, tone: 'good' };
    case 'notice_recorded':
      return {
        says: `${who} recorded a notice to the customer: ${event.kind.replaceAll('_', ' ')}${event.via === null ? '' : ` by ${event.via}`}.`,
      };
    case 'recipient_notified':
      return {
        says: `${who}: ${named(event.recipient)} ${event.how === 'notified' ? 'was told the result' : 'acknowledged'}.`,
      };
    case 'recipient_excused':
      return {
        says: `${who} excused the notice to ${named(event.recipient)}.`,
        quote: event.personal?.reason ?? null,
      };
    case 'closed':
      return {
        says: `${who} closed the case: ${endedWords(event)}. Freeze: ${freezeLine(request) ?? 'none'}.`,
        tone: 'good',
        quote: event.personal?.reason ?? null,
        // An early ending is the officer's to know of, whoever ended it.
        ping: EARLY_OUTCOMES.some((early) => early === event.outcome)
          ? officersFor(people, request.about).filter(({ person }) => person !== actor.person)
          : [],
      };
    case 'reopened':
      return {
        says: `${who} reopened the case; it was due ${dayWords(request.dates.due)}. Freeze: ${freezeLine(request) ?? 'none'}.`,
        tone: 'warning',
        quote: event.personal?.reason ?? null,
        ping: owner,
      };
    case 'snoozed':
      return {
        says: `${who} rests the reminders until ${dayWords(event.until)}.`,
        quote: event.personal?.reason ?? null,
      };
    case 'note_added':
      // What is said of a complaint is for those who handle it, in `show`.
      return request.type === 'complaint'
        ? { says: `${who} noted something.` }
        : { says: `${who} noted:`, quote: event.personal?.text ?? null };
    case 'retention_ended':
      return { says: `${who} deleted what was kept: ${event.categories.join(', ')}.`, tone: 'good' };
    case 'reminded':
      return tellReminder(request, event, waitedFor(request, owner, people), people);
    case 'clock_reminded': {
      const says = `${capital(clockWords(event.clock, event.daysLeft))} (${dayWords(event.due)}).`;
      const escalated = escalatedTo(event.pinged, request, people);
      return {
        says: `${says}${ownerless(request)}${escalated.length > 0 ? ' Escalated.' : ''}`,
        tone: event.daysLeft < 0 ? 'bad' : 'warning',
        // The receipt is the owner's to acknowledge, whoever has the proposal.
        ping: distinct([
          ...(event.clock === 'acknowledge' ? owner : waitedFor(request, owner, people)),
          ...escalated,
        ]),
      };
    }
    case 'proposal_escalated':
      return {
        says: `The proposal is undecided for ${event.hours} hours. Escalated.`,
        tone: 'warning',
        ping: escalatedTo(event.to, request, people),
      };
    case 'customer_forgotten':
      return { says: FORGOTTEN_TOLD[event.why], tone: 'good' };
    case 'clock_put_back':
      return null;
    case 'contact_added':
      return {
        says: contactTold(who, event),
        quote: event.personal?.note ?? null,
        ping: event.adds || event.dates ? owner : [],
      };
    case 'amended':
      return {
        says: amendedTold(who, event, pack.zone),
        tone: 'warning',
        quote: event.personal?.reason ?? null,
        ping: owner,
      };
    case 'reference_revealed':
    case 'command_refused':
      return null;
    default:
      return event satisfies never;
  }
}

/** Who is pinged as its owner: a substitute while the owner is away; nobody a complaint is about. */
function ownersOf(request: PrivacyRequest, people: People): readonly PresentStaff[] {
  const owner = people.staff.filter((member) => member.active && member.person === request.owner);
  return standingIn(people, owner).filter((member) => !amongThem(people.same, request.about, member.person));
}

/** An extension put on record after the old due day says so: the agreement was in time, the record was not. */
function lateBy(from: Day, at: Instant, pack: Pack): string {
  const days = daysBetween(from, civilDay(at, pack.zone));
  return days <= 0 ? '' : `, ${days} day${days === 1 ? '' : 's'} after it was due,`;
}

function outcomeOf(request: PrivacyRequest): string {
  const resolution = resolutionOf(request);
  return resolution === null ? '' : outcomeWords(resolution.outcome);
}

/** `; explained 2026-12-10, agreed 2026-12-11`: what was given, and no more. */
function toldWhen({ explainedOn, consentOn }: EventOf<'extended' | 'retention_recorded'>): string {
  const parts = [
    ...(explainedOn === undefined ? [] : [`explained ${explainedOn}`]),
    ...(consentOn === undefined ? [] : [`agreed ${consentOn}`]),
  ];
  return parts.length === 0 ? '' : `; ${parts.join(', ')}`;
}

function extendedFor(request: PrivacyRequest, reason: string, pack: Pack): string {
  const { extension } = pack.requests[request.type].due;
  return extension === 'none' ? reason : `${reason}, clause ${extension.clause}`;
}

function nextAfter(request: PrivacyRequest, pack: Pack): string {
  if (request.phase.status === 'action_approved' && request.phase.resolution.outcome === 'no_data_held')
    return 'Next: tell the customer, record the notice, close.';
  return request.phase.status === 'decided'
    ? `Next: tell the customer with the officer’s contact (/desk officer, clause ${pack.officer.clause}), record the notices, close.`
    : 'Next: carry it out, then “done”.';
}

function completedNext(request: PrivacyRequest, pack: Pack, named: (recipient: string) => string): string {
  const recipients = request.recipients.map((task) => `${named(task.recipient)} by ${dayWords(task.due)}`);
  const notices = missingNotices(request, { pack });
  const tell = recipients.length === 0 ? '' : `Tell the result to ${recipients.join(', ')}. `;
  return `${tell}${notices.length === 0 ? 'It can be closed.' : `Notices to record: ${notices.join(', ').replaceAll('_', ' ')}.`}`;
}

function tellIdentity(
  request: PrivacyRequest,
  event: Extract<RequestEvent, { type: 'identity_checked' }>,
  who: string,
  pack: Pack,
): Told {
  const how = event.method.replaceAll('_', ' ');
  if (event.result === 'pass') return { says: `${who} verified the identity (${how}).`, tone: 'good' };
  if (!event.final)
    return { says: `${who}: the identity check failed (${how}, attempt ${event.attempt}).`, tone: 'warning' };
  const lifted = request.freezes ? ' The freeze is lifted.' : '';
  return {
    says: `${who}: attempt ${event.attempt} failed, the last one.${lifted} Suspected impersonation${underClause(pack.rules?.impersonation?.clause)}. An officer can close the case.`,
    tone: 'bad',
  };
}

const distinct = (members: readonly PresentStaff[]): readonly PresentStaff[] =>
  members.filter((member, index) => members.indexOf(member) === index);

const ownerless = ({ owner }: PrivacyRequest): string =>
  owner === null ? ' It has no owner: take it with /privacy assign.' : '';

/** Whose turn it is: of a proposal, whoever may decide it and not who handed it in. */
function waitedFor(
  request: PrivacyRequest,
  owner: readonly PresentStaff[],
  people: People,
): readonly PresentStaff[] {
  return request.phase.status === 'awaiting_decision'
    ? decidersFor(people, request.about, proposersOf(request, request.phase.proposal))
    : owner;
}

/** Never somebody a complaint is about; of an undecided proposal, never who made it. */
function escalatedTo(
  roles: readonly string[],
  request: PrivacyRequest,
  people: People,
): readonly PresentStaff[] {
  const { phase } = request;
  const not = [
    ...request.about,
    ...(phase.status === 'awaiting_decision' ? proposersOf(request, phase.proposal) : []),
  ];
  const found = [
    ...(roles.includes('officer') ? officersFor(people, request.about) : []),
    ...(roles.includes('deputy') ? roleHolders(people, 'deputy') : []),
    ...(roles.includes('admin') ? roleHolders(people, 'admin') : []),
  ];
  return distinct(found).filter(({ person }) => !amongThem(people.same, not, person));
}

function tellReminder(
  request: PrivacyRequest,
  event: Extract<RequestEvent, { type: 'reminded' }>,
  owner: readonly PresentStaff[],
  people: People,
): Told {
  const escalated = escalatedTo(event.pinged, request, people);
  const asked = distinct([...owner, ...escalated]);
  const overdue = event.daysLeft < 0;
  const unowned = ownerless(request);
  return {
    says: `${TYPE_TITLES[request.type]} ${daysWords(event.daysLeft)} (${dayWords(request.dates.due)}).${unowned}${escalated.length > 0 ? ' Escalated.' : ''}`,
    tone: overdue ? 'bad' : event.daysLeft <= 3 ? 'warning' : 'neutral',
    ping: asked,
  };
}

/** None when the case was closed before the reminder was posted; rest ends the day before it is due. */
function reminderButtons(
  request: PrivacyRequest,
  daysLeft: number,
  reader: Circumstances,
): Pick<Card, 'actions' | 'moments'> {
  if (!isOpen(request)) return { actions: [], moments: [] };
  const privacy = (verb: string) => ({ command: 'privacy', verb, fields: { case: request.ref } });
  return {
    actions: [
      ...rulingButtons(request, reader),
      ...(request.owner === null ? [button('Take it', 'primary', privacy('assign'))] : []),
      button('Show', 'plain', privacy('show')),
      ...(daysLeft > 1 ? [button('Snooze', 'plain', privacy('snooze'), ['days', 'reason'])] : []),
    ],
    moments: [dueMoment(request.dates.due, reader.pack.zone)],
  };
}

function daysWords(left: number): string {
  if (left === 0) return 'is due today';
  const days = `${Math.abs(left)} day${Math.abs(left) === 1 ? '' : 's'}`;
  return left > 0 ? `is due in ${days}` : `is overdue by ${days}`;
}
