/**
 * `node dist/main.js` as people and checks run it: lines in, JSON records out. Must not know: the desk's insides.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MAIN } from './built.js';
import type { Line } from './terminal-desk.js';

export type Ended = {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
};

export type DeskProcess = {
  readonly pid: number;
  /** Writes lines as they are; nothing is waited for. */
  readonly write: (text: string) => void;
  /** Writes one line and resolves with all it showed, the answer or error last. */
  readonly says: (line: string) => Promise<readonly Line[]>;
  /** Resolves once this many answers and errors came in all, or the process is gone. */
  readonly answered: (count: number) => Promise<void>;
  /** Every complete record so far. */
  readonly lines: () => readonly Line[];
  readonly stderr: () => string;
  /** End of input; resolves when the process is gone. */
  readonly end: () => Promise<Ended>;
  readonly kill: () => Promise<Ended>;
  readonly ended: Promise<Ended>;
};

export type DeskOptions = {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Another build than this one's. */
  readonly main?: string;
  /** Another user, as whom only root may start it. */
  readonly uid?: number;
};

/** Variables of whoever runs the tests that would change the desk. */
const OURS = /^(?:OMBUD_|SLACK_|DISCORD_|DATABASE_URL$|LOG_LEVEL$|NO_COLOR$|HOST$|PORT$)/;

export function deskEnv(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  const kept = Object.entries(process.env).filter(([name]) => !OURS.test(name) && !name.startsWith('VITEST'));
  return { ...Object.fromEntries(kept.map(([name, value]) => [name, value ?? ''])), ...extra };
}

export const isAnswer = ({ kind }: Line): boolean => kind === 'answer' || kind === 'error';

/** In an empty working folder: a `.env` of the repository must not be read. */
export function startDesk(dir: string, options: DeskOptions = {}): DeskProcess {
  const { args = [], env = {}, cwd = dir, main = MAIN, uid } = options;
  const child = spawn(process.execPath, [main, '--json', '--data', dir, ...args], {
    cwd,
    ...(uid === undefined ? {} : { uid, gid: uid }),
    env: deskEnv(env),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  return deskProcess(child);
}

export function deskProcess(child: ChildProcessWithoutNullStreams): DeskProcess {
  const lines: Line[] = [];
  const waiting = new Set<() => void>();
  let stdout = '';
  let stderr = '';
  let parsed = 0;
  let answers = 0;
  let gone = false;
  const wake = (): void => {
    for (const look of waiting) look();
  };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
    for (let end = stdout.indexOf('\n', parsed); end !== -1; end = stdout.indexOf('\n', parsed)) {
      const text = stdout.slice(parsed, end);
      parsed = end + 1;
      // `--help` is for people; whether there is anything but JSON is for `linesOf` to find.
      if (!text.startsWith('{')) continue;
      const line = JSON.parse(text) as Line;
      lines.push(line);
      if (isAnswer(line)) answers += 1;
    }
    wake();
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  // A process that was killed reads no more: what it left unread is lost, as in life.
  child.stdin.on('error', () => {});
  const ended = new Promise<Ended>((settle, fail) => {
    child.on('error', fail);
    // `close`: both streams were read to their end, so what was printed before a kill counts.
    child.on('close', (code, signal) => {
      gone = true;
      wake();
      settle({ code, signal, stdout, stderr });
    });
  });
  const until = (met: () => boolean): Promise<void> =>
    new Promise((settle) => {
      const look = (): void => {
        if (!met() && !gone) return;
        waiting.delete(look);
        settle();
      };
      waiting.add(look);
      look();
    });
  const answered = (count: number): Promise<void> => until(() => answers >= count);
  return {
    pid: child.pid ?? -1,
    write: (text) => {
      child.stdin.write(text);
    },
    says: async (line) => {
      const [from, wanted] = [lines.length, answers + 1];
      child.stdin.write(`${line}\n`);
      await answered(wanted);
      if (answers < wanted) throw new Error(`the desk ended before it answered "${line}":\n${stderr}`);
      return lines.slice(from);
    },
    answered,
    lines: () => lines,
    stderr: () => stderr,
    end: () => {
      child.stdin.end();
      return ended;
    },
    kill: () => {
      child.kill('SIGKILL');
      return ended;
    },
    ended,
  };
}

/** Runs the desk on these lines to its end. */
export function runDesk(dir: string, input: readonly string[], options: DeskOptions = {}): Promise<Ended> {
  const desk = startDesk(dir, options);
  desk.write(input.map((line) => `${line}\n`).join(''));
  return desk.end();
}

export const linesOf = ({ stdout }: Ended): readonly Line[] =>
  stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);

/** A new folder for one test's data. */
export async function dataFolder(): Promise<{ readonly dir: string; readonly remove: () => Promise<void> }> {
  const dir = await mkdtemp(join(tmpdir(), 'ombud-process-'));
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) };
}

export const keyOf = (dir: string): Buffer =>
  Buffer.from(readFileSync(join(dir, 'ombud.key'), 'utf8').trim(), 'base64');
