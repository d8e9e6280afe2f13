/**
 * The permission words, and whether a pack's roles give one. A word no role maps to is denied.
 * Must not know: commands, people, accounts.
 */
import type { Role } from '../domain/values.js';
import type { Pack } from './schema.js';

export const PERMISSIONS = [
  'request.log',
  'request.show',
  'request.list',
  'request.why',
  'request.assign',
  'request.verify',
  'request.pause',
  'request.check',
  'request.propose',
  'request.decide',
  'request.retain',
  'request.extend',
  'request.done',
  'request.notice',
  'request.notified',
  'request.excuse',
  'request.close',
  'request.close_unverified',
  'request.reopen',
  'request.snooze',
  'request.note',
  'request.reveal',
  'request.reveal_any',
  'disclosure.request',
  'disclosure.show',
  'disclosure.list',
  'disclosure.amend',
  'disclosure.cancel',
  'disclosure.decide',
  'disclosure.sent',
  'disclosure.may',
  'disclosure.standing',
  'disclosure.consent',
  'disclosure.register',
  'desk.help',
  'desk.officer',
  'desk.digest',
  'desk.report',
  'desk.export',
  'desk.audit',
  'desk.staff',
  'desk.channel',
  'desk.policy',
  'desk.doctor',
] as const;
/** `request.reveal` is for the case's owner only; `request.reveal_any` for everybody's cases. */
export type Permission = (typeof PERMISSIONS)[number];

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
