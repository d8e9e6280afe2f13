/** What comes next in a case, as a command with its blanks. Must not know: rules, surfaces. */
import type { DisclosureNext } from '../../domain/disclosures/next.js';
import type { NextStep } from '../../domain/requests/next.js';
import type { PrivacyRequest } from '../../domain/requests/request.js';
import type { Pack } from '../../policy/schema.js';
import { type Step, step } from '../../vocabulary/step.js';
import type { Category } from '../../vocabulary/values.js';
import { commas, spoken } from './lists.js';

export const CHECKLIST_DONE = 'Every category is checked.';

/** What was answered before and is answered anew, so that nothing is overwritten in silence. */
export function overwrittenSays(
  before: PrivacyRequest['checklist'],
  answered: readonly Category[],
  scope: readonly Category[],
): string {
  const said = scope.flatMap((category) => {
    const answer = answered.includes(category) ? before[category] : undefined;
    if (answer === undefined) return [];
    return [`${category} was ${spoken(answer.result)}${answer.ref === null ? '' : ` (${answer.ref})`}`];
  });
  return said.length === 0 ? '' : ` Answered anew: ${commas(said)}.`;
}

const blanks = (names: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(names.map((name) => [name, '…']));

export function stepOf(ref: string, next: NextStep, pack: Pack): Step {
  return step('privacy', next.verb, { case: ref, ...fieldsOf(next, pack) });
}

export function disclosureStepOf(ref: string, next: DisclosureNext): Step {
  const fields = { disclosure: ref };
  switch (next) {
    case 'approve':
      return step('disclosure', 'decide', { ...fields, verdict: 'approve' });
    case 'deny':
      return step('disclosure', 'decide', { ...fields, verdict: 'deny', reason: '…' });
    case 'again':
      return step('disclosure', 'amend', fields);
    case 'sent':
      return step('disclosure', 'sent', { ...fields, method: '…' });
    default:
      return next satisfies never;
  }
}

function fieldsOf(next: NextStep, pack: Pack): Step['fields'] {
  switch (next.verb) {
    case 'verify':
      return { method: next.method, result: 'pass', ...blanks(['ref']) };
    case 'check':
      return {
        category: next.categories === 'all' ? 'all' : next.categories.join(','),
        result: 'done',
      };
    case 'retain':
      return {
        categories: next.categories.join(','),
        ...blanks(['law', 'until', ...pack.retention.requires]),
      };
    case 'propose':
      return {
        outcome: next.outcome,
        ...(next.ground === null ? {} : { ground: next.ground }),
        ...blanks(next.asks),
      };
    case 'decide':
      return { verdict: next.verdict, ...(next.verdict === 'return' ? blanks(['reason']) : {}) };
    case 'done':
      return blanks(['evidence']);
    case 'notified':
      return { recipient: next.recipient, ...blanks(['ref']) };
    case 'notice':
      return { kind: next.kind, ...blanks(['ref']) };
    case 'close':
      return next.unverified ? { outcome: 'identity_not_verified' } : {};
    case 'resume':
      return {};
    default:
      return next satisfies never;
  }
}
