/**
 * Who may give a command at all: on the staff list, in a role the pack maps to it, trained (clause 7.2).
 * Must not know: what a command does, any surface.
 */

import { mayDo, needsTraining, rolesWith } from '../../policy/permissions.js';
import type { Pack } from '../../policy/schema.js';
import type { StaffRow } from '../../record/rows.js';
import type { Permission } from '../../vocabulary/permissions.js';
import type { Refusal } from '../../vocabulary/refusals.js';
import type { Day, Role } from '../../vocabulary/values.js';

/** Deny by default: the permission must be mapped to one of the roles, and the training valid (clause 7.2). */
export function permitRefusal(
  pack: Pack,
  permission: Permission,
  member: StaffRow,
  today: Day,
): Refusal | null {
  if (!mayDo(pack, member.roles, permission)) {
    const who = rolesWith(pack, permission);
    return {
      code: 'not-permitted',
      clause: pack.training.clause,
      says: `That is not for ${roleWords(member.roles)}.`,
      next: who.length === 0 ? 'Nobody may do it under this policy.' : `It is for: ${who.join(', ')}.`,
    };
  }
  const { trainedUntil } = member;
  if (needsTraining(pack, permission) && trainedUntil !== null && trainedUntil < today)
    return {
      code: 'training-expired',
      clause: pack.training.clause,
      says: `Your training attestation ended on ${trainedUntil}.`,
      next: `An administrator renews it: /desk staff action:train person:${member.person} until:…`,
    };
  return null;
}

export const notOnStaff = (pack: Pack): Refusal => ({
  code: 'not-on-staff',
  clause: pack.training.clause,
  says: 'This account is not on the desk’s staff list, so it can do nothing here.',
  next: 'An administrator can add you: /desk staff action:add person:… role:…',
});

function roleWords(roles: readonly Role[]): string {
  return roles.length === 0
    ? 'somebody without a role'
    : roles.map((role) => `${/^[aeiou]/.test(role) ? 'an' : 'a'} ${role}`).join(' or ');
}
