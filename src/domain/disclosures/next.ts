/**
 * What can be done with a disclosure now by whoever asks, tried on the deciders themselves, so that an offer and its acceptance
 * never differ; and which of it comes next. Pure. Must not know: buttons, wording.
 */
import type { Permission } from '../../vocabulary/permissions.js';
import { decideAmend, decideCancel } from './asking.js';
import { decideDisclosure, decideSent } from './deciding.js';
import type { Disclosure } from './disclosure.js';
import type { DisclosureFacts } from './terms.js';

export type DisclosureReader = DisclosureFacts & { readonly may: (permission: Permission) => boolean };

export const DISCLOSURE_STEPS = ['approve', 'fewer', 'deny', 'again', 'sent', 'change', 'cancel'] as const;
/** `fewer`: approved for less than is asked; `again`: offered once more as it is. */
export type DisclosureStep = (typeof DISCLOSURE_STEPS)[number];

const PERMISSIONS: Readonly<Record<DisclosureStep, Permission>> = {
  approve: 'disclosure.decide',
  fewer: 'disclosure.decide',
  deny: 'disclosure.decide',
  again: 'disclosure.amend',
  sent: 'disclosure.sent',
  change: 'disclosure.amend',
  cancel: 'disclosure.cancel',
};

/** Any text will do where a rule only asks that there is some. */
const FILLED = '1';

/** Everything that would be accepted from them, once what it asks for is filled in. */
export function disclosureOptions(
  disclosure: Disclosure,
  reader: DisclosureReader,
): readonly DisclosureStep[] {
  const ruling = { reason: FILLED, categories: null, shown: disclosure.round };
  const tried = {
    approve: () => decideDisclosure(disclosure, { ...ruling, verdict: 'approve' }, reader),
    fewer: () => decideDisclosure(disclosure, { ...ruling, verdict: 'approve' }, reader),
    deny: () => decideDisclosure(disclosure, { ...ruling, verdict: 'deny' }, reader),
    again: () => decideAmend(disclosure, { evidence: {} }, reader),
    sent: () => decideSent(disclosure, { method: FILLED, at: reader.now, ref: null }, reader),
    // Whatever is changed: the same categories are named anew.
    change: () => decideAmend(disclosure, { evidence: {}, categories: disclosure.terms.categories }, reader),
    cancel: () => decideCancel(disclosure),
  };
  const divides = disclosure.terms.categories.length > 1;
  return DISCLOSURE_STEPS.filter(
    (one) => (one !== 'fewer' || divides) && reader.may(PERMISSIONS[one]) && tried[one]().kind === 'done',
  );
}

/** What brings it on, each in its turn; to change it, to give less or to give it up is no next step. */
const BRINGS_ON = ['approve', 'deny', 'again', 'sent'] as const satisfies readonly DisclosureStep[];

export type DisclosureNext = (typeof BRINGS_ON)[number];

/** The one that brings it on; null: it waits for somebody else, or for nobody. */
export function nextDisclosureStep(disclosure: Disclosure, reader: DisclosureReader): DisclosureNext | null {
  const options = disclosureOptions(disclosure, reader);
  return BRINGS_ON.find((one) => options.includes(one)) ?? null;
}
