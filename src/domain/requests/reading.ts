/**
 * Who reads a case. Everybody who may read cases, but for a complaint about an officer: those who decide it in the officer's
 * place, the auditor, its owner and whoever logged it, and never whom it is about (domain.md, "Settled points"; P-7.3).
 * Must not know: storage, surfaces.
 */
import type { Person, Role } from '../../vocabulary/values.js';
import { amongThem, type SamePerson } from '../people.js';
import type { PrivacyRequest } from './request.js';

export type Reader = {
  readonly person: Person;
  readonly roles: readonly Role[];
  /** Under which other names they may be on record. */
  readonly same: SamePerson;
};

/** Kept from most of the staff: nothing of it stands in a channel. */
export const isSecret = ({ about }: Pick<PrivacyRequest, 'about'>): boolean => about.length > 0;

const READING_ROLES: readonly Role[] = ['officer', 'deputy', 'auditor'];

export function mayRead(
  request: Pick<PrivacyRequest, 'about' | 'owner' | 'loggedBy'>,
  { person, roles, same }: Reader,
): boolean {
  if (!isSecret(request)) return true;
  if (amongThem(same, request.about, person)) return false;
  if (amongThem(same, [request.owner, request.loggedBy.person], person)) return true;
  return roles.some((role) => READING_ROLES.includes(role));
}
