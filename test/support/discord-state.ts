/**
 * What the Discord fake remembers: one server with its channels, people, messages and interactions, and a clock of its own.
 * Must not know: HTTP, WebSockets, the desk.
 */

/** https://discord.com/developers/docs/topics/permissions, as bits. */
export const PERMISSION = {
  administrator: 1n << 3n,
  viewChannel: 1n << 10n,
  sendMessages: 1n << 11n,
  embedLinks: 1n << 14n,
  attachFiles: 1n << 15n,
  readHistory: 1n << 16n,
  mentionEveryone: 1n << 17n,
  manageThreads: 1n << 34n,
  createPublicThreads: 1n << 35n,
  createPrivateThreads: 1n << 36n,
  sendInThreads: 1n << 38n,
} as const;
export type PermissionName = keyof typeof PERMISSION;

/** What docs/discord.md tells an administrator to give the bot. */
export const BOT_PERMISSIONS: readonly PermissionName[] = [
  'viewChannel',
  'sendMessages',
  'embedLinks',
  'attachFiles',
  'readHistory',
  'createPublicThreads',
  'createPrivateThreads',
  'sendInThreads',
];

export type Json = Readonly<Record<string, unknown>>;

export type User = { readonly id: string; readonly username: string; readonly bot: boolean };

export type Channel = {
  readonly id: string;
  readonly type: number;
  readonly name: string;
  readonly guild: string | null;
  readonly parent: string | null;
  readonly owner: string | null;
  /** Members of a private thread, or the two of a private conversation. */
  readonly members: Set<string>;
  /** Seen by everyone, or only by those in `members` and the bot. */
  open: boolean;
  archived: boolean;
  locked: boolean;
};

export type Message = {
  readonly id: string;
  readonly channel: string;
  readonly author: User;
  readonly nonce: string | null;
  readonly at: number;
  content: string;
  embeds: readonly Json[];
  components: readonly Json[];
  flags: number;
  /** Who was really notified. */
  readonly pinged: readonly string[];
  readonly files: readonly { readonly name: string; readonly type: string; readonly bytes: Buffer }[];
  edits: number;
  /** Buttons a client that has not heard of the edit still shows. */
  readonly stale: Json[];
};

export type Interaction = {
  readonly id: string;
  readonly token: string;
  readonly type: number;
  readonly user: string;
  readonly channel: string;
  readonly at: number;
  /** The first response; null: none yet. */
  ack: { readonly type: number; readonly at: number } | null;
  /** What the person sees in the end. */
  seen: Seen | null;
  readonly settle: (seen: Seen) => void;
  /** What came after that, for this person alone. */
  readonly followUps: Message[];
};

export type Seen =
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'modal'; readonly modal: Json }
  | {
      readonly kind: 'choices';
      readonly choices: readonly { readonly name: string; readonly value: string }[];
    };

export type State = ReturnType<typeof createState>;

const DISCORD_EPOCH = 1_420_070_400_000;

export function createState(start: number) {
  let ahead = 0;
  let sequence = 0;
  const began = Date.now();
  const now = (): number => start + (Date.now() - began) + ahead;
  const snowflake = (): string => {
    sequence += 1;
    return String((BigInt(now() - DISCORD_EPOCH) << 22n) + BigInt(sequence % 4096));
  };
  const user = (username: string, bot = false): User => ({ id: snowflake(), username, bot });
  const guild = snowflake();
  const bot = user('ombud', true);
  return {
    now,
    /** Moves the fake's clock on: tokens expire, the three seconds pass, nonces are forgotten. */
    advance: (ms: number): void => {
      ahead += ms;
    },
    snowflake,
    application: snowflake(),
    bot,
    guild,
    guildName: 'Test server',
    botPermissions: new Set<PermissionName>(BOT_PERMISSIONS),
    users: new Map<string, User>([[bot.id, bot]]),
    newUser: user,
    channels: new Map<string, Channel>(),
    /** Threads that are gone. */
    deleted: new Set<string>(),
    /** Whether another thread may be begun under a message whose thread was deleted; nobody says that Discord allows it. */
    secondThreads: false,
    /** Who takes no direct messages. */
    dmClosed: new Set<string>(),
    messages: [] as Message[],
    interactions: new Map<string, Interaction>(),
    /** As registered, with the ids and defaults Discord adds. */
    commands: [] as Json[],
    commandWrites: 0,
    /** Who may use the commands: they are closed to everybody else. */
    granted: new Set<string>(),
  };
}

/** The bot's permissions in a channel; a thread has its parent's. */
export function botMay(state: State, channel: Channel, permission: PermissionName): boolean {
  const home = channel.parent === null ? channel : (state.channels.get(channel.parent) ?? channel);
  if (home.guild === null) return home.members.has(state.bot.id);
  // A private thread is seen by those who are in it.
  if (channel.type === 12 && !channel.members.has(state.bot.id) && !state.botPermissions.has('manageThreads'))
    return false;
  return state.botPermissions.has(permission);
}

/** As bits: what an interaction says of the bot in its channel. */
export const appPermissions = (state: State, channel: Channel): bigint =>
  (Object.keys(PERMISSION) as PermissionName[])
    .filter((name) => botMay(state, channel, name))
    .reduce((bits, name) => bits | PERMISSION[name], 0n);

export function maySee(state: State, channel: Channel, user: string): boolean {
  if (user === state.bot.id) return channel.guild !== null || channel.members.has(user);
  if (channel.type === 12) return channel.members.has(user);
  const home = channel.parent === null ? channel : (state.channels.get(channel.parent) ?? channel);
  return home.open || home.members.has(user);
}
