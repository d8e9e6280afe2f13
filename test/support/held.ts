/**
 * A desk that has done what it was asked and does not say so yet. Must not know: any platform.
 */
import type { Handle } from '../../src/chat/surface.js';

/** A gate that holds every command until it is opened. */
export function held(): {
  readonly around: (handle: Handle) => Handle;
  readonly open: () => void;
  readonly reached: Promise<void>;
} {
  let open: () => void = () => undefined;
  let arrived: () => void = () => undefined;
  const gate = new Promise<void>((settle) => {
    open = settle;
  });
  const reached = new Promise<void>((settle) => {
    arrived = settle;
  });
  return {
    open,
    reached,
    around: (handle) => async (invocation) => {
      const answer = await handle(invocation);
      arrived();
      await gate;
      return answer;
    },
  };
}
