/** Forms on Discord: at most five fields, so the rest is asked for next; menus of this very case; none where no form would help. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type DiscordDesk, inputsOf, modalOf, playDiscord, textOf } from '../support/discord-desk.js';
import { buttonsOf } from '../support/discord-people.js';
import type { Json, Message, Seen } from '../support/discord-state.js';

let play: DiscordDesk;
beforeEach(async () => {
  play = await playDiscord();
});
afterEach(() => play.close());

function messageOf(seen: Seen): Message {
  if (seen.kind !== 'message') throw new Error('not a message');
  return seen.message;
}
const fills = (name: string, modal: Json, fields: Readonly<Record<string, string>>): Promise<Seen> =>
  play.sees(play.human(name).fills(modal, fields, play.cases));
const goesOn = async (name: string, label: string, seen: Seen): Promise<Json> =>
  modalOf(await play.sees(play.human(name).presses(label, messageOf(seen))));
const menuOf = (modal: Json, name: string): readonly unknown[] =>
  (
    (modal.components as { component: Json }[]).find(({ component }) => component.custom_id === name)
      ?.component.options as Json[] | undefined
  )?.map(({ value }) => value) ?? [];

it('files a disclosure begun empty: the basis’s own fields come in a second step', async () => {
  const asked = modalOf(await play.sees(play.human('mei').uses('disclosure', 'request', {}, play.cases)));
  expect(inputsOf(asked)).toEqual(['customer', 'to', 'data', 'purpose', 'basis']);
  const given = {
    customer: 'C-10812',
    to: 'Courier',
    data: 'name',
    purpose: 'bring the order',
    basis: 'transaction',
  };
  const next = await fills('mei', asked, given);
  expect(buttonsOf(messageOf(next)).map(({ label }) => label)).toEqual(['Fill it in']);
  const page = await goesOn('mei', 'Fill it in', next);
  expect(inputsOf(page)).toEqual(['order', 'template']);
  expect(menuOf(page, 'template')).toContain('delivery');
  const filed = await fills('mei', page, { order: 'SO-881', template: 'delivery' });
  expect(textOf(filed)).toContain('DR-2026-0001');
});

it('offers a refused command again, with what was typed', async () => {
  const seen = await play.says('mei', '/privacy log access C-20417 received:2026-12-24');
  expect(textOf(seen)).toContain('future');
  const form = await goesOn('mei', 'Correct it', seen);
  expect(inputsOf(form)).toContain('received');
  expect(textOf(await fills('mei', form, { received: '2026-11-20' }))).toContain('Logged as PR-2026-0001');
});

it('lets the ground be chosen among those of the type, and asks for facts only when it needs them', async () => {
  await play.says('mei', '/privacy log stop_handling C-30555 scope:purchase_log');
  await play.says('mei', '/privacy verify PR-2026-0001 callback pass call#9');
  await play.says('mei', '/privacy check PR-2026-0001 all retained');
  const form = modalOf(await play.sees(play.human('mei').presses('Propose', play.cardOf('PR-2026-0001'))));
  expect(inputsOf(form)).toEqual(['outcome', 'ground']);
  expect(menuOf(form, 'ground')).toContain('STOP_HARM_TO_OTHERS');
  expect(menuOf(form, 'ground')).not.toContain('ID_NOT_CORRECTABLE');
  const chosen = { outcome: 'refused', ground: 'STOP_HARM_TO_OTHERS' };
  const next = await goesOn('mei', 'Fill it in', await fills('mei', form, chosen));
  expect(inputsOf(next)).toEqual(['facts']);
  const proposed = await fills('mei', next, { facts: 'Another tenant would be harmed' });
  expect(textOf(proposed)).toContain('Proposed: refused');
});

it('answers a button of an old card at once', async () => {
  await play.says('mei', '/privacy log deletion C-10812 scope:email');
  const old = play.cardOf('PR-2026-0001');
  const pressed = { ...old, components: structuredClone(old.components) };
  for (const call of [1, 2, 3])
    await play.says('mei', `/privacy verify PR-2026-0001 callback fail call#${call}`);
  const seen = await play.sees(play.human('mei').presses('Identity verified', pressed));
  expect(textOf(seen)).toContain('3 identity attempts');
});
