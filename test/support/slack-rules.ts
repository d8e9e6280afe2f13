/**
 * What Slack refuses in blocks, views and metadata, written from its documentation and independent of the surface's own
 * limits: https://docs.slack.dev/reference/block-kit. Must not know: state; who sends.
 */

export type Json = Readonly<Record<string, unknown>>;

/** Slack's `error` word, and what our developers would want to know. */
export class Refused extends Error {
  readonly code: string;
  constructor(code: string, why: string) {
    super(`${code}: ${why}`);
    this.code = code;
  }
}

const invalid = (path: string, why: string): Refused => new Refused('invalid_blocks', `${path} ${why}`);

export function object(path: string, value: unknown, keys: readonly string[]): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid(path, 'must be an object');
  for (const key of Object.keys(value))
    if (!keys.includes(key)) throw invalid(path, `has unknown field ${key}`);
  return value as Json;
}

function list(path: string, value: unknown, min: number, max: number): readonly unknown[] {
  if (!Array.isArray(value)) throw invalid(path, 'must be a list');
  if (value.length < min || value.length > max)
    throw invalid(path, `has ${value.length} items; ${min} to ${max} may be`);
  return value;
}

export function string(path: string, value: unknown, min: number, max: number): string {
  if (typeof value !== 'string') throw invalid(path, 'must be a string');
  if (value.length < min || value.length > max)
    throw invalid(path, `has ${value.length} characters; ${min} to ${max} may be`);
  return value;
}

function textObject(path: string, value: unknown, max: number, types = ['plain_text', 'mrkdwn']): void {
  const text = object(path, value, ['type', 'text', 'emoji', 'verbatim']);
  if (!types.includes(String(text.type))) throw invalid(path, `may not be ${String(text.type)}`);
  if (text.type === 'mrkdwn' && 'emoji' in text) throw invalid(path, 'mrkdwn takes no emoji');
  if (text.type === 'plain_text' && 'verbatim' in text) throw invalid(path, 'plain_text takes no verbatim');
  string(`${path}.text`, text.text, 1, max);
}

const PLAIN = ['plain_text'];

function button(path: string, value: unknown): string {
  const it = object(path, value, ['type', 'text', 'action_id', 'value', 'style', 'url', 'confirm']);
  textObject(`${path}.text`, it.text, 75, PLAIN);
  if (it.value !== undefined) string(`${path}.value`, it.value, 0, 2000);
  if (it.style !== undefined && it.style !== 'primary' && it.style !== 'danger')
    throw invalid(`${path}.style`, 'must be primary or danger');
  return string(`${path}.action_id`, it.action_id, 1, 255);
}

/** An overflow menu or a select of buttons; its id. */
function menu(path: string, value: unknown): string {
  const type = (value as Json | null)?.type;
  const overflow = type === 'overflow';
  const it = object(path, value, ['type', 'action_id', 'options', ...(overflow ? [] : ['placeholder'])]);
  list(`${path}.options`, it.options, 1, overflow ? 5 : 100);
  options(path, it);
  return string(`${path}.action_id`, it.action_id, 1, 255);
}

const interactive = (path: string, value: unknown): string =>
  ['overflow', 'static_select'].includes(String((value as Json | null)?.type))
    ? menu(path, value)
    : button(path, value);

/** Text, links and people, of which nothing is parsed. */
function richText(path: string, value: unknown): void {
  const it = object(path, value, ['type', 'elements', 'block_id']);
  for (const [at, part] of list(`${path}.elements`, it.elements, 1, 50).entries()) {
    const here = `${path}.elements[${at}]`;
    const inner = object(here, part, ['type', 'elements', 'border']);
    if (inner.type !== 'rich_text_section' && inner.type !== 'rich_text_preformatted')
      throw invalid(here, `may not be ${String(inner.type)}`);
    for (const each of list(here, inner.elements, 1, 200)) {
      const text = object(here, each, ['type', 'text', 'style']);
      if (text.type !== 'text') throw invalid(here, `may not hold ${String(text.type)}`);
      string(here, text.text, 1, 4000);
    }
  }
}

function table(path: string, value: unknown): void {
  const it = object(path, value, ['type', 'rows', 'column_settings', 'block_id']);
  for (const row of list(`${path}.rows`, it.rows, 1, 100))
    for (const cell of list(path, row, 1, 20)) {
      const text = object(path, cell, ['type', 'text']);
      if (text.type !== 'raw_text') throw invalid(path, 'is of raw text');
      string(path, text.text, 1, 3000);
    }
}

function option(path: string, value: unknown): string {
  const it = object(path, value, ['text', 'value', 'description']);
  textObject(`${path}.text`, it.text, 75, PLAIN);
  return string(`${path}.value`, it.value, 1, 150);
}

function options(path: string, it: Json): void {
  const values = list(`${path}.options`, it.options, 1, 100).map((each, at) =>
    option(`${path}[${at}]`, each),
  );
  if (new Set(values).size !== values.length) throw invalid(path, 'has an option twice');
  const initial = [it.initial_option, ...((it.initial_options as unknown[] | undefined) ?? [])];
  for (const each of initial.filter((one) => one !== undefined))
    if (!values.includes(option(`${path}.initial`, each)))
      throw invalid(path, 'begins with none of its options');
}

function input(path: string, value: unknown): string {
  const type = (value as Json | null)?.type;
  if (type === 'plain_text_input') {
    const it = object(path, value, [
      'type',
      'action_id',
      'multiline',
      'max_length',
      'min_length',
      'initial_value',
      'placeholder',
    ]);
    const max = it.max_length ?? 3000;
    if (typeof max !== 'number' || max < 1 || max > 3000) throw invalid(path, 'max_length must be 1 to 3000');
    if (it.initial_value !== undefined) string(`${path}.initial_value`, it.initial_value, 0, max);
    return string(`${path}.action_id`, it.action_id, 1, 255);
  }
  if (type !== 'static_select' && type !== 'multi_static_select')
    throw invalid(path, `may not be ${String(type)}`);
  const many = type === 'multi_static_select';
  const it = object(path, value, [
    'type',
    'action_id',
    'options',
    many ? 'initial_options' : 'initial_option',
    'placeholder',
  ]);
  options(path, it);
  return string(`${path}.action_id`, it.action_id, 1, 255);
}

function checkBlock(path: string, value: unknown, surface: Surface): readonly string[] {
  const type = String((value as Json | null)?.type);
  switch (type) {
    case 'header': {
      const it = object(path, value, ['type', 'text', 'block_id']);
      textObject(`${path}.text`, it.text, 150, PLAIN);
      return [];
    }
    case 'section': {
      const it = object(path, value, ['type', 'text', 'fields', 'accessory', 'block_id', 'expand']);
      if (it.text === undefined && it.fields === undefined)
        throw invalid(path, 'has neither text nor fields');
      if (it.text !== undefined) textObject(`${path}.text`, it.text, 3000);
      if (it.fields !== undefined)
        for (const [at, each] of list(`${path}.fields`, it.fields, 1, 10).entries())
          textObject(`${path}.fields[${at}]`, each, 2000);
      return it.accessory === undefined ? [] : [interactive(`${path}.accessory`, it.accessory)];
    }
    case 'context': {
      const it = object(path, value, ['type', 'elements', 'block_id']);
      for (const [at, each] of list(`${path}.elements`, it.elements, 1, 10).entries())
        textObject(`${path}.elements[${at}]`, each, 3000);
      return [];
    }
    case 'rich_text':
      richText(path, value);
      return [];
    case 'table':
      if (surface !== 'message') throw invalid(path, `may not be on a ${surface}`);
      table(path, value);
      return [];
    case 'divider':
      object(path, value, ['type', 'block_id']);
      return [];
    case 'actions': {
      const it = object(path, value, ['type', 'elements', 'block_id']);
      const ids = list(`${path}.elements`, it.elements, 1, 25).map((each, at) =>
        interactive(`${path}[${at}]`, each),
      );
      if (new Set(ids).size !== ids.length) throw invalid(path, 'has an action_id twice');
      return ids;
    }
    case 'input': {
      if (surface !== 'modal') throw invalid(path, `may not be on a ${surface} of ours`);
      const it = object(path, value, [
        'type',
        'label',
        'element',
        'hint',
        'optional',
        'block_id',
        'dispatch_action',
      ]);
      textObject(`${path}.label`, it.label, 2000, PLAIN);
      if (it.hint !== undefined) textObject(`${path}.hint`, it.hint, 2000, PLAIN);
      return [input(`${path}.element`, it.element)];
    }
    default:
      throw invalid(path, `is of unknown type ${type}`);
  }
}

export type Surface = 'message' | 'modal' | 'home';

function charactersIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let sum = 0;
  for (const [key, inner] of Object.entries(value))
    sum += key === 'text' && typeof inner === 'string' ? inner.length : charactersIn(inner);
  return sum;
}

/** Throws Refused. */
export function checkBlocks(blocks: unknown, surface: Surface): void {
  const all = list('blocks', blocks, 0, surface === 'message' ? 50 : 100);
  const ids: string[] = [];
  for (const [at, block] of all.entries()) {
    checkBlock(`blocks[${at}]`, block, surface);
    const id = (block as Json).block_id;
    if (id !== undefined) ids.push(string(`blocks[${at}].block_id`, id, 1, 255));
  }
  if (new Set(ids).size !== ids.length) throw invalid('blocks', 'have a block_id twice');
  if (all.filter((block) => (block as Json).type === 'table').length > 1)
    throw new Refused('invalid_blocks', 'only_one_table_allowed');
  // Not in the reference: what people who met it were told (slackapi/bolt-js#2509).
  const characters = charactersIn(all);
  if (surface === 'message' && characters > 12_000)
    throw new Refused('msg_blocks_too_long', `${characters} characters of text`);
}

export function checkView(view: unknown): Json {
  const type = (view as Json | null)?.type;
  if (type === 'home') {
    const it = object('view', view, ['type', 'blocks', 'private_metadata', 'callback_id', 'external_id']);
    checkBlocks(it.blocks, 'home');
    return it;
  }
  const it = object('view', view, [
    'type',
    'title',
    'submit',
    'close',
    'blocks',
    'private_metadata',
    'callback_id',
    'external_id',
    'clear_on_close',
    'notify_on_close',
  ]);
  if (type !== 'modal') throw invalid('view.type', 'must be modal or home');
  for (const part of ['title', 'submit', 'close'])
    if (part === 'title' || it[part] !== undefined) textObject(`view.${part}`, it[part], 24, PLAIN);
  if (it.private_metadata !== undefined) string('view.private_metadata', it.private_metadata, 0, 3000);
  if (it.callback_id !== undefined) string('view.callback_id', it.callback_id, 1, 255);
  checkBlocks(it.blocks, 'modal');
  const inputs = (it.blocks as Json[]).some((block) => block.type === 'input');
  if (inputs && it.submit === undefined) throw invalid('view.submit', 'is required where there are inputs');
  return it;
}

/** https://docs.slack.dev/messaging/message-metadata */
export function checkMetadata(metadata: unknown): Json {
  const it = object('metadata', metadata, ['event_type', 'event_payload']);
  string('metadata.event_type', it.event_type, 1, 255);
  if (typeof it.event_payload !== 'object' || it.event_payload === null)
    throw new Refused('invalid_metadata_format', 'event_payload must be an object');
  return it;
}

/** Text that would notify a crowd or format where only literal text belongs. */
export function checkText(text: unknown): void {
  if (typeof text !== 'string' || text === '') throw new Refused('no_text', 'a message needs text');
  if (text.length > 40_000) throw new Refused('msg_too_long', `${text.length} characters`);
}
