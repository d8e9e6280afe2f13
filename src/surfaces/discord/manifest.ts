/**
 * The commands as they are registered in a Discord server, as a file one can read and compare.
 * Must not know: how they are registered, in which server.
 */
import type { Registry } from '../../chat/command.js';
import { applicationCommands } from './commands.js';

export const discordManifest = (registry: Registry): string =>
  `${JSON.stringify(applicationCommands(registry), null, 2)}\n`;
