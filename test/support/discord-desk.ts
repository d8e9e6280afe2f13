/**
 * A desk at a Discord fake, on a fresh embedded database: the people of the cast type, press and fill in forms there.
 * The surface is the one that ships; only the store, the clock and Discord itself are the test's.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeAction } from '../../src/chat/action.js';
import { parseLine } from '../../src/chat/grammar/line.js';
import { type Desk, registry } from '../../src/desk/desk.js';
import { seedChannels } from '../../src/desk/house/channels.js';
import { seedStaff } from '../../src/desk/house/staff.js';
import type { Store } from '../../src/record/store.js';
import type { Database } from '../../src/storage/engine/open.js';
import type { DiscordSurface } from '../../src/surfaces/discord/app.js';
import { readCustomId } from '../../src/surfaces/discord/custom-id.js';
import type { Instant, Person, Role } from '../../src/vocabulary/values.js';
import { type FakeDiscord, startDiscord } from './discord-fake.js';
import { type Instance, type InstanceOptions, startInstance } from './discord-instance.js';
import { buttonsOf, type Human, type Sent, staleButtonsOf } from './discord-people.js';
import { textsIn } from './discord-shown.js';
import type { Channel, Json, Message, Seen } from './discord-state.js';
import { HERE } from './reading-place.js';

const CAST: Readonly<Record<string, Role>> = {
  mei: 'agent',
  dan: 'agent',
  lyon: 'officer',
  ana: 'deputy',
  kim: 'auditor',
  root: 'admin',
};
export const START = '2026-11-23T02:00:00Z';

export type DiscordDesk = {
  readonly discord: FakeDiscord;
  readonly desk: Desk;
  readonly store: Store;
  readonly surface: DiscordSurface;
  /** This process, then the others. */
  readonly instances: readonly Instance[];
  /** Sends everything that may be sent now, in every instance. */
  readonly settle: () => Promise<void>;
  readonly dir: string;
  readonly people: Readonly<Record<string, Human>>;
  readonly cases: Channel;
  readonly officers: Channel;
  readonly clock: { now: Instant };
  readonly human: (name: string) => Human;
  /** A line of the grammar, sent as the command with its typed options; sends what is queued, then gives what is seen. */
  readonly says: (name: string, line: string, where?: Channel) => Promise<Seen>;
  /** The button of the newest message about `ref` that has it; its form is filled in with `fields`. */
  readonly presses: (name: string, label: string, ref: string, fields?: Fields) => Promise<Seen>;
  /** Whether such a button is, or was, on a message about `ref`. */
  readonly offers: (label: string, ref: string) => boolean;
  readonly sees: (sent: Sent) => Promise<Seen>;
  readonly threadOf: (ref: string) => Channel;
  readonly cardOf: (ref: string) => Message;
  /** Everything that can be read in Discord, oldest first. */
  readonly posts: () => readonly Message[];
  /** Stops this process and starts another on the same database and Discord. */
  readonly restart: () => Promise<DiscordDesk>;
  readonly close: () => Promise<void>;
};
type Fields = Readonly<Record<string, string>>;

export type PlayOptions = InstanceOptions & {
  readonly casesOpen?: boolean;
  readonly heartbeatMs?: number;
  /** By default an embedded one. */
  readonly database?: Database;
  /** More processes with the same token on the same database, which must be one that can be shared. */
  readonly others?: readonly InstanceOptions[];
  readonly extraAccounts?: Readonly<Record<string, readonly string[]>>;
};

export async function playDiscord(options: PlayOptions = {}): Promise<DiscordDesk> {
  const discord = await startDiscord(
    options.heartbeatMs === undefined ? {} : { heartbeatMs: options.heartbeatMs },
  );
  const people = Object.fromEntries(Object.keys(CAST).map((name) => [name, discord.human(name)]));
  const staff = Object.values(people).map(({ id }) => id);
  const rooms = {
    cases: discord.channel('cases', options.casesOpen === true ? 'open' : staff),
    officers: discord.channel('officer', staff),
  };
  const dir = await mkdtemp(join(tmpdir(), 'ombud-discord-'));
  return open({ discord, people, rooms, dir, clock: { now: START as Instant } }, options);
}

type Ground = {
  readonly discord: FakeDiscord;
  readonly people: Readonly<Record<string, Human>>;
  readonly rooms: { readonly cases: Channel; readonly officers: Channel };
  readonly dir: string;
  readonly clock: { now: Instant };
};

async function open(ground: Ground, options: PlayOptions): Promise<DiscordDesk> {
  const { discord, people, rooms, dir, clock } = ground;
  const strangers = new Map<string, Human>();
  const database = options.database ?? { kind: 'sqlite', file: join(dir, 'ombud.db') };
  const instance = await startInstance(
    {
      discord,
      database,
      clock,
      seed: async (tx, beside) => {
        await seedStaff(tx, clock.now, seeds(people, options.extraAccounts ?? {}));
        await seedChannels(tx, clock.now, [
          { surface: 'discord', channel: rooms.cases.id, uses: ['cases', 'digest'], locale: null },
          { surface: 'discord', channel: rooms.officers.id, uses: ['officer'], locale: null },
          ...(beside === null
            ? []
            : [
                {
                  surface: beside.surface.name,
                  channel: beside.channel,
                  uses: ['cases' as const, 'officer' as const],
                  locale: null,
                },
              ]),
        ]);
      },
    },
    options,
  );
  const { store, desk, surface } = instance;
  const instances = [instance];
  for (const other of options.others ?? [])
    instances.push(await startInstance({ discord, database, clock, seed: null }, other));

  /** Somebody who is not of the cast comes in without being on the staff list. */
  const human = (name: string): Human => {
    const known = people[name] ?? strangers.get(name);
    if (known !== undefined) return known;
    const stranger = discord.human(name);
    strangers.set(name, stranger);
    rooms.cases.members.add(stranger.id);
    rooms.officers.members.add(stranger.id);
    return stranger;
  };
  /** With several instances, the one that has nothing left to send waits for what the others send. */
  const settle = async (): Promise<void> => {
    const onTheWay = async (): Promise<boolean> =>
      (await store.transact((tx) => tx.stuckPosts(1000))).some(
        ({ status, notBefore }) => status !== 'dead' && Date.parse(notBefore) <= Date.parse(clock.now),
      );
    do await Promise.all(instances.map((each) => each.desk.outbox.drain()));
    while (instances.length > 1 && (await onTheWay()));
  };
  const sees = async ({ seen }: Sent): Promise<Seen> => {
    const result = await seen;
    await settle();
    return result;
  };
  const stop = async (): Promise<void> => {
    for (const each of instances) await each.stop();
  };
  const posts = (): readonly Message[] => discord.state.messages;
  const about = (ref: string): readonly Message[] =>
    posts().filter(
      (each) => titleOf(each).includes(ref.replaceAll('-', '\\-')) || titleOf(each).includes(ref),
    );

  /** What is there before what was there: a client that was not told of an edit still shows it. */
  const messageWith = (label: string, ref: string): Message | null =>
    about(ref).findLast((each) => buttonsOf(each).some((button) => button.label === label)) ??
    about(ref).findLast((each) => staleButtonsOf(each).some((button) => button.label === label)) ??
    null;

  return {
    discord,
    desk,
    store,
    surface,
    instances,
    settle,
    dir,
    people,
    cases: rooms.cases,
    officers: rooms.officers,
    clock,
    human,
    sees,
    posts,
    says: (name, line, where = rooms.cases) => {
      const parsed = parseLine(registry, line, HERE);
      if (!parsed.ok) throw new Error(`Discord has no way to type this: ${line}`);
      return sees(human(name).uses(parsed.command.command, parsed.command.verb, parsed.fields, where));
    },
    offers: (label, ref) => messageWith(label, ref) !== null,
    presses: async (name, label, ref, fields) => {
      const message = messageWith(label, ref);
      if (message === null) throw new Error(`no button ${label} on ${ref}`);
      const seen = await sees(human(name).presses(label, message));
      if (seen.kind !== 'modal') return seen;
      const where = discord.state.channels.get(message.channel);
      if (where === undefined) throw new Error('the message is nowhere');
      if (complete(seen.modal, fields ?? {})) return sees(human(name).fills(seen.modal, fields ?? {}, where));
      // Discord does not send a form without what it requires; who leaves it out types the button's command.
      const id = readCustomId(String(seen.modal.custom_id));
      const saved = id.kind === 'saved' ? decodeAction(id.code) : null;
      if (saved === null) throw new Error('the form says nothing of its command');
      return sees(human(name).uses(saved.command, saved.verb, { ...saved.fields, ...fields }, where));
    },
    threadOf: (ref) => {
      const found = [...discord.state.channels.values()].find(
        (each) => each.name === ref && each.parent !== null,
      );
      if (found === undefined) throw new Error(`${ref} has no thread`);
      return found;
    },
    cardOf: (ref) => {
      const found = about(ref).find((each) => each.channel === rooms.cases.id);
      if (found === undefined) throw new Error(`${ref} has no card`);
      return found;
    },
    restart: async () => {
      await stop();
      return open(ground, options);
    },
    close: async () => {
      await stop();
      await discord.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

const seeds = (people: Readonly<Record<string, Human>>, extra: NonNullable<PlayOptions['extraAccounts']>) =>
  Object.entries(people).map(([name, { id }]) => ({
    person: name as Person,
    roles: [CAST[name] ?? 'agent'] as const,
    accounts: [`discord:${id}`, ...(extra[name] ?? [])],
    trainedUntil: null,
  }));

function complete(modal: Json, fields: Fields): boolean {
  return (modal.components as { component: Json }[]).every(
    ({ component }) => component.required === false || fields[String(component.custom_id)] !== undefined,
  );
}

const titleOf = (message: Message): string =>
  String(message.embeds[0]?.title ?? textsIn(message.components)[0]?.split('\n')[0] ?? '');

/** What a reader reads: the escapes of markdown undone. */
export function textOf(seen: Seen | Message): string {
  const message = 'kind' in seen ? (seen.kind === 'message' ? seen.message : null) : seen;
  if (message === null) throw new Error(`not a message: ${JSON.stringify(seen)}`);
  const embeds = message.embeds.map(
    (embed) =>
      `${embed.title ?? ''}\n${embed.description ?? ''}\n${(embed.footer as Json | undefined)?.text ?? ''}`,
  );
  return [...embeds, ...textsIn(message.components)]
    .join('\n')
    .replaceAll(/^(?:#{1,3}|-#) /gm, '')
    .replaceAll(/(?<!\\)\*\*/g, '')
    .replaceAll(/\\(?=[^\w\s])/g, '');
}

export function modalOf(seen: Seen): Json {
  if (seen.kind !== 'modal') throw new Error(`not a form: ${textOf(seen)}`);
  return seen.modal;
}

/** Names of a form's inputs, in order. */
export const inputsOf = (modal: Json): readonly string[] =>
  (modal.components as { component: { custom_id: string } }[]).map(({ component }) => component.custom_id);
