/**
 * Starting and losing the connection: a gateway that does not answer keeps nobody waiting, and nothing says it is there.
 */
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createDiscordSurface, type DiscordSurface } from '../../src/surfaces/discord/app.js';
import { type FakeDiscord, startDiscord, TOKEN } from '../support/discord-fake.js';
import { frontDesk } from '../support/front-desk.js';

let discord: FakeDiscord;
let surface: DiscordSurface;
beforeEach(async () => {
  discord = await startDiscord();
});
afterEach(async () => {
  await surface.stop();
  await discord.stop();
});

const logged: string[] = [];

function make(token = TOKEN): void {
  const settings = { token, apiUrl: discord.apiUrl, guilds: null, startWithinMs: 200 };
  logged.length = 0;
  surface = createDiscordSurface(
    settings,
    pino({ level: 'info' }, { write: (line) => void logged.push(line) }),
  );
}
const start = () => surface.start(frontDesk());
const facts = (): string => surface.facts().flat().join(' ');

/** Looks again each time the machine has done something; no guess about how long that takes. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}

it('does not wait for a gateway that is away, and connects when it is there', async () => {
  discord.gateway.away(true);
  make();
  await start();
  expect(facts()).toContain('Discord not connected');
  const place = { kind: 'channel', channel: discord.channel('cases', []).id } as const;
  const shown = {
    title: 'x',
    tone: 'neutral',
    blocks: [],
    actions: [],
    moments: [],
    footer: null,
    ref: null,
  } as const;
  await expect(surface.post(place, shown, 'key', false)).rejects.toMatchObject({
    retryable: true,
    sent: 'no',
  });
  discord.gateway.away(false);
  await until(() => facts().includes('connected as ombud'));
  await surface.post(place, shown, 'key', false);
  expect(discord.messagesIn(place.channel)).toHaveLength(1);
});

it('can be stopped while it waits', async () => {
  discord.gateway.away(true);
  make();
  await start();
  await surface.stop();
  discord.gateway.away(false);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(discord.gateway.counts.identified).toBe(0);
});

it('refuses to start with a token that Discord refuses', async () => {
  make('another.discord.token');
  await expect(start()).rejects.toThrow('Discord refused DISCORD_TOKEN');
});

it('does not say that it is connected when Discord has closed the gateway for good', async () => {
  make();
  await start();
  expect(facts()).toContain('Discord connected as ombud');
  discord.gateway.end(4004);
  await until(() => !facts().includes('connected as ombud'));
  expect(facts()).toContain('closed the gateway for good');
});

it('says that it is reconnecting while it does', async () => {
  make();
  await start();
  discord.gateway.away(true);
  discord.gateway.drop();
  await until(() => facts().includes('reconnecting as ombud'));
  discord.gateway.away(false);
  await until(() => facts().includes(' connected as ombud'));
  // One line an outage, and no stack.
  expect(logged.filter((line) => line.includes('the gateway is away')).length).toBeLessThanOrEqual(1);
  expect(logged.join()).not.toContain('"stack"');
  expect(logged.filter((line) => line.includes('"as":"ombud')).length).toBe(1);
});
