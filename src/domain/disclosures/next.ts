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

export const DISCLOSURE_STEPS = ['approve', 'deny', 'again', 'sent', 'cancel'] as const;
/** `again`: offered once more as it is. */
export type DisclosureStep = (typeof DISCLOSURE_STEPS)[number];

const PERMISSIONS: Readonly<Record<DisclosureStep, Permission>> = {
  approve: 'disclosure.decide',
  deny: 'disclosure.decide',
  again: 'disclosure.amend',
  sent: 'disclosure.sent',
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
    deny: () => decideDisclosure(disclosure, { ...ruling, verdict: 'deny' }, reader),
    again: () => decideAmend(disclosure, { evidence: {} }, reader),
    sent: () => decideSent(disclosure, { method: FILLED, at: reader.now, ref: null }, reader),
    cancel: () => decideCancel(disclosure),
  };
  return DISCLOSURE_STEPS.filter((one) => reader.may(PERMISSIONS[one]) && tried[one]().kind === 'done');
}

/** The one that brings it on; null: it waits for somebody else, or for nobody. To give it up is no next step. */
export function nextDisclosureStep(
  disclosure: Disclosure,
  reader: DisclosureReader,
): Exclude<DisclosureStep, 'cancel'> | null {
  const options = disclosureOptions(disclosure, reader);
  return options.find((one): one is Exclude<DisclosureStep, 'cancel'> => one !== 'cancel') ?? null;
}
