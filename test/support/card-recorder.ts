/**
 * Every card a script causes, as the desk hands it to a surface: for golden files of cards and of their renderers. The cast
 * has an account on every platform, so one recording can be rendered on each. Must not know: how.
 */
import { pino } from 'pino';
import { Temporal } from 'temporal-polyfill';
import { outsideFor } from '../../src/app/outside.js';
import { type PackFile, readPack } from '../../src/app/pack-file.js';
import type { Action, Card } from '../../src/chat/card.js';
import type { Answer } from '../../src/chat/form.js';
import { type Invocation, NONE_MISSING, type Place, type Surface } from '../../src/chat/surface.js';
import { createDesk, type Desk } from '../../src/desk/desk.js';
import { seedChannels } from '../../src/desk/house/channels.js';
import { seedStaff } from '../../src/desk/house/staff.js';
import { readClock, readPress } from '../../src/surfaces/terminal/read.js';
import type { Account, Instant, Person, Role } from '../../src/vocabulary/values.js';
import { KEY, openFresh } from './fresh-store.js';
import { linesOf } from './scripts.js';

export type Recorded = {
  readonly how: 'post' | 'edit' | 'answer' | 'error';
  readonly said: string;
  readonly card: Card;
  /** Where a post went, and which message it is; null for an answer. */
  readonly sent: { readonly place: Place; readonly id: string } | null;
};

const SURFACE = 'terminal';
const CAST: readonly (readonly [string, Role, discord: string])[] = [
  ['mei', 'agent', '810000000000000003'],
  ['dan', 'agent', '810000000000000004'],
  ['lyon', 'officer', '810000000000000001'],
  ['ana', 'deputy', '810000000000000002'],
  ['kim', 'auditor', '810000000000000005'],
  ['root', 'admin', '810000000000000006'],
];

const recordings = new Map<string, Promise<readonly Recorded[]>>();
let defaultPack: Promise<PackFile> | null = null;

/** A script is played once, whoever asks for its cards. */
export function recordedScript(script: string): Promise<readonly Recorded[]> {
  const known = recordings.get(script) ?? record(script);
  recordings.set(script, known);
  return known;
}

/** Where it goes: channels first, then people. */
function laneOf({ sent }: Recorded): string {
  if (sent === null) return '';
  return sent.place.kind === 'person' ? `~${sent.place.person}` : sent.place.channel;
}

async function record(script: string): Promise<readonly Recorded[]> {
  const { recorded, close } = await recordedLines(linesOf(script));
  await close();
  return recorded;
}

/** Lines played on a new desk, which is then there to be looked at. */
export async function recordedLines(lines: readonly string[]): Promise<{
  readonly recorded: readonly Recorded[];
  readonly desk: Desk;
  readonly close: () => Promise<void>;
}> {
  defaultPack ??= readPack('manifests/policies/default.yaml');
  const pack = await defaultPack;
  const store = await openFresh();
  const recorded: Recorded[] = [];
  let now = '2026-11-23T02:00:00Z' as Instant;
  let said = '';
  let who = 'mei';
  let at = 0;
  const recorder: Surface = {
    name: SURFACE,
    start: async () => undefined,
    post: async (place, card) => {
      at += 1;
      recorded.push({
        how: 'post',
        said,
        card,
        sent: { place, id: `1700000000.${String(at).padStart(6, '0')}` },
      });
      return { channel: 'cases', id: `1700000000.${String(at).padStart(6, '0')}` };
    },
    edit: async (message, place, card) => {
      recorded.push({ how: 'edit', said, card, sent: { place, id: message.id } });
      return message;
    },
    upload: async () => ({ channel: 'cases', id: 'file' }),
    stop: async () => undefined,
  };
  const desk = await createDesk({
    store,
    pack: pack.pack,
    packText: pack.text,
    surfaces: new Map([[SURFACE, recorder]]),
    clock: () => now,
    outside: outsideFor(KEY, () => []),
    log: pino({ level: 'silent' }),
    faultRef: () => 'TEST',
  });
  const people = CAST.map(([person, role, discord]) => ({
    person: person as Person,
    roles: [role],
    accounts: [`${SURFACE}:${person}`, `slack:U0${person.toUpperCase()}`, `discord:${discord}`],
    trainedUntil: null,
  }));
  await store.transact((tx) => seedStaff(tx, now, people));
  await store.transact((tx) =>
    seedChannels(tx, now, [
      { surface: SURFACE, channel: 'cases', uses: ['cases', 'digest'], locale: null },
      { surface: SURFACE, channel: 'officer', uses: ['officer'], locale: null },
    ]),
  );
  /** Lanes go at their own pace, which is the machine's: what one step caused is told lane by lane. */
  const inLanes = async (step: () => Promise<void>): Promise<void> => {
    const from = recorded.length;
    await step();
    await desk.outbox.drain();
    const caused = recorded.splice(from);
    recorded.push(
      ...caused.sort((one, other) =>
        laneOf(one) < laneOf(other) ? -1 : laneOf(one) > laneOf(other) ? 1 : 0,
      ),
    );
  };
  const tick = (to: Instant): Promise<void> =>
    inLanes(async () => {
      now = to;
      await desk.ticker.tick(now);
    });
  const clock = async (text: string): Promise<void> => {
    const move = readClock(text, now, pack.pack.zone);
    if (move === null || move.kind === 'show') return;
    if (move.kind === 'to') return tick(move.instant);
    for (let last = ''; ; ) {
      const due = await desk.ticker.nextDue(now);
      if (due === null || due === last || Temporal.Instant.compare(due, move.to) > 0) break;
      last = due;
      await tick(due);
    }
    await tick(move.to);
  };
  /** Null: a script may press what was never shown. */
  const asked = (line: string): Invocation['ask'] | null => {
    const press = line.startsWith('/press ') ? readPress(line.slice(7)) : null;
    if (press === null) return { kind: 'line', line };
    const action = recorded
      .toReversed()
      .flatMap(({ card }): readonly Action[] =>
        press.ref === null || card.ref === press.ref ? card.actions : [],
      )
      .find(({ label }) => label === press.button);
    if (action === undefined) return null;
    return { kind: 'press', code: action.code, fields: press.fields };
  };
  for (const line of lines.filter((each) => each.trim() !== '' && !each.startsWith('#'))) {
    said = line;
    if (line.startsWith('/clock')) await clock(line.slice(7));
    else if (line.startsWith('/as ')) who = line.slice(4);
    else {
      const account = `${SURFACE}:${who}` as Account;
      const ask = asked(line);
      if (ask === null) continue;
      let answer: Answer | null = null;
      await inLanes(async () => {
        answer = await desk.handle({
          id: null,
          surface: SURFACE,
          account,
          channel: 'cases',
          threadRef: null,
          missing: NONE_MISSING,
          ask,
        });
      });
      const { kind, card } = answer as unknown as Answer;
      recorded.push({ how: kind, said, card, sent: null });
    }
  }
  return { recorded, desk, close: () => store.close() };
}
