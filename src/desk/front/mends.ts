/**
 * Which fields would turn a refusal into a yes: a form then asks for them, with what was typed. Every reason is here, so that a
 * new one says whether anything that could be filled in would mend it. Must not know: wording, any surface.
 */
import type { CommandFacts } from '../../chat/command.js';
import type { Reason, Reasons, Refusal } from '../../domain/refusal.js';

/** As a button's `asks`: `law!` is missing and needed, `data` has to become another. Null: who asks, or where it stands, is why. */
type Mends = {
  readonly [R in Reason]: ((facts: Reasons[R]['facts']) => readonly string[]) | null;
};

const needs =
  (...fields: readonly string[]) =>
  (): readonly string[] =>
    fields.map((field) => `${field}!`);
const another =
  (...fields: readonly string[]) =>
  (): readonly string[] =>
    fields;
const needed = (fields: readonly string[]): readonly string[] => fields.map((field) => `${field}!`);
/** A ground’s fields, as the commands call them. */
const asTyped = (field: string): string => (field === 'terms' ? 'law' : field);

const OF_REQUESTS = {
  'wrong-status': null,
  'removes-nothing': null,
  'has-no-checklist': null,
  'past-early-end': null,
  'case-of-forgotten': null,
  'owns-already': null,
  'recipient-settled': another('recipient'),
  'complaint-kept': null,
  'owner-complained-about': another('to'),
  'attempts-used': null,
  'method-not-allowed': another('method'),
  'identity-open': null,
  'outside-scope': ({ field }) => [field],
  'snooze-by-other': null,
  'snooze-too-far': another('days'),
  'reveal-by-other': null,
  'received-in-future': another('received'),
  'about-officer-no-complaint': another('type', 'about_officer'),
  'sent-in-future': another('sent', 'at'),
  'not-told': ({ missing }) => needed(missing),
  'told-in-future': ({ field }) => [field],
  'agreed-before-explained': another('explained', 'consent'),
  'retention-over': another('until'),
  'extension-none': null,
  'extension-reason': another('reason'),
  'extension-not-later': another('until'),
  'extension-limit': another('until'),
  'extension-window': ({ what }) => (what === 'recording' ? [] : [what]),
  'categories-open': null,
  'data-held': another('outcome'),
  'kept-so-partial': another('outcome', 'ground'),
  'retention-missing': null,
  'ground-missing': needs('ground'),
  'ground-unknown': another('ground'),
  'never-plainly-refused': another('ground'),
  'ground-gives-no-part': another('ground'),
  'ground-fields-missing': ({ missing, inReason }) => [
    ...new Set(needed(missing.map((field) => (inReason.includes(field) ? 'reason' : asTyped(field))))),
  ],
  'never-corrected': another('outcome', 'ground'),
  'change-not-evidenced': ({ field }) => [`${field}!`],
  'proposed-yourself': null,
  'officers-revoke': null,
  'no-pass-to-revoke': null,
  'revoked-without-reason': needs('reason'),
  'retract-by-other': null,
  'retained-yourself': null,
  'return-without-reason': needs('reason'),
  'ruled-already': null,
  'recipient-unknown': another('recipient'),
  'excuse-by-agent': null,
  'not-decided': null,
  'recipients-not-told': null,
  'customer-not-told': null,
  'unverified-close-by-agent': null,
  'early-end-without-evidence': ({ outcome }) => [outcome === 'duplicate' ? 'of!' : 'ref!'],
  'early-end-without-reason': needs('reason'),
  'early-end-by-agent': null,
  'no-duplicate-of': another('of'),
  'amend-by-agent': null,
  'amends-nothing': another('scope', 'received', 'via', 'ref', 'about_officer'),
  'scope-carried-out': null,
  'received-long-ago': another('received', 'sure'),
  'looks-like-another': another('customer', 'sure'),
  'mandate-missing': needs('mandate'),
  'needs-representative': another('method'),
  'consents-of-no-withdrawal': another('type', 'consent'),
  'consent-not-of-customer': another('consent'),
  'attempts-left': null,
} satisfies Partial<Mends>;

const OF_DISCLOSURES = {
  'amend-after-sending': null,
  'amend-after-end': null,
  'nothing-to-offer-again': another('to', 'data', 'purpose', 'basis'),
  'amend-after-erasure': null,
  'cancel-after-sending': null,
  'nothing-to-cancel': null,
  'no-decision-asked': null,
  'offer-again-first': null,
  'offer-again-instead': null,
  'sent-already': null,
  'changed-since-shown': null,
  'disclosure-already-decided': null,
  'basis-evidence-missing': ({ missing }) => needed(missing),
  'withhold-without-law': another('basis', 'withhold'),
  'sensitive-on-basis': another('data', 'basis'),
  'no-such-template': another('template'),
  'beyond-the-template': another('data', 'template'),
  'beyond-every-template': another('data'),
  // Blocked: on record under a number of its own.
  'disclosure-frozen': null,
  'data-frozen': null,
  'no-such-consent': another('consent'),
  'consent-of-another': another('consent'),
  'consent-for-another-recipient': another('consent', 'to'),
  'consent-for-another-purpose': another('consent', 'purpose'),
  'consent-for-less': another('data', 'consent'),
  'consent-given-later': another('consent'),
  'consent-withdrawn-for': another('data', 'consent'),
  'consent-withdrawn': another('consent'),
  'no-consent-for-recipient': another('to'),
  'no-consent-for-all': another('data'),
  'consent-in-future': another('granted'),
  'officers-decide': null,
  'asker-decides': null,
  'more-than-asked': another('data'),
  'denial-without-reason': needs('reason'),
  'standing-revoked-already': null,
  'standing-too-long': another('days'),
  'sent-before-approval': another('at'),
  'approval-ended': null,
  'frozen-since-approval': null,
  'withdrawn-since-approval': null,
  'not-approved-revoked': null,
  'not-approved-blocked': null,
  'not-approved-undecided': null,
  'not-approved-denied': null,
  'not-approved-cancelled': null,
} satisfies Partial<Mends>;

const OF_THE_HOUSE = {
  'not-on-staff': null,
  'role-not-permitted': null,
  'training-ended': null,
  'role-held-already': another('role'),
  'off-the-staff-list': null,
  'role-not-held': another('role'),
  'last-administrator': null,
  'account-taken': another('account'),
  'name-taken': another('name'),
  'officer-and-admin': another('role'),
  'nothing-to-confirm': null,
  'confirms-own': null,
  'away-of-other': null,
  'own-substitute': another('substitute'),
  'not-away': null,
  'no-channel-here': null,
  'channel-lacks': null,
  'ledger-broken': null,
  'note-of-another-history': null,
  'list-drifted': null,
  'rows-foreign': null,
  'database-damaged': null,
} satisfies Partial<Mends>;

const MENDS: Mends = { ...OF_REQUESTS, ...OF_DISCLOSURES, ...OF_THE_HOUSE };

/** The fields of this command that would mend it; empty: whatever is filled in, the answer is the same. */
export function mendsOf({ reason, facts }: Refusal, command: CommandFacts): readonly string[] {
  // Reason and facts are of one refusal, so the facts fit the function that the reason names.
  const mends = MENDS[reason] as ((facts: unknown) => readonly string[]) | null;
  const asks = mends === null ? [] : mends(facts);
  const has = (ask: string) => command.fields.some(({ name }) => name === ask.replace('!', ''));
  // What the command does not take is given with another one: a form of this one would be refused again.
  return asks.some((ask) => ask.endsWith('!') && !has(ask)) ? [] : asks.filter(has);
}
