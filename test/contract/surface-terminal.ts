/** The terminal as a stage of the surface contract. Must not know: what is asserted. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Surface } from '../../src/chat/surface.js';
import { createTerminal } from '../../src/surfaces/terminal/app.js';
import { accountOf } from '../../src/vocabulary/accounts.js';
import type { Instant } from '../../src/vocabulary/values.js';
import { frontDesk } from '../support/front-desk.js';
import { type Seen, type Stage, signal } from './surface-harness.js';

type Line = {
  readonly kind: string;
  readonly to: string;
  readonly thread: string | null;
  readonly text: string;
  readonly file?: { readonly name: string; readonly path: string };
};

export async function terminalStage(): Promise<Stage> {
  const dir = mkdtempSync(join(tmpdir(), 'ombud-contract-'));
  const lines: Line[] = [];
  let lost = false;
  let held: { readonly arrived: () => void; readonly until: Promise<void> } | null = null;
  const write = async (text: string): Promise<void> => {
    const hold = held;
    held = null;
    hold?.arrived();
    await hold?.until;
    lines.push(JSON.parse(text) as Line);
    if (lost) {
      lost = false;
      throw new Error('EPIPE');
    }
  };
  const now = '2026-11-23T02:00:00Z' as Instant;
  const open = async (): Promise<Surface> => {
    const terminal = await createTerminal({
      json: true,
      colours: false,
      write,
      ask: null,
      clock: { now: () => now, set: async () => undefined },
      zone: 'Asia/Shanghai',
      localTime: String,
      tick: async () => undefined,
      nextDue: async () => null,
      settle: async () => undefined,
      memory: { load: async () => null, save: async () => undefined },
      exportsDir: dir,
      fault: String,
    });
    await terminal.start(frontDesk());
    return terminal;
  };
  /** An edit is a line of its own: what is read is the message as it is now. */
  const seen = (): readonly Seen[] => {
    const messages: Seen[] = [];
    for (const { kind, to, thread, text, file } of lines) {
      const ref = { channel: to, id: String(messages.length) };
      const sent = file === undefined ? null : { name: file.name, bytes: readFileSync(file.path) };
      const message = { ref, words: text, inThread: thread !== null, file: sent };
      if (kind === 'edit') messages[messages.findLastIndex((each) => each.ref.channel === to)] = message;
      else messages.push(message);
    }
    return messages;
  };
  const impossible = (): never => {
    throw new Error('a terminal has nothing of the kind');
  };
  return {
    surface: await open(),
    can: {
      lookBack: false,
      deleteCards: false,
      lockThreads: false,
      closeChannels: false,
      knowAccounts: false,
      limitMessages: false,
      largestFile: null,
    },
    channel: { kind: 'channel', channel: '#cases' },
    person: { kind: 'person', person: 'lyon', accounts: [accountOf('terminal', 'lyon')] },
    stranger: { kind: 'person', person: 'ana', accounts: [accountOf('slack', 'U0ANA')] },
    seen,
    // Only control characters could do anything in a terminal.
    notified: () => lines.flatMap(({ text }) => text.match(/[^\P{Cc}\n]/gu) ?? []),
    refused: () => [],
    loseAnswer: () => {
      lost = true;
    },
    hold: () => {
      const arrived = signal();
      const free = signal();
      held = { arrived: arrived.open, until: free.passed };
      return { arrived: arrived.passed, letGo: free.open };
    },
    deleteCard: impossible,
    archiveThread: impossible,
    closeChannel: impossible,
    restart: open,
    close: () => rm(dir, { recursive: true, force: true }),
  };
}
