import { button, type Card } from '../../../chat/card.js';
import type { Disclosure, StampedDisclosure } from '../../../domain/disclosures/disclosure.js';
import { disclosureFrom } from '../../../domain/disclosures/replay.js';
import { amongThem } from '../../../domain/people.js';
import { BUTTONS, TOLD } from '../../../language/en/disclosure-cards.js';
import { personWords } from '../../../language/en/people.js';
import type { Pack } from '../../../policy/schema.js';
import type { People } from '../../../record/people.js';
import { roleHolders } from '../../front/roles.js';
import { type Told, toldCard } from '../../tell/told.js';
import { ANYBODY, disclosureActions, HANDLING } from './buttons.js';
import { basisOf, type DisclosureView, disclosureTitle, isHidden } from './head.js';

type DisclosureTold = Told & {
  /** With the buttons of the state it led to. */
  readonly acts?: boolean;
  /** With a button that shows it: whoever is asked to step in has not seen it yet. */
  readonly shows?: boolean;
};

/** The thread card of entry `seq`; null when that entry has nothing to say in a thread. */
export function disclosureThreadCard(
  view: DisclosureView,
  history: readonly StampedDisclosure[],
  seq: number,
  people: People,
): Card | null {
  const at = history.findIndex((each) => each.seq === seq);
  const stamped = history[at];
  if (stamped === undefined) return null;
  const disclosure = disclosureFrom(history.slice(0, at + 1));
  const said = tell(disclosure, stamped, view.pack, people);
  if (said === null) return null;
  const then = { ...view, disclosure };
  const told = isHidden(then) ? { ...said, quote: null } : said;
  const { ref, reference } = disclosure;
  const about = { title: disclosureTitle(then), ref, reference };
  return toldCard(told, about, {
    actions: [
      ...(told.acts ? disclosureActions(view, ANYBODY, HANDLING) : []),
      ...(told.shows ? [button(BUTTONS.show, 'plain', show(ref))] : []),
    ],
  });
}

const show = (ref: string) => ({ command: 'disclosure', verb: 'show', fields: { disclosure: ref } });

function tell(
  disclosure: Disclosure,
  { event, actor }: StampedDisclosure,
  pack: Pack,
  people: People,
): DisclosureTold | null {
  const who = personWords(actor);
  // Whoever did it knows; somebody else who asked is pinged.
  const asker = people.staff.filter(
    ({ active, person }) => active && person === disclosure.asked.by.person && person !== actor.person,
  );
  switch (event.type) {
    case 'disclosure_blocked':
      return { says: TOLD.blocked(event), tone: 'bad', ping: asker };
    case 'disclosure_unblocked':
      return { says: TOLD.unblocked(), tone: 'good', ping: asker, acts: true };
    case 'disclosure_approved': {
      const fewer = event.categories.length < disclosure.terms.categories.length;
      return {
        says: TOLD.approved(event, { ref: disclosure.ref, fewer, basis: basisOf(disclosure, pack) }),
        tone: 'good',
        quote: event.personal?.reason ?? null,
        ping: asker,
      };
    }
    case 'disclosure_denied':
      return {
        says: TOLD.denied(who, basisOf(disclosure, pack)),
        tone: 'bad',
        quote: event.personal?.reason ?? null,
        ping: asker,
      };
    case 'disclosure_cancelled':
      return { says: TOLD.cancelled(who) };
    case 'disclosure_expired':
      return { says: TOLD.expired(), tone: 'warning', ping: asker };
    case 'disclosure_voided':
      return { says: TOLD.voided(event), tone: 'bad', ping: asker };
    case 'disclosure_sent':
      return {
        says: TOLD.sent(who, sentCategories(disclosure), event.sentAt, pack.zone),
        tone: 'good',
        quote: event.personal?.method ?? null,
      };
    case 'clock_put_back':
      return null;
    case 'disclosure_escalated': {
      const called = event.to
        .flatMap((role) => roleHolders(people, role))
        .filter(({ person }) => !amongThem(people.same, disclosure.askers, person));
      return {
        says: TOLD.escalated(event.hours),
        tone: 'warning',
        ping: called.filter((member, index) => called.indexOf(member) === index),
        shows: true,
      };
    }
    case 'disclosure_requested':
    case 'disclosure_amended':
    case 'customer_forgotten':
    case 'command_refused':
      return null;
    default:
      return event satisfies never;
  }
}

const sentCategories = ({ phase }: Disclosure): Disclosure['terms']['categories'] =>
  phase.status === 'executed' ? phase.decision.categories : [];
