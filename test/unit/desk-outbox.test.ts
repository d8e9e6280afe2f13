/**
 * What becomes of a post that does not arrive: what may still arrive waits as long as it takes, what cannot is given up.
 */
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { card } from '../../src/chat/card.js';
import { DeliveryFailure, type Surface } from '../../src/chat/surface.js';
import { createOutbox, type Outbox } from '../../src/desk/post/outbox.js';
import type { Renderer } from '../../src/desk/post/renderer.js';
import type { Store } from '../../src/record/store.js';
import type { Instant } from '../../src/vocabulary/values.js';
import { openFresh } from '../support/fresh-store.js';

let store: Store;
let now: number;
beforeEach(async () => {
  now = Date.parse('2026-11-23T02:00:00Z');
  store = await openFresh();
  await store.transact((tx) =>
    tx.enqueue(
      {
        key: 'digest:1',
        surface: 'terminal',
        lane: 'terminal:#cases',
        effect: { kind: 'digest', day: '2026-11-23', channel: '#cases', officer: false, at: '#cases' },
      },
      clock(),
    ),
  );
});
afterEach(() => store.close());

const clock = (): Instant => new Date(now).toISOString() as Instant;

function outboxWith(post: Surface['post'], render: Renderer = digest): Outbox {
  const surface: Surface = {
    name: 'terminal',
    start: async () => undefined,
    post,
    edit: async (message) => message,
    upload: async () => ({ channel: 'files', id: '1' }),
    stop: async () => undefined,
  };
  const surfaces = new Map([['terminal', surface]]);
  return createOutbox({ store, surfaces, clock, render, log: pino({ level: 'silent' }) });
}

const digest: Renderer = async () => ({
  place: { kind: 'channel', channel: '#cases' },
  card: card('x', 'neutral', []),
  slot: null,
  message: null,
});

async function drainFor(outbox: Outbox, minutes: number): Promise<void> {
  for (let minute = 0; minute <= minutes; minute += 1) {
    await outbox.drain();
    now += 60_000;
  }
}

const left = async () => (await store.stuckPosts(10)).map(({ status, attempt }) => ({ status, attempt }));

it('waits for as long as it takes, and never longer than five minutes at a time', async () => {
  let attempts = 0;
  let back = false;
  const outbox = outboxWith(async () => {
    attempts += 1;
    if (back) return { channel: '#cases', id: '1' };
    throw new DeliveryFailure('away', { retryable: true, sent: 'no' });
  });
  await drainFor(outbox, 6 * 60);
  expect((await left()).map(({ status }) => status)).toEqual(['pending']);
  expect(attempts).toBeGreaterThan(60);
  back = true;
  await drainFor(outbox, 5);
  expect(await left()).toEqual([]);
});

it('gives up at once what was refused for good', async () => {
  const outbox = outboxWith(async () => {
    throw new DeliveryFailure('no such channel', { retryable: false, sent: 'no' });
  });
  await drainFor(outbox, 10);
  expect(await left()).toEqual([{ status: 'dead', attempt: 1 }]);
});

it('tries again what could not be rendered, and soon holds nobody up', async () => {
  const outbox = outboxWith(
    async () => ({ channel: '#cases', id: '1' }),
    async () => {
      throw new Error('the database was busy');
    },
  );
  await drainFor(outbox, 10);
  expect(await left()).toEqual([{ status: 'dead', attempt: 4 }]);
});

it('keeps an unknown outcome unknown when it cannot be rendered again', async () => {
  let renders = 0;
  const retries: boolean[] = [];
  const outbox = outboxWith(
    async (_place, _card, _key, retry) => {
      retries.push(retry);
      if (!retry) throw new DeliveryFailure('no answer', { retryable: true, sent: 'perhaps' });
      return { channel: '#cases', id: '1' };
    },
    async (...given) => {
      renders += 1;
      if (renders === 2) throw new Error('the database was busy');
      return digest(...given);
    },
  );
  await drainFor(outbox, 3);
  expect(retries).toEqual([false, true]);
  expect(await left()).toEqual([]);
});
