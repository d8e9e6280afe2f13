/** The README says what is true: every command, variable and permission is named, and its session is real output. */
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { parseCommand } from '../src/chat/grammar/line.js';
import { registry } from '../src/desk/desk.js';
import { parsePack } from '../src/policy/pack.js';
import { withGenerated } from '../src/tools/docs.js';
import { PERMISSIONS } from '../src/vocabulary/permissions.js';
import { HERE } from './support/reading-place.js';
import { type Played, playDesk } from './support/terminal-desk.js';

const readme = readFileSync('README.md', 'utf8');
const config = readFileSync('src/app/config.ts', 'utf8');

describe('the README', () => {
  it.each(registry.all.map(({ command, verb }) => `/${command} ${verb}`))('names %s', (words) => {
    expect(readme).toContain(`\`${words}`);
  });

  it.each(PERMISSIONS)('names the permission %s', (permission) => {
    expect(readme).toContain(`\`${permission}\``);
  });

  const variables = [
    ...new Set(
      [...config.matchAll(/\b([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|HOST|PORT): optional/g)].map(
        (found) => found[1] ?? '',
      ),
    ),
  ];
  it.each(variables)('names the variable %s', (variable) => {
    expect(readme).toContain(`\`${variable}\``);
  });

  it('finds the variables it checks', () => {
    expect(variables).toEqual(expect.arrayContaining(['DATABASE_URL', 'OMBUD_KEY', 'LOG_LEVEL']));
  });

  it('has its generated parts up to date', () => {
    expect(withGenerated(readme, parsePack(readFileSync('manifests/policies/default.yaml', 'utf8')))).toBe(
      readme,
    );
  });

  let desk: Played | null = null;
  afterAll(() => desk?.close());
  it('shows a session that really happens', async () => {
    const shown = /<!-- begin session -->\s*```\n([\s\S]*?)\n```/.exec(readme)?.[1] ?? '';
    const lines = shown.split('\n').filter((line) => line.startsWith('mei> '));
    expect(lines).toHaveLength(5);
    desk = await playDesk({ text: true });
    const played: string[] = [];
    for (const line of lines) {
      await desk.says(line.slice('mei> '.length));
      played.push(line, ...desk.texts());
    }
    expect(played.join('\n')).toBe(shown);
  });
});

describe('the examples of every command', () => {
  it.each(registry.all.flatMap(({ examples }) => examples))('%s', (example) => {
    const parsed = parseCommand(registry, example, HERE);
    expect(parsed.ok ? [] : parsed.problems).toEqual([]);
  });
});
