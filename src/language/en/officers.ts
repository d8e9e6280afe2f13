/** Who the officer and the deputy are now. Must not know: rules, surfaces. */
import type { Day, Person } from '../../vocabulary/values.js';
import { dayWords } from './dates.js';
import { either } from './lists.js';

/** `@lyon, away until Fri 2026-12-04: @ana stands in`. */
export function presentWords(member: {
  readonly person: Person;
  readonly away: { readonly until: Day; readonly substitute: Person | null } | null;
}): string {
  if (member.away === null) return `@${member.person}`;
  const { until, substitute } = member.away;
  return `@${member.person}, away until ${dayWords(until)}${substitute === null ? '' : `: @${substitute} stands in`}`;
}

export const OFFICERS = {
  nobody: (role: string) => `nobody has the role ${role} now`,
  complaint: (about: readonly Person[], instead: readonly Person[], clause: string) => {
    const whom = either(about.map((person) => `@${person}`));
    const command = '/privacy log type:complaint about_officer:yes';
    return instead.length === 0
      ? `A complaint about ${whom} would reach nobody (clause ${clause}): an administrator adds a deputy.`
      : `A complaint about ${whom} goes to ${either(instead.map((person) => `@${person}`))} (clause ${clause}): ${command}`;
  },
} as const;
