/**
 * The terminal surface: one line in, one answer out, last, after the posts it caused (commands.md, "The terminal").
 * Must not know: what a command does, storage; streams and the clock are given to it.
 */
import { card, facts } from '../../chat/card.js';
import type { FrontDesk, Surface } from '../../chat/surface.js';
import { accountOf, accountsOn } from '../../vocabulary/accounts.js';
import type { Account, Instant } from '../../vocabulary/values.js';
import { type Answering, answer, answerPress, type Speaking } from './answer.js';
import { accountFor } from './cast.js';
import { moveClock, type SettableClock } from './clock.js';
import { createDelivery, type Delivery } from './deliver.js';
import type { AskField } from './forms.js';
import { type Press, readPress, readSpeaker, type Speaker } from './read.js';
import { createScreen, type Screen } from './screen.js';
import { ShownCards } from './shown-cards.js';

export type TerminalDeps = {
  readonly json: boolean;
  readonly colours: boolean;
  /** Writes one record; resolves when it was taken. */
  readonly write: (text: string) => Promise<void>;
  /** Asks on a terminal for one field; null where nobody can be asked. */
  readonly ask: AskField | null;
  readonly clock: SettableClock;
  readonly zone: string;
  /** An instant as the desk writes it, in its zone. */
  readonly localTime: (instant: Instant) => string;
  /** Runs what is due at the clock's present moment. */
  readonly tick: () => Promise<void>;
  readonly nextDue: (now: Instant) => Promise<Instant | null>;
  /** Sends every post that waits. */
  readonly settle: () => Promise<void>;
  readonly memory: {
    readonly load: (key: string) => Promise<string | null>;
    readonly save: (key: string, value: string) => Promise<void>;
  };
  readonly exportsDir: string;
  /** Beside a chat platform nobody speaks from that platform's accounts here: it alone says whose they are. */
  readonly onlyOwnAccounts?: boolean;
  /** Logs a fault and gives the words for it. */
  readonly fault: (error: unknown) => string;
};

export type Terminal = Surface & {
  /** Works on one input line; blank lines and comments do nothing. */
  readonly line: (line: string) => Promise<void>;
  readonly speaker: () => string;
};

const FIRST_SPEAKER = 'mei';
const CARDS = 'terminal-cards';

type Session = {
  readonly deps: TerminalDeps;
  readonly cards: ShownCards;
  readonly screen: Screen;
  readonly delivery: Delivery;
  desk: FrontDesk | null;
  speaking: Speaking;
};

export async function createTerminal(deps: TerminalDeps): Promise<Terminal> {
  const cards = new ShownCards(await deps.memory.load(CARDS));
  const screen = createScreen({ ...deps, now: deps.clock.now, cards });
  const delivery = createDelivery(screen, deps.exportsDir);
  const name = FIRST_SPEAKER;
  const speaking = { name, account: accountFor({ name, surface: null }) };
  const session: Session = { deps, cards, screen, delivery, desk: null, speaking };
  return {
    name: 'terminal',
    start: async (desk) => {
      session.desk = desk;
    },
    post: delivery.post,
    edit: delivery.edit,
    upload: delivery.upload,
    stop: delivery.stop,
    speaker: () => session.speaking.name,
    line: (line) => takeLine(session, line.trim()),
  };
}

async function takeLine(session: Session, line: string): Promise<void> {
  if (line === '' || line.startsWith('#')) return;
  const { deps, cards } = session;
  try {
    await workOn(session, line);
  } catch (error) {
    const next = 'Try again; if it stays, show this to your administrator.';
    await problem(session, 'fault', deps.fault(error), next);
  }
  // The line has its answer: a card that cannot be remembered is for the log only.
  if (cards.changed) await deps.memory.save(CARDS, cards.save()).catch(deps.fault);
}

async function workOn(session: Session, line: string): Promise<void> {
  const [word = ''] = line.split(/\s+/);
  const rest = line.slice(word.length).trim();
  if (word === '/as') return speakAs(session, rest);
  if (word === '/clock') return setClock(session, rest);
  if (word === '/press') return press(session, rest);
  return answer(answering(session), session.speaking, { kind: 'line', line });
}

const problem = ({ screen, speaking }: Session, code: string, says: string, next: string): Promise<void> =>
  screen.problem(speaking.name, code, says, next);

function answering({ deps, desk, screen }: Session): Answering {
  if (desk === null) throw new Error('the terminal was not started');
  // What could not be posted stays queued; the command is done all the same, and its answer says so.
  const settle = async (): Promise<void> => {
    await deps.settle().catch(deps.fault);
  };
  return { handle: desk.handle, screen, ask: deps.ask, settle };
}

async function speakAs(session: Session, rest: string): Promise<void> {
  const speaker = readSpeaker(rest);
  if (speaker === null) {
    const next = '/as lyon, or /as lyon@discord for the other account';
    return problem(session, 'invalid-value', 'Say who speaks.', next);
  }
  const { name } = speaker;
  const accounts = (await session.desk?.accountsOf(name)) ?? null;
  const here = session.deps.onlyOwnAccounts === true;
  if (here && speaker.surface !== null && speaker.surface !== 'terminal') {
    const next = `Speak there, or as an account of the terminal: /as ${name}`;
    const says =
      'Beside a chat platform only accounts of the terminal speak here; the others’ people speak there.';
    return problem(session, 'invalid-value', says, next);
  }
  const account = here ? ownAccount(name, accounts) : speakingAccount(speaker, accounts);
  session.speaking = { name, account };
  return session.screen.answer(name, card(`Speaking as ${name}`, 'neutral', [facts(['Account', account])]));
}

function ownAccount(name: string, accounts: readonly string[] | null): Account {
  const found = accountsOn('terminal', accounts ?? [])[0];
  return found === undefined ? accountOf('terminal', name) : (found as Account);
}

/** The cast's own account where it is still theirs; a name that is nobody's any more speaks as nobody. */
function speakingAccount(speaker: Speaker, accounts: readonly string[] | null): Account {
  const usual = accountFor(speaker);
  if (accounts === null || accounts.includes(usual)) return usual;
  const there = speaker.surface === null ? accounts : accountsOn(speaker.surface, accounts);
  const found = there.find((one) => one.startsWith('terminal:')) ?? there[0];
  return found === undefined ? accountOf('terminal', `nobody.${speaker.name}`) : (found as Account);
}

async function setClock(session: Session, rest: string): Promise<void> {
  const { deps, delivery, screen, speaking } = session;
  const tick = async (): Promise<void> => {
    await deps.tick();
    await deps.settle();
  };
  const shown = await moveClock({ ...deps, tick, posted: delivery.posted }, rest);
  if (shown !== null) return screen.answer(speaking.name, shown);
  const next = '/clock 2026-11-23T10:00, or /clock +3d (w, d, h, m)';
  return problem(session, 'invalid-value', 'That is no time that exists.', next);
}

async function press(session: Session, rest: string): Promise<void> {
  const asked = readPress(rest);
  if (asked === null) {
    const next = '/press 2, /press Approve, or /press Approve DR-2026-0001';
    return problem(session, 'nothing-to-press', 'Say which button.', next);
  }
  const action = session.cards.find(asked.button, asked.ref);
  if (action === null) return noSuchButton(session, asked);
  return answerPress(answering(session), session.speaking, action, asked.fields);
}

function noSuchButton(session: Session, { ref }: Press): Promise<void> {
  const labels = session.cards.labels(ref);
  const there =
    labels.length === 0 ? 'No card with buttons was shown.' : `There is: ${labels.slice(0, 8).join(', ')}.`;
  const says = `There is no such button${ref === null ? '' : ` on ${ref}`}.`;
  return problem(session, 'nothing-to-press', says, there);
}
