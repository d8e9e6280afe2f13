/** Standing approvals read and taken back, through the terminal surface (domain.md section 4). */
import { afterEach, expect, it } from 'vitest';
import { type Played, playDesk } from '../support/terminal-desk.js';

let open: Played | null = null;
afterEach(async () => {
  await open?.close();
  open = null;
});

it('are listed with their uses for whoever may list, and revoked by an officer, which voids what is not sent', async () => {
  const desk = await playDesk();
  open = desk;
  await desk.clock('2026-11-23T10:00');
  await desk.as('lyon');
  await desk.says('/disclosure standing "Swift Courier" delivery name,mobile_phone,delivery 30');
  await desk.as('mei');
  const ask = (order: string, who: string): string =>
    `/disclosure request C-10812 "${who}" name,delivery "bring it" transaction order:${order} template:delivery`;
  await desk.says(ask('SO-1', 'Swift Courier'));
  await desk.says('/disclosure sent DR-2026-0001 portal');
  await desk.says(ask('SO-2', 'swift  courier'));
  const listed = await desk.asks('/disclosure standings');
  expect(listed.text).toMatch(/Swift Courier.*@lyon.*2026-12-23.*2.*in force/s);
  expect(listed.card.actions).toEqual([]);
  expect((await desk.asks('/disclosure standings Other')).text).toContain('Nothing is approved in advance');
  expect(await desk.asks('/disclosure revoke 1 "the contract ended"')).toMatchObject({
    code: 'not-permitted',
  });
  await desk.as('lyon');
  expect((await desk.asks('/disclosure standings')).card.actions).toEqual(['Revoke 1']);
  expect(await desk.asks('/disclosure revoke 2 "none"')).toMatchObject({ code: 'not-found' });
  expect(await desk.asks('/disclosure revoke 1')).toMatchObject({ code: 'missing-field' });
  expect(await desk.asks('/disclosure revoke 1 "the contract ended"')).toMatchObject({ kind: 'answer' });
  expect(await desk.asks('/disclosure revoke 1 "again"')).toMatchObject({ code: 'wrong-state' });
  await desk.as('mei');
  expect((await desk.asks('/disclosure standings')).text).toMatch(/revoked by @lyon.*the contract ended/s);
  expect(await desk.asks('/disclosure sent DR-2026-0002 portal')).toMatchObject({ code: 'not-approved' });
  expect((await desk.asks('/disclosure show DR-2026-0001')).card.facts.Status).toBe('sent');
  expect((await desk.asks(ask('SO-3', 'Swift Courier'))).text).toContain('An officer decides');
  await desk.as('kim');
  expect((await desk.asks('/desk audit')).card.title).toBe('The ledger verifies');
});
