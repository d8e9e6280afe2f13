/**
 * A next step as somebody types it: `/privacy retain PR-2026-0001 categories:… law:…`. Must not know: any one command.
 */
import type { Step } from '../vocabulary/step.js';

/** Fields that stand first in their command's order, so they need no name. */
const UNNAMED = ['case', 'disclosure', 'customer'];

const quoted = (value: string): string =>
  /[\s"“”:]/.test(value) ? `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"` : value;

/** The fields of a step, the first one bare where it may be. */
export function stepFields({ fields }: Step): string {
  return Object.entries(fields)
    .map(([name, value], index) =>
      index === 0 && UNNAMED.includes(name) ? quoted(value) : `${name}:${quoted(value)}`,
    )
    .join(' ');
}

/** As a slash command. */
export function slashLine(step: Step): string {
  return `/${step.command} ${step.verb} ${stepFields(step)}`.trimEnd();
}
