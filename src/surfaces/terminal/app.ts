/**
 * The terminal surface: one line in, one answer out, last, after the posts it caused (commands.md, "The terminal").
 * Must not know: what a command does, storage; streams and the clock are given to it.
 */

import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { type Action, askedField, type Card, card, facts, text } from '../../chat/card.js';
import type { Answer, Form } from '../../chat/form.js';
import {
  DeliveryFailure,
  type Handle,
  type Invocation,
  type Place,
  type Surface,
  type UploadFile,
} from '../../chat/surface.js';
import { localMinute } from '../../policy/calendar.js';
import type { Account, Instant, MessageRef } from '../../vocabulary/values.js';
import { readClock, readPress, readSpeaker, type Speaker } from './read.js';
import { jsonLine, type Shown, textLines } from './render.js';
import { Shelf } from './shown-cards.js';

/** The clock the desk runs on: real until it is set, then it stands still (commands.md). */
export type SettableClock = {
  readonly now: () => Instant;
  readonly set: (instant: Instant) => Promise<void>;
};

export type TerminalDeps = {
  readonly json: boolean;
  readonly colours: boolean;
  /** Writes one record; resolves when it was taken. */
  readonly write: (text: string) => Promise<void>;
  /** Asks on a terminal for one field; null where nobody can be asked. Null answer: given up. */
  readonly ask: ((label: string, hint: string) => Promise<string | null>) | null;
  readonly clock: SettableClock;
  readonly zone: string;
  /** Runs what is due at the clock's present moment. */
  readonly tick: () => Promise<void>;
  readonly nextDue: (now: Instant) => Promise<Instant | null>;
  /** Sends every post that waits. */
  readonly settle: () => Promise<void>;
  /** The account a cast member speaks from, and whether that account is on the list. */
  readonly accountOf: (speaker: Speaker) => Promise<Account>;
  readonly memory: {
    readonly load: (key: string) => Promise<string | null>;
    readonly save: (key: string, value: string) => Promise<void>;
  };
  readonly exportsDir: string;
  /** Logs a fault and gives the words for it. */
  readonly fault: (error: unknown) => string;
};

export type Terminal = Surface & {
  /** Works on one input line; blank lines and comments do nothing. */
  readonly line: (line: string) => Promise<void>;
  readonly speaker: () => string;
};

const FIRST_SPEAKER: Speaker = { name: 'mei', surface: null };
const SHELF = 'terminal-cards';

export async function createTerminal(deps: TerminalDeps): Promise<Terminal> {
  const { clock, zone } = deps;
  const shelf = new Shelf(await deps.memory.load(SHELF));
  let speaker = FIRST_SPEAKER;
  let account = await deps.accountOf(speaker);
  let handle: Handle | null = null;
  let posted = 0;

  const show = async (
    shown: Omit<Shown, 'at' | 'clause' | 'file'> & Partial<Pick<Shown, 'clause' | 'file'>>,
  ): Promise<void> => {
    const whole: Shown = { clause: null, file: null, ...shown, at: clock.now() };
    if (shown.kind !== 'error') shelf.add(shown.card);
    await deps.write(deps.json ? jsonLine(whole) : textLines(whole, deps.colours));
  };

  const answer = (answerCard: Card): Promise<void> =>
    show({
      kind: 'answer',
      to: `@${speaker.name}`,
      thread: null,
      private: true,
      card: answerCard,
      code: null,
    });

  const problem = (code: string, says: string, next: string): Promise<void> =>
    show({
      kind: 'error',
      to: `@${speaker.name}`,
      thread: null,
      private: true,
      card: card('Please check this', 'warning', [text(says), text(`→ ${next}`)]),
      code,
    });

  async function run(ask: Invocation['ask']): Promise<void> {
    if (handle === null) throw new Error('the terminal was not started');
    let result = await handle({
      id: null,
      surface: 'terminal',
      account,
      channel: '#cases',
      threadRef: null,
      ask,
    });
    const completed = await fillIn(result, ask);
    if (completed !== null)
      result = await handle({
        id: null,
        surface: 'terminal',
        account,
        channel: '#cases',
        threadRef: null,
        ask: completed,
      });
    // What could not be posted stays queued; the command is done all the same, and its answer says so.
    await deps.settle().catch(deps.fault);
    await show({
      kind: result.kind,
      to: `@${speaker.name}`,
      thread: null,
      private: true,
      card: result.card,
      code: result.kind === 'error' ? result.code : null,
      clause: result.kind === 'error' ? result.clause : null,
    });
  }

  /** On a terminal, missing required fields are asked for, one after the other. */
  async function fillIn(result: Answer, ask: Invocation['ask']): Promise<Invocation['ask'] | null> {
    if (deps.ask === null || result.kind !== 'error' || result.form === null) return null;
    const missing = result.form.fields.filter((field) => field.required && field.value === null);
    if (result.code !== 'missing-field' || missing.length === 0) return null;
    const given = givenIn(result.form);
    for (const field of missing) {
      const hint = field.choices === null ? field.description : field.choices.join(' ');
      const value = await deps.ask(field.label, hint);
      if (value === null || value.trim() === '') return null;
      given[field.name] = value;
    }
    const { command, verb, shown } = result.form;
    return ask.kind === 'press'
      ? { ...ask, fields: given }
      : { kind: 'fields', command, verb, fields: given, shown };
  }

  async function as(rest: string): Promise<void> {
    const next = readSpeaker(rest);
    if (next === null)
      return problem(
        'invalid-value',
        'Say who speaks.',
        '/as lyon, or /as lyon@discord for the other account',
      );
    speaker = next;
    account = await deps.accountOf(next);
    return answer(card(`Speaking as ${speaker.name}`, 'neutral', [facts(['Account', account])]));
  }

  async function setClock(rest: string): Promise<void> {
    const move = readClock(rest, clock.now(), zone);
    if (move === null)
      return problem(
        'invalid-value',
        'That is no time that exists.',
        '/clock 2026-11-23T10:00, or /clock +3d (w, d, h, m)',
      );
    posted = 0;
    if (move.kind === 'to') {
      await clock.set(move.instant);
      await tickHere();
    } else if (move.kind === 'on') await runOn(move.to);
    const count = posted === 0 ? 'Nothing fell due.' : `${posted} post${posted === 1 ? '' : 's'} fell due.`;
    await answer(
      card(`Clock: ${localMinute(clock.now(), zone)}`, 'neutral', [
        text(move.kind === 'show' ? zone : `${zone}. ${count}`),
      ]),
    );
  }

  /** Every due moment on the way, in order, each at its own time. */
  async function runOn(to: Instant): Promise<void> {
    let last: Instant | null = null;
    for (;;) {
      const now = clock.now();
      const due = await deps.nextDue(now);
      if (due === null || Temporal.Instant.compare(due, to) > 0) break;
      const at: Instant = Temporal.Instant.compare(due, now) > 0 ? due : now;
      // Due, and still due after its tick: nothing more happens at this moment.
      if (at === last) break;
      last = at;
      await clock.set(at);
      await tickHere();
    }
    await clock.set(to);
    await tickHere();
  }

  async function tickHere(): Promise<void> {
    await deps.tick();
    await deps.settle();
  }

  async function press(rest: string): Promise<void> {
    const asked = readPress(rest);
    if (asked === null)
      return problem(
        'nothing-to-press',
        'Say which button.',
        '/press 2, /press Approve, or /press Approve DR-2026-0001',
      );
    const action = shelf.find(asked.button, asked.ref);
    if (action === null) {
      const labels = shelf.labels(asked.ref);
      const there =
        labels.length === 0
          ? 'No card with buttons was shown.'
          : `There is: ${labels.slice(0, 8).join(', ')}.`;
      return problem(
        'nothing-to-press',
        `There is no such button${asked.ref === null ? '' : ` on ${asked.ref}`}.`,
        there,
      );
    }
    const fields = await askedFields(action, asked.fields);
    if (fields === null)
      return problem(
        'missing-field',
        'Nothing was pressed.',
        `It asks for: ${action.asks.map((ask) => askedField(ask).name).join(', ')}.`,
      );
    return run({ kind: 'press', code: action.code, fields });
  }

  /** What the button's form would ask; without a terminal the desk itself says what is missing. */
  async function askedFields(
    action: Action,
    given: Readonly<Record<string, string>>,
  ): Promise<Readonly<Record<string, string>> | null> {
    const fields: Record<string, string> = { ...given };
    if (deps.ask === null) return fields;
    for (const { name } of action.asks.map(askedField)) {
      if (fields[name] !== undefined) continue;
      const value = await deps.ask(name, 'Enter to leave out');
      if (value === null) return null;
      if (value.trim() !== '') fields[name] = value;
    }
    return fields;
  }

  async function workOn(line: string): Promise<void> {
    const [word = ''] = line.split(/\s+/);
    const tail = line.slice(word.length).trim();
    if (word === '/as') return as(tail);
    if (word === '/clock') return setClock(tail);
    if (word === '/press') return press(tail);
    return run({ kind: 'line', line });
  }

  const addressed = (place: Place): Pick<Shown, 'to' | 'thread' | 'private'> => {
    switch (place.kind) {
      case 'channel':
        return { to: place.channel, thread: null, private: false };
      case 'thread':
        return { to: place.channel, thread: place.ref, private: false };
      case 'person':
        return { to: `@${place.person}`, thread: null, private: true };
      default:
        return place satisfies never;
    }
  };

  return {
    name: 'terminal',
    start: async (given) => {
      handle = given;
    },
    post: async (place, shownCard, key): Promise<MessageRef> => {
      posted += 1;
      await show({ kind: 'post', ...addressed(place), card: shownCard, code: null });
      return { channel: addressed(place).to, id: key };
    },
    edit: async (message, place, shownCard) => {
      await show({ kind: 'edit', ...addressed(place), card: shownCard, code: null });
      return message;
    },
    upload: async (place, file: UploadFile, key): Promise<MessageRef> => {
      const path = resolve(join(deps.exportsDir, file.name));
      await mkdir(deps.exportsDir, { recursive: true })
        .then(() => writeFile(path, file.bytes, { mode: 0o600 }))
        .catch((cause: unknown) => {
          const message = `${file.name} cannot be written in ${deps.exportsDir}`;
          throw new DeliveryFailure(message, { retryable: true, sent: 'no', cause });
        });
      const fileCard = card(file.name, 'neutral', [text(path)], { ref: file.ref ?? null });
      await show({
        kind: 'file',
        ...addressed(place),
        card: fileCard,
        code: null,
        file: { name: file.name, type: file.type, path },
      });
      return { channel: addressed(place).to, id: key };
    },
    stop: async () => undefined,
    speaker: () => speaker.name,
    line: async (raw) => {
      const line = raw.trim();
      if (line === '' || line.startsWith('#')) return;
      try {
        await workOn(line);
      } catch (error) {
        await problem('fault', deps.fault(error), 'Try again; if it stays, show this to your administrator.');
      }
      // The line has its answer: a card that cannot be remembered is for the log only.
      if (shelf.changed) await deps.memory.save(SHELF, shelf.save()).catch(deps.fault);
    },
  };
}

function givenIn(form: Form): Record<string, string> {
  const shown = form.fields.flatMap((field) =>
    field.value === null ? [] : [[field.name, field.value] as const],
  );
  return { ...form.given, ...Object.fromEntries(shown) };
}
