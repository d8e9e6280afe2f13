/** What is typed at length costs nobody time: a stranger is refused unread, and no field is searched beyond its limit. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parseCommand } from '../../src/chat/grammar/line.js';
import { registry } from '../../src/desk/desk.js';
import { HERE } from '../support/reading-place.js';
import { type Played, playDesk } from '../support/terminal-desk.js';

let desk: Played;
beforeEach(async () => {
  desk = await playDesk();
});
afterEach(() => desk.close());

const codes = (line: string): readonly string[] => {
  const read = parseCommand(registry, line, HERE);
  return read.ok ? [] : read.problems.map(({ code }) => code);
};

it('a line no form could make is refused as a whole, before it is taken apart', () => {
  expect(codes(`/privacy log access C-10812 note:"${'1 2 '.repeat(3000)}"`)).toEqual(['too-long']);
  expect(codes('x'.repeat(9000))).toEqual(['too-long']);
});

it.each([
  ['a list of cases', `/privacy assign ${'1,'.repeat(1500)}`],
  ['a date', `/privacy log access C-10812 received:${'汉'.repeat(5000)}`],
  ['a reference', `/privacy log access C-10812 ref:${'a'.repeat(5000)}`],
  ['a note', `/privacy note PR-1 ${'a'.repeat(5000)}`],
])('%s has its limit', (_, line) => {
  expect(codes(line).some((code) => code === 'too-long' || code === 'invalid-value')).toBe(true);
});

it('a stranger is told that they are one, whatever they typed', async () => {
  await desk.as('nobody');
  const long = await desk.asks(`/privacy note PR-2026-0001 ${'a'.repeat(7000)}`);
  expect(long).toMatchObject({ kind: 'error', code: 'not-on-staff' });
  await desk.as('mei');
  expect(await desk.asks(`/privacy log access C-10812 note:"${'a'.repeat(3000)}"`)).toMatchObject({
    code: 'too-long',
  });
});
