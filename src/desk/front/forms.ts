/**
 * Forms that finish what was asked: what was typed with its problems, the fields that would mend a refusal, and the next page of
 * a form whose answers need more. Pure. Must not know: any surface, the store.
 */
import { formOf } from '../../chat/command.js';
import type { Form } from '../../chat/form.js';
import type { Problem } from '../../chat/problem.js';
import type { Refusal } from '../../domain/refusal.js';
import { worded } from '../../language/problems.js';
import { refusalWords } from '../../language/refusals.js';
import { threadRefIn } from '../../vocabulary/references.js';
import type { Asked } from './asked.js';
import { mendsOf } from './mends.js';

/** What a form did not require and its answers need after all; null: something that was filled in is what is refused. */
export function nextPage(asked: Asked, refusal: Refusal): Form | null {
  const { command, fields, shown } = asked;
  const asks = command === null ? [] : mendsOf(refusal, command);
  const isOpen = (ask: string) => ask.endsWith('!') && (fields[ask.slice(0, -1)] ?? '').trim() === '';
  if (command === null || asks.length === 0 || !asks.every(isOpen)) return null;
  return { ...formOf(command, fields, [], shown, asks), says: saysOf(refusal) };
}

function saysOf(refusal: Refusal): string {
  const { says } = refusalWords(refusal);
  return refusal.clause === null ? says : `${says} (clause ${refusal.clause})`;
}

/** What was typed, and the fields that would mend it; null: none would. What it is about stays as it is. */
export function correction({ command, fields, shown, typed }: Asked, refusal: Refusal): Form | null {
  const asks = command === null ? [] : mendsOf(refusal, command);
  if (command === null || asks.length === 0) return null;
  const says = saysOf(refusal);
  const about = Object.entries(fields).find(([, value]) => value.toUpperCase() === threadRefIn(fields))?.[0];
  const asked = asks.map((ask) => ask.replace('!', ''));
  const own = Object.keys(fields).filter((name) => typed && name !== about && !asked.includes(name));
  const form = formOf(command, fields, [], shown, [...asks, ...own]);
  const told = form.fields.map((field) => (asked[0] === field.name ? { ...field, problem: says } : field));
  return { ...form, says, fields: told };
}

/** What was typed, each problem at its field; null: one belongs to no field. */
export function formFor(asked: Asked, problems: readonly Problem[]): Form | null {
  if (asked.command === null || problems.some(({ field }) => field === null)) return null;
  return formOf(asked.command, asked.fields, problems.map(worded), asked.shown);
}
