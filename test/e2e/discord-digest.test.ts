/**
 * The morning's posts on Discord and what their buttons do: a digest opens its cases, a reminder is taken or put off.
 */
import { afterEach, expect, it } from 'vitest';
import type { Instant } from '../../src/vocabulary/values.js';
import { type DiscordDesk, playDiscord, textOf } from '../support/discord-desk.js';
import { buttonsOf } from '../support/discord-people.js';
import type { Message } from '../support/discord-state.js';

let play: DiscordDesk;
afterEach(() => play.close());

const labels = (message: Message): readonly string[] => buttonsOf(message).map(({ label }) => label);

function lastPost(words: string): Message {
  const found = play.posts().findLast((each) => textOf(each).includes(words));
  if (found === undefined) throw new Error(`nothing says ${words}`);
  return found;
}

it('a digest opens its cases and a reminder is taken', async () => {
  play = await playDiscord();
  await play.says('mei', '/privacy log deletion C-10812 scope:email');
  // 14 days before it is due.
  play.clock.now = '2026-12-09T01:00:00Z' as Instant;
  await play.desk.ticker.tick(play.clock.now);
  await play.desk.outbox.drain();
  const digest = lastPost('Daily digest');
  expect(labels(digest)).toEqual(['My cases', 'All 1']);
  const opened = await play.sees(play.human('dan').presses('All 1', digest));
  expect(textOf(opened)).toContain('PR-2026-0001');
  const reminder = lastPost('is due in 14 days');
  expect(labels(reminder)).toEqual(['Take it', 'Show', 'Snooze']);
  expect(textOf(reminder)).toContain('<t:');
  await play.sees(play.human('dan').presses('Take it', reminder));
  await play.desk.outbox.drain();
  expect(textOf(play.cardOf('PR-2026-0001'))).toContain('Owner: @dan');
});
