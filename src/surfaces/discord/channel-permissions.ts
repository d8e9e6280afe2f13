/**
 * What the bot is not allowed in the channel an interaction comes from, by what Discord says with it. Pure.
 * Must not know: what the channel is for.
 */
import { type APIInteraction, ChannelType, PermissionFlagsBits } from 'discord.js';
import { type MissingPermissions, NONE_MISSING } from '../../chat/surface.js';

type Needs = readonly (readonly [name: string, bit: bigint])[];

/** By the names of Discord's channel settings. */
const FOR_POSTS: Needs = [
  ['View Channel', PermissionFlagsBits.ViewChannel],
  ['Send Messages', PermissionFlagsBits.SendMessages],
  ['Embed Links', PermissionFlagsBits.EmbedLinks],
  ['Read Message History', PermissionFlagsBits.ReadMessageHistory],
];
const FOR_THREADS: Needs = [
  ['Send Messages in Threads', PermissionFlagsBits.SendMessagesInThreads],
  ['Create Public Threads', PermissionFlagsBits.CreatePublicThreads],
  ['Create Private Threads', PermissionFlagsBits.CreatePrivateThreads],
];

export function missingPermissions(raw: APIInteraction): MissingPermissions {
  if (raw.guild_id === undefined) return NONE_MISSING;
  const given = BigInt(raw.app_permissions);
  const without = (needs: Needs): readonly string[] =>
    (given & PermissionFlagsBits.Administrator) !== 0n
      ? []
      : needs.filter(([, bit]) => (given & bit) === 0n).map(([name]) => name);
  return {
    forPosts: without(FOR_POSTS),
    // Only a text channel can have private threads. Said in a thread, its channel's kind is not told.
    forThreads: [...(hasThreads(raw) ? [] : ['to be a text channel']), ...without(FOR_THREADS)],
  };
}

function hasThreads(raw: APIInteraction): boolean {
  if (!('channel' in raw) || raw.channel === undefined || 'thread_metadata' in raw.channel) return true;
  return raw.channel.type === ChannelType.GuildText;
}
