/**
 * `npm start` with Slack's tokens, as an administrator runs it: what it says when they are wrong, that it serves, and that it
 * stops in order.
 */
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { pino } from 'pino';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FrontDesk } from '../../src/chat/surface.js';
import { createSlackSurface } from '../../src/surfaces/slack/app.js';
import { builtMain } from '../support/built.js';
import { dataFolder, startDesk } from '../support/desk-process.js';
import { slackSettings } from '../support/slack-desk.js';
import { APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, SlackFake } from '../support/slack-fake.js';
import { Player } from '../support/slack-player.js';
import { leaksIn } from '../support/slack-privacy.js';
import { TEAM } from '../support/slack-state.js';
import { socketWire } from '../support/slack-wire.js';

let fake: SlackFake;
let folder: Awaited<ReturnType<typeof dataFolder>>;
beforeAll(builtMain);
beforeEach(async () => {
  fake = await SlackFake.start();
  fake.state.addPerson({ id: 'U0ADMIN01', name: 'admin', team: TEAM, flags: {} });
  fake.state.addPerson({ id: 'U0MEI0001', name: 'mei', team: TEAM, flags: {} });
  fake.state.addChannel('C0CASES01', ['U0ADMIN01', 'U0MEI0001']);
  folder = await dataFolder();
});
afterEach(async () => {
  expect(leaksIn(fake.calls)).toEqual([]);
  await fake.stop();
  await folder.remove();
});

const settings = (more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> => ({
  SLACK_BOT_TOKEN: BOT_TOKEN,
  SLACK_APP_TOKEN: APP_TOKEN,
  SLACK_API_URL: fake.apiUrl,
  OMBUD_ADMINS: 'slack:U0ADMIN01',
  ...more,
});

describe('npm start with Slack tokens', () => {
  it('serves an administrator who makes the first staff member and binds the channel, then stops in order', async () => {
    const desk = startDesk(folder.dir, { env: settings() });
    await fake.state.until(() => fake.openSockets() === 2, 'two sockets', 30_000);
    const wire = socketWire(fake);
    const [admin, mei] = [new Player(fake, wire, 'U0ADMIN01'), new Player(fake, wire, 'U0MEI0001')];
    expect(JSON.stringify(await mei.says('/privacy log deletion C-10812'))).toContain('staff list');
    const added = await admin.says('/desk staff action:add person:<@U0MEI0001|mei> role:agent');
    expect(JSON.stringify(added)).toContain('@mei is an agent now');
    await admin.says('/desk channel use:cases');
    expect(JSON.stringify(await mei.says('/privacy log deletion C-10812'))).toContain('Logged as PR-');
    const cases = fake.state.channel('C0CASES01');
    await fake.state.until(() => cases.messages.length === 1, 'the card', 20_000);
    process.kill(desk.pid, 'SIGTERM');
    const ended = await desk.ended;
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code: 0, stdout: '' });
    expect(ended.stderr).not.toContain('10812');
    expect(fake.refusals).toEqual([]);
  });

  it('says plainly what is wrong with a token Slack refuses, without showing it', async () => {
    const ended = await startDesk(folder.dir, { env: settings({ SLACK_BOT_TOKEN: 'xoxb-not-this-one' }) })
      .ended;
    expect(ended.code).toBe(78);
    expect(ended.stderr).toContain('Slack refuses SLACK_BOT_TOKEN (invalid_auth)');
    expect(ended.stderr).not.toContain('not-this-one');
  });

  it('says plainly what is wrong with an app token Slack refuses, and with a missing scope', async () => {
    const wrong = settings({ SLACK_APP_TOKEN: 'xapp-not-this-one' });
    const ended = await startDesk(folder.dir, { env: wrong }).ended;
    expect(ended.code).toBe(78);
    expect(ended.stderr).toContain('Slack refuses SLACK_APP_TOKEN (invalid_auth)');
    expect(ended.stderr).toContain('connections:write');
    expect(ended.stderr).not.toMatch(/not-this-one|\n\s+at /);
    for (let call = 0; call < 4; call += 1)
      fake.failNext('apps.connections.open', { kind: 'error', code: 'missing_scope' });
    const without = await startDesk(folder.dir, { env: settings() }).ended;
    expect(without.code).toBe(78);
    expect(without.stderr).toContain('Slack refuses SLACK_APP_TOKEN (missing_scope)');
  });

  it('waits until Slack’s bad minute is over', async () => {
    for (const fault of [
      { kind: 'http', status: 503 },
      { kind: 'http', status: 500 },
      { kind: 'rate-limited', seconds: 1 },
      { kind: 'error', code: 'internal_error' },
    ] as const)
      fake.failNext('apps.connections.open', fault);
    const desk = startDesk(folder.dir, { env: settings() });
    await fake.state.until(() => fake.openSockets() === 2, 'two sockets', 40_000);
    process.kill(desk.pid, 'SIGTERM');
    expect((await desk.ended).code).toBe(0);
  });

  it('says that its port is taken', async () => {
    const { SLACK_APP_TOKEN: _, ...rest } = settings();
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const port = String((other.address() as AddressInfo).port);
    const env = { ...rest, SLACK_SIGNING_SECRET: SIGNING_SECRET, PORT: port };
    const ended = await startDesk(folder.dir, { env }).ended;
    other.close();
    expect(ended.code).toBe(78);
    expect(ended.stderr).toContain(`HOST 127.0.0.1 and PORT ${port} cannot be listened on (EADDRINUSE)`);
    expect(ended.stderr).not.toMatch(/\n\s+at /);
  });

  it('outlives a hiccup of Slack at the start: asked again until it says who the bot is', async () => {
    for (const fault of [
      { kind: 'http', status: 500 },
      { kind: 'rate-limited', seconds: 1 },
      { kind: 'dropped' },
    ] as const)
      fake.failNext('auth.test', fault);
    const desk = startDesk(folder.dir, { env: settings() });
    await fake.state.until(() => fake.openSockets() === 2, 'two sockets', 40_000);
    process.kill(desk.pid, 'SIGTERM');
    const ended = await desk.ended;
    expect(ended.code).toBe(0);
    expect(ended.stderr).toContain(`Slack cannot be reached at ${fake.apiUrl}`);
  });

  it('the rest of the desk runs while Slack is away', async () => {
    const surface = createSlackSurface(
      { ...slackSettings(fake, 'socket'), apiUrl: 'http://127.0.0.1:9/api/', startWithinMs: 100 },
      pino({ level: 'silent' }),
    );
    await surface.start({} as FrontDesk);
    expect(surface.facts()).toContainEqual(['Slack workspace', 'not connected']);
    await surface.stop();
  });

  it('ends in order and soon while a post hangs', async () => {
    const desk = startDesk(folder.dir, { env: settings() });
    await fake.state.until(() => fake.openSockets() === 2, 'two sockets', 30_000);
    const admin = new Player(fake, socketWire(fake), 'U0ADMIN01');
    await admin.says('/desk staff action:add person:<@U0MEI0001|mei> role:agent');
    await admin.says('/desk channel use:cases');
    let release: () => void = () => undefined;
    const until = new Promise<void>((settle) => {
      release = settle;
    });
    fake.failNext('chat.postMessage', { kind: 'held', until });
    await new Player(fake, socketWire(fake), 'U0MEI0001').says('/privacy log deletion C-10812');
    await fake.state.until(() => fake.arrived.includes('chat.postMessage'), 'the post', 20_000);
    const began = performance.now();
    process.kill(desk.pid, 'SIGTERM');
    const ended = await desk.ended;
    expect(ended.code).toBe(0);
    expect(performance.now() - began).toBeLessThan(8_000);
    expect(ended.stderr).not.toContain('store is closed');
    release();
  });

  it('names every problem of the settings at once', async () => {
    const env = {
      SLACK_BOT_TOKEN: 'xapp-wrong-kind',
      SLACK_WORKSPACES: 'acme',
      SLACK_API_URL: 'slack.com',
      PORT: '70000',
      HOST: 'a b',
    };
    const ended = await startDesk(folder.dir, { env }).ended;
    expect(ended.code).toBe(78);
    expect(ended.stderr).not.toContain('wrong-kind');
    for (const name of [...Object.keys(env), 'SLACK_APP_TOKEN', 'OMBUD_ADMINS'])
      expect(ended.stderr).toContain(`${name} `);
  });

  it('HTTP mode listens on loopback and answers a load balancer', async () => {
    const { SLACK_APP_TOKEN: _, ...rest } = settings();
    const port = 20_000 + Math.floor(process.pid % 20_000);
    const desk = startDesk(folder.dir, {
      env: { ...rest, SLACK_SIGNING_SECRET: SIGNING_SECRET, PORT: String(port) },
    });
    let status = 0;
    for (let tries = 0; tries < 200 && status !== 200; tries += 1) {
      status = await fetch(`http://127.0.0.1:${port}/readyz`).then(
        (response) => response.status,
        () => new Promise<number>((settle) => setTimeout(() => settle(0), 100)),
      );
    }
    expect(status).toBe(200);
    process.kill(desk.pid, 'SIGINT');
    expect((await desk.ended).code).toBe(0);
  });
});
