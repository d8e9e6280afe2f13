/** The buttons of a disclosure: those its reader may press and that work now. Must not know: any surface. */
import { type Action, button } from '../../../chat/card.js';
import type { Consent } from '../../../domain/disclosures/consent.js';
import type { Disclosure } from '../../../domain/disclosures/disclosure.js';
import {
  DISCLOSURE_STEPS,
  type DisclosureReader,
  type DisclosureStep,
  disclosureOptions,
} from '../../../domain/disclosures/next.js';
import type { FrozenCase } from '../../../domain/freeze.js';
import { BUTTONS } from '../../../language/en/disclosure-cards.js';
import { civilDay } from '../../../policy/calendar.js';
import type { Pack } from '../../../policy/schema.js';
import type { Account, Instant, Person } from '../../../vocabulary/values.js';

/** A disclosure with what the deciders look at. */
type Pressed = {
  readonly disclosure: Disclosure;
  readonly pack: Pack;
  readonly cases: readonly FrozenCase[];
  readonly consent: Consent | null;
  readonly now: Instant;
};

/** Who reads it, as far as buttons go. */
export type Presser = Pick<DisclosureReader, 'actor' | 'may' | 'mayDecide' | 'same'>;

/** Of a card in a channel: somebody who has every permission and asked for nothing. */
export const ANYBODY: Presser = {
  // Branded: nobody's name, so that no rule takes it for a person's.
  actor: { person: '' as Person, account: 'desk:card' as Account },
  may: () => true,
  mayDecide: () => true,
  same: () => false,
};

/** What the deciders look at, as the card has it. A standing approval is nobody's button. */
export const readerOn = (
  { disclosure, pack, now, cases, consent }: Pressed,
  presser: Presser,
): DisclosureReader => ({
  ...presser,
  now,
  today: civilDay(now, pack.zone),
  pack,
  subjectId: disclosure.subjectId,
  cases,
  consent,
  standings: [],
});

type Offer = {
  readonly label: string;
  readonly style: Action['style'];
  readonly verb: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly asks?: readonly string[];
};

const OFFERS: Readonly<Record<DisclosureStep, Offer>> = {
  approve: { label: BUTTONS.approve, style: 'primary', verb: 'decide', fields: { verdict: 'approve' } },
  fewer: {
    label: BUTTONS.fewer,
    style: 'plain',
    verb: 'decide',
    fields: { verdict: 'approve' },
    asks: ['data!'],
  },
  deny: {
    label: BUTTONS.deny,
    style: 'danger',
    verb: 'decide',
    fields: { verdict: 'deny' },
    asks: ['reason!'],
  },
  again: { label: BUTTONS.offerAgain, style: 'primary', verb: 'amend' },
  sent: { label: BUTTONS.recordSent, style: 'primary', verb: 'sent', asks: ['method', 'ref'] },
  change: { label: BUTTONS.change, style: 'plain', verb: 'amend', asks: ['data!', 'to', 'purpose'] },
  cancel: { label: BUTTONS.cancel, style: 'plain', verb: 'cancel' },
};

/** Deciding is on a card of its own, in the thread. */
export const HANDLING: readonly DisclosureStep[] = ['again', 'sent', 'change', 'cancel'];

/** `wanted`: which of them this card is for. */
export function disclosureActions(
  view: Pressed,
  presser: Presser,
  wanted: readonly DisclosureStep[] = DISCLOSURE_STEPS,
): readonly Action[] {
  const { ref, round } = view.disclosure;
  return disclosureOptions(view.disclosure, readerOn(view, presser))
    .filter((one) => wanted.includes(one))
    .map((one) => {
      const { label, style, verb, fields = {}, asks = [] } = OFFERS[one];
      const shown = verb === 'decide' ? { shown: round } : {};
      return button(
        label,
        style,
        { command: 'disclosure', verb, fields: { disclosure: ref, ...fields }, ...shown },
        asks,
      );
    });
}
