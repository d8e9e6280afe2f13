/**
 * The terminal's small cast, ready to use (commands.md, "The terminal"): each has two kinds of account, so that one person
 * on two platforms can be played. Their training never expires. Must not know: any store.
 */
import type { Role } from '../../vocabulary/values.js';
import type { Speaker } from './read.js';

type CastMember = {
  readonly name: string;
  readonly role: Role;
  readonly accounts: readonly [string, string];
};

/** The first account is the one they speak from; dan's is Discord-like. */
export const CAST: readonly CastMember[] = [
  { name: 'mei', role: 'agent', accounts: ['terminal:mei', 'discord:mei'] },
  { name: 'dan', role: 'agent', accounts: ['discord:dan', 'terminal:dan'] },
  { name: 'lyon', role: 'officer', accounts: ['terminal:lyon', 'discord:lyon'] },
  { name: 'ana', role: 'deputy', accounts: ['terminal:ana', 'discord:ana'] },
  { name: 'kim', role: 'auditor', accounts: ['terminal:kim', 'discord:kim'] },
  { name: 'root', role: 'admin', accounts: ['terminal:root', 'discord:root'] },
];

export const CHANNELS = [
  { channel: '#cases', uses: ['cases', 'digest'] },
  { channel: '#officer', uses: ['officer'] },
] as const;

/** The account a name speaks from: the cast's own, or the terminal's for anybody else. */
export function accountFor({ name, surface }: Speaker): string {
  if (surface !== null) return `${surface}:${name}`;
  return CAST.find((member) => member.name === name)?.accounts[0] ?? `terminal:${name}`;
}
