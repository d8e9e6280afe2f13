/** What comes next in a case, as a command with its blanks. Must not know: rules, surfaces. */
import type { NextStep } from '../../domain/requests/next.js';
import type { Pack } from '../../policy/schema.js';
import { type Step, step } from '../../vocabulary/step.js';

export const CHECKLIST_DONE = 'Every category is checked.';

const blanks = (names: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(names.map((name) => [name, '…']));

export function stepOf(ref: string, next: NextStep, pack: Pack): Step {
  switch (next.verb) {
    case 'verify':
      return step('privacy', 'verify', {
        case: ref,
        method: pack.identity.methods[0] ?? '…',
        result: 'pass',
        ...blanks(['ref']),
      });
    case 'retain': {
      const asks = ['law', 'until', ...pack.retention.requires];
      return step('privacy', 'retain', { case: ref, categories: next.categories.join(','), ...blanks(asks) });
    }
    case 'propose':
      return step('privacy', 'propose', {
        case: ref,
        outcome: next.outcome,
        ...(next.ground === null ? {} : { ground: next.ground }),
        ...blanks(next.asks),
      });
    default:
      return next satisfies never;
  }
}
