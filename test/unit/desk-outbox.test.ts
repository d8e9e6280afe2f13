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

const enqueued = (lane: string, ...keys: readonly string[]) =>
  store.transact((tx) =>
    tx.enqueueAll(
      keys.map((key) => ({
        key,
        surface: 'terminal',
        lane,
        effect: { kind: 'digest', day: '2026-11-23', channel: '#cases', officer: false, at: '#cases' },
      })),
      clock(),
    ),
  );

it('sends a lane in order, in runs, and what fails holds the rest of its lane up, untouched', async () => {
  await enqueued('terminal:#cases', ...Array.from({ length: 30 }, (_, index) => `p:${index + 1}`));
  const sent: string[] = [];
  let away = true;
  const outbox = outboxWith(async (_place, _card, key) => {
    if (away && key === 'p:7') throw new DeliveryFailure('away', { retryable: true, sent: 'no' });
    sent.push(key);
    return { channel: '#cases', id: key };
  });
  await outbox.drain();
  expect(sent).toEqual(['digest:1', ...[1, 2, 3, 4, 5, 6].map((number) => `p:${number}`)]);
  expect((await store.stuckPosts(40)).map(({ key, status }) => `${key} ${status}`)).toEqual(
    Array.from({ length: 24 }, (_, index) => `p:${index + 7} pending`),
  );
  away = false;
  now += 600_000;
  await outbox.drain();
  expect(sent.slice(7)).toEqual(Array.from({ length: 24 }, (_, index) => `p:${index + 7}`));
  expect(await left()).toEqual([]);
});

it('goes on with one lane while another waits, with what comes meanwhile too', async () => {
  await enqueued('terminal:#other', 'o:1', 'o:2');
  let arrive = (): void => {};
  const held = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const sent: string[] = [];
  let done = (): void => {};
  const others = new Promise<void>((resolve) => {
    done = resolve;
  });
  const outbox = outboxWith(async (_place, _card, key) => {
    if (key === 'digest:1') await held;
    sent.push(key);
    if (sent.length === 3) done();
    return { channel: '#cases', id: key };
  });
  const drained = outbox.drain();
  await enqueued('terminal:#late', 'l:1');
  const again = outbox.drain();
  await others;
  expect([...sent].sort()).toEqual(['l:1', 'o:1', 'o:2']);
  arrive();
  await Promise.all([drained, again]);
  expect(sent.at(-1)).toBe('digest:1');
  expect(await left()).toEqual([]);
});

it('comes back to a lane that ended while the others were looked through', async () => {
  await enqueued('terminal:#cases', ...Array.from({ length: 25 }, (_, index) => `p:${index + 1}`));
  let arrive = (): void => {};
  const held = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  let ended = (): void => {};
  const marked = new Promise<void>((resolve) => {
    ended = resolve;
  });
  let again: Promise<void> | null = null;
  const { claimPosts, markAllSent } = store;
  store = {
    ...store,
    claimPosts: async (...given) => {
      if ((given[4]?.except.size ?? 0) === 0) return claimPosts(...given);
      arrive();
      await marked;
      return claimPosts(...given);
    },
    markAllSent: async (sent) => {
      const lost = await markAllSent(sent);
      if (sent.some(({ post }) => post.key === 'p:19')) setImmediate(ended);
      return lost;
    },
  };
  const outbox = outboxWith(async (_place, _card, key) => {
    if (key === 'p:19') {
      again = outbox.drain();
      await held;
    }
    return { channel: '#cases', id: key };
  });
  await outbox.drain();
  expect(await left()).toEqual([]);
  await again;
});

it('fails as the store does, and not before what is on its way has ended', async () => {
  const outbox = outboxWith(async () => ({ channel: '#cases', id: '1' }));
  const fault = new Error('the disk failed');
  const { markAllSent } = store;
  store = { ...store, markAllSent: () => Promise.reject(fault) };
  const failing = outboxWith(async () => ({ channel: '#cases', id: '1' }));
  await expect(failing.drain()).rejects.toBe(fault);
  store = { ...store, markAllSent };
  // It may have arrived: nobody sends it again before its lease has ended.
  await outbox.drain();
  expect(await left()).toEqual([{ status: 'claimed', attempt: 1 }]);
});
