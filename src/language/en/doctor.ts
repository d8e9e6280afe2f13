/** What `/desk doctor` says of posts that do not arrive, in English. Must not know: stores, platforms. */
import { commas } from './lists.js';

export type UnsentPosts = {
  readonly given: 'up' | 'time';
  readonly where: string;
  readonly why: string;
  readonly remedy: string | null;
  readonly count: number;
  readonly attempts: number;
  readonly refs: readonly (string | null)[];
};

const REFS_SHOWN = 5;

const posts = (count: number): string => (count === 1 ? '1 post' : `${count} posts`);

function about(refs: UnsentPosts['refs']): string {
  const named = refs.map((ref) => ref ?? 'a digest or file');
  const more = named.length - REFS_SHOWN;
  return commas([...named.slice(0, REFS_SHOWN), ...(more > 0 ? [`${more} more`] : [])]);
}

export function unsentWords({ given, where, why, remedy, count, attempts, refs }: UnsentPosts): string {
  const said = `(${about(refs)})`;
  const first = remedy === null ? '' : ` → ${remedy}.`;
  return given === 'up'
    ? `${posts(count)} to ${where} ${count === 1 ? 'was' : 'were'} given up ${said}: ${why}.${first} → When that is mended: /desk doctor send_again:yes`
    : `${posts(count)} to ${where} ${count === 1 ? 'does' : 'do'} not arrive ${said}, tried ${attempts === 1 ? 'once' : `${attempts} times`}: ${why}.${first} What waits goes by itself then, and what waits behind it.`;
}

export const waitingWords = (count: number): string =>
  count === 0 ? 'none' : `${posts(count)} failed and will be tried again`;

export const sentAgainWords = (count: number): string =>
  count === 0
    ? 'No post had been given up, so there is nothing to send again.'
    : `${posts(count)} that ${count === 1 ? 'was' : 'were'} given up ${count === 1 ? 'is' : 'are'} sent again. What fails again is listed here again.`;

/** A pack's officer whose addresses are examples; `clause` is the pack's on how she is reached. */
export const unreachableOfficerWords = (addresses: readonly string[], clause: string): string =>
  `The policy's privacy officer is a placeholder (${commas(addresses)}), and notices to customers quote it (clause ${clause}). → Set officer in your own pack, and start the desk with it: OMBUD_POLICY=FILE`;
