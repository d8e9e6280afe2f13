/** What a home page says to whoever looks at it, in English. Must not know: any platform. */

export const HINTS = {
  log: 'Log a request with /privacy log, or from a message’s menu; /desk help shows what you may do.',
  administer:
    'The staff list: /desk staff. Is the desk well: /desk doctor. /desk help shows what you may do.',
  read: 'The cases: /privacy list. The ledger: /desk audit. /desk help shows what you may do.',
} as const;
