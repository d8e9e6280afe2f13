/**
 * A form as a Discord modal: at most five inputs, lists as menus, the problem under the field. Pure.
 * Must not know: what the form is for, how it is sent.
 */
import {
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  type APIStringSelectComponent,
  type APITextInputComponent,
  ComponentType,
  TextInputStyle,
} from 'discord.js';
import type { Form, FormField } from '../../chat/form.js';
import {
  INPUT_VALUE_MAX,
  LABEL_DESCRIPTION_MAX,
  LABEL_MAX,
  MODAL_INPUTS_MAX,
  MODAL_TITLE_MAX,
  SELECT_LABEL_MAX,
  SELECT_OPTIONS_MAX,
} from './limits.js';
import { cut } from './text.js';

/**
 * The form with at most five fields: those with a problem, then required ones that are empty, then what else may be
 * said. What was given and is not shown is kept in `given`.
 */
export function fitted(form: Form): Form {
  const rank = (field: FormField): number => {
    if (field.problem !== null) return 0;
    if (field.required && field.value === null) return 1;
    return field.value === null ? 2 : 3;
  };
  const chosen = new Set(
    [...form.fields].sort((one, other) => rank(one) - rank(other)).slice(0, MODAL_INPUTS_MAX),
  );
  const kept = form.fields.flatMap((field) =>
    chosen.has(field) || field.value === null ? [] : [[field.name, field.value] as const],
  );
  return {
    ...form,
    given: { ...form.given, ...Object.fromEntries(kept) },
    fields: form.fields.filter((field) => chosen.has(field)),
  };
}

/** `form` has at most five fields (`fitted`), `customId` is what comes back with it. */
export function renderModal(form: Form, customId: string): APIModalInteractionResponseCallbackData {
  return {
    custom_id: customId,
    title: cut(form.title, MODAL_TITLE_MAX),
    components: form.fields.map((field): APILabelComponent => {
      const description = field.problem === null ? field.description : `⚠ ${field.problem}`;
      return {
        type: ComponentType.Label,
        label: cut(field.label, LABEL_MAX),
        ...(description === '' ? {} : { description: cut(description, LABEL_DESCRIPTION_MAX) }),
        component: menuOf(field) ?? inputOf(field),
      };
    }),
  };
}

/** A closed list that fits is a menu; null: it is typed. */
function menuOf(field: FormField): APIStringSelectComponent | null {
  const { choices } = field;
  if (choices === null || choices.length === 0 || choices.length > SELECT_OPTIONS_MAX) return null;
  if (choices.some(({ value }) => value.length > SELECT_LABEL_MAX)) return null;
  const given = (field.value ?? '').split(',').map((item) => item.trim());
  const known = given.filter((item) => choices.some((choice) => choice.value === item));
  return {
    type: ComponentType.StringSelect,
    custom_id: field.name,
    options: choices.map(({ value, label }) => ({
      label: cut(label, SELECT_LABEL_MAX),
      value,
      ...(known.includes(value) && (field.many || value === known[0]) ? { default: true } : {}),
    })),
    required: field.required,
    min_values: field.required ? 1 : 0,
    max_values: field.many ? choices.length : 1,
  };
}

function inputOf(field: FormField): APITextInputComponent {
  return {
    type: ComponentType.TextInput,
    custom_id: field.name,
    style: field.multiline ? TextInputStyle.Paragraph : TextInputStyle.Short,
    required: field.required,
    max_length: INPUT_VALUE_MAX,
    ...(field.value === null || field.value === '' ? {} : { value: field.value.slice(0, INPUT_VALUE_MAX) }),
  };
}
