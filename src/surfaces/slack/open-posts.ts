/**
 * Posts on their way when the desk stops: given a moment more, then cut off, so that a call that hangs keeps no process from
 * its end. What was cut off is looked for by the next start. Must not know: what is posted.
 */
import type { webApi } from '@slack/bolt';
import type { Surface } from '../../chat/surface.js';
import { inTime } from '../common/timing.js';

const A_MOMENT_MS = 1_500;

type Delivery = Pick<Surface, 'post' | 'edit' | 'upload'>;

export type OpenPosts = {
  readonly fetch: webApi.FetchFunction;
  readonly watch: (delivery: Delivery) => Delivery;
  /** Resolves when no post is on its way any more. */
  readonly end: () => Promise<void>;
};

export function createOpenPosts(fetch: webApi.FetchFunction): OpenPosts {
  const cut = new AbortController();
  const open = new Set<Promise<unknown>>();
  const watched = <T>(work: Promise<T>): Promise<T> => {
    const working = work.finally(() => open.delete(working));
    open.add(working);
    return working;
  };
  return {
    fetch: (url, init) => {
      const given = init?.signal;
      const signal = given ? AbortSignal.any([given as AbortSignal, cut.signal]) : cut.signal;
      return fetch(url, { ...init, signal });
    },
    watch: ({ post, edit, upload }) => ({
      post: (...given) => watched(post(...given)),
      edit: (...given) => watched(edit(...given)),
      upload: (...given) => watched(upload(...given)),
    }),
    end: async () => {
      await inTime(Promise.allSettled(open), A_MOMENT_MS);
      cut.abort();
      await Promise.allSettled(open);
    },
  };
}
