/**
 * What Discord refuses in a body, written from its documentation and independent of the surface's own limits.
 * Must not know: state; who sends.
 */
import type { Json } from './discord-state.js';

export class Refused extends Error {
  readonly status: number;
  readonly code: number;
  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export const invalid = (path: string, why: string): Refused =>
  new Refused(400, 50035, `Invalid Form Body: ${path}: ${why}`);

export function only(path: string, value: unknown, keys: readonly string[]): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid(path, 'must be an object');
  for (const key of Object.keys(value))
    if (!keys.includes(key)) throw invalid(`${path}.${key}`, 'unknown field');
  return value as Json;
}

export function list(path: string, value: unknown, max: number): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw invalid(path, 'must be a list');
  if (value.length > max) throw invalid(path, `must be ${max} or fewer in length`);
  return value;
}

export function text(path: string, value: unknown, min: number, max: number): string {
  if (typeof value !== 'string') throw invalid(path, 'must be a string');
  if (value.length < min || value.length > max)
    throw invalid(path, `must be between ${min} and ${max} in length`);
  return value;
}

const optionalText = (path: string, value: unknown, max: number): string =>
  value === undefined || value === null ? '' : text(path, value, 0, max);

function whole(path: string, value: unknown, min: number, max: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max)
    throw invalid(path, `must be a whole number from ${min} to ${max}`);
  return value;
}

const MESSAGE_KEYS = ['content', 'embeds', 'components', 'allowed_mentions', 'flags', 'attachments', 'tts'];
const CREATE_KEYS = [...MESSAGE_KEYS, 'nonce', 'enforce_nonce', 'message_reference', 'sticker_ids', 'poll'];

/** https://discord.com/developers/docs/resources/message#message-object-message-flags */
export const IS_COMPONENTS = 1 << 15;

/** A message to create, to edit (`was`: its flags), or in an interaction's response. */
export function checkMessage(
  body: unknown,
  what: 'create' | 'edit' | 'response',
  files: number,
  was = 0,
): Json {
  const message = only('message', body, what === 'create' ? CREATE_KEYS : MESSAGE_KEYS);
  if (((Number(message.flags ?? 0) | was) & IS_COMPONENTS) !== 0) return checkComponents(message);
  const content = optionalText('content', message.content, 2000);
  const embeds = list('embeds', message.embeds, 10);
  const lengths = embeds.map((embed, index) => checkEmbed(`embeds[${index}]`, embed));
  if (lengths.reduce((sum, length) => sum + length, 0) > 6000)
    throw invalid('embeds', 'exceeds the maximum size of 6000');
  const rows = list('components', message.components, 5);
  const ids = rows.flatMap((row, index) => checkButtons(`components[${index}]`, row));
  if (new Set(ids).size !== ids.length) throw invalid('components', 'custom ids must be unique');
  checkMentions(message.allowed_mentions);
  if (message.nonce !== undefined) text('nonce', message.nonce, 1, 25);
  if (content === '' && embeds.length === 0 && rows.length === 0 && files === 0 && what !== 'edit')
    throw new Refused(400, 50006, 'Cannot send an empty message');
  return message;
}

/** A message of components has nothing else (https://discord.com/developers/docs/components/reference). */
function checkComponents(message: Json): Json {
  for (const key of ['content', 'embeds', 'poll', 'sticker_ids'])
    if (message[key] !== undefined && message[key] !== null)
      throw invalid(key, 'cannot be used with MessageFlags.IS_COMPONENTS_V2');
  const found = { count: 0, text: 0, ids: [] as string[] };
  const top = list('components', message.components, 40);
  if (top.length === 0) throw new Refused(400, 50006, 'Cannot send an empty message');
  for (const [at, each] of top.entries()) checkComponent(`components[${at}]`, each, TOP, found);
  if (found.count > 40) throw invalid('components', 'has more than 40 components');
  if (found.text > 4000) throw invalid('components', 'displays more than 4000 characters');
  if (new Set(found.ids).size !== found.ids.length) throw invalid('components', 'custom ids must be unique');
  checkMentions(message.allowed_mentions);
  if (message.nonce !== undefined) text('nonce', message.nonce, 1, 25);
  return message;
}

type Found = { count: number; text: number; readonly ids: string[] };
const IN_CONTAINER = [1, 9, 10, 14];
const TOP = [...IN_CONTAINER, 17];

function checkComponent(path: string, value: unknown, may: readonly number[], found: Found): void {
  const type = Number((value as Json | null)?.type);
  if (!may.includes(type)) throw invalid(`${path}.type`, `may not be ${type}`);
  found.count += 1;
  switch (type) {
    case 1: {
      const row = only(path, value, ['type', 'components', 'id']);
      const [first] = list(`${path}.components`, row.components, 5);
      if ((first as Json | undefined)?.type === 3) {
        found.count += 1;
        found.ids.push(checkSelect(`${path}[0]`, first as Json));
        return;
      }
      const ids = checkButtons(path, value);
      found.count += ids.length;
      found.ids.push(...ids);
      return;
    }
    case 9: {
      const it = only(path, value, ['type', 'components', 'accessory', 'id']);
      const texts = list(`${path}.components`, it.components, 3);
      if (texts.length === 0) throw invalid(path, 'must have between 1 and 3 components');
      for (const [at, each] of texts.entries()) checkComponent(`${path}[${at}]`, each, [10], found);
      found.count += 1;
      found.ids.push(...checkButtons(`${path}.accessory`, { type: 1, components: [it.accessory] }));
      return;
    }
    case 10: {
      const it = only(path, value, ['type', 'content', 'id']);
      found.text += text(`${path}.content`, it.content, 1, 4000).length;
      return;
    }
    case 14:
      only(path, value, ['type', 'divider', 'spacing', 'id']);
      return;
    default: {
      const it = only(path, value, ['type', 'components', 'accent_color', 'spoiler', 'id']);
      if (it.accent_color !== undefined) whole(`${path}.accent_color`, it.accent_color, 0, 0xffffff);
      const inner = list(`${path}.components`, it.components, 40);
      if (inner.length === 0) throw invalid(path, 'must have components');
      for (const [at, each] of inner.entries()) checkComponent(`${path}[${at}]`, each, IN_CONTAINER, found);
    }
  }
}

function checkEmbed(path: string, value: unknown): number {
  const embed = only(path, value, [
    'title',
    'description',
    'color',
    'footer',
    'fields',
    'url',
    'timestamp',
    'author',
  ]);
  const title = optionalText(`${path}.title`, embed.title, 256);
  const description = optionalText(`${path}.description`, embed.description, 4096);
  if (embed.color !== undefined) whole(`${path}.color`, embed.color, 0, 0xffffff);
  const footer =
    embed.footer === undefined
      ? ''
      : text(`${path}.footer.text`, only(`${path}.footer`, embed.footer, ['text', 'icon_url']).text, 1, 2048);
  const fields = list(`${path}.fields`, embed.fields, 25).map((each, index) => {
    const field = only(`${path}.fields[${index}]`, each, ['name', 'value', 'inline']);
    return text('name', field.name, 1, 256).length + text('value', field.value, 1, 1024).length;
  });
  if (title === '' && description === '' && fields.length === 0) throw invalid(path, 'is empty');
  return title.length + description.length + footer.length + fields.reduce((sum, length) => sum + length, 0);
}

function checkButtons(path: string, value: unknown): readonly string[] {
  const row = only(path, value, ['type', 'components', 'id']);
  if (row.type !== 1) throw invalid(`${path}.type`, 'must be an action row');
  const buttons = list(`${path}.components`, row.components, 5);
  if (buttons.length === 0) throw invalid(path, 'must have between 1 and 5 components');
  return buttons.map((each, index) => {
    const button = only(`${path}[${index}]`, each, [
      'type',
      'style',
      'label',
      'custom_id',
      'disabled',
      'emoji',
      'id',
    ]);
    if (button.type !== 2) throw invalid(`${path}[${index}]`, 'must be a button');
    whole(`${path}[${index}].style`, button.style, 1, 4);
    text(`${path}[${index}].label`, button.label, 1, 80);
    return text(`${path}[${index}].custom_id`, button.custom_id, 1, 100);
  });
}

function checkMentions(value: unknown): void {
  if (value === undefined) return;
  const mentions = only('allowed_mentions', value, ['parse', 'users', 'roles', 'replied_user']);
  const users = list('allowed_mentions.users', mentions.users, 100);
  const parse = list('allowed_mentions.parse', mentions.parse, 3);
  if (users.length > 0 && parse.includes('users'))
    throw invalid('allowed_mentions', 'parse:["users"] and users: [ids...] are mutually exclusive');
  if (new Set(users).size !== users.length) throw invalid('allowed_mentions.users', 'must be unique');
  for (const id of users)
    if (!/^\d{15,20}$/.test(String(id))) throw invalid('allowed_mentions.users', 'not a snowflake');
}

export function checkModal(value: unknown): Json {
  const modal = only('data', value, ['custom_id', 'title', 'components']);
  text('custom_id', modal.custom_id, 1, 100);
  text('title', modal.title, 1, 45);
  const labels = list('components', modal.components, 5);
  if (labels.length === 0) throw invalid('components', 'must have between 1 and 5 components');
  const ids = labels.map((each, index) => checkLabel(`components[${index}]`, each));
  if (new Set(ids).size !== ids.length) throw invalid('components', 'custom ids must be unique');
  return modal;
}

function checkLabel(path: string, value: unknown): string {
  const label = only(path, value, ['type', 'label', 'description', 'component', 'id']);
  if (label.type !== 18) throw invalid(`${path}.type`, 'must be a label');
  text(`${path}.label`, label.label, 1, 45);
  if (label.description !== undefined) text(`${path}.description`, label.description, 1, 100);
  const inner = label.component as Json;
  if (inner.type === 4) return checkInput(`${path}.component`, inner);
  if (inner.type === 3) return checkSelect(`${path}.component`, inner);
  throw invalid(`${path}.component`, 'must be a text input or a select');
}

function checkInput(path: string, value: Json): string {
  const keys = [
    'type',
    'custom_id',
    'style',
    'required',
    'min_length',
    'max_length',
    'value',
    'placeholder',
    'id',
  ];
  const input = only(path, value, keys);
  whole(`${path}.style`, input.style, 1, 2);
  const max = input.max_length === undefined ? 4000 : whole(`${path}.max_length`, input.max_length, 1, 4000);
  if (input.value !== undefined) text(`${path}.value`, input.value, 1, max);
  if (input.placeholder !== undefined) text(`${path}.placeholder`, input.placeholder, 1, 100);
  return text(`${path}.custom_id`, input.custom_id, 1, 100);
}

function checkSelect(path: string, value: Json): string {
  const keys = ['type', 'custom_id', 'options', 'required', 'min_values', 'max_values', 'placeholder', 'id'];
  const select = only(path, value, keys);
  const options = list(`${path}.options`, select.options, 25).map((each, index) => {
    const option = only(`${path}.options[${index}]`, each, [
      'label',
      'value',
      'description',
      'default',
      'emoji',
    ]);
    text('label', option.label, 1, 100);
    return { value: text('value', option.value, 1, 100), chosen: option.default === true };
  });
  if (options.length === 0) throw invalid(`${path}.options`, 'must have between 1 and 25 options');
  if (new Set(options.map((each) => each.value)).size !== options.length)
    throw invalid(`${path}.options`, 'values must be unique');
  const max = whole(`${path}.max_values`, select.max_values ?? 1, 1, Math.min(25, options.length));
  const min = whole(`${path}.min_values`, select.min_values ?? 1, 0, max);
  if (select.required === true && min === 0)
    throw invalid(`${path}.min_values`, 'a required select needs one');
  if (options.filter(({ chosen }) => chosen).length > max)
    throw invalid(`${path}.options`, 'too many defaults');
  return text(`${path}.custom_id`, select.custom_id, 1, 100);
}
