/**
 * Sends what commits queued: claims a post, renders its effect from the present state, makes one attempt, marks it.
 * An unknown outcome is reconciled by the surface before any resend. Must not know: what an effect says, any platform.
 */
import type { Logger } from 'pino';
import { DeliveryFailure, type Surface } from '../../chat/surface.js';
import { afterSeconds } from '../../policy/calendar.js';
import type { Post } from '../../record/rows.js';
import { NewerEntry, type Store } from '../../record/store.js';
import type { Instant, MessageRef } from '../../vocabulary/values.js';
import { addressedEffect } from '../tell/effects.js';
import type { Rendered, Renderer } from './renderer.js';

const LEASE_SECONDS = 60;
const BATCH = 20;
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
};

export function createOutbox(deps: {
  readonly store: Store;
  readonly surfaces: ReadonlyMap<string, Surface>;
  readonly clock: () => Instant;
  readonly render: Renderer;
  readonly log: Logger;
  /** Asked to drain again after so many seconds; without it, the next commit or tick does. */
  readonly wake?: ((seconds: number) => void) | undefined;
}): Outbox {
  const { store, surfaces, clock, log } = deps;
  let running: Promise<void> = Promise.resolve();

  async function pass(): Promise<void> {
    for (;;) {
      const posts = await store.claimPosts([...surfaces.keys()], clock(), LEASE_SECONDS, BATCH);
      if (posts.length === 0) return;
      await Promise.all(posts.map(sendOne));
    }
  }

  async function sendOne(post: Post): Promise<void> {
    try {
      const { at, effect } = addressedEffect.parse(post.effect);
      const rendered = await deps.render(effect, at, post.surface);
      const ref = rendered === null ? null : await deliver(post, rendered);
      if (!(await store.markSent(post, rendered?.slot ?? null, ref)))
        log.warn({ key: post.key }, 'another instance finished this post');
    } catch (error) {
      await setBack(post, error);
    }
  }

  async function deliver(post: Post, rendered: Rendered): Promise<MessageRef | null> {
    const surface = surfaces.get(post.surface);
    if (surface === undefined) throw new Error(`no surface ${post.surface}`);
    const retry = post.status === 'uncertain';
    if ('file' in rendered) return surface.upload(rendered.place, rendered.file, post.key, retry);
    const { place, card, message } = rendered;
    if (message === null) return surface.post(place, card, post.key, retry);
    return surface.edit(message, place, card, post.key, retry);
  }

  async function setBack(post: Post, error: unknown): Promise<void> {
    const failure = error instanceof DeliveryFailure ? error : null;
    // What may still arrive is never given up, nor what a newer version can render: `/desk doctor` lists it while it waits.
    const waits =
      failure === null ? post.attempt < MAX_RENDERINGS || error instanceof NewerEntry : failure.retryable;
    const final = !waits;
    const status = final ? 'dead' : statusAfter(post, failure);
    const wait = failure?.retryAfterSeconds ?? Math.min(WAIT_MAX_SECONDS, 2 ** Math.min(post.attempt, 9));
    const reason = failure === null ? 'it could not be rendered' : failure.message;
    log.error(
      { key: post.key, status, err: failure === null ? error : undefined },
      `post not sent: ${reason}`,
    );
    await store.markUnsent(post, status, afterSeconds(clock(), wait), reason);
    if (!final) deps.wake?.(wait);
  }

  return {
    drain: () => {
      running = running.then(pass, pass);
      return running;
    },
  };
}
