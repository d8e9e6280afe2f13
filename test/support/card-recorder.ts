/**
 * Every card a script causes, as the desk hands it to a surface: for golden files of renderers.
 * Must not know: any platform.
 */
import { readFileSync } from 'node:fs';
import { pino } from 'pino';
import { Temporal } from 'temporal-polyfill';
import { servicesFor } from '../../src/app/outside.js';
import { readPack } from '../../src/app/pack-file.js';
import type { Action, Card } from '../../src/chat/card.js';
import type { Invocation, Surface } from '../../src/chat/surface.js';
import { createDesk } from '../../src/desk/desk.js';
import { seedChannels } from '../../src/desk/house/channels.js';
import { seedStaff } from '../../src/desk/house/staff.js';
import { readClock, readPress } from '../../src/surfaces/terminal/read.js';
import type { Account, Instant, Person, Role } from '../../src/vocabulary/values.js';
import { KEY, openFresh } from './fresh-store.js';

export type Recorded = {
  readonly how: 'post' | 'edit' | 'answer' | 'error';
  readonly said: string;
  readonly card: Card;
};

const CAST: readonly (readonly [string, Role])[] = [
  ['mei', 'agent'],
  ['dan', 'agent'],
  ['lyon', 'officer'],
  ['ana', 'deputy'],
  ['kim', 'auditor'],
  ['root', 'admin'],
];

/** `surface`: whose accounts the cast has, e.g. `slack:U0MEI`. */
export async function recordScript(script: string, surface: string): Promise<readonly Recorded[]> {
  const lines = readFileSync(`test/e2e/scripts/${script}.txt`, 'utf8').split('\n');
  const pack = await readPack('manifests/policies/default.yaml');
  const store = await openFresh();
  const recorded: Recorded[] = [];
  let now = '2026-11-23T02:00:00Z' as Instant;
  let said = '';
  let who = 'mei';
  let at = 0;
  const recorder: Surface = {
    name: surface,
    start: async () => undefined,
    post: async (_place, card) => {
      recorded.push({ how: 'post', said, card });
      at += 1;
      return { channel: 'cases', id: String(at) };
    },
    edit: async (message, _place, card) => {
      recorded.push({ how: 'edit', said, card });
      return message;
    },
    upload: async () => ({ channel: 'cases', id: 'file' }),
    stop: async () => undefined,
  };
  const desk = await createDesk({
    store,
    pack: pack.pack,
    packText: pack.text,
    surfaces: new Map([[surface, recorder]]),
    clock: () => now,
    services: servicesFor(KEY, () => []),
    log: pino({ level: 'silent' }),
    faultRef: () => 'TEST',
  });
  const people = CAST.map(([person, role]) => ({
    person: person as Person,
    roles: [role],
    accounts: [`${surface}:U0${person.toUpperCase()}`],
    trainedUntil: null,
  }));
  await store.transact((tx) => seedStaff(tx, now, people));
  await store.transact((tx) =>
    seedChannels(tx, now, [
      { surface, channel: 'cases', uses: ['cases', 'digest'], locale: null },
      { surface, channel: 'officer', uses: ['officer'], locale: null },
    ]),
  );
  const tick = async (to: Instant): Promise<void> => {
    now = to;
    await desk.ticker.tick(now);
    await desk.outbox.drain();
  };
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
      const account = `${surface}:U0${who.toUpperCase()}` as Account;
      const ask = asked(line);
      if (ask === null) continue;
      const answer = await desk.handle({
        id: null,
        surface,
        account,
        channel: 'cases',
        threadRef: null,
        ask,
      });
      await desk.outbox.drain();
      recorded.push({ how: answer.kind, said, card: answer.card });
    }
  }
  await store.close();
  return recorded;
}
