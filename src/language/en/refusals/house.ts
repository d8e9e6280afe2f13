/** Why the desk itself says no, in English. Must not know: rules, surfaces. */
import type { HouseReasons, ListDifference } from '../../../domain/house-reasons.js';
import { type Step, step } from '../../../vocabulary/step.js';
import type { Role } from '../../../vocabulary/values.js';
import type { WordsOf } from '../../words.js';
import { flawWords } from '../ledger.js';
import { capital, commas } from '../lists.js';
import { damageWords, foreignWords } from '../tampering.js';

const roleWords = (roles: readonly Role[]): string =>
  roles.length === 0
    ? 'somebody without a role'
    : roles.map((role) => `${/^[aeiou]/.test(role) ? 'an' : 'a'} ${role}`).join(' or ');

const staff = (action: string, fields: Step['fields']): Step => step('desk', 'staff', { action, ...fields });

/** Lists whose keys do not say what they are of. */
const LISTS: Readonly<Record<string, string>> = {
  standing: 'the standing approvals, ',
  staff: 'the staff list, ',
  channel: 'the channels, ',
  policy: 'the policies, ',
};

function differenceWords({ field, stored, derived }: ListDifference): string {
  if (field === 'stream') return 'its entries fit their hashes, but they are not what this desk writes';
  if (field === 'row')
    return stored === null
      ? 'the ledger has it, and the list does not'
      : 'the list has it, and the ledger does not';
  return `the list has ${field} ${shortened(stored)}, the ledger says ${shortened(derived)}`;
}

const shortened = (value: string | null): string => {
  const words = value ?? 'nothing';
  return words.length > 60 ? `${words.slice(0, 59)}…` : words;
};

const driftWords = (first: ListDifference | null): string =>
  first === null
    ? 'A list: it differs from the ledger'
    : `${capital(`${LISTS[first.what] ?? ''}${first.key}`)}: ${differenceWords(first)}`;

export const houseRefusals: WordsOf<HouseReasons> = {
  'not-on-staff': ({ account }) => ({
    says: `This account, ${account}, is not on the desk’s staff list, so it can do nothing here.`,
    hint: `An administrator can add you: /desk staff action:add person:… role:… account:"${account}"`,
  }),
  'role-not-permitted': ({ roles, permitted }) => ({
    says: `That is not for ${roleWords(roles)}.`,
    hint:
      permitted.length === 0 ? 'Nobody may do it under this policy.' : `It is for: ${permitted.join(', ')}.`,
  }),
  'training-ended': ({ person, until }) => ({
    says: `Your training attestation ended on ${until}.`,
    hint: `An administrator renews it: /desk staff action:train person:${person} until:…`,
  }),
  'role-held-already': ({ person, role }) => ({
    says: `@${person} has the role ${role} already.`,
    hint: 'To renew the training:',
    step: staff('train', { person, until: '…' }),
  }),
  'off-the-staff-list': ({ person }) => ({
    says: `@${person} is not on the staff list any more.`,
    step: step('desk', 'staff'),
  }),
  'name-taken': ({ name, holder }) => ({
    says:
      name === holder
        ? `@${name} is somebody on the staff list already, or was.`
        : `@${name} is what @${holder} was called before: on the record that name means them.`,
    hint: 'Choose another name, e.g. with a letter of the surname.',
  }),
  'officer-and-admin': ({ person, role, roles }) => ({
    says: `@${person} is ${roleWords(roles)}: once there are cases, nobody is both officer and administrator.`,
    hint: `Give the role ${role} to somebody else, or take the other one first.`,
  }),
  'nothing-to-confirm': ({ person }) => ({
    says: `Nothing waits for a second person’s yes for @${person}.`,
    step: step('desk', 'staff'),
  }),
  'confirms-own': ({ person }) => ({
    says: `What is to be given to @${person} needs the yes of a second person: neither theirs nor that of who asked for it.`,
    hint: 'An officer or deputy confirms it.',
  }),
  'away-of-other': ({ person }) => ({
    says: `Whether @${person} is away is for them and for an administrator to say.`,
    hint: 'Of yourself: /desk staff action:away until:…',
  }),
  'own-substitute': ({ person }) => ({
    says: `@${person} cannot stand in for @${person}.`,
    hint: 'Name a colleague with substitute:…, or leave it out.',
  }),
  'not-away': ({ person }) => ({ says: `@${person} is not away.`, step: step('desk', 'staff') }),
  'role-not-held': ({ person, role, roles }) => ({
    says: `@${person} has no role ${role}; the roles are: ${commas(roles)}.`,
    hint: 'Name one of these, or leave role out to take all of them.',
  }),
  'last-administrator': ({ person }) => ({
    says: `@${person} is the last administrator, and without one nobody could change the staff list.`,
    hint: 'Make somebody else administrator first.',
    step: staff('add', { person: '…', role: 'admin' }),
  }),
  'account-taken': ({ account, holder }) => ({
    says: `${account} is the account of @${holder}, and an account speaks for one person.`,
    hint: `If @${holder} has left, remove that person first.`,
    step: staff('remove', { person: holder }),
  }),
  'no-channel-here': ({ use }) => ({
    says: 'This is a private conversation, so there is no channel here to bind.',
    hint: `Say it in the channel itself: /desk channel use:${use}`,
  }),
  'channel-lacks': ({ use, lacks }) => ({
    says: `Posts would not arrive here. The desk’s account needs in this channel: ${commas(lacks)}.`,
    hint: 'When it has that, say it again.',
    step: step('desk', 'channel', { use }),
  }),
  'ledger-broken': ({ first, also }) => ({
    says: `${first === null ? 'The ledger: it does not verify' : `${first.stream} entry ${first.seq}: ${flawWords(first.flaw, first.seq)}`}.${also.length === 0 ? '' : ` Also broken: ${commas(also)}.`}`,
    hint: 'Change nothing more and keep this database as it is: compare the checkpoints in the officer’s channel, then restore the last backup that verifies.',
  }),
  'rows-foreign': ({ first, more }) => ({
    says: `${first === null ? 'A row beside the ledger is not the desk’s' : foreignWords(first)}.${more === 0 ? '' : ` ${more} more like it.`}`,
    hint: 'The ledger itself verifies. What is named is not used or sent; find out who may write to the database, and restore the last backup that verifies.',
  }),
  'database-damaged': ({ damage }) => ({
    says: `${damage.map(damageWords).join('. ')}.`,
    hint: 'The entries verify. Keep a copy of this database, find out who or what did it, and restore the last backup that verifies.',
  }),
  'note-of-another-history': ({ signed, size }) => ({
    says:
      size < signed
        ? `That note is not of this history: it covers ${signed} leaves of the log, and this database has ${size}. It is an older copy.`
        : `That note is not of this history: the first ${signed} leaves of the log are not those that this desk’s key signed. The record was rewritten.`,
    hint: 'Change nothing more and keep this database as it is: the note is the proof. Compare the backups with it.',
  }),
  'list-drifted': ({ first, more }) => ({
    says: `${driftWords(first)}.${more === 0 ? '' : ` ${more} more like it.`}`,
    hint: 'The ledger itself verifies, so what a case shows is right and the lists are not. Restore the last backup that verifies.',
  }),
};
