/** Why the desk itself says no, in English. Must not know: rules, surfaces. */
import type { HouseReasons } from '../../../domain/house-reasons.js';
import type { Role } from '../../../vocabulary/values.js';
import type { WordsOf } from '../../words.js';

const roleWords = (roles: readonly Role[]): string =>
  roles.length === 0
    ? 'somebody without a role'
    : roles.map((role) => `${/^[aeiou]/.test(role) ? 'an' : 'a'} ${role}`).join(' or ');

export const houseRefusals: WordsOf<HouseReasons> = {
  'not-on-staff': () => ({
    says: 'This account is not on the desk’s staff list, so it can do nothing here.',
    hint: 'An administrator can add you: /desk staff action:add person:… role:…',
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
};
