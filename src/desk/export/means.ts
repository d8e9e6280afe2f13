/** What an export is made with, and what was asked for. Must not know: how it is made. */
import type { ExportEvent } from '../../domain/house.js';
import type { Pack } from '../../policy/schema.js';
import type { Signing } from '../../record/checkpoints.js';
import type { PackOf } from '../../record/kind.js';
import type { Tx } from '../../record/store.js';
import type { Instant, Person } from '../../vocabulary/values.js';
import type { DeskKinds } from '../tell/kinds.js';

export type ExportMeans = {
  readonly tx: Tx;
  readonly packOf: PackOf;
  /** The pack in force: who may have an export, and in whose zone a day begins. */
  readonly pack: Pack;
  readonly kinds: DeskKinds;
  readonly signing: Signing;
  readonly pageScript: () => string;
};

export type Asked = Pick<ExportEvent, 'of' | 'audience' | 'format'> & {
  readonly at: Instant;
  readonly by: Person;
};
