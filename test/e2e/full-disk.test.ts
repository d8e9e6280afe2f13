/**
 * A full disk, and a file that may not grow: what was answered is kept, what was not is not half there, and the desk works
 * again once there is room. Needs a file system that can be filled; says so where none can be had.
 */
import { spawnSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readPack } from '../../src/app/pack-file.js';
import { builtMain, MAIN } from '../support/built.js';
import { dataFolder, deskEnv, isAnswer, linesOf, runDesk } from '../support/desk-process.js';
import { keptIn, markOf } from '../support/ledger-tokens.js';

let folder: Awaited<ReturnType<typeof dataFolder>>;
beforeAll(async () => {
  await builtMain();
}, 120_000);
beforeEach(async () => {
  folder = await dataFolder();
});
afterEach(() => folder.remove());

type Ran = { readonly status: number | null; readonly stdout: string; readonly stderr: string };

/** $1 is node, $2 the program, $3 the data folder. */
function shell(script: string, dir: string, input = ''): Ran {
  return spawnSync('sh', ['-c', script, 'sh', process.execPath, MAIN, dir], {
    cwd: folder.dir,
    env: deskEnv({ LOG_LEVEL: 'silent' }),
    input,
    encoding: 'utf8',
  });
}

/** In a mount namespace of its own, so that nothing is left mounted whatever happens. */
const MOUNT = `unshare -rm sh -c 'mount -t tmpfs -o size=3m none "$3" && RUN' sh "$1" "$2" "$3"`;
const mounted = (run: string): string => MOUNT.replace('RUN', run);

function canMount(): boolean {
  const { status, stderr } = spawnSync(
    'unshare',
    ['-rm', 'sh', '-c', 'mount -t tmpfs -o size=1m none /mnt'],
    {
      encoding: 'utf8',
    },
  );
  if (status !== 0)
    console.warn(`full-disk tests are skipped: no small file system (${(stderr ?? 'no unshare').trim()})`);
  return status === 0;
}

const lines = (count: number): string =>
  Array.from(
    { length: count },
    (_, at) => `/privacy log access K-1${markOf(at)} note:"${markOf(at)}"\n`,
  ).join('');

describe.skipIf(!canMount())('a disk that is full', () => {
  it('refuses to start on it, with one plain message and 74', async () => {
    const run = '"$1" "$2" --json --data "$3/data"; echo $?; ls -A "$3/data" >&2';
    const ran = shell(mounted(`(cat /dev/zero >"$3/filler" 2>/dev/null; ${run})`), folder.dir);
    expect(ran.stdout.trim()).toBe('74');
    expect(ran.stderr).toMatch(/cannot be (?:written|made)/);
    expect(ran.stderr).not.toMatch(/^\s+at |Error:/m);
    expect(ran.stderr).not.toContain('ombud.db');
  });

  it('says so when it fills up, keeps what was answered, and goes on once there is room', async () => {
    const data = join(folder.dir, 'mount');
    await mkdir(data);
    const first = '"$1" "$2" --json --data "$3/data"; echo "$?"';
    const second =
      'rm "$3/filler"; printf "/privacy list\\\\n/as kim\\\\n/desk audit\\\\n" | "$1" "$2" --json --data "$3/data"; echo $?';
    const ran = shell(
      mounted(
        `(printf "/privacy list\\\\n" | "$1" "$2" --json --data "$3/data" >/dev/null; cat /dev/zero >"$3/filler" 2>/dev/null; truncate -s -300K "$3/filler"; ${first}; echo ----; ${second})`,
      ),
      data,
      lines(60),
    );
    const [filling = '', after = ''] = ran.stdout.split('----\n');
    const codeOf = (text: string): string => text.trimEnd().split('\n').at(-1) ?? '';
    const answersOf = (text: string) =>
      linesOf({
        code: 0,
        signal: null,
        stderr: '',
        stdout: text.trimEnd().split('\n').slice(0, -1).join('\n'),
      }).filter(isAnswer);
    const filled = answersOf(filling);
    const told = filled.find(({ kind }) => kind === 'error');
    expect(filled.length, ran.stderr).toBe(60);
    expect(told?.text).toMatch(/disk is full.*Free some space/s);
    expect(ran.stderr).not.toMatch(/^\s+at /m);
    const [listed, , audited] = answersOf(after);
    expect(codeOf(after)).toBe('0');
    const kept = filled.filter(({ kind }) => kind === 'answer').map(({ ref }) => ref ?? '');
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.length).toBeLessThan(60);
    for (const ref of kept) expect(listed?.text).toContain(ref);
    expect(audited?.kind).toBe('answer');
  });
});

describe.skipIf(process.platform === 'win32')('a file that may not grow any more', () => {
  it('refuses the command that does not fit, and keeps every answered one', async () => {
    await runDesk(folder.dir, ['/clock 2026-11-23T10:00']);
    // In blocks of 512 bytes (dash) or 1024 (bash): room for some commands, not for all.
    const ran = shell('ulimit -f 1200; exec "$1" "$2" --json --data "$3"', folder.dir, lines(150));
    const answers = linesOf({ code: 0, signal: null, stdout: ran.stdout, stderr: '' }).filter(isAnswer);
    const refusedAt = answers.findIndex(({ kind }) => kind === 'error');
    expect(ran.stderr).not.toMatch(/^\s+at /m);
    expect([ran.status, answers.length]).toEqual([0, 150]);
    expect(answers[refusedAt]?.text).toMatch(/The disk (?:failed|is full)/);
    const kept = await keptIn(folder.dir, await readPack('manifests/policies/default.yaml'));
    const acked = answers.flatMap(({ kind }, at) => (kind === 'answer' ? [markOf(at)] : []));
    expect(acked.length).toBeGreaterThan(0);
    expect(acked.length).toBeLessThan(150);
    expect(acked.filter((mark) => kept.marks.get(mark) !== 1)).toEqual([]);
    expect(kept.marks.size).toBe(acked.length);
    expect(kept.differences).toEqual([]);
    expect(kept.audit).toMatchObject({ kind: 'whole' });
  });
});
