/**
 * A form in a terminal: its fields are asked for one after the other, and each answer is checked at once. Must not know: what
 * a field means.
 */
import { decodeAction } from '../../chat/action.js';
import type { Action } from '../../chat/card.js';
import type { Answer, Form, FormField } from '../../chat/form.js';
import type { Invocation } from '../../chat/surface.js';
import type { Question } from './prompt.js';

/** Asks for one field. Null answer: given up. */
export type AskField = (question: Question) => Promise<string | null>;
type Ask = Invocation['ask'];
type Asking = { readonly ask: AskField; readonly say: (ask: Ask) => Promise<Answer> };

/** What to say to the desk now; or its answer already, where no field would change it; or given up. */
export type Filled =
  | { readonly kind: 'say'; readonly ask: Ask }
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'left' };

/** The fields that the desk says are missing from what was asked. */
export async function fillMissing(asking: Asking, answer: Answer, asked: Ask): Promise<Filled> {
  const form = formOf(answer);
  if (form === null || answer.kind !== 'error' || answer.code !== 'missing-field')
    return { kind: 'answered', answer };
  // A wrong value beside the missing one is told first: answers would be lost with it.
  if (form.fields.some(({ value, problem }) => value !== null && problem !== null))
    return { kind: 'answered', answer };
  const missing = form.fields.filter(({ required, value }) => required && value === null);
  if (missing.length === 0) return { kind: 'answered', answer };
  const filled = await fill(asking, form, missing);
  if (filled.kind !== 'say' || asked.kind !== 'press' || filled.ask.kind !== 'fields') return filled;
  return { kind: 'say', ask: { ...asked, fields: filled.ask.fields } };
}

/** What a pressed button asks for, but for what was given with it. */
export async function fillButton(
  asking: Asking,
  action: Action,
  given: Readonly<Record<string, string>>,
): Promise<Filled> {
  const saved = decodeAction(action.code);
  const press: Ask = { kind: 'press', code: action.code, fields: given };
  if (saved === null || action.asks.length === 0) return { kind: 'say', ask: press };
  const fields = { ...saved.fields, ...given };
  const answer = await asking.say({ kind: 'form', ...saved, fields, asks: action.asks });
  const form = formOf(answer);
  if (form === null) return { kind: 'answered', answer };
  const missing = form.fields.filter(({ value }) => value === null);
  const filled = await fill(asking, form, missing);
  if (filled.kind !== 'say' || filled.ask.kind !== 'fields') return filled;
  const own = Object.entries(filled.ask.fields).filter(([name]) => !Object.hasOwn(saved.fields, name));
  return { kind: 'say', ask: { ...press, fields: Object.fromEntries(own) } };
}

async function fill(asking: Asking, form: Form, missing: readonly FormField[]): Promise<Filled> {
  const { command, verb, shown } = form;
  let fields = givenIn(form);
  for (const field of missing) {
    let problem: string | null = null;
    for (;;) {
      const value = (await asking.ask({ label: field.label, hint: hintOf(field), problem }))?.trim() ?? null;
      if (value === null || /^\/?cancel$/i.test(value)) return { kind: 'left' };
      if (value === '' && !field.required) break;
      problem = 'This is needed. cancel leaves, and nothing is done.';
      if (value === '') continue;
      const tried = { ...fields, [field.name]: value };
      const answer = await asking.say({ kind: 'form', command, verb, fields: tried, shown, asks: null });
      const checked = formOf(answer);
      if (checked === null) return { kind: 'answered', answer };
      problem = checked.fields.find(({ name }) => name === field.name)?.problem ?? null;
      if (problem !== null) continue;
      fields = tried;
      break;
    }
  }
  return { kind: 'say', ask: { kind: 'fields', command, verb, fields, shown } };
}

const formOf = (answer: Answer): Form | null => (answer.kind === 'error' ? answer.form : null);

function hintOf({ choices, description, required }: FormField): string {
  const hint = choices === null ? description : choices.map(({ value }) => value).join(' ');
  return required ? hint : `${hint}; Enter to leave out`;
}

function givenIn(form: Form): Record<string, string> {
  const shown = form.fields.flatMap((field) =>
    field.value === null ? [] : [[field.name, field.value] as const],
  );
  return { ...form.given, ...Object.fromEntries(shown) };
}
