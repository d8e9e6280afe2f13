/**
 * Opens a data folder after its desk was killed and says what is in it: which marks of which commands the ledger holds,
 * and whether tables and audit agree with it. Must not know: the commands.
 */
import { join } from 'node:path';
import { outsideFor } from '../../src/app/outside.js';
import type { ActivePack } from '../../src/desk/front/plan.js';
import { createPackShelf } from '../../src/desk/house/packs.js';
import { KINDS_OF_THE_DESK } from '../../src/desk/kinds.js';
import { type Audit, auditLedger } from '../../src/record/audit.js';
import { type Difference, diffProjections } from '../../src/record/rebuild.js';
import { openStore } from '../../src/storage/engine/open.js';
import { keyOf } from './desk-process.js';
import { onePage } from './one-page.js';

export type Kept = {
  /** In how many entries of the ledger each mark stands. */
  readonly marks: ReadonlyMap<string, number>;
  /** Refused commands on the ledger. */
  readonly refused: number;
  readonly refs: readonly string[];
  readonly differences: readonly Difference[];
  readonly audit: Audit;
};

/** Marks look like `mark-qwertz`: letters only, so that no guard takes one for a number of something. */
const MARK = /mark-[a-z]+/g;

export async function keptIn(dir: string, active: ActivePack): Promise<Kept> {
  const masterKey = keyOf(dir);
  const store = await openStore({ kind: 'sqlite', file: join(dir, 'ombud.db') }, masterKey);
  const { packOf } = createPackShelf(active);
  const { signing } = outsideFor(masterKey, () => []);
  try {
    return await store.transact(async (tx) => {
      const marks = new Map<string, number>();
      const refs: string[] = [];
      let refused = 0;
      for (const { stream } of await tx.heads()) {
        if (stream.startsWith('PR-')) refs.push(stream);
        for (const entry of await tx.entries(stream, { lock: false })) {
          if (entry.type === 'command_refused') refused += 1;
          for (const mark of new Set(JSON.stringify(entry.personal).match(MARK)))
            marks.set(mark, (marks.get(mark) ?? 0) + 1);
        }
      }
      const byHash = (hash: string) => packOf(tx, hash);
      const differences = await diffProjections(onePage({ tx, packOf: byHash }), KINDS_OF_THE_DESK);
      const audit = await auditLedger({
        page: onePage({ tx, packOf: byHash }),
        signing,
        kinds: KINDS_OF_THE_DESK,
      });
      return { marks, refused, refs, differences, audit };
    });
  } finally {
    await store.close();
  }
}

/** A mark of its own for every number: letters, as numbers in base 26. */
export function markOf(number: number): string {
  let letters = '';
  for (let left = number + 26 ** 3; left > 0; left = Math.floor(left / 26))
    letters = String.fromCharCode(97 + (left % 26)) + letters;
  return `mark-${letters}`;
}
