/** What a surface is given, where nobody asks anything: each member fails or knows nothing. Must not know: any surface. */
import type { FrontDesk } from '../../src/chat/surface.js';
import { registry } from '../../src/desk/desk.js';

export const frontDesk = (given: Partial<FrontDesk> = {}): FrontDesk => ({
  handle: async () => {
    throw new Error('nobody asks');
  },
  suggest: async () => [],
  home: async () => null,
  readers: async () => ({ may: [], mayNot: [] }),
  accountsOf: async () => null,
  refOfThread: async () => null,
  channelLost: async () => undefined,
  ready: async () => true,
  registry,
  ...given,
});
