/**
 * A next step as somebody types it: `/privacy retain PR-2026-0001 categories:… law:…`. Must not know: any one command.
 */
import type { Step } from '../vocabulary/step.js';
import { quoted } from './grammar/tokens.js';

/** Fields that stand first in their command's order, so they need no name. */
const UNNAMED = ['case', 'disclosure', 'customer'];

/** `…` stands for what is still to be typed. */
const value = (text: string): string => (text.includes('…') ? text : quoted(text));

/** The fields of a step, the first one bare where it may be. */
export function stepFields({ fields }: Step): string {
  return Object.entries(fields)
    .map(([name, text], index) =>
      index === 0 && UNNAMED.includes(name) ? value(text) : `${name}:${value(text)}`,
    )
    .join(' ');
}

/** As a slash command. */
export function slashLine(step: Step): string {
  return `/${step.command} ${step.verb} ${stepFields(step)}`.trimEnd();
}

/** As said to the bot, where slash commands are not delivered: in a Slack thread. */
export const mentionLine = (step: Step): string => `@Ombud ${slashLine(step).slice(1)}`;
