/**
 * A desk behind the Slack surface, against the fake, on an embedded database: people speak in Slack, the clock is set by hand.
 * The same composition `npm start` runs, but for configuration and timers.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { Temporal } from 'temporal-polyfill';
import { outsideFor } from '../../src/app/outside.js';
import { readPack } from '../../src/app/pack-file.js';
import { type Handle, NONE_MISSING, type Surface } from '../../src/chat/surface.js';
import { createDesk, type Desk } from '../../src/desk/desk.js';
import { seedChannels } from '../../src/desk/house/channels.js';
import { seedStaff } from '../../src/desk/house/staff.js';
import type { Store } from '../../src/record/store.js';
import { createSlackSurface, type SlackSettings, type SlackSurface } from '../../src/surfaces/slack/app.js';
import { readClock } from '../../src/surfaces/terminal/read.js';
import type { Account, Instant, Person, Role } from '../../src/vocabulary/values.js';
import { DATABASE, KEY, openFile, openFresh } from './fresh-store.js';
import { APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, SlackFake } from './slack-fake.js';
import { Player } from './slack-player.js';
import { leaksIn } from './slack-privacy.js';
import { type Channel, type Message, TEAM } from './slack-state.js';
import { httpWire, type Send, sendHere, socketWire, type Wire } from './slack-wire.js';

export type Mode = 'socket' | 'http';
export const MODES: readonly Mode[] = ['socket', 'http'];

export const CASES = 'C0CASES01';
export const OFFICER = 'C0OFFICER';

const CAST: readonly (readonly [name: string, role: Role, id: string])[] = [
  ['mei', 'agent', 'U0MEI0001'],
  ['dan', 'agent', 'U0DAN0001'],
  ['lyon', 'officer', 'U0LYON001'],
  ['ana', 'deputy', 'U0ANA0001'],
  ['kim', 'auditor', 'U0KIM0001'],
  ['root', 'admin', 'U0ROOT001'],
];

const PACK = 'manifests/policies/default.yaml';

export type SlackDesk = {
  readonly fake: SlackFake;
  readonly wire: Wire;
  readonly store: Store;
  readonly desk: Desk;
  readonly surface: SlackSurface;
  readonly cases: Channel;
  readonly officer: Channel;
  /** A member of the cast, or somebody with this id. */
  readonly as: (who: string) => Player;
  /** `/clock` of the terminal: `2026-11-23T10:00` or `+1d`; what falls due on the way is posted. */
  readonly clock: (to: string) => Promise<void>;
  /** Sends every post that waits. */
  readonly settle: () => Promise<void>;
  /** The head card's message of a case in the cases channel. */
  readonly card: (ref: string) => Promise<Message>;
  /** Everything in the case's thread, in order, without its head. */
  readonly thread: (ref: string) => Promise<readonly Message[]>;
  /** Stops surface and store as a restart does; the fake and the files stay. */
  readonly halt: () => Promise<void>;
  readonly close: () => Promise<void>;
  readonly dir: string;
};

export type DeskOptions = {
  readonly mode?: Mode;
  /** Of a desk that was halted. */
  readonly after?: SlackDesk;
  readonly around?: (handle: Handle) => Handle;
  readonly settings?: Partial<SlackSettings>;
  /** How requests are sent in HTTP mode. */
  readonly send?: Send;
};

export async function slackDesk({
  mode = 'socket',
  after,
  around = (handle) => handle,
  settings = {},
  send = sendHere,
}: DeskOptions = {}): Promise<SlackDesk> {
  warm ??= warmUp();
  await warm;
  const dir = after?.dir ?? (await mkdtemp(join(tmpdir(), 'ombud-slack-')));
  const fake = after?.fake ?? (await newWorkspace());
  const pack = await readPack(PACK);
  const store = await openFile(join(dir, DATABASE));
  const log = pino(
    { level: process.env.SLACK_TEST_LOG ?? 'silent' },
    pino.destination({ fd: 2, sync: true }),
  );
  let now = (await store.transact((tx) => tx.setting('test-clock'))) ?? '2026-11-23T02:00:00Z';
  const clock = (): Instant => now as Instant;
  const surfaces = new Map<string, Surface>();
  const desk = await createDesk({
    store,
    pack: pack.pack,
    packText: pack.text,
    surfaces,
    clock,
    outside: outsideFor(KEY, () => []),
    log,
    faultRef: () => 'TEST',
  });
  await store.transact((tx) => seedStaff(tx, clock(), castOf()));
  await store.transact((tx) =>
    seedChannels(tx, clock(), [
      { surface: 'slack', channel: CASES, uses: ['cases', 'digest'], locale: null },
      { surface: 'slack', channel: OFFICER, uses: ['officer'], locale: null },
    ]),
  );
  const surface = createSlackSurface(slackSettings(fake, mode, settings), log);
  surfaces.set('slack', surface);
  await surface.start({ ...desk, handle: around(desk.handle) });
  const wire =
    mode === 'socket'
      ? socketWire(fake)
      : httpWire(fake, () => `http://127.0.0.1:${surface.port()}/slack/events`, send);
  const cases = fake.state.channel(CASES);

  const setClock = async (to: Instant): Promise<void> => {
    now = to;
    await store.transact((tx) => tx.putSetting('test-clock', to));
  };
  const tick = async (): Promise<void> => {
    await desk.ticker.tick(clock());
    await desk.outbox.drain();
  };
  const runOn = async (to: Instant): Promise<void> => {
    let last: Instant | null = null;
    for (;;) {
      const due = await desk.ticker.nextDue(clock());
      if (due === null || Temporal.Instant.compare(due, to) > 0) break;
      const at = Temporal.Instant.compare(due, clock()) > 0 ? due : clock();
      if (at === last) break;
      last = at;
      await setClock(at);
      await tick();
    }
    await setClock(to);
    await tick();
  };
  const halt = async (): Promise<void> => {
    await surface.stop();
    await store.close();
  };
  const card = async (ref: string): Promise<Message> => {
    const slot = await store.transact((tx) => tx.message(`card:${ref}@slack:${CASES}`));
    const found = cases.messages.find(({ ts }) => ts === slot?.id);
    if (found === undefined) throw new Error(`${ref} has no card in Slack`);
    return found;
  };
  return {
    fake,
    wire,
    store,
    desk,
    surface,
    cases,
    officer: fake.state.channel(OFFICER),
    as: (who) => new Player(fake, wire, idOf(who)),
    clock: async (to) => {
      const move = readClock(to, clock(), pack.pack.zone);
      if (move === null || move.kind === 'show') throw new Error(`no time: ${to}`);
      if (move.kind === 'on') return runOn(move.to);
      await setClock(move.instant);
      await tick();
    },
    settle: desk.outbox.drain,
    card,
    thread: async (ref) => {
      const head = await card(ref);
      return cases.messages.filter(({ thread }) => thread === head.ts);
    },
    halt,
    close: async () => {
      await halt();
      await fake.stop();
      await rm(dir, { recursive: true, force: true });
      const leaks = leaksIn(fake.calls);
      if (leaks.length > 0) throw new Error(`shown where it must not be:\n${leaks.join('\n')}`);
    },
    dir,
  };
}

/** How the surface is set up for the fake. */
export const slackSettings = (
  fake: SlackFake,
  mode: Mode,
  settings: Partial<SlackSettings> = {},
): SlackSettings => ({
  botToken: BOT_TOKEN,
  connection:
    mode === 'socket'
      ? { kind: 'socket', appToken: APP_TOKEN }
      : { kind: 'http', signingSecret: SIGNING_SECRET, host: '127.0.0.1', port: 0 },
  apiUrl: fake.apiUrl,
  workspaces: [],
  ...settings,
});

let warm: Promise<void> | null = null;

/**
 * The first command of a process compiles and loads for a second or two on a busy machine, on one thread: that is no
 * acknowledgement a test is about. It happens here, on a desk of its own.
 */
async function warmUp(): Promise<void> {
  const pack = await readPack(PACK);
  const store = await openFresh();
  const clock = (): Instant => '2026-11-23T02:00:00Z' as Instant;
  const desk = await createDesk({
    store,
    pack: pack.pack,
    packText: pack.text,
    surfaces: new Map(),
    clock,
    outside: outsideFor(KEY, () => []),
    log: pino({ level: 'silent' }),
    faultRef: () => 'TEST',
  });
  await store.transact((tx) => seedStaff(tx, clock(), castOf()));
  const says = (line: string) =>
    desk.handle({
      id: null,
      surface: 'slack',
      account: 'slack:U0MEI0001' as Account,
      channel: CASES,
      threadRef: null,
      missing: NONE_MISSING,
      ask: { kind: 'line', line },
    });
  await says('/privacy log deletion C-10812 scope:email note:"Called twice, 10 times"');
  await says('/privacy list');
  await desk.outbox.drain();
  await store.close();
}

/** `lyon@discord` of a script is lyon's second account: Slack has no other platforms. */
function idOf(who: string): string {
  const [name = '', elsewhere] = who.split('@');
  const id = CAST.find((member) => member[0] === name)?.[2];
  if (id === undefined) return /^U[A-Z0-9]+$/.test(who) ? who : `U0${who.toUpperCase()}`;
  return elsewhere === undefined ? id : secondOf(id);
}

const secondOf = (id: string): string => `${id.slice(0, -1)}2`;

async function newWorkspace(): Promise<SlackFake> {
  const fake = await SlackFake.start();
  for (const [name, , id] of CAST)
    for (const each of [id, secondOf(id)]) fake.state.addPerson({ id: each, name, team: TEAM, flags: {} });
  const everybody = CAST.map(([, , id]) => id);
  fake.state.addChannel(CASES, everybody);
  fake.state.addChannel(OFFICER, everybody, true);
  return fake;
}

const castOf = () =>
  CAST.map(([name, role, id]) => ({
    person: name as Person,
    roles: [role],
    accounts: [`slack:${id}`, `slack:${secondOf(id)}`],
    trainedUntil: null,
  }));
