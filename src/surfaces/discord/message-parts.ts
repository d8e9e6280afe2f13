/**
 * What both kinds of message have in common: colours, button styles, whom a card notifies, its moments. Pure.
 * Must not know: either kind.
 */
import { ButtonStyle } from 'discord.js';
import type { Action, Card, Moment, Tone } from '../../chat/card.js';
import { idOn } from '../../vocabulary/accounts.js';
import { MENTIONED_USERS_MAX } from './limits.js';
import { literal, USER_ID } from './text.js';

export type Options = {
  /** By which the message is found again when its outcome is unknown; empty: none. */
  readonly mark?: string;
  /** The case's thread, where the card itself does not lead to it. */
  readonly thread?: string | null;
  /** The server a channel is in, for links to messages; null: not known. */
  readonly guildOf?: (channel: string) => string | null;
};

export const COLOURS: Readonly<Record<Tone, number>> = {
  neutral: 0x5b6b7c,
  good: 0x2d8a4e,
  warning: 0xd9a514,
  bad: 0xc9372c,
};

export const STYLES = {
  primary: ButtonStyle.Primary,
  danger: ButtonStyle.Danger,
  plain: ButtonStyle.Secondary,
} as const satisfies Record<Action['style'], ButtonStyle>;

/** How a mark stands at the end of a message. */
export const markWords = (mark: string): string => `post ${mark}`;

/** Discord accounts in the ping blocks: the one place a mention comes from. */
export function pinged(card: Card): string[] {
  const ids = card.blocks.flatMap((block) =>
    block.kind !== 'ping'
      ? []
      : block.people.flatMap(({ accounts }) => idOn('discord', accounts, USER_ID) ?? []),
  );
  return [...new Set(ids)].slice(0, MENTIONED_USERS_MAX);
}

/** In the reader's own zone and language: Discord writes the dates (https://docs.discord.com/developers/reference). */
export function momentLine(moments: readonly Moment[]): string {
  const dates = moments.map(
    ({ label, at }) => `${literal(label)} <t:${Math.floor(Date.parse(at) / 1000)}:f>`,
  );
  return `-# Your time: ${dates.join(' · ')}`;
}
