/**
 * Plays the terminal's scripts on Discord: `/as`, `/clock` and `/press` are done as people and time do them there.
 * Must not know: what a line means to the desk.
 */
import { Temporal } from 'temporal-polyfill';
import { readClock, readPress } from '../../src/surfaces/terminal/read.js';
import type { Instant } from '../../src/vocabulary/values.js';
import type { DiscordDesk } from './discord-desk.js';
import type { Seen } from './discord-state.js';

export type Step = { readonly said: string; readonly seen: Seen | null };

/** Another door of the same desk, for those who speak there. */
export type OtherDoor = {
  /** As in `/as lyon@slack`: from that account, wherever lyon speaks otherwise. */
  readonly name: string;
  readonly speakers: readonly string[];
  readonly says: (name: string, line: string) => Promise<void>;
  readonly presses: (name: string, label: string, ref: string, fields: Fields) => Promise<void>;
};
type Fields = Readonly<Record<string, string>>;

export async function playScript(
  play: DiscordDesk,
  lines: readonly string[],
  other: OtherDoor | null = null,
): Promise<readonly Step[]> {
  const steps: Step[] = [];
  let [speaker, account] = ['mei', ''];
  for (const said of lines
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))) {
    const [word = ''] = said.split(' ');
    const rest = said.slice(word.length).trim();
    const door = account === '' && other?.speakers.includes(speaker) === true ? other?.name : account;
    const elsewhere = door === other?.name ? other : null;
    if (word === '/as') [speaker = rest, account = ''] = rest.split('@');
    else if (word === '/clock') await move(play, rest);
    else if (elsewhere !== null) {
      if (word === '/press') {
        const { button, ref, fields } = pressed(rest);
        if (play.offers(button, ref)) await elsewhere.presses(speaker, button, ref, fields);
      } else await elsewhere.says(speaker, said);
      await play.settle();
      steps.push({ said, seen: null });
    } else if (word === '/press') {
      // A script may press what was never there, to see the terminal say so.
      const { button, ref } = pressed(rest);
      if (play.offers(button, ref)) steps.push({ said, seen: await press(play, speaker, rest) });
    } else steps.push({ said, seen: await play.says(speaker, said) });
  }
  return steps;
}

async function press(play: DiscordDesk, speaker: string, rest: string): Promise<Seen> {
  const { button, ref, fields } = pressed(rest);
  return play.presses(speaker, button, ref, fields);
}

function pressed(rest: string): { readonly button: string; readonly ref: string; readonly fields: Fields } {
  const asked = readPress(rest);
  if (asked === null || typeof asked.button !== 'string' || asked.ref === null)
    throw new Error(`a script for chat names the button and the case: ${rest}`);
  return { button: asked.button, ref: asked.ref, fields: asked.fields };
}

/** As in the terminal: an instant is gone to and ticked at, a step runs every due moment on the way. */
async function move(play: DiscordDesk, rest: string): Promise<void> {
  const asked = readClock(rest, play.clock.now, play.desk.active.pack.zone);
  if (asked === null || asked.kind === 'show') throw new Error(`no such time: ${rest}`);
  const tickAt = async (instant: Instant): Promise<void> => {
    play.clock.now = instant;
    await play.desk.ticker.tick(instant);
    await play.settle();
  };
  if (asked.kind === 'to') return tickAt(asked.instant);
  let last: Instant | null = null;
  for (;;) {
    const due = await play.desk.ticker.nextDue(play.clock.now);
    if (due === null || Temporal.Instant.compare(due, asked.to) > 0) break;
    const at = Temporal.Instant.compare(due, play.clock.now) > 0 ? due : play.clock.now;
    if (at === last) break;
    last = at;
    await tickAt(at);
  }
  await tickAt(asked.to);
}
