/**
 * The people who can be played in the terminal (commands.md, "The terminal"): each has two accounts, so that one person on
 * two platforms can be played. Their training never expires. Must not know: any store.
 */
import { accountOf } from '../../vocabulary/accounts.js';
import type { Account, Role } from '../../vocabulary/values.js';
import type { Speaker } from './read.js';

type CastMember = {
  readonly name: string;
  readonly role: Role;
  readonly accounts: readonly [speaksFrom: Account, other: Account];
};

const member = (name: string, role: Role, speaksFrom: string, other: string): CastMember => ({
  name,
  role,
  accounts: [accountOf(speaksFrom, name), accountOf(other, name)],
});

export const CAST: readonly CastMember[] = [
  member('mei', 'agent', 'terminal', 'discord'),
  member('dan', 'agent', 'discord', 'terminal'),
  member('lyon', 'officer', 'terminal', 'discord'),
  member('ana', 'deputy', 'terminal', 'discord'),
  member('kim', 'auditor', 'terminal', 'discord'),
  member('root', 'admin', 'terminal', 'discord'),
];

export const CHANNELS = [
  { channel: '#cases', uses: ['cases', 'digest'] },
  { channel: '#officer', uses: ['officer'] },
] as const;

/** The account a name speaks from: the cast's own, or the terminal's for anybody else. */
export function accountFor({ name, surface }: Speaker): Account {
  if (surface !== null) return accountOf(surface, name);
  return CAST.find((one) => one.name === name)?.accounts[0] ?? accountOf('terminal', name);
}
