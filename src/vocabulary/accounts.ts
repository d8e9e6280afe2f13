/**
 * An account is a platform's name and the person's id there: `slack:U012`. It is put together and taken apart here only.
 * Must not know: which platforms there are (but for how Slack writes its ids).
 */
import type { Account } from './values.js';

const FORM = /^[a-z]+:[A-Za-z0-9_.@-]+$/;

// Branded: this is the form an Account has.
export const accountOf = (surface: string, id: string): Account => `${surface}:${id}` as Account;

/** Slack's ids are in capitals; in small letters such a one would never be anybody. */
const SLACK_ID = /^slack:[uw](?=[a-z]*\d)[a-z0-9]+$/i;

/** An account as somebody typed it; null when it has not the form of one. */
export function parseAccount(text: string): Account | null {
  if (!FORM.test(text)) return null;
  return SLACK_ID.test(text) ? accountOf(surfaceOf(text), idOf(text).toUpperCase()) : (text as Account);
}

/** Of an account that was typed as an id alone: on the platform it was typed on. */
export const HERE = 'here';

/** `slack` of `slack:U012`. */
export const surfaceOf = (account: string): string => account.slice(0, Math.max(0, account.indexOf(':')));

/** `U012` of `slack:U012`. */
export const idOf = (account: string): string => account.slice(account.indexOf(':') + 1);

/** Those of the accounts that are on this platform. */
export const accountsOn = (surface: string, accounts: readonly string[]): readonly string[] =>
  accounts.filter((account) => surfaceOf(account) === surface);

/** The id of the first account on this platform (whose id has this form); null where there is none. */
export function idOn(surface: string, accounts: readonly string[], form = /./): string | null {
  return (
    accountsOn(surface, accounts)
      .map(idOf)
      .find((id) => form.test(id)) ?? null
  );
}
