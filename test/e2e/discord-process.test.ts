/**
 * The program as it ships, with a Discord token: it starts, works, says plainly what is wrong, and ends in order.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import { builtMain } from '../support/built.js';
import { dataFolder, startDesk } from '../support/desk-process.js';
import { textOf } from '../support/discord-desk.js';
import { type FakeDiscord, startDiscord, TOKEN } from '../support/discord-fake.js';
import type { Sent } from '../support/discord-people.js';
import { startPostgres } from '../support/postgres.js';

const server = await startPostgres();
afterAll(() => server?.stop());

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
  const text = seen.kind === 'message' ? JSON.stringify(seen.message.components) : '';
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

async function unsent(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ count: string }>(
      `SELECT count(*) FROM post WHERE status <> 'sent'`,
    );
    return Number(rows[0]?.count);
  } finally {
    await client.end();
  }
}

it.skipIf(server === null)(
  'does everything once where two of it share a database, also when one is killed',
  async () => {
    if (server === null) return;
    const [root, mei] = [discord.human('root'), discord.human('mei')];
    const channel = discord.channel('cases', [root.id, mei.id]);
    const database = server.urlOf(await server.freshDatabase());
    const env = {
      DATABASE_URL: database,
      OMBUD_KEY: randomBytes(32).toString('base64'),
      DISCORD_TOKEN: TOKEN,
      DISCORD_API_URL: discord.apiUrl,
      OMBUD_ADMINS: `discord:${root.id}`,
    };
    const [one, other] = [startDesk(folder.dir, { env }), startDesk(folder.dir, { env })];
    while (discord.gateway.counts.identified < 2 || discord.state.commandWrites === 0) await pause(20);
    const answers = async (sent: readonly Sent[]): Promise<readonly string[]> =>
      Promise.all(sent.map(async ({ seen }) => textOf(await seen)));
    const added = { action: 'add', person: 'mei', role: 'agent', account: `discord:${mei.id}` };
    await answers([root.uses('desk', 'staff', added, channel)]);
    await answers([root.uses('desk', 'channel', { use: 'cases' }, channel)]);
    const log = (customer: string): Sent => mei.uses('privacy', 'log', { type: 'access', customer }, channel);

    for (const customers of [
      ['C-11', 'C-12', 'C-13', 'C-14', 'C-15'],
      ['C-21', 'C-22', 'C-23'],
    ]) {
      const told = await answers(customers.map(log));
      expect(told.filter((each) => each.includes('Logged as'))).toHaveLength(customers.length);
      const cards = customers.length === 5 ? 5 : 8;
      while (discord.messagesIn(channel.id).length < cards) await pause(20);
      // The second round is for the one that is left. What a dead instance was sending waits for its lease, a minute.
      if (customers.length === 5) {
        while ((await unsent(database)) > 0) await pause(20);
        await other.kill();
      }
    }
    process.kill(one.pid, 'SIGTERM');
    expect((await one.ended).code).toBe(0);
    const refs = discord.messagesIn(channel.id).map((each) => textOf(each).slice(0, 12));
    expect(refs.sort()).toEqual(Array.from({ length: 8 }, (_, index) => `PR-2026-000${index + 1}`));
    const posted = discord.calls.filter(
      ({ call }) => call.method === 'POST' && /^\/channels\/\d+\/messages$/.test(call.path),
    );
    expect(posted).toHaveLength(8);
  },
  120_000,
);
