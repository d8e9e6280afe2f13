/**
 * A desk to be tampered with: cases, disclosures, a standing approval, consents, a checkpoint, and what came after it; and
 * asking a desk whether it notices. Must not know: any alteration.
 */
import { join } from 'node:path';
import { pino } from 'pino';
import { outsideFor } from '../../src/app/outside.js';
import { type PackFile, readPack } from '../../src/app/pack-file.js';
import { openClock, openTerminalDesk } from '../../src/app/terminal-desk.js';
import type { Instant } from '../../src/vocabulary/values.js';
import { type Copy, type Databases, KEY } from './databases.js';

let pack: Promise<PackFile> | null = null;
const quiet = pino({ level: 'silent' });

export type Line = {
  readonly kind: string;
  readonly to: string;
  readonly code: string | null;
  readonly text: string;
};

export type Desk = {
  /** The answer or error of a line; StoreProblem's words when it cannot be said at all. */
  readonly asks: (line: string) => Promise<Line>;
  readonly shown: () => readonly Line[];
  readonly close: () => Promise<void>;
};

/** Opens the desk in the terminal on this database. Throws what opening it throws. */
export async function openDesk(
  copy: Copy,
  options: { readonly acceptRestored?: boolean } = {},
): Promise<Desk> {
  pack ??= readPack(join(process.cwd(), 'manifests/policies/default.yaml'));
  const store = await copy.open(options);
  try {
    const lines: Line[] = [];
    const clock = await openClock(store, () => '2026-11-23T02:00:00Z' as Instant);
    const { terminal } = await openTerminalDesk({
      store,
      pack: await pack,
      clock,
      outside: outsideFor(KEY, () => []),
      log: quiet,
      faultRef: () => 'TEST',
      view: {
        json: true,
        colours: false,
        ask: null,
        exportsDir: '/nowhere',
        write: async (text) => void lines.push(JSON.parse(text) as Line),
      },
    });
    return {
      asks: async (line) => {
        await terminal.line(line);
        const last = lines.at(-1);
        if (last === undefined) throw new Error(`no answer to: ${line}`);
        return last;
      },
      shown: () => lines,
      close: () => store.close(),
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

export async function play(copy: Copy, lines: readonly string[]): Promise<void> {
  const desk = await openDesk(copy);
  try {
    for (const line of lines) {
      const { kind, text } = await desk.asks(line);
      if (kind === 'error') throw new Error(`${line}: ${text}`);
    }
  } finally {
    await desk.close();
  }
}

const FIRST_DAY = [
  '/clock 2026-11-23T10:00',
  '/as mei',
  '/privacy log deletion C-10812',
  '/privacy verify PR-2026-0001 otp pass ref:otp#1',
  '/privacy note PR-2026-0001 the payment team was asked',
  '/privacy log access C-20417',
  '/disclosure consent C-30018 "Acme Ads" email,name "newsletters" ref:form#7 granted:2026-11-20',
  '/disclosure consent C-30018 "Bright Mail" email "newsletters" ref:form#8 granted:2026-11-20',
  '/disclosure request C-20417 "City Police" name "a theft" required_by_law authority:"City Police" law:"Act 12" instrument:N-1 evidence:ev#9',
  '/as lyon',
  '/disclosure decide DR-2026-0001 approve',
  '/disclosure standing "Swift Courier" delivery name,delivery 30',
  // Each morning the officer's digest carries a checkpoint.
  '/clock 2026-11-24T10:00',
  '/clock 2026-11-25T10:00',
];

const SECOND_DAY = [
  '/as mei',
  '/privacy note PR-2026-0001 the customer called again',
  '/privacy assign PR-2026-0002 to:mei',
  '/privacy log correction C-40404 scope:email',
  '/disclosure request C-20417 "Slow Courier" name,delivery "bring the order" transaction order:SO-1 template:delivery',
];

export type Played = {
  /** As it stands in the end. */
  readonly now: Copy;
  /** As it stood before the second day. */
  readonly before: Copy;
};

export async function played(databases: Databases): Promise<Played> {
  const now = await databases.fresh();
  await play(now, FIRST_DAY);
  const before = await databases.copyOf(now);
  await play(now, SECOND_DAY);
  return { now, before };
}
