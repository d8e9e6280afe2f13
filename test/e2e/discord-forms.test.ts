/**
 * Forms on Discord: a form cannot answer a form, and what somebody typed is never lost with one.
 */
import { afterEach, describe, expect, it } from 'vitest';
import {
  type DiscordDesk,
  inputsOf,
  modalOf,
  type PlayOptions,
  playDiscord,
  textOf,
} from '../support/discord-desk.js';
import { buttonsOf } from '../support/discord-people.js';
import type { Json, Message, Seen } from '../support/discord-state.js';
import { ledgerOf } from '../support/ledger-view.js';

let play: DiscordDesk;
afterEach(() => play.close());
const start = async (options: PlayOptions = {}): Promise<void> => {
  play = await playDiscord(options);
};

const LONG_NOTE = 'She called twice and asked for everything we keep about her last orders to be deleted.';

const fills = async (name: string, modal: Json, fields: Readonly<Record<string, string>>): Promise<Seen> =>
  play.sees(play.human(name).fills(modal, fields, play.cases));
const opens = async (name: string, form: Promise<Seen>): Promise<Json> => {
  const seen = await form;
  return modalOf(await play.sees(play.human(name).presses('Fill it in', messageOf(seen))));
};
function messageOf(seen: Seen): Message {
  if (seen.kind !== 'message') throw new Error('not a message');
  return seen.message;
}
/** What stands in the form's inputs and menus before anybody touches it. */
const standsIn = (modal: Json): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    (modal.components as { component: Json }[]).map(({ component }) => [
      component.custom_id,
      component.value ??
        (component.options as Json[] | undefined)?.find((each) => each.default === true)?.value,
    ]),
  );

describe('a form that was sent without something', () => {
  it('is answered with a button that opens it again, with everything that was typed', async () => {
    await start();
    const asked = modalOf(
      await play.sees(play.human('root').uses('desk', 'staff', { action: 'add' }, play.cases)),
    );
    const seen = await fills('root', asked, { person: 'zoe', role: 'agent' });
    expect(textOf(seen)).toContain('account');
    const again = await opens('root', Promise.resolve(seen));
    expect(standsIn(again)).toMatchObject({ person: 'zoe', role: 'agent' });
    const added = await fills('root', again, { account: 'discord:81384788765712399' });
    expect(textOf(added)).toContain('zoe');
    expect(play.surface.facts().flat().join(' ')).toContain('0 lost');
  });

  it('and with nothing but blanks in a field is one of them', async () => {
    await start();
    const note = { note: LONG_NOTE };
    const asked = modalOf(await play.sees(play.human('mei').uses('privacy', 'log', note, play.cases)));
    const again = await opens('mei', fills('mei', asked, { type: 'access', customer: '  ' }));
    expect(standsIn(again)).toMatchObject({ customer: '  ' });
    const logged = textOf(await fills('mei', again, { customer: 'C-10812' }));
    expect(logged).toContain('Logged as PR-2026-0001');
    // The type was chosen in the form before; five fields fit, so it is kept and not asked again.
    expect(logged).toContain('Access');
    expect(JSON.stringify(await ledgerOf(play.store))).toContain(LONG_NOTE);
  });
});

describe('a form that nobody remembers any more', () => {
  it('is made anew with what was typed into it', async () => {
    await start({ deferAfterMs: 20 });
    const opened = await play.sees(
      play.human('mei').uses('privacy', 'log', { type: 'access', note: LONG_NOTE }, play.cases),
    );
    const form = opened.kind === 'modal' ? opened.modal : await opens('mei', Promise.resolve(opened));
    expect(form.custom_id).toMatch(/^draft\|/);
    play = await play.restart();
    const seen = await fills('mei', form, { customer: 'C-10812', ref: 'T-4711' });
    expect(textOf(seen)).toContain('no longer remembered');
    expect(await ledgerOf(play.store)).toEqual([]);
    expect(buttonsOf(messageOf(seen)).map(({ label }) => label)).toEqual(['Fill it in']);
    const again = await opens('mei', Promise.resolve(seen));
    // What was lost is asked for first; what was typed is in the form or goes with it.
    expect(inputsOf(again)).toEqual(expect.arrayContaining(['type', 'note']));
    await fills('mei', again, { type: 'access' });
    const ledger = JSON.stringify(await ledgerOf(play.store));
    expect(ledger).toContain('request_logged');
    expect(textOf(await play.says('mei', '/privacy show PR-2026-0001'))).toContain('T-4711');
  });
});
