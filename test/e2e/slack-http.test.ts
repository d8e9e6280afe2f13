/**
 * The port of HTTP mode: what it lets in, where it listens, what it tells a load balancer.
 */
import { networkInterfaces } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SlackDesk, slackDesk } from '../support/slack-desk.js';
import { SIGNING_SECRET } from '../support/slack-fake.js';
import type { Sent } from '../support/slack-sender.js';
import { type Delivery, sendHere, signed } from '../support/slack-wire.js';

let desk: SlackDesk;
beforeEach(async () => {
  desk = await slackDesk({ mode: 'http' });
});
afterEach(() => desk.close());

const url = (path: string): string => `http://127.0.0.1:${desk.surface.port()}${path}`;

const send = (delivery: Delivery, secret: string, now: number): Promise<Sent> =>
  sendHere(signed(url('/slack/events'), delivery, secret, now));

function mention(): Delivery {
  return desk.as('mei').mention('desk officer', desk.cases, null);
}

describe('a request', () => {
  it('with its signature is taken', async () => {
    expect((await send(mention(), SIGNING_SECRET, Date.now())).status).toBe(200);
    expect(desk.as('mei').seen()).toHaveLength(1);
  });

  it.each([
    ['signed with another secret', 'another-secret-of-nobody', 0],
    ['signed six minutes ago', SIGNING_SECRET, -6 * 60_000],
    ['signed for six minutes from now', SIGNING_SECRET, 6 * 60_000],
  ])('%s is refused and does nothing', async (_, secret, off) => {
    expect((await send(mention(), secret, Date.now() + off)).status).toBe(401);
    expect(desk.as('mei').seen()).toEqual([]);
  });

  it('without any is refused; with a body out of bounds too', async () => {
    const bare = await fetch(url('/slack/events'), { method: 'POST', body: '{"type":"event_callback"}' });
    expect(bare.status).toBe(401);
    const huge = await fetch(url('/slack/events'), { method: 'POST', body: 'x'.repeat(3_000_000) });
    expect(huge.status).toBe(413);
    const elsewhere = await fetch(url('/slack/other'), { method: 'POST', body: 'x' });
    expect(elsewhere.status).toBe(404);
  });

  it('that proves the address is answered with its challenge', async () => {
    const proof: Delivery = { kind: 'events_api', payload: { type: 'url_verification', challenge: 'abc' } };
    const answer = await send(proof, SIGNING_SECRET, Date.now());
    expect(JSON.parse(answer.text)).toEqual({ challenge: 'abc' });
  });
});

it('listens on loopback only', async () => {
  const others = Object.values(networkInterfaces())
    .flat()
    .flatMap((each) =>
      each !== undefined && !each.internal && each.family === 'IPv4' ? [each.address] : [],
    );
  for (const address of others)
    await expect(
      fetch(`http://${address}:${desk.surface.port()}/healthz`, { signal: AbortSignal.timeout(2_000) }),
    ).rejects.toThrow();
  expect((await fetch(url('/healthz'))).status).toBe(200);
});

it('says whether it is ready', async () => {
  expect((await fetch(url('/readyz'))).status).toBe(200);
  await desk.store.close();
  expect((await fetch(url('/healthz'))).status).toBe(200);
  await expect.poll(async () => (await fetch(url('/readyz'))).status, { timeout: 5_000 }).toBe(503);
});

it('asks the database once a second at most whether it is ready, however many ask', async () => {
  const { transact } = desk.store;
  let looks = 0;
  Object.assign(desk.store, {
    transact: (...given: Parameters<typeof transact>) => {
      looks += 1;
      return transact(...given);
    },
  });
  const answers = await Promise.all(Array.from({ length: 30 }, () => fetch(url('/readyz'))));
  expect(answers.every(({ status }) => status === 200)).toBe(true);
  expect(looks).toBeLessThan(10);
});
