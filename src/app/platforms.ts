/**
 * The platforms there are, registered: their names, and a surface for each one that is configured. A further platform is a
 * folder under surfaces/ and its lines here and in config.ts. Must not know: the desk.
 */
import type { Logger } from 'pino';
import type { Surface } from '../chat/surface.js';
import type { PlatformFacts } from '../desk/front/plan.js';
import type { DiscordSettings } from '../surfaces/discord/app.js';
import type { SlackSettings } from '../surfaces/slack/app.js';

export const PLATFORMS: readonly PlatformFacts[] = [
  { name: 'slack', accountsAreNames: false, atTheMachine: false },
  { name: 'discord', accountsAreNames: false, atTheMachine: false },
  { name: 'terminal', accountsAreNames: true, atTheMachine: true },
];

/** A surface of a chat platform, with what `/desk doctor` says about it. */
export type ChatSurface = Surface & {
  readonly facts: () => readonly (readonly [string, string])[];
  /** What is wrong with it now: whole sentences, each with what to do. */
  readonly warnings: () => readonly string[];
};

/** Every chat platform there is a token for; its libraries, a second's reading, are loaded only then. */
export async function chatSurfaces(
  { slack, discord }: { readonly slack: SlackSettings | null; readonly discord: DiscordSettings | null },
  log: Logger,
): Promise<readonly ChatSurface[]> {
  const surfaces: ChatSurface[] = [];
  if (slack !== null) {
    const { createSlackSurface } = await import('../surfaces/slack/app.js');
    surfaces.push(createSlackSurface(slack, log));
  }
  if (discord !== null) {
    const { createDiscordSurface } = await import('../surfaces/discord/app.js');
    surfaces.push(createDiscordSurface(discord, log));
  }
  return surfaces;
}
