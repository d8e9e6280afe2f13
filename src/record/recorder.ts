/** What a commit needs to know beside the thing itself; the tick has it too, with no invocation. Must not know: which command asked. */
import type { Pack } from '../policy/schema.js';
import type { Actor, Instant } from '../vocabulary/values.js';
import type { ChannelRow, StaffRow } from './rows.js';
import type { Tx } from './store.js';
/** Everything a commit needs to know beside the case itself; the ticker has it too, with no invocation. */
export type Recorder = {
  readonly tx: Tx;
  readonly now: Instant;
  readonly actor: Actor;
  readonly channels: readonly ChannelRow[];
  readonly staff: readonly StaffRow[];
  readonly packOf: (hash: string) => Promise<Pack>;
};
