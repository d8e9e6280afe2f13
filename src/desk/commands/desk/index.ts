/** Every `/desk` verb, in the order of commands.md. */
import type { DeskCommand } from '../../plan.js';

export const deskCommands: readonly DeskCommand[] = [];
