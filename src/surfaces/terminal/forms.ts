/**
 * A form in a terminal: its fields are asked for one after the other. Must not know: what a field means.
 */
import { type Action, askedField } from '../../chat/card.js';
import type { Answer, Form } from '../../chat/form.js';
import type { Invocation } from '../../chat/surface.js';

/** Asks for one field. Null answer: given up. */
export type AskField = (label: string, hint: string) => Promise<string | null>;

/** The invocation with what was missing; null where nothing is, or it was given up. */
export async function fillIn(
  ask: AskField,
  result: Answer,
  asked: Invocation['ask'],
): Promise<Invocation['ask'] | null> {
  if (result.kind !== 'error' || result.form === null || result.code !== 'missing-field') return null;
  const missing = result.form.fields.filter((field) => field.required && field.value === null);
  if (missing.length === 0) return null;
  const given = givenIn(result.form);
  for (const field of missing) {
    const hint = field.choices === null ? field.description : field.choices.join(' ');
    const value = await ask(field.label, hint);
    if (value === null || value.trim() === '') return null;
    given[field.name] = value;
  }
  const { command, verb, shown } = result.form;
  return asked.kind === 'press'
    ? { ...asked, fields: given }
    : { kind: 'fields', command, verb, fields: given, shown };
}

function givenIn(form: Form): Record<string, string> {
  const shown = form.fields.flatMap((field) =>
    field.value === null ? [] : [[field.name, field.value] as const],
  );
  return { ...form.given, ...Object.fromEntries(shown) };
}

/** What the button's form would ask for and was not given; null: given up. */
export async function askedFields(
  ask: AskField,
  action: Action,
  given: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>> | null> {
  const fields: Record<string, string> = { ...given };
  for (const { name } of action.asks.map(askedField)) {
    if (fields[name] !== undefined) continue;
    const value = await ask(name, 'Enter to leave out');
    if (value === null) return null;
    if (value.trim() !== '') fields[name] = value;
  }
  return fields;
}
