/** Trying a plan without keeping anything of it. Must not know: what is tried. */
import type { Store, Tx } from '../../record/store.js';

/** Thrown out of a transaction so that nothing of it is kept. */
class TakenBack extends Error {
  override readonly name = 'TakenBack';
}

/** What the work gives; only where `keeps` says so is anything of it kept. */
export async function keptIf<T>(
  store: Store,
  work: (tx: Tx) => Promise<T>,
  keeps: (outcome: T) => boolean,
): Promise<{ readonly outcome: T; readonly kept: boolean }> {
  let tried: { readonly outcome: T } | null = null;
  try {
    const outcome = await store.transact(async (tx) => {
      const found = await work(tx);
      tried = { outcome: found };
      if (!keeps(found)) throw new TakenBack();
      return found;
    });
    return { outcome, kept: true };
  } catch (error) {
    if (!(error instanceof TakenBack) || tried === null) throw error;
    return { ...(tried as { readonly outcome: T }), kept: false };
  }
}
