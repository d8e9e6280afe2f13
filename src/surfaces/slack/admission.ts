/**
 * Who may speak at all: people of the allowed workspaces, no guests, nobody from another company through Slack Connect.
 * Whether they are on the staff list is the desk's to say. Must not know: commands.
 */
import type { webApi } from '@slack/bolt';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { z } from 'zod';
import { type Card, card, text } from '../../chat/card.js';
import { wordOf } from './log.js';

/** How long what Slack said about somebody is believed. */
const BELIEVED_MS = 10 * 60_000;
const PEOPLE_MAX = 5_000;

const profile = z.looseObject({
  user: z.looseObject({
    team_id: z.string().optional(),
    deleted: z.boolean().optional(),
    is_bot: z.boolean().optional(),
    is_restricted: z.boolean().optional(),
    is_ultra_restricted: z.boolean().optional(),
    is_stranger: z.boolean().optional(),
  }),
});

export type Admission =
  | { readonly admitted: true }
  /** `card` says why. */
  | { readonly admitted: false; readonly card: Card };

type Verdict = 'colleague' | 'outsider' | 'unknown';

export type AdmissionCheck = {
  /** `teams`: every workspace the payload names for this person. */
  readonly admit: (user: string, teams: readonly (string | null | undefined)[]) => Promise<Admission>;
};

export function createAdmissionCheck(deps: {
  readonly client: webApi.WebClient;
  readonly workspaces: readonly string[];
  readonly log: Logger;
}): AdmissionCheck {
  const known = new LRUCache<string, Promise<Verdict>>({ max: PEOPLE_MAX, ttl: BELIEVED_MS });
  const foreign = (team: string | null | undefined): boolean =>
    typeof team === 'string' && team !== '' && !deps.workspaces.includes(team);

  async function ask(user: string): Promise<Verdict> {
    try {
      const { user: person } = profile.parse(await deps.client.users.info({ user }));
      const outside =
        foreign(person.team_id) ||
        person.deleted === true ||
        person.is_bot === true ||
        person.is_restricted === true ||
        person.is_ultra_restricted === true ||
        person.is_stranger === true;
      return outside ? 'outsider' : 'colleague';
    } catch (error) {
      deps.log.warn({ from: 'slack' }, `users.info failed: ${wordOf(error)}`);
      known.delete(user);
      return 'unknown';
    }
  }

  function verdictOn(user: string): Promise<Verdict> {
    const before = known.get(user);
    if (before !== undefined) return before;
    const verdict = ask(user);
    known.set(user, verdict);
    return verdict;
  }

  return {
    admit: async (user, teams) => {
      const verdict = teams.some(foreign) ? 'outsider' : await verdictOn(user);
      if (verdict === 'colleague') return { admitted: true };
      return { admitted: false, card: verdict === 'outsider' ? OUTSIDER : UNKNOWN };
    },
  };
}

const OUTSIDER = card('Not done', 'warning', [
  text('The desk works for members of its own workspace: guests and other companies can do nothing here.'),
  text('→ If you should be able to, ask an administrator of the desk.'),
]);

const UNKNOWN = card('Not done', 'warning', [
  text('Slack could not say who you are just now, so nothing was done.'),
  text('→ Try again in a moment.'),
]);
