/** What a list of cases was asked for, in a sentence. Must not know: rules, surfaces. */
import { either } from './lists.js';

const WORDS: Readonly<Record<string, string>> = {
  mine: 'yours',
  unowned: 'without an owner',
  awaiting_decision: 'awaiting a decision',
  overdue: 'overdue, by any clock',
};

/** `Yours or without an owner; open; due within 7 days.`; null: every case. */
export function listSays(
  wanted: {
    readonly whose: readonly string[];
    readonly states: readonly string[];
    readonly when: readonly string[];
  },
  days: number,
): string | null {
  const due = `due within ${days} days, by any clock`;
  const parts = [wanted.whose, wanted.states, wanted.when]
    .filter((some) => some.length > 0)
    .map((some) => either(some.map((one) => (one === 'due' ? due : (WORDS[one] ?? one)))));
  const says = parts.join('; ');
  return says === '' ? null : `${says.charAt(0).toUpperCase()}${says.slice(1)}.`;
}

export const fileComes = (name: string): string => `${name} comes to you privately: the same rows.`;
