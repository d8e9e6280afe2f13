/**
 * A form as a modal, what was filled in back from its state, and problems on its fields.
 * Must not know: what a field means, who fills it in.
 */
import type { types } from '@slack/bolt';
import { z } from 'zod';
import type { Card } from '../../chat/card.js';
import type { Choice, Form, FormField } from '../../chat/form.js';
import {
  INPUT_LABEL,
  INPUT_TEXT,
  OPTION_TEXT,
  OPTION_VALUE,
  OPTIONS,
  VIEW_METADATA,
  VIEW_TITLE,
} from './limits.js';
import { renderInView } from './render.js';
import { type SlackBlock, section } from './rows.js';
import { plain } from './text.js';

export const FORM_VIEW = 'ombud-form';
const INPUT = 'value';
const BLOCK = 'field:';
const PRODUCT = 'Ombud';
const DIVIDER: types.DividerBlock = { type: 'divider' };
/** Not written anywhere; longer ones push the field off the screen. */
const ERROR_TEXT = 300;

const metadata = z.object({
  command: z.string(),
  verb: z.string(),
  given: z.record(z.string(), z.string()),
  shown: z.number().nullable(),
  channel: z.string().nullable(),
  thread: z.string().nullable(),
});
/** What a modal keeps of the invocation it finishes. */
export type FormMemory = z.infer<typeof metadata>;

/** Where the form was asked for: it goes with the invocation that the form finishes. */
export type FormPlace = Pick<FormMemory, 'channel' | 'thread'>;

/**
 * `why`: what is to be read before it is filled in again. Throws when what is settled already does not fit: a line of at
 * most 3000 characters always does.
 */
export function formView(form: Form, place: FormPlace, why: Card | null = null): types.ModalView {
  const { command, verb, given, shown } = form;
  const kept = JSON.stringify({ command, verb, given, shown, ...place } satisfies FormMemory);
  if (kept.length > VIEW_METADATA) throw new Error(`the form of /${command} ${verb} keeps too much`);
  return {
    type: 'modal',
    callback_id: FORM_VIEW,
    private_metadata: kept,
    title: plain(form.title, VIEW_TITLE),
    submit: plain('Send', VIEW_TITLE),
    close: plain('Cancel', VIEW_TITLE),
    blocks: [
      ...(why === null ? saysOf(form) : [...renderInView({ ...why, actions: [] }), DIVIDER]),
      ...settledOf(given),
      ...form.fields.map(inputOf),
    ],
  };
}

const saysOf = ({ says }: Form): SlackBlock[] =>
  says === null ? [] : [section(plain(says, INPUT_TEXT)), DIVIDER];

function settledOf(given: Readonly<Record<string, string>>): SlackBlock[] {
  const words = Object.entries(given).map(([name, value]) => `${name}: ${value}`);
  return words.length === 0 ? [] : [section(plain(words.join(' · '), INPUT_TEXT))];
}

function inputOf(field: FormField): types.InputBlock {
  return {
    type: 'input',
    block_id: `${BLOCK}${field.name}`,
    optional: !field.required,
    label: plain(field.label, INPUT_LABEL),
    hint: plain(field.problem === null ? field.description : `⚠ ${field.problem}`, INPUT_LABEL),
    element: elementOf(field),
  };
}

function elementOf(field: FormField): types.InputBlock['element'] {
  const { choices, value } = field;
  if (
    choices === null ||
    choices.length > OPTIONS ||
    choices.some(({ value: { length } }) => length > OPTION_VALUE)
  )
    return {
      type: 'plain_text_input',
      action_id: INPUT,
      multiline: field.multiline,
      max_length: INPUT_TEXT,
      ...(value === null ? {} : { initial_value: value.slice(0, INPUT_TEXT) }),
    };
  const options = choices.map(optionOf);
  const wanted = (value ?? '').split(',').map((each) => each.trim());
  const initial = options.filter((option) => wanted.includes(option.value));
  if (field.many)
    return {
      type: 'multi_static_select',
      action_id: INPUT,
      options,
      ...(initial.length === 0 ? {} : { initial_options: initial }),
    };
  const [first] = initial;
  return {
    type: 'static_select',
    action_id: INPUT,
    options,
    ...(first === undefined ? {} : { initial_option: first }),
  };
}

const optionOf = ({ value, label }: Choice): { text: types.PlainTextElement; value: string } => ({
  text: plain(label, OPTION_TEXT),
  value,
});

const filledInput = z.looseObject({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  selected_options: z.array(z.object({ value: z.string() })).nullish(),
});
const filledState = z.record(z.string(), z.record(z.string(), filledInput));

/** What was filled in, by field; what was left empty is absent. */
export function filledIn(values: unknown): Record<string, string> {
  const filled: Record<string, string> = {};
  for (const [block, inputs] of Object.entries(filledState.parse(values))) {
    const input = inputs[INPUT];
    if (!block.startsWith(BLOCK) || input === undefined) continue;
    const text =
      input.selected_options?.map(({ value }) => value).join(',') ??
      input.selected_option?.value ??
      input.value ??
      '';
    if (text.trim() !== '') filled[block.slice(BLOCK.length)] = text;
  }
  return filled;
}

export function memoryOf(privateMetadata: string): FormMemory {
  return metadata.parse(JSON.parse(privateMetadata));
}

/** Each problem under its field; null when one belongs to no field that is on the screen. */
export function fieldErrors(form: Form, shownFields: readonly string[]): Record<string, string> | null {
  const problems = form.fields.filter(({ problem }) => problem !== null);
  if (problems.length === 0 || problems.some(({ name }) => !shownFields.includes(name))) return null;
  return Object.fromEntries(
    problems.map(({ name, problem }) => [`${BLOCK}${name}`, (problem ?? '').slice(0, ERROR_TEXT)]),
  );
}

type ShownBlock = { readonly block_id?: string | undefined; readonly optional?: boolean | undefined };

/** The fields a view shows, by its blocks. */
export const fieldsShown = (blocks: readonly ShownBlock[]): readonly string[] =>
  blocks.flatMap(({ block_id: id }) => (id?.startsWith(BLOCK) ? [id.slice(BLOCK.length)] : []));

/** The same as a button's `asks`: with what the view did not let be left empty. */
export const asksShown = (blocks: readonly ShownBlock[]): readonly string[] =>
  blocks.flatMap((block) =>
    fieldsShown([block]).map((name) => (block.optional === true ? name : `${name}!`)),
  );

/** A private answer in a modal. */
export function answerView(card: Card): types.ModalView {
  return {
    type: 'modal',
    callback_id: 'ombud-answer',
    title: plain(PRODUCT, VIEW_TITLE),
    close: plain('Close', VIEW_TITLE),
    blocks: renderInView(card),
  };
}

export function workingView(): types.ModalView {
  return {
    type: 'modal',
    callback_id: 'ombud-working',
    title: plain(PRODUCT, VIEW_TITLE),
    close: plain('Close', VIEW_TITLE),
    blocks: [section(plain('One moment, the desk is working on it.', VIEW_TITLE * 4))],
  };
}
