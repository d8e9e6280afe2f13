/** The outbox's part of the store contract: once, in order, fenced. */
import { expect, it } from 'vitest';
import type { Post } from '../../src/record/rows.js';
import type { Instant } from '../../src/vocabulary/values.js';
import { AT, type MakeHarness, post, sharedStore } from './store-fixtures.js';

const LATER = '2026-11-23T03:00:00Z' as Instant;
const LEASE = 3600;
/** A lease that has run out when it is taken. */
const NO_LEASE = 0;

export function outboxContract(make: MakeHarness): void {
  const store = sharedStore(make);
  const enqueue = (...posts: ReturnType<typeof post>[]) =>
    store().transact(async (tx) => {
      for (const one of posts) expect(await tx.enqueue(one, AT)).toBe(true);
    });
  const claimOne = async (surface: string, now = AT, lease = LEASE): Promise<Post> => {
    const [claimed, ...more] = await store().claimPosts([surface], now, lease, 10);
    if (claimed === undefined || more.length > 0) throw new Error('not exactly one post was claimed');
    return claimed;
  };
  const noneFor = async (surface: string, now = AT) =>
    expect(await store().claimPosts([surface], now, LEASE, 10)).toEqual([]);

  it('inserts a key once, whatever comes with it', async () => {
    const once = post('once:1', { surface: 'once', effect: { a: [1, null, 'é'] } });
    await store().transact(async (tx) => {
      expect(await tx.hasPost('once:1')).toBe(false);
      expect(await tx.enqueue(once, AT)).toBe(true);
      expect(await tx.enqueue({ ...once, effect: 'other' }, LATER)).toBe(false);
      expect(await tx.hasPost('once:1')).toBe(true);
    });
    const claimed = await claimOne('once');
    expect(claimed).toEqual({
      ...once,
      id: claimed.id,
      status: 'claimed',
      attempt: 1,
      notBefore: AT,
      lastError: null,
      flaw: null,
    });
    await store().markSent(claimed, null, null);
    expect(await store().transact((tx) => tx.enqueue(once, AT))).toBe(false);
    await noneFor('once');
  });

  it('hands out a run of a lane in order, up to what failed once or is not due, and marks it at once', async () => {
    const lane = (key: string, name: string) => post(key, { surface: 'runs', lane: name });
    const more = { run: 3, except: new Set<string>() };
    const claimed = async (except: readonly string[] = []) =>
      store().claimPosts(['runs'], AT, LEASE, 10, { ...more, except: new Set(except) });
    const keysOf = (posts: readonly Post[]) => posts.map(({ key }) => key);
    await store().transact(async (tx) => {
      const posts = [...['r:1', 'r:2', 'r:3', 'r:4', 'r:5'].map((key) => lane(key, 'r')), lane('s:1', 's')];
      expect(await tx.enqueueAll(posts, AT)).toBe(6);
      expect(await tx.enqueueAll([...posts, lane('s:2', 's')], AT)).toBe(1);
      expect(await tx.enqueueAll([], AT)).toBe(0);
    });
    const first = await claimed(['s']);
    expect(keysOf(first)).toEqual(['r:1', 'r:2', 'r:3']);
    expect(keysOf(await claimed(['s']))).toEqual([]);
    const [one, two, three] = first as [Post, Post, Post];
    const stale = { ...two, attempt: two.attempt + 1 };
    const ref = { channel: 'c', id: 'm' };
    const sent = [one, stale].map((each) => ({ post: each, slot: `slot:${each.key}`, ref }));
    expect(keysOf(await store().markAllSent(sent))).toEqual(['r:2']);
    expect(await store().transact((tx) => tx.message('slot:r:1'))).toEqual(ref);
    expect(await store().transact((tx) => tx.message('slot:r:2'))).toBeNull();
    expect(await store().markUnsent(two, 'pending', AT, null)).toBe(true);
    expect(await store().markUnsent(three, 'pending', LATER, 'away')).toBe(true);
    // What was tried before goes alone, and so does what is behind something tried before.
    const again = await claimed();
    expect(keysOf(again)).toEqual(['r:2', 's:1', 's:2']);
    await store().markAllSent(again.map((each) => ({ post: each, slot: null, ref: null })));
    expect(keysOf(await claimed())).toEqual([]);
    const late = await store().claimPosts(['runs'], LATER, LEASE, 10, more);
    expect(keysOf(late)).toEqual(['r:3']);
    await store().markAllSent([{ post: late[0] as Post, slot: null, ref: null }]);
    const last = await claimed();
    expect(keysOf(last)).toEqual(['r:4', 'r:5']);
    await store().markAllSent(last.map((each) => ({ post: each, slot: null, ref: null })));
  });

  it('sends a lane in order, and no lane waits for another', async () => {
    const lane = (key: string, name: string) => post(key, { surface: 'lanes', lane: name });
    await enqueue(lane('l:a1', 'a'), lane('l:a2', 'a'), lane('l:b1', 'b'));
    const first = await store().claimPosts(['lanes'], AT, LEASE, 10);
    expect(first.map(({ key }) => key)).toEqual(['l:a1', 'l:b1']);
    await noneFor('lanes');
    const [a1, b1] = first as [Post, Post];
    expect(await store().markSent(a1, null, null)).toBe(true);
    const a2 = await claimOne('lanes');
    expect(a2.key).toBe('l:a2');
    await store().markSent(a2, null, null);
    await store().markSent(b1, null, null);
  });

  it('takes no more than asked, and only for the surfaces asked', async () => {
    await enqueue(post('t:1', { surface: 'take' }), post('t:2', { surface: 'take' }));
    expect(await store().claimPosts(['other'], AT, LEASE, 10)).toEqual([]);
    expect(await store().claimPosts([], AT, LEASE, 10)).toEqual([]);
    const [one, ...none] = await store().claimPosts(['take', 'other'], AT, LEASE, 1);
    expect([one?.key, none]).toEqual(['t:1', []]);
  });

  it('waits for notBefore, holding up its own lane', async () => {
    await enqueue(post('w:1', { surface: 'wait', lane: 'w' }), post('w:2', { surface: 'wait', lane: 'w' }));
    const claimed = await claimOne('wait');
    expect(await store().markUnsent(claimed, 'pending', LATER, 'rate limited')).toBe(true);
    await noneFor('wait');
    const again = await claimOne('wait', LATER);
    expect(again).toMatchObject({ key: 'w:1', status: 'claimed', attempt: 2, lastError: 'rate limited' });
  });

  it('fences a claim that was lost', async () => {
    await enqueue(post('f:1', { surface: 'fence' }));
    const lost = await claimOne('fence', AT, NO_LEASE);
    const mine = await claimOne('fence');
    expect(mine).toMatchObject({ id: lost.id, attempt: lost.attempt + 1, status: 'uncertain' });
    expect(await store().markSent(lost, 'slot:f', { channel: 'c', id: 'wrong' })).toBe(false);
    expect(await store().markUnsent(lost, 'pending', AT, 'late')).toBe(false);
    expect(await store().transact((tx) => tx.message('slot:f'))).toBeNull();
    expect(await store().markSent(mine, 'slot:f', { channel: 'c', id: 'right' })).toBe(true);
    expect(await store().transact((tx) => tx.message('slot:f'))).toEqual({ channel: 'c', id: 'right' });
    expect(await store().markSent(mine, 'slot:f', { channel: 'c', id: 'twice' })).toBe(false);
  });

  it('gives an uncertain post back as uncertain', async () => {
    await enqueue(post('u:1', { surface: 'unsure' }));
    await store().markUnsent(await claimOne('unsure'), 'uncertain', LATER, 'no answer');
    await noneFor('unsure');
    const again = await claimOne('unsure', LATER);
    expect(again.status).toBe('uncertain');
    await store().markUnsent(again, 'pending', LATER, 'it was not there');
    expect((await claimOne('unsure', LATER)).status).toBe('claimed');
  });

  it('a dead post holds nobody up and stays visible', async () => {
    await enqueue(post('d:1', { surface: 'dead', lane: 'd' }), post('d:2', { surface: 'dead', lane: 'd' }));
    await store().markUnsent(await claimOne('dead'), 'dead', AT, 'channel_not_found');
    const next = await claimOne('dead');
    expect(next.key).toBe('d:2');
    await store().markSent(next, null, null);
    const stuck = await store().stuckPosts(100);
    expect(stuck.find(({ key }) => key === 'd:1')).toMatchObject({
      status: 'dead',
      lastError: 'channel_not_found',
    });
    expect(stuck.find(({ key }) => key === 'd:2')).toBeUndefined();
    const ids = stuck.map(({ id }) => id);
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
    expect(await store().stuckPosts(1)).toHaveLength(1);
  });

  it('queues what was given up once more, to be looked for first and ahead of what came behind it', async () => {
    const revive = () => store().transact((tx) => tx.reviveDead(LATER));
    const [first, second] = ['1', '2'].map((n) =>
      post(`revived:${n}`, { surface: 'revived', lane: 'revived' }),
    );
    if (first === undefined || second === undefined) throw new Error('two posts');
    await revive();
    await enqueue(first, second);
    await store().markUnsent(await claimOne('revived'), 'dead', AT, 'too long');
    const failed = await store().transact((tx) => tx.failedPosts(1000));
    expect(failed.filter(({ surface }) => surface === 'revived').map(({ key }) => key)).toEqual([first.key]);
    expect(await revive()).toBe(failed.filter(({ status }) => status === 'dead').length);
    const again = await claimOne('revived', LATER);
    expect(again).toMatchObject({ key: first.key, status: 'uncertain', attempt: 2, lastError: null });
    expect(await revive()).toBe(0);
    await store().markSent(again, null, null);
    const next = await claimOne('revived', LATER);
    expect(next.key).toBe(second.key);
    await store().markSent(next, null, null);
  });

  it('gives every post to one claimer only', async () => {
    await enqueue(...Array.from({ length: 20 }, (_, index) => post(`c:${index}`, { surface: 'crowd' })));
    const claims = await Promise.all(
      Array.from({ length: 8 }, () => store().claimPosts(['crowd'], AT, LEASE, 5)),
    );
    const rest = await store().claimPosts(['crowd'], AT, LEASE, 20);
    const ids = [...claims.flat(), ...rest].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(20);
  });

  it('remembers where a slot was posted, the last place counting', async () => {
    await store().transact(async (tx) => {
      expect(await tx.message('card:1')).toBeNull();
      await tx.putMessage('card:1', { channel: 'C1', id: '1' });
      await tx.putMessage('card:1', { channel: 'C2', id: '2' });
      expect(await tx.message('card:1')).toEqual({ channel: 'C2', id: '2' });
    });
  });
}
