/**
 * The terminal's own scripts, played on Discord and half on each, leave the same ledger but for the accounts.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { type DiscordDesk, playDiscord, textOf } from '../support/discord-desk.js';
import { playScript } from '../support/discord-script.js';
import { ledgerOf } from '../support/ledger-view.js';
import { playDesk } from '../support/terminal-desk.js';

const FOLDER = 'test/e2e/scripts';
const SCRIPTS = readdirSync(FOLDER).filter((name) => name.endsWith('.txt'));
const linesOf = (name: string): readonly string[] => readFileSync(`${FOLDER}/${name}`, 'utf8').split('\n');

let play: DiscordDesk | null = null;
afterEach(async () => {
  await play?.close();
  play = null;
});

// Whole cases on a busy machine: more than the usual minute.
const LONG = 180_000;

describe.each(SCRIPTS)('%s', (name) => {
  it(
    'leaves the same ledger on Discord as in the terminal',
    async () => {
      const terminal = await playDesk();
      for (const line of linesOf(name)) await terminal.says(line);
      const expected = await ledgerOf(terminal.store);
      await terminal.close();

      play = await playDiscord();
      const steps = await playScript(play, linesOf(name));
      expect(await ledgerOf(play.store)).toEqual(expected);
      expect(steps.filter(({ seen }) => seen?.kind !== 'message').map(({ said }) => said)).toEqual([]);
      const shown = [
        ...play.posts().map(textOf),
        ...steps.flatMap(({ seen }) => (seen === null ? [] : [textOf(seen)])),
      ];
      const reference = /\/privacy log \w+ (\S+)/.exec(linesOf(name).join('\n'))?.[1] ?? 'none';
      expect(shown.filter((text) => text.toLowerCase().includes(reference.toLowerCase()))).toEqual([]);
    },
    LONG,
  );
});
