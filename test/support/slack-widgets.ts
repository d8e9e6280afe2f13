/**
 * Buttons and inputs of a message or view, as a client shows them and Slack reports them. Must not know: people.
 */
import type { Json } from './slack-rules.js';

export type Pressed = {
  readonly action_id: string;
  readonly value: string;
  readonly block: string;
  /** In a menu. */
  readonly chosen?: boolean;
};

function* buttonsOf(
  blocks: readonly Json[],
): Generator<{ readonly label: string; readonly pressed: Pressed }> {
  for (const [at, block] of blocks.entries())
    for (const element of [
      ...((block.elements as Json[] | undefined) ?? []),
      block.accessory as Json | undefined,
    ])
      if (element?.type === 'overflow' || element?.type === 'static_select')
        for (const option of element.options as Json[])
          yield {
            label: String((option.text as Json).text),
            pressed: {
              action_id: String(element.action_id),
              value: String(option.value),
              block: String(block.block_id ?? `b${at}`),
              chosen: true,
            },
          };
      else if (element?.type === 'button')
        yield {
          label: String((element.text as Json).text),
          pressed: {
            action_id: String(element.action_id),
            value: String(element.value),
            block: String(block.block_id ?? `b${at}`),
          },
        };
}

export const labelsOf = (blocks: readonly Json[]): readonly string[] =>
  [...buttonsOf(blocks)].map(({ label }) => label);
export const hasButton = (blocks: readonly Json[], label: string): boolean =>
  labelsOf(blocks).includes(label);

export function buttonIn(blocks: readonly Json[], label: string): Pressed {
  for (const button of buttonsOf(blocks)) if (button.label === label) return button.pressed;
  throw new Error(`no button ${label}; there is ${labelsOf(blocks).join(', ')}`);
}

/** Compulsory inputs that are empty: Slack's own client does not send a form that has one. */
export function neededBy(view: Json, values: Readonly<Record<string, string>>): readonly string[] {
  return (view.blocks as Json[]).flatMap((block) => {
    if (block.type !== 'input' || block.optional === true) return [];
    const name = String(block.block_id).replace('field:', '');
    return isEmpty(filledValue(block.element as Json, values[name])) ? [name] : [];
  });
}

/** What Slack sends of every input: what was typed, or what it began with. */
export function stateOf(view: Json, values: Readonly<Record<string, string>>): Json {
  const inputs = (view.blocks as Json[]).filter(({ type }) => type === 'input');
  const [needed] = neededBy(view, values);
  if (needed !== undefined) throw new Error(`the form needs ${needed}`);
  for (const name of Object.keys(values))
    if (!inputs.some(({ block_id: id }) => id === `field:${name}`))
      throw new Error(`the form has no ${name}`);
  return Object.fromEntries(
    inputs.map((block) => {
      const element = block.element as Json;
      const name = String(block.block_id).replace('field:', '');
      return [block.block_id, { [String(element.action_id)]: filledValue(element, values[name]) }];
    }),
  );
}

function isEmpty({ value, selected_option: one, selected_options: many }: Json): boolean {
  return [value, one, many].every(
    (each) => each === undefined || each === null || each === '' || isNone(each),
  );
}
const isNone = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

function filledValue(element: Json, typed: string | undefined): Json {
  const chosen = (wanted: string): Json => {
    const found = (element.options as Json[]).find(({ value }) => value === wanted);
    if (found === undefined) throw new Error(`no option ${wanted}`);
    return found;
  };
  switch (element.type) {
    case 'static_select':
      return {
        type: element.type,
        selected_option: typed === undefined ? (element.initial_option ?? null) : chosen(typed),
      };
    case 'multi_static_select':
      return {
        type: element.type,
        selected_options:
          typed === undefined ? (element.initial_options ?? []) : typed.split(',').map(chosen),
      };
    default:
      return { type: element.type, value: typed ?? element.initial_value ?? null };
  }
}
