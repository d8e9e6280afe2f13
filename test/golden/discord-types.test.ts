/** Discord's golden payloads as its published types have them, and probes that must fail, so that a pass means something. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { IS_COMPONENTS } from '../support/discord-rules.js';
import { mistyped, type Typed } from '../support/discord-types.js';

const FOLDER = 'test/golden/discord';

const button = { type: 2, style: 1, label: 'Take it', custom_id: 'v1|privacy.assign||case=PR-2026-0001' };
const input = { type: 4, custom_id: 'customer', style: 1, required: true };
const modal = (component: object) => ({
  custom_id: 'v1|privacy.log||',
  title: '/privacy log',
  components: [{ type: 18, label: 'Customer', component }],
});
const message = (component: object, more: object = {}) => ({
  content: '',
  components: [{ type: 1, components: [component] }],
  ...more,
});

const RIGHT: readonly Typed[] = [
  { name: 'rightMessage', type: 'Message', payload: message(button) },
  { name: 'rightModal', type: 'Modal', payload: modal(input) },
];
const WRONG: readonly Typed[] = [
  { name: 'style', type: 'Message', payload: message({ ...button, style: 9 }) },
  { name: 'unknown', type: 'Message', payload: message(button, { colour: 1 }) },
  { name: 'unlabelled', type: 'Message', payload: message({ type: 2, style: 1, custom_id: 7 }) },
  { name: 'pings', type: 'Message', payload: message(button, { allowed_mentions: { parse: ['all'] } }) },
  { name: 'kind', type: 'Modal', payload: modal({ ...input, style: 3 }) },
  { name: 'buttoned', type: 'Modal', payload: modal(button) },
];

/** A private answer has one flag more, which a literal of the type cannot have beside it. */
const withoutPrivate = (payload: { readonly flags?: number }): object =>
  payload.flags === undefined ? payload : { ...payload, flags: payload.flags & IS_COMPONENTS };

it('the golden payloads are what Discord’s types allow, and a wrong one is not', async () => {
  const golden: Typed[] = [];
  for (const file of (await readdir(FOLDER)).sort())
    golden.push({
      name: file.replace('.json', '').replaceAll('-', '_'),
      type: file.startsWith('modal-') ? 'Modal' : 'Message',
      payload: withoutPrivate(JSON.parse(await readFile(join(FOLDER, file), 'utf8'))),
    });
  expect(golden.length).toBeGreaterThan(20);
  expect(await mistyped([...golden, ...RIGHT, ...WRONG])).toEqual(WRONG.map(({ name }) => name));
});
