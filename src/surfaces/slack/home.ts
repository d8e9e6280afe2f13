/**
 * The home tab: what is mine, what is due this week, what waits for my decision. Must not know: how it was gathered.
 */
import type { types } from '@slack/bolt';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { type Card, card, text } from '../../chat/card.js';
import { HOME_SHOWN, type Home } from '../../chat/home.js';
import { button } from './buttons.js';
import { HEADER_TEXT, SECTION_TEXT } from './limits.js';
import { wordOf } from './log.js';
import { renderInView } from './render.js';
import { type SlackBlock, section, small } from './rows.js';
import { plain } from './text.js';

/** People whose home is remembered as open. */
const HOMES_MAX = 5_000;

type Publish = (user: string, teams: readonly (string | null | undefined)[]) => Promise<void>;

export type Homes = {
  /** The person looks at it. */
  readonly open: Publish;
  /** Something was done in a modal or on the tab: who had the tab open sees what came of it. Never rejects. */
  readonly refresh: Publish;
};

export function createHomes(publish: Publish, log: Logger): Homes {
  const opened = new LRUCache<string, true>({ max: HOMES_MAX });
  return {
    open: async (user, teams) => {
      opened.set(user, true);
      await publish(user, teams);
    },
    refresh: async (user, teams) => {
      if (!opened.has(user)) return;
      await publish(user, teams).catch((error: unknown) =>
        log.warn({ from: 'slack' }, `a home could not be published: ${wordOf(error)}`),
      );
    },
  };
}

export function homeView(home: Home): types.HomeView {
  const blocks = home.groups.flatMap((group, at): SlackBlock[] => [
    { type: 'header', text: plain(`${group.title} (${group.lines.length})`, HEADER_TEXT) },
    ...(group.lines.length === 0 ? [small(group.empty)] : []),
    ...group.lines.slice(0, HOME_SHOWN).map(
      ({ text, open }, index): SlackBlock => ({
        type: 'section',
        text: plain(text, SECTION_TEXT),
        accessory: button(open, `${at}:${index}`),
      }),
    ),
    ...(group.lines.length > HOME_SHOWN
      ? [small(`and ${group.lines.length - HOME_SHOWN} more: ${group.more}`)]
      : []),
  ]);
  return { type: 'home', blocks: [...blocks, section(plain(home.hint, SECTION_TEXT))] };
}

/** For somebody the desk does not work for. */
export const homeOfStranger = (why: Card): types.HomeView => ({ type: 'home', blocks: renderInView(why) });

export const NOT_ON_STAFF = card('Ombud, the privacy desk', 'neutral', [
  text('You are not on the desk’s staff list, so there is nothing for you here yet.'),
  text('→ An administrator can add you: /desk staff action:add person:@you role:agent'),
]);
