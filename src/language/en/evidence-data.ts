/** What an evidence file says of itself, for whoever reads the data without the desk. Must not know: how it is made. */

export const fileWords = {
  record: (ref: string) =>
    `The record of ${ref} as this desk’s ledger holds it, without personal data: the customer is masked.`,
  customer: (customer: string) =>
    `Every record of ${customer} as this desk’s ledger holds it, without personal data: the customer is masked.`,
} as const;

export const NO_LOG_YET = 'No checkpoint of the log has been made since this was begun.';

export const LOG_RECIPE = [
  'The leaf of an entry is the text "ombud-entry/v1", its stream, its number and its hash, a line each, every line ended.',
  'Its place in the log (index) and the hashes from the leaf up to the root stand in proofs; leaves and nodes are hashed as RFC 6962 says.',
  'The checkpoint is a signed note (c2sp.org/tlog-checkpoint) that the officer’s digest carries too: the chat keeps what this desk cannot rewrite.',
  'consistency proves that an earlier checkpoint is the beginning of the last one (RFC 9162, 2.1.4).',
  'policies holds the packs that the records were decided under: the RFC 8785 JSON whose SHA-256 is the hash, in base64.',
  'seal is a signed note over the SHA-256 of the JSON of each part above it, in their order and without blanks.',
];
