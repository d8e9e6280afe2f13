/** `/privacy list`: several filters at once, and every clock that runs counts as due. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Played, playDesk } from '../support/terminal-desk.js';

let desk: Played;
beforeEach(async () => {
  desk = await playDesk();
  await desk.clock('2026-11-23T10:00');
});
afterEach(() => desk.close());
const listed = async (rest: string): Promise<readonly string[]> =>
  (await desk.asks(`/privacy list ${rest}`)).text.match(/PR-\d{4}-\d{4}/g) ?? [];

it('counts the days to acknowledge and to act by as due and overdue', async () => {
  await desk.says('/privacy log consent_withdrawal C-40003');
  expect(await listed('due')).toEqual(['PR-2026-0001']);
  await desk.says('/privacy notice PR-2026-0001 acknowledgement MAIL-1');
  await desk.clock('+8d');
  expect(await listed('overdue')).toEqual(['PR-2026-0001']);
  expect((await desk.asks('/privacy list')).text).toContain('late');
});

it('narrows by several filters, type and receipt', async () => {
  await desk.says('/privacy log deletion C-40001');
  await desk.says('/privacy log access C-40002 received:2026-11-10');
  await desk.says('/privacy assign PR-2026-0002');
  await desk.says('/privacy close PR-2026-0001 outcome:withdrawn_by_subject ref:T-9');
  expect(await listed('closed')).toEqual(['PR-2026-0001']);
  expect(await listed('mine,overdue')).toEqual(['PR-2026-0002']);
  expect(await listed('unowned')).toEqual([]);
  expect(await listed('type:access')).toEqual(['PR-2026-0002']);
  expect(await listed('from:2026-11-20')).toEqual([]);
  expect(await listed('to:2026-11-20')).toEqual(['PR-2026-0002']);
  expect((await desk.asks('/privacy list mine,late')).code).toBe('invalid-value');
});
