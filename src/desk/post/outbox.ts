/**
 * Sends what commits queued: claims a post, renders its effect from the present state, makes one attempt, marks it.
 * An unknown outcome is reconciled by the surface before any resend. Must not know: what an effect says, any platform.
 */
import type { Logger } from 'pino';
import { type ChannelLoss, DeliveryFailure, type Surface } from '../../chat/surface.js';
import { POST_FLAWS, RECORD_ALTERED } from '../../language/en/tampering.js';
import { afterSeconds } from '../../policy/calendar.js';
import type { Post } from '../../record/rows.js';
import { LedgerDamage, NewerEntry, type SentPost, type Store, SubjectDamage } from '../../record/store.js';
import type { Instant, MessageRef } from '../../vocabulary/values.js';
import { addressedEffect } from '../tell/effects.js';
import { REMEDY } from './failed.js';
import type { Rendered, Renderer } from './renderer.js';

const LEASE_SECONDS = 60;
/** Lanes claimed at once, and posts of one lane. */
const LANES = 20;
const RUN = 20;
/** A run that has taken so long gives the rest back, well before its lease ends. */
const RUN_MS = 20_000;
/** What went out is marked together with what follows so soon; a process that dies before has to look again. */
const MARK_WITHIN_MS = 100;
/** Between two attempts at most; an outage of a night costs nothing but the wait. */
const WAIT_MAX_SECONDS = 300;
/** Attempts after which a post that cannot even be rendered is given up. */
const MAX_RENDERINGS = 4;

/** An outcome that was unknown stays so until the surface has looked. */
function statusAfter(post: Post, failure: DeliveryFailure | null): 'pending' | 'uncertain' {
  if (failure === null) return post.status === 'uncertain' ? 'uncertain' : 'pending';
  return failure.sent === 'perhaps' ? 'uncertain' : 'pending';
}

export type Outbox = {
  /** Sends everything that may be sent now; resolves when nothing is left to try. One drain runs at a time. */
  readonly drain: () => Promise<void>;
  /** Claims nothing more, and gives back what was claimed and not begun; resolves when what was begun is marked. */
  readonly stop: () => Promise<void>;
};

type Deps = {
  readonly store: Store;
  readonly surfaces: ReadonlyMap<string, Surface>;
  readonly clock: () => Instant;
  readonly render: Renderer;
  readonly log: Logger;
  /** A channel takes nothing any more. Never rejects. */
  readonly lost?: (surface: string, channel: string, why: ChannelLoss) => Promise<void>;
  /** Asked to drain again after so many seconds; without it, the next commit or tick does. */
  readonly wake?: ((seconds: number) => void) | undefined;
};

export function createOutbox(deps: Deps): Outbox {
  const { store, surfaces, clock } = deps;
  const stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();
  let lookAgain = (): void => {};

  /** Each lane goes at its own pace: what one waits for holds no other up. */
  async function pass(): Promise<void> {
    const busy = new Map<string, Promise<void>>();
    const faults: unknown[] = [];
    const begin = (lane: string, run: readonly Post[]): void => {
      const sending = sendRun(deps, run, stopping.signal)
        .catch((error: unknown) => void faults.push(error))
        .finally(() => busy.delete(lane));
      busy.set(lane, sending);
    };
    const claim = async (): Promise<void> => {
      const more = { run: RUN, except: new Set(busy.keys()) };
      const posts = await store.claimPosts([...surfaces.keys()], clock(), LEASE_SECONDS, LANES, more);
      for (const lane of new Set(posts.map((post) => post.lane)))
        begin(
          lane,
          posts.filter((post) => post.lane === lane),
        );
    };
    for (;;) {
      const asked = new Promise<void>((resolve) => {
        lookAgain = resolve;
      });
      const leftAlone = busy.size;
      if (stopping.signal.aborted) break;
      await claim().catch((error: unknown) => void faults.push(error));
      if (faults.length > 0) break;
      if (busy.size > 0) await Promise.race([asked, ...busy.values()]);
      // A lane left alone may have ended meanwhile, with more behind what it sent.
      else if (leftAlone === 0) break;
    }
    await Promise.all(busy.values());
    if (faults.length > 0) throw faults[0];
  }

  return {
    drain: () => {
      // Another lane may have something by now, whatever the present ones wait for.
      lookAgain();
      running = running.then(pass, pass);
      return running;
    },
    stop: () => {
      stopping.abort();
      lookAgain();
      return running;
    },
  };
}

/** One after the other; the first that fails, or is late, holds the rest of its lane up. */
async function sendRun(deps: Deps, run: readonly Post[], stopping: AbortSignal): Promise<void> {
  const began = performance.now();
  const marks = marksOn(deps);
  for (const [index, post] of run.entries()) {
    const late = stopping.aborted || (index > 0 && performance.now() - began > RUN_MS);
    const sent = late ? null : await sendOne(deps, post).catch((error: unknown) => ({ post, error }));
    // What stands in a slot is looked for by the next of its lane.
    if (sent !== null && !('error' in sent)) {
      await marks.add(sent, sent.slot !== null);
      continue;
    }
    await marks.all();
    if (sent !== null) await setBack(deps, post, sent.error);
    return giveBack(deps, run.slice(sent === null ? index : index + 1));
  }
  await marks.all();
}

/** Posts that went out and are not marked yet. */
function marksOn({ store, log }: Deps): {
  readonly add: (sent: SentPost, now: boolean) => Promise<void>;
  readonly all: () => Promise<void>;
} {
  let unmarked: SentPost[] = [];
  let last = performance.now();
  const all = async (): Promise<void> => {
    const sent = unmarked;
    unmarked = [];
    last = performance.now();
    if (sent.length === 0) return;
    for (const { key } of await store.markAllSent(sent))
      log.warn({ key }, 'another instance finished this post');
  };
  return {
    all,
    add: async (sent, now) => {
      unmarked.push(sent);
      if (now || performance.now() - last > MARK_WITHIN_MS) await all();
    },
  };
}

/** Somebody who has not the desk's key wrote the row: whatever it says is not sent. */
class NotQueued extends Error {
  override readonly name = 'NotQueued';
}

async function sendOne(deps: Deps, post: Post): Promise<SentPost> {
  if (post.flaw !== null) throw new NotQueued(POST_FLAWS[post.flaw]);
  const { at, effect } = addressedEffect.parse(post.effect);
  const rendered = await deps.render(effect, at, post.surface);
  const ref = rendered === null ? null : await deliver(deps, post, rendered);
  return { post, slot: rendered?.slot ?? null, ref };
}

/** Surely not sent: they wait behind the one that holds them up. */
async function giveBack({ store }: Deps, posts: readonly Post[]): Promise<void> {
  for (const post of posts) await store.markUnsent(post, 'pending', post.notBefore, null);
}

async function deliver({ surfaces }: Deps, post: Post, rendered: Rendered): Promise<MessageRef | null> {
  const surface = surfaces.get(post.surface);
  if (surface === undefined) throw new Error(`no surface ${post.surface}`);
  const retry = post.status === 'uncertain';
  if ('file' in rendered) return surface.upload(rendered.place, rendered.file, post.key, retry);
  const { place, card, message } = rendered;
  if (message === null) return surface.post(place, card, post.key, retry);
  return surface.edit(message, place, card, post.key, retry);
}

/** Once the record is mended, it is told. */
const isAltered = (error: unknown): boolean =>
  error instanceof LedgerDamage || error instanceof SubjectDamage;

/** As a post's row keeps it; `/desk doctor` takes it apart again. */
const withRemedy = (reason: string, remedy: string | null): string =>
  remedy === null ? reason : `${reason}${REMEDY}${remedy}`;

async function setBack(deps: Deps, post: Post, error: unknown): Promise<void> {
  const { store, clock, log } = deps;
  const failure = error instanceof DeliveryFailure ? error : null;
  // What may still arrive is never given up, nor what a newer version can render: `/desk doctor` lists it while it waits.
  const waits =
    failure === null
      ? post.attempt < MAX_RENDERINGS || error instanceof NewerEntry || isAltered(error)
      : failure.retryable;
  const final = !waits || error instanceof NotQueued;
  const status = final ? 'dead' : statusAfter(post, failure);
  const wait = failure?.retryAfterSeconds ?? Math.min(WAIT_MAX_SECONDS, 2 ** Math.min(post.attempt, 9));
  const reason =
    failure?.message ??
    (error instanceof NotQueued
      ? error.message
      : isAltered(error)
        ? RECORD_ALTERED
        : 'it could not be rendered');
  const remedy = failure?.remedy ?? null;
  log.error({ key: post.key, status, err: failure === null ? error : undefined }, `post not sent: ${reason}`);
  await store.markUnsent(post, status, afterSeconds(clock(), wait), withRemedy(reason, remedy));
  if (!final) deps.wake?.(wait);
  if (failure !== null && failure.lost !== null) await noteLost(deps, post, failure.lost);
}

/** What is meant for one person has no channel to lose. */
async function noteLost({ lost }: Deps, post: Post, why: ChannelLoss): Promise<void> {
  const { at } = addressedEffect.parse(post.effect);
  if (!at.startsWith('@')) await lost?.(post.surface, at, why);
}
