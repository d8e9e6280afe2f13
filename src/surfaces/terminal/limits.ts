/** What the terminal keeps in memory; it has no limits on what it shows. Must not know: cards. */

/** Cards whose buttons can still be pressed. */
export const CARDS_MAX = 200;
/** Delivery keys of what was shown. */
export const KEYS_MAX = 2_000;
/** Lines the up-arrow finds. */
export const HISTORY_MAX = 200;
