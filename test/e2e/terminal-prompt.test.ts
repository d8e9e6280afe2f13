/** The program at a real terminal (a pseudo-terminal of script(1)): nothing typed or pasted is lost, questions can be left. */
import { spawn, spawnSync } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { builtMain, MAIN } from '../support/built.js';
import { dataFolder, deskEnv } from '../support/desk-process.js';

/** Its options are util-linux's. */
const HAS_SCRIPT =
  process.platform === 'linux' && spawnSync('script', ['--version']).stdout?.includes('util-linux') === true;
if (!HAS_SCRIPT)
  process.stderr.write('SKIPPED: the prompt at a real terminal, since script(1) is not here\n');

let folder: Awaited<ReturnType<typeof dataFolder>>;
beforeAll(async () => {
  if (HAS_SCRIPT) await builtMain();
}, 120_000);
beforeEach(async () => {
  folder = await dataFolder();
});
afterEach(() => folder.remove());

type AtTerminal = {
  readonly type: (text: string) => void;
  /** Resolves when this appears, after whatever was waited for before. */
  readonly sees: (words: string) => Promise<void>;
  readonly screen: () => string;
  readonly ended: Promise<number | null>;
};

function atTerminal(): AtTerminal {
  const command = `'${process.execPath}' '${MAIN}' --data '${folder.dir}'`;
  const child = spawn('script', ['-qefc', command, '/dev/null'], {
    cwd: folder.dir,
    env: { ...deskEnv({ LOG_LEVEL: 'warn' }), TERM: 'xterm' },
  });
  let raw = '';
  let from = 0;
  let look = (): void => undefined;
  const screen = (): string => stripVTControlCharacters(raw);
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    raw += chunk;
    look();
  });
  const ended = new Promise<number | null>((settle) => child.on('close', settle));
  return {
    type: (text) => child.stdin.write(text),
    sees: (words) =>
      new Promise((settle, fail) => {
        look = () => {
          const at = screen().indexOf(words, from);
          if (at === -1) return;
          from = at + words.length;
          look = () => undefined;
          settle();
        };
        look();
        ended.then(() => fail(new Error(`"${words}" was never shown:\n${screen().slice(from)}`)));
      }),
    screen,
    ended,
  };
}

describe.runIf(HAS_SCRIPT)('at a terminal', () => {
  it('six lines pasted before the first prompt get six answers, in order', async () => {
    const desk = atTerminal();
    const refs = [71, 72, 73, 74, 75].map((number) => `/privacy log access C-100${number}`);
    desk.type([...refs, '/privacy list', 'exit', ''].join('\r'));
    expect(await desk.ended).toBe(0);
    const logged = [...desk.screen().matchAll(/Logged as (PR-\d{4}-\d{4})/g)].map((found) => found[1] ?? '');
    expect(logged.map((ref) => ref.slice(-1))).toEqual(['1', '2', '3', '4', '5']);
    expect(desk.screen()).toMatch(/mei> \/privacy list[\s\S]*5/);
  });

  it('an answer is checked at once, cancel leaves the question, and Ctrl-C leaves it too', async () => {
    const desk = atTerminal();
    await desk.sees('mei> ');
    desk.type('/privacy log\r');
    await desk.sees('deletion');
    desk.type('delteion\r');
    await desk.sees('✗ ');
    desk.type('deletion\r');
    await desk.sees('Customer');
    desk.type('cancel\r');
    await desk.sees('nothing was done');
    desk.type('/privacy log access\r');
    await desk.sees('Customer (');
    desk.type('\u0003');
    await desk.sees('nothing was done');
    desk.type('/privacy log access\r');
    await desk.sees('Customer (');
    desk.type('C-10812\r');
    await desk.sees('Logged as');
    // While a line is still worked on, Ctrl-C drops what waits behind it instead.
    await desk.sees('mei> ');
    desk.type('\u0003');
    await desk.sees('again');
    desk.type('\u0003');
    expect(await desk.ended).toBe(0);
  });

  it('keeps a history that names no customer, for its owner alone', async () => {
    const desk = atTerminal();
    desk.type('/privacy list\r/privacy log access C-10812\rexit\r');
    expect(await desk.ended).toBe(0);
    const file = join(folder.dir, 'terminal-history');
    expect(await readFile(file, 'utf8')).toBe('/privacy list\n');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });
});
