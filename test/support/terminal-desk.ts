/**
 * A desk in the terminal on a fresh embedded database, for tests: type lines, get the records they caused.
 * The same composition `npm start` runs, but for the standard streams.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { outsideFor } from '../../src/app/outside.js';
import { type PackFile, readPack } from '../../src/app/pack-file.js';
import { openClock, openTerminalDesk } from '../../src/app/terminal-desk.js';
import type { Desk } from '../../src/desk/desk.js';
import type { Store } from '../../src/record/store.js';
import type { Instant } from '../../src/vocabulary/values.js';
import { copiesOf, DATABASE, freshFolder, KEY, openFile } from './fresh-store.js';

/** One JSON line of commands.md, "The terminal". */
export type Line = {
  readonly kind: 'post' | 'edit' | 'answer' | 'file' | 'error';
  readonly to: string;
  readonly thread: string | null;
  readonly private: boolean;
  readonly at: string;
  readonly ref: string | null;
  readonly card: {
    readonly title: string;
    readonly tone: string;
    readonly text: string;
    readonly facts: Readonly<Record<string, string>>;
    readonly actions: readonly string[];
  };
  readonly code: string | null;
  readonly clause?: string;
  readonly file?: { readonly name: string; readonly type: string; readonly path: string };
  readonly text: string;
};

export type Played = {
  /** Works on one line; returns everything it showed, the answer or error last. */
  readonly says: (line: string) => Promise<readonly Line[]>;
  /** The answer or error of a line. */
  readonly asks: (line: string) => Promise<Line>;
  readonly as: (person: string) => Promise<void>;
  readonly clock: (to: string) => Promise<readonly Line[]>;
  /** What was shown since the last call, as text: only with `text`. */
  readonly texts: () => readonly string[];
  /** Everything shown so far. */
  readonly shown: () => readonly Line[];
  readonly now: () => Instant;
  readonly store: Store;
  readonly desk: Desk;
  readonly dir: string;
  readonly close: () => Promise<void>;
};

const DEFAULT_PACK = 'manifests/policies/default.yaml';

let defaultPack: Promise<PackFile> | null = null;

/** A desk that was opened once: its staff, channels and policy are on the record. */
const openedOnce = copiesOf(async (dir) => (await playDesk({ dir })).close());

const newFolder = ({ pack }: { readonly pack?: PackFile }): Promise<string> =>
  pack === undefined ? openedOnce() : freshFolder();

export async function playDesk(
  options: {
    readonly dir?: string;
    readonly pack?: PackFile;
    readonly text?: boolean;
    /** Of evidence pages; left out: they have none. */
    readonly pageScript?: string;
  } = {},
): Promise<Played> {
  const dir = options.dir ?? (await newFolder(options));
  defaultPack ??= readPack(DEFAULT_PACK);
  const store = await openFile(join(dir, DATABASE));
  const clock = await openClock(store, () => new Date().toISOString() as Instant);
  const shown: Line[] = [];
  let texts: string[] = [];
  const { desk, terminal } = await openTerminalDesk({
    store,
    pack: options.pack ?? (await defaultPack),
    clock,
    outside: { ...outsideFor(KEY, () => []), pageScript: () => options.pageScript ?? '' },
    log: pino({ level: 'error' }, pino.destination({ fd: 2, sync: true })),
    faultRef: () => 'TEST',
    view: {
      json: options.text !== true,
      colours: false,
      ask: null,
      exportsDir: join(dir, 'exports'),
      write: async (text) => {
        if (options.text === true) texts.push(text);
        else shown.push(JSON.parse(text) as Line);
      },
    },
  });
  const says = async (line: string): Promise<readonly Line[]> => {
    const from = shown.length;
    await terminal.line(line);
    return shown.slice(from);
  };
  const asks = async (line: string): Promise<Line> => {
    const last = (await says(line)).at(-1);
    if (last === undefined) throw new Error(`no answer to: ${line}`);
    return last;
  };
  return {
    says,
    asks,
    as: async (person) => {
      await says(`/as ${person}`);
    },
    clock: (to) => says(`/clock ${to}`),
    shown: () => shown,
    texts: () => {
      const taken = texts;
      texts = [];
      return taken;
    },
    now: clock.now,
    store,
    desk,
    dir,
    close: async () => {
      await store.close();
      if (options.dir === undefined) await rm(dir, { recursive: true, force: true });
    },
  };
}
