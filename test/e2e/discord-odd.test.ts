/** What Discord never documents and sends all the same: one odd packet is nobody's command, and the desk goes on. */
import { afterEach, expect, it } from 'vitest';
import { type DiscordDesk, playDiscord, textOf } from '../support/discord-desk.js';

let play: DiscordDesk;
afterEach(() => play.close());

const somebody = { id: '81384788765712384', username: 'eve', discriminator: '0', global_name: null };

it.each([
  ['a button without its message', { type: 3, data: { component_type: 2, custom_id: 'v1|desk.help||' } }],
  ['a command without data', { type: 2 }],
  ['a form without components', { type: 5, data: { custom_id: 'v1|desk.help||' } }],
  [
    'rights that are no number',
    { type: 3, app_permissions: 'all', data: { component_type: 2, custom_id: 'x' } },
  ],
])('%s ends nothing', async (_, odd) => {
  play = await playDiscord();
  const { state, gateway } = play.discord;
  gateway.emit('INTERACTION_CREATE', {
    id: state.snowflake(),
    application_id: state.application,
    token: 'odd',
    version: 1,
    guild_id: state.guild,
    channel_id: play.cases.id,
    app_permissions: '0',
    member: { user: somebody, roles: [], permissions: '0' },
    ...odd,
  });
  gateway.emit('MESSAGE_REACTION_ADD', {});
  gateway.emit('CHANNEL_UPDATE', { id: play.cases.id, type: 'text' });
  expect(textOf(await play.says('mei', '/privacy log deletion C-10812'))).toContain('PR-2026-0001');
});

it('a command that Discord delivers too late is told in a direct message, since nobody saw an answer', async () => {
  play = await playDiscord();
  play.human('mei').uses('privacy', 'log', { type: 'access', customer: 'C-10812' }, play.cases);
  play.discord.state.advance(4_000);
  const told = () => play.posts().filter((message) => textOf(message).includes('Logged as PR-2026-0001'));
  await expect.poll(() => told().length, { timeout: 10_000 }).toBe(1);
  expect([play.cases.id, play.officers.id]).not.toContain(told()[0]?.channel);
});

it('an account is chosen from the members, or typed for another platform', async () => {
  play = await playDiscord();
  const zoe = play.human('zoe');
  const given = { action: 'add', person: 'zoe', role: 'agent', member: zoe.id };
  await play.sees(play.human('root').uses('desk', 'staff', given, play.cases));
  expect((await play.store.transact((tx) => tx.staffOf(`discord:${zoe.id}` as never)))?.person).toBe('zoe');
});

it('a stranger is told the account an administrator needs', async () => {
  play = await playDiscord();
  const eve = play.human('eve');
  const seen = await play.says('eve', '/privacy list');
  expect(textOf(seen)).toContain(`discord:${eve.id}`);
});
