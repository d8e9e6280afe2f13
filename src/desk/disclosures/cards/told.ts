import { button, type Card } from '../../../chat/card.js';
import type { Disclosure, StampedDisclosure } from '../../../domain/disclosures/disclosure.js';
import { disclosureFrom } from '../../../domain/disclosures/replay.js';
import { holdWords, passedWords } from '../../../language/en/disclosures.js';
import { formatDay } from '../../../policy/calendar.js';
import type { Pack } from '../../../policy/schema.js';
import type { StaffRow } from '../../../record/rows.js';
import { roleHolders } from '../../front/roles.js';
import { type Told, toldCard } from '../../tell/told.js';
import { momentWords, personWords, scopeWords } from '../../tell/words.js';
import { basisLine, disclosureActions, disclosureTitle } from './head.js';

type DisclosureTold = Told & {
  /** With the buttons of the state it led to. */
  readonly acts?: boolean;
  /** With a button that shows it: whoever is asked to step in has not seen it yet. */
  readonly shows?: boolean;
};

/** The thread card of entry `seq`; null when that entry has nothing to say in a thread. */
export function disclosureThreadCard(
  history: readonly StampedDisclosure[],
  seq: number,
  pack: Pack,
  staff: readonly StaffRow[],
): Card | null {
  const at = history.findIndex((each) => each.seq === seq);
  const stamped = history[at];
  if (stamped === undefined) return null;
  const disclosure = disclosureFrom(history.slice(0, at + 1));
  const told = tell(disclosure, stamped, pack, staff);
  if (told === null) return null;
  const { ref, reference } = disclosure;
  const about = { title: disclosureTitle(disclosure), ref, reference };
  return toldCard(told, about, {
    actions: [
      ...(told.acts ? disclosureActions(disclosure) : []),
      ...(told.shows ? [button('Show', 'plain', show(ref))] : []),
    ],
  });
}

const show = (ref: string) => ({ command: 'disclosure', verb: 'show', fields: { disclosure: ref } });

function tell(
  disclosure: Disclosure,
  { event, actor }: StampedDisclosure,
  pack: Pack,
  staff: readonly StaffRow[],
): DisclosureTold | null {
  const who = personWords(actor);
  // Whoever did it knows; somebody else who asked is pinged.
  const asker = staff.filter(
    ({ active, person }) => active && person === disclosure.asked.by.person && person !== actor.person,
  );
  switch (event.type) {
    case 'disclosure_blocked':
      return {
        says: `Blocked: ${event.holds.map(holdWords).join('; ')}. Nothing may be sent.`,
        tone: 'bad',
        ping: asker,
      };
    case 'disclosure_unblocked':
      return {
        says: 'The freeze has lifted: it can be offered again, in one click.',
        tone: 'good',
        ping: asker,
        acts: true,
      };
    case 'disclosure_approved': {
      const how =
        event.standing === null
          ? `@${event.by} approved`
          : `Approved at once in the name of @${event.by}, by standing approval ${event.standing}:`;
      const fewer = event.categories.length < disclosure.terms.categories.length ? ' (fewer than asked)' : '';
      const notes = event.holds.map((hold) => ` ${passedWords(hold)}.`).join('');
      return {
        says: `${how} ${scopeWords(event.categories)}${fewer}, on ${basisLine(disclosure, pack)}, until ${formatDay(event.expires)}.${notes} Next: send it, then /disclosure sent ${disclosure.ref} method:…`,
        tone: 'good',
        quote: event.personal?.reason ?? null,
        ping: asker,
      };
    }
    case 'disclosure_denied':
      return {
        says: `${who} denied it, on ${basisLine(disclosure, pack)}.`,
        tone: 'bad',
        quote: event.personal?.reason ?? null,
        ping: asker,
      };
    case 'disclosure_cancelled':
      return { says: `${who} cancelled it.` };
    case 'disclosure_expired':
      return {
        says: 'The approval has expired: it was not sent in time. It can be offered again.',
        tone: 'warning',
        ping: asker,
      };
    case 'disclosure_voided': {
      const by = event.holds.map((hold) => hold.case).join(', ');
      const why =
        event.why === 'frozen'
          ? `${event.holds.map(holdWords).join('; ')} is frozen`
          : `the consent was withdrawn${by === '' ? '' : ` by ${by}`}`;
      return {
        says: `The approval is void: ${why} (clause ${event.clause}). Nothing may be sent.`,
        tone: 'bad',
        ping: asker,
      };
    }
    case 'disclosure_sent':
      return {
        says: `${who} sent ${scopeWords(sentCategories(disclosure))} on ${momentWords(event.sentAt, pack.zone)}; it is in the register.`,
        tone: 'good',
        quote: event.personal?.method ?? null,
      };
    case 'disclosure_escalated': {
      const people = event.to
        .flatMap((role) => roleHolders(staff, role))
        .filter(({ person }) => !disclosure.askers.includes(person));
      return {
        says: `Undecided for ${event.hours} hours. Escalated.`,
        tone: 'warning',
        ping: people.filter((member, index) => people.indexOf(member) === index),
        shows: true,
      };
    }
    case 'disclosure_requested':
    case 'disclosure_amended':
    case 'command_refused':
      return null;
    default:
      return event satisfies never;
  }
}

const sentCategories = ({ phase }: Disclosure): Disclosure['terms']['categories'] =>
  phase.status === 'executed' ? phase.decision.categories : [];
