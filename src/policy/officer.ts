/** Whether a pack's privacy officer is still the one that the default pack shows. Must not know: wording. */
import type { Pack } from './schema.js';

/** Names that nobody can own (RFC 2606, RFC 6761). */
const NOBODYS = /(?:^|[@./])example\.(?:com|net|org)\b|\.(?:example|invalid|test)\b/i;

/** The addresses of the officer that reach nobody; empty: customers can reach her (P-8). */
export const unreachableOfficer = ({ officer }: Pick<Pack, 'officer'>): readonly string[] =>
  officer.channels.map(({ address }) => address).filter((address) => NOBODYS.test(address));
