/** Waiting for at most so long, and waiting that can be ended. Must not know: what is waited for. */
import { setTimeout as delay } from 'node:timers/promises';

export const LATE = Symbol('late');

/**
 * What the work gives, or LATE when it takes longer than `ms`, or than `until`; the work goes on. Rejects as the work does.
 */
export async function inTime<T>(
  work: Promise<T>,
  ms: number,
  until: AbortSignal | null = null,
): Promise<T | typeof LATE> {
  const settled = new AbortController();
  const signal = until === null ? settled.signal : AbortSignal.any([settled.signal, until]);
  const late = delay(ms, LATE, { signal }).catch((): typeof LATE => LATE);
  try {
    return await Promise.race([work, late]);
  } finally {
    settled.abort();
  }
}

/** Resolves after `ms`, or as soon as the signal is aborted. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}
