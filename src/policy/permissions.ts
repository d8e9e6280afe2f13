/**
 * The permission words, and whether a pack's roles give one. A word no role maps to is denied.
 * Must not know: commands, people, accounts.
 */

import type { Permission } from '../vocabulary/permissions.js';
import type { Role } from '../vocabulary/values.js';
import type { Pack } from './schema.js';

/** True when any of the roles holds the permission in this pack (domain.md, "Who may do what"). */
export function mayDo(pack: Pack, roles: readonly Role[], permission: Permission): boolean {
  return roles.some((role) => pack.roles[role]?.includes(permission) === true);
}

/** The roles that hold a permission, in the order of the domain's list: "who can", for a refusal. */
export function rolesWith(pack: Pack, permission: Permission): readonly Role[] {
  const roles: readonly Role[] = ['agent', 'officer', 'deputy', 'auditor', 'admin'];
  return roles.filter((role) => mayDo(pack, [role], permission));
}

/** True when an attestation of training is needed to use the permission (clause 7.2). */
export function needsTraining(pack: Pack, permission: Permission): boolean {
  return pack.training.required && !pack.training.exempt.includes(permission);
}
