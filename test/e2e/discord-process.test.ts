/**
 * The program as it ships, with a Discord token: it starts, works, says plainly what is wrong, and ends in order.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { builtMain } from '../support/built.js';
import { dataFolder, startDesk } from '../support/desk-process.js';
import { type FakeDiscord, startDiscord, TOKEN } from '../support/discord-fake.js';

let discord: FakeDiscord;
let folder: Awaited<ReturnType<typeof dataFolder>>;
beforeEach(async () => {
  await builtMain();
  discord = await startDiscord();
  folder = await dataFolder();
});
afterEach(async () => {
  await discord.stop();
  await folder.remove();
});

it('registers its commands, answers, and ends with 0 on a signal', async () => {
  const root = discord.human('root');
  const channel = discord.channel('cases', [root.id]);
  const desk = startDesk(folder.dir, {
    env: { DISCORD_TOKEN: TOKEN, DISCORD_API_URL: discord.apiUrl, OMBUD_ADMINS: `discord:${root.id}` },
  });
  while (discord.state.commandWrites === 0) await pause(20);
  const seen = await root.uses('desk', 'doctor', {}, channel).seen;
  const text = seen.kind === 'message' ? JSON.stringify(seen.message.embeds) : '';
  expect(text).toContain('connected as ombud');
  expect(text).toContain('Test server');
  process.kill(desk.pid, 'SIGTERM');
  expect((await desk.ended).code).toBe(0);
}, 120_000);

it('says that a token is refused, and never repeats it', async () => {
  const secret = `${randomBytes(9).toString('hex')}.x.y`;
  const desk = startDesk(folder.dir, {
    env: {
      DISCORD_TOKEN: secret,
      DISCORD_API_URL: discord.apiUrl,
      OMBUD_ADMINS: 'discord:81384788765712384',
    },
  });
  const { code, stderr, stdout } = await desk.ended;
  expect(code).toBe(78);
  expect(stderr).toContain('Discord refused DISCORD_TOKEN');
  expect(stderr + stdout).not.toContain(secret);
}, 120_000);

it('names every wrong setting at once, without the secret', async () => {
  const desk = startDesk(folder.dir, {
    env: { DISCORD_TOKEN: 'not a token', DISCORD_API_URL: 'nowhere', DISCORD_GUILDS: 'mine' },
  });
  const { code, stderr } = await desk.ended;
  expect(code).toBe(78);
  for (const name of ['DISCORD_TOKEN', 'DISCORD_API_URL', 'DISCORD_GUILDS', 'OMBUD_ADMINS'])
    expect(stderr).toContain(name);
  expect(stderr).not.toContain('not a token');
}, 120_000);
