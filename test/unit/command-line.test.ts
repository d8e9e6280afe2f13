/** The words after `ombud`: tools by the table, what is declared as what is understood, and what is wrong said with the usage. */
import { describe, expect, it } from 'vitest';
import { readArguments, UsageProblem } from '../../src/app/command-line.js';
import { usage } from '../../src/app/meant.js';
import { runSubcommand, SUBCOMMANDS } from '../../src/app/subcommands.js';

async function run(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runSubcommand(args, { out: (text) => out.push(text), err: (text) => err.push(text) });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

describe('a tool', () => {
  it('is found by its word, and anything else is the desk itself', async () => {
    expect((await run('policy')).out).toMatch(/^default@/);
    expect(await run('--json')).toEqual({ code: null, out: '', err: '' });
    expect(await run()).toEqual({ code: null, out: '', err: '' });
  });

  it.each(SUBCOMMANDS)('$name says what it is, here and in the list of all', async ({ name, says }) => {
    const { code, out, err } = await run(name, '--help');
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain(`Usage: ombud ${name}`);
    expect(out).toContain(says);
    expect(usage()).toMatch(new RegExp(`^ +${name}\\b.* ${says.slice(0, 20)}`, 'm'));
  });

  it.each(SUBCOMMANDS)('$name is refused options nobody declared, with its usage', async ({ name }) => {
    const { code, out, err } = await run(name, '--frobnicate');
    expect([code, out]).toEqual([64, '']);
    expect(err).toMatch(new RegExp(`'--frobnicate'[\\s\\S]*Usage: ombud ${name}`));
  });

  it('is refused more words than it takes', async () => {
    const { code, err } = await run('policy', 'one', 'two');
    expect(code).toBe(64);
    expect(err).toContain("Unexpected 'two'");
  });
});

it('the table is in alphabetical order, each word once', () => {
  const names = SUBCOMMANDS.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)].sort());
});

describe('operands', () => {
  const read = (operands: string, ...args: string[]) =>
    readArguments(args, { name: 'x', operands, options: {} }).operands;

  it('are as many as declared: some may be left out, some repeated', () => {
    expect(read('FROM TO', 'a', 'b')).toEqual(['a', 'b']);
    expect(() => read('FROM TO', 'a')).toThrow(UsageProblem);
    expect(() => read('FROM TO', 'a', 'b', 'c')).toThrow(/'c'/);
    expect(read('[FILE]')).toEqual([]);
    expect(read('FILE…', 'a', 'b', 'c')).toEqual(['a', 'b', 'c']);
    expect(() => read('FILE…')).toThrow(UsageProblem);
  });
});
