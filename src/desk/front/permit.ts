/**
 * Who may give a command at all: on the staff list, in a role the pack maps to it, trained (clause 7.2).
 * Must not know: what a command does, any surface.
 */

import { no, type Refusal } from '../../domain/refusal.js';
import { mayDo, needsTraining, rolesWith } from '../../policy/permissions.js';
import type { Pack } from '../../policy/schema.js';
import type { StaffRow } from '../../record/rows.js';
import type { Permission } from '../../vocabulary/permissions.js';
import type { Account, Day } from '../../vocabulary/values.js';

/** Deny by default: the permission must be mapped to one of the roles, and the training valid (clause 7.2). */
export function permitRefusal(
  pack: Pack,
  permission: Permission,
  member: StaffRow,
  today: Day,
): Refusal | null {
  if (!mayDo(pack, member.roles, permission))
    return no('not-permitted', 'role-not-permitted', pack.training.clause, {
      roles: member.roles,
      permitted: rolesWith(pack, permission),
    });
  const { trainedUntil } = member;
  if (needsTraining(pack, permission) && trainedUntil !== null && trainedUntil < today)
    return no('training-expired', 'training-ended', pack.training.clause, {
      person: member.person,
      until: trainedUntil,
    });
  return null;
}

export const notOnStaff = (pack: Pack, account: Account): Refusal =>
  no('not-on-staff', 'not-on-staff', pack.training.clause, { account });
