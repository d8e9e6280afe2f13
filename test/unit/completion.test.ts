/** The shell's completion knows every word and option there is; played in bash itself, and in zsh and fish where they are. */
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { completionFor, SHELLS } from '../../src/app/completion.js';
import { SUBCOMMANDS } from '../../src/app/subcommands.js';
import { DESK_OPTIONS } from '../../src/app/usage.js';

const declared = { desk: DESK_OPTIONS, words: SUBCOMMANDS };
const script = (shell: (typeof SHELLS)[number]) => completionFor(shell, declared);

describe.each(SHELLS)('for %s', (shell) => {
  const options = [DESK_OPTIONS, ...SUBCOMMANDS.map((word) => word.options)].flatMap(Object.keys);

  it('names every word and every option', () => {
    const text = script(shell);
    const missing = [...SUBCOMMANDS.map(({ name }) => name), ...options].filter(
      (word) => !text.includes(word),
    );
    expect(missing).toEqual([]);
  });

  const there = spawnSync(shell, ['--version']).status === 0;
  if (!there) process.stderr.write(`${shell}: its syntax is not looked at, since it is not here\n`);
  it.skipIf(!there)('is a script that this shell reads', () => {
    const { status, stderr } = spawnSync(shell, ['-n'], { input: script(shell), encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
  });
});

/** What bash offers after these words, the last of them begun. */
function offered(...words: readonly string[]): readonly string[] {
  const line = `${script('bash')}\nCOMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _ombud; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = spawnSync('bash', ['-c', line, 'bash', 'ombud', ...words], { encoding: 'utf8' });
  return stdout.split('\n').filter(Boolean);
}

describe('bash', () => {
  it('completes words, their options, and files where one is wanted', () => {
    expect(offered('pol')).toEqual(['policy']);
    expect(offered('--d')).toEqual(['--data']);
    expect(offered('completion', 'z')).toEqual(['zsh']);
    expect(offered('policy', '--')).toEqual(['--help']);
    expect(offered('policy', 'package.js')).toEqual(['package.json']);
    expect(offered('--data', 'sr')).toEqual(['src']);
    expect(offered('--script', 'READ')).toEqual(['README.md']);
  });
});
