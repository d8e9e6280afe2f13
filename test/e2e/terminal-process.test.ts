/**
 * The program itself, as a script, a pipe or a check drives it: commands.md, "The terminal", "Exactly".
 */
import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { builtMain, MAIN } from '../support/built.js';
import { dataFolder, deskEnv, isAnswer, linesOf, runDesk, startDesk } from '../support/desk-process.js';

let folder: Awaited<ReturnType<typeof dataFolder>>;
beforeAll(async () => {
  await builtMain();
}, 120_000);
beforeEach(async () => {
  folder = await dataFolder();
});
afterEach(() => folder.remove());

const NOON = '/clock 2026-11-23T12:00';

describe('piped lines', () => {
  it('are worked on as they arrive, each ending in exactly one answer or error', async () => {
    const desk = startDesk(folder.dir);
    const said = [
      NOON,
      '/privacy log deletion C-10812',
      '/privacy log deletion',
      '/privacy nonsense',
      'hello there',
      '/as lyon',
      '/as',
      '/clock yesterday',
      '/press 1',
      '/desk officer',
    ];
    for (const line of said) {
      // The next line is written only after this one's answer: an answer that waited for more input would never come.
      const shown = await desk.says(line);
      expect(shown.filter(isAnswer), line).toHaveLength(1);
      expect(shown.findIndex(isAnswer), line).toBe(shown.length - 1);
    }
    const { code, stdout } = await desk.end();
    expect(code).toBe(0);
    expect(linesOf({ code, signal: null, stdout, stderr: '' }).filter(isAnswer)).toHaveLength(said.length);
  });

  it('put the posts they cause before the answer, which is private and to the speaker', async () => {
    const desk = startDesk(folder.dir);
    await desk.says(NOON);
    await desk.says('/as dan');
    const shown = await desk.says('/privacy log deletion C-10812');
    expect(shown.map(({ kind, to, private: alone, at }) => ({ kind, to, alone, at }))).toEqual([
      { kind: 'post', to: '#cases', alone: false, at: '2026-11-23T04:00:00Z' },
      { kind: 'answer', to: '@dan', alone: true, at: '2026-11-23T04:00:00Z' },
    ]);
    await desk.end();
  });

  it('give nothing when they are blank or comments, and tick nothing by themselves', async () => {
    const first = await runDesk(folder.dir, [NOON, '/privacy log access C-1', '/clock 2026-12-22T12:00']);
    expect(linesOf(first).filter(({ kind }) => kind === 'post').length).toBeGreaterThan(1);
    // Days later, with a reminder and a digest due on that day at nine.
    const { stdout, code } = await runDesk(folder.dir, ['', '   ', '# a comment', '#', '\t']);
    expect({ stdout, code }).toEqual({ stdout: '', code: 0 });
  });

  it('leave standard output to JSON, whatever is logged', async () => {
    const { stdout, code } = await runDesk(folder.dir, [NOON, '/privacy log access C-1', '/desk doctor'], {
      env: { LOG_LEVEL: 'trace' },
    });
    expect(code).toBe(0);
    for (const line of stdout.trimEnd().split('\n')) expect(JSON.parse(line)).toHaveProperty('kind');
    expect(stdout.endsWith('\n')).toBe(true);
  });

  it('may end without a line feed, and in the middle of a quote', async () => {
    const desk = startDesk(folder.dir);
    desk.write('/privacy log access C-1\n/privacy note PR-2026-0001 "half');
    const ended = await desk.end();
    const answers = linesOf(ended).filter(isAnswer);
    expect(ended.code).toBe(0);
    expect(answers.map(({ kind, code }) => [kind, code])).toEqual([
      ['answer', null],
      ['error', 'unclosed-quote'],
    ]);
  });
});

describe('a script', () => {
  it('plays its lines to the end and exits 0', async () => {
    const script = join(folder.dir, 'script.txt');
    await writeFile(
      script,
      `${NOON}\r\n# a comment\r\n\r\n/privacy log deletion C-10812\r\n/privacy list\r\n`,
    );
    const ended = await runDesk(folder.dir, [], { args: ['--script', script] });
    expect(ended.code).toBe(0);
    expect(linesOf(ended).map(({ kind }) => kind)).toEqual([
      // Both digests of that morning, and the clock's answer.
      'post',
      'post',
      'answer',
      'post',
      'answer',
      'answer',
    ]);
  });

  it('reads nothing from standard input', async () => {
    const script = join(folder.dir, 'script.txt');
    await writeFile(script, '/desk officer\n');
    const ended = await runDesk(folder.dir, ['/desk help'], { args: ['--script', script] });
    expect(linesOf(ended)).toHaveLength(1);
  });
});

describe('the next run on the same folder', () => {
  it('remembers the clock, goes on counting, and presses a button that was shown before', async () => {
    await runDesk(folder.dir, [
      '/clock 2027-01-04T10:00',
      '/privacy log stop_handling C-10812 scope:email',
      '/privacy verify PR-2027-0001 otp pass ref:otp#1',
      '/privacy check PR-2027-0001 all done',
      '/privacy propose PR-2027-0001 fulfilled',
    ]);
    const second = linesOf(
      await runDesk(folder.dir, [
        '/clock',
        '/privacy log access C-2',
        '/as lyon',
        '/press Approve PR-2027-0001',
        '/press Approve PR-2027-0001',
      ]),
    );
    const answers = second.filter(isAnswer);
    expect(answers.map(({ kind, ref, code }) => [kind, ref, code])).toEqual([
      ['answer', null, null],
      ['answer', 'PR-2027-0002', null],
      ['answer', null, null],
      ['answer', 'PR-2027-0001', null],
      ['error', 'PR-2027-0001', 'already-decided'],
    ]);
    expect(new Set(second.map(({ at }) => at))).toEqual(new Set(['2027-01-04T02:00:00Z']));
    expect(answers[4]?.text).toContain('already decided by @lyon');
  });

  it('edits the card the first run posted', async () => {
    await runDesk(folder.dir, [NOON, '/privacy log access C-1']);
    const second = linesOf(await runDesk(folder.dir, ['/privacy assign PR-2026-0001']));
    expect(second.map(({ kind }) => kind)).toEqual(['edit', 'post', 'answer']);
  });

  it('has its data where --data says, before OMBUD_DATA', async () => {
    const other = await dataFolder();
    await runDesk(folder.dir, ['/privacy log access C-1'], { env: { OMBUD_DATA: other.dir } });
    const there = linesOf(await runDesk(other.dir, ['/privacy show PR-2026-0001']));
    expect(there.at(-1)?.code).toBe('not-found');
    const here = linesOf(await runDesk(folder.dir, ['/privacy show PR-2026-0001']));
    expect(here.at(-1)?.kind).toBe('answer');
    await other.remove();
  });
});

describe('a reader that goes away', () => {
  it('ends the desk quietly', async () => {
    const lines = Array.from({ length: 40 }, () => '/desk help').join('\n');
    const child = spawn(
      'sh',
      ['-c', '"$1" "$2" --json --data "$3" | head -n 1', 'sh', process.execPath, MAIN, folder.dir],
      { cwd: folder.dir, env: deskEnv(), stdio: ['pipe', 'pipe', 'pipe'] },
    );
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    child.stdin.on('error', () => {});
    child.stdin.end(`${lines}\n`);
    await new Promise((settle) => child.on('close', settle));
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).not.toMatch(/EPIPE|Error|\bat .*:\d+/);
  });
});

describe('a stop', () => {
  it('on SIGTERM finishes the line it is at and exits 0', async () => {
    const desk = startDesk(folder.dir);
    await desk.says('/privacy log access C-1');
    process.kill(desk.pid, 'SIGTERM');
    const ended = await desk.ended;
    expect([ended.code, ended.signal]).toEqual([0, null]);
    const again = linesOf(await runDesk(folder.dir, ['/privacy show PR-2026-0001']));
    expect(again.at(-1)?.kind).toBe('answer');
  });
});
