/** Packs that were read and found good when this program was built (build/packs.mjs), as JSON by the SHA-256 (hex) of their text. */
export const READ_BEFORE: ReadonlyMap<string, string> = new Map();
