/** The home page of one person as plain data. Must not know: any platform, cases. */
import type { Account } from '../vocabulary/values.js';
import type { Action } from './card.js';
/**
 * Lines of a group that a home page shows; the others are counted, and say nothing of the customer. Three groups of a header,
 * 20 lines and a rest stay under the 100 blocks of a Slack view.
 */
export const HOME_SHOWN = 20;

export type HomeLine = { readonly text: string; readonly open: Action };

export type HomeGroup = {
  readonly title: string;
  readonly lines: readonly HomeLine[];
  /** Said when there are no lines. */
  readonly empty: string;
  /** The command that lists them all. */
  readonly more: string;
};

export type Home = { readonly groups: readonly HomeGroup[]; readonly hint: string };

/** Null: the account is not on the staff list. */
export type HomeOf = (account: Account) => Promise<Home | null>;
