/**
 * Consents and withdrawals that know only their day, or come late, through the terminal surface (domain.md, "Consents"; P-3.3).
 */
import { afterEach, describe, expect, it } from 'vitest';
import { type Line, type Played, playDesk } from '../support/terminal-desk.js';

let open: Played | null = null;
afterEach(async () => {
  await open?.close();
  open = null;
});
async function at(moment: string): Promise<Played> {
  open = await playDesk();
  await open.clock(moment);
  return open;
}

const CONSENT = '/disclosure consent C-10812 newsletter recipient:MailCo data:email evidence:F-1';
const WITHDRAWAL = '/privacy log consent_withdrawal C-10812 scope:email';
const now = (line: Line): string | undefined => line.card.facts.Now;
const state = async (desk: Played, ref = 'CO-2026-0001'): Promise<string | undefined> =>
  now(await desk.asks(`/disclosure show ${ref}`));

/** A withdrawal carried out and closed, by its number. */
async function carriedOut(desk: Played, ref = 'PR-2026-0001'): Promise<void> {
  await desk.says(`/privacy verify ${ref} callback pass X-1`);
  await desk.says(`/privacy check ${ref} all done`);
  await desk.says(`/privacy propose ${ref} fulfilled`);
  await desk.as('lyon');
  await desk.says(`/privacy decide ${ref} approve`);
  await desk.as('mei');
  await desk.says(`/privacy done ${ref} evidence:E-1`);
  await desk.says(`/privacy notice ${ref} completion ref:N-1`);
  await desk.says(`/privacy notice ${ref} service_impact ref:N-2`);
  expect((await desk.asks(`/privacy close ${ref}`)).kind).toBe('answer');
}

describe('a withdrawal known by its day only', () => {
  it.each([
    ['a consent of that morning', '2026-11-23T08:00', 'withdrawn by PR-2026-0001'],
    ['a consent of that day', '2026-11-23', 'withdrawn by PR-2026-0001'],
    ['a consent of the day before', '2026-11-22', 'withdrawn by PR-2026-0001'],
  ])('counts to its end, open or closed: %s', async (_what, granted, expected) => {
    const desk = await at('2026-11-23T18:00');
    await desk.says(`${WITHDRAWAL} received:2026-11-23`);
    expect(now(await desk.asks(`${CONSENT} granted:${granted}`))).toBe(expected);
    await carriedOut(desk);
    expect(now(await desk.asks(`${CONSENT} granted:${granted}`))).toBe(expected);
    expect(await state(desk, 'CO-2026-0002')).toBe(expected);
    const asked = await desk.asks(
      '/disclosure request C-10812 MailCo email newsletter basis:consent consent:CO-2026-0001',
    );
    expect(asked.kind).toBe('error');
  });

  it('takes nothing from a consent of the next day, whose own day counts from its beginning', async () => {
    const desk = await at('2026-11-23T18:00');
    await desk.says(`${WITHDRAWAL} received:2026-11-23`);
    await carriedOut(desk);
    await desk.clock('2026-11-24T10:00');
    expect(now(await desk.asks(`${CONSENT} granted:2026-11-24`))).toBe('live');
    const asked = await desk.asks(
      '/disclosure request C-10812 MailCo email newsletter basis:consent consent:CO-2026-0001',
    );
    expect(asked.kind).toBe('answer');
  });

  it('is as exact as it is known: a consent an hour after it counts', async () => {
    const desk = await at('2026-11-23T18:00');
    await desk.says(`${WITHDRAWAL} received:2026-11-23T08:00`);
    expect(now(await desk.asks(`${CONSENT} granted:2026-11-23T09:00`))).toBe('live');
    expect(now(await desk.asks(`${CONSENT} granted:2026-11-23T07:00`))).toBe('withdrawn by PR-2026-0001');
  });
});

describe('a consent recorded late', () => {
  it('says that it is withdrawn from the start, and is given back when the withdrawal comes to nothing', async () => {
    const desk = await at('2026-11-23T10:00');
    await desk.says(WITHDRAWAL);
    const recorded = await desk.asks(`${CONSENT} granted:2026-10-01`);
    expect(recorded.text).toContain('older than the withdrawal PR-2026-0001');
    expect(now(recorded)).toBe('withdrawn by PR-2026-0001');
    expect((await desk.asks('/disclosure list customer:C-10812')).text).toContain(
      'withdrawn by PR-2026-0001',
    );
    for (const attempt of [1, 2, 3])
      await desk.says(`/privacy verify PR-2026-0001 callback fail X-${attempt}`);
    expect(await state(desk)).toBe('live');
  });

  it('is not touched by a withdrawal it came after, nor by one of other data', async () => {
    const desk = await at('2026-11-23T10:00');
    await desk.says('/privacy log consent_withdrawal C-10812 scope:name received:2026-11-10');
    expect(now(await desk.asks(`${CONSENT} granted:2026-11-01`))).toBe('live');
    await desk.says('/disclosure consent C-10812 newsletter name granted:2026-11-12 evidence:F-2');
    expect(await state(desk, 'CO-2026-0002')).toBe('live');
  });

  it('counts where it was on record before a withdrawal that is known to be older', async () => {
    const desk = await at('2026-11-23T10:00');
    await desk.says(`${CONSENT} granted:2026-11-20`);
    await desk.says(`${WITHDRAWAL} received:2026-11-18`);
    expect(await state(desk)).toBe('live');
  });
});

describe('sensitive data', () => {
  it('is given only where it is named', async () => {
    const desk = await at('2026-11-23T10:00');
    const all = await desk.asks(
      '/disclosure consent C-10812 survey recipient:MailCo data:all granted:2026-11-20 evidence:F-1',
    );
    expect(all.card.facts.Categories).toBe('all categories but sensitive');
    const named = await desk.asks(
      '/disclosure consent C-10812 survey recipient:MailCo data:all,sensitive granted:2026-11-20 evidence:F-1',
    );
    expect(named.card.facts.Categories).toBe('all 14 categories');
    const request = (consent: string): string =>
      `/disclosure request C-10812 MailCo email,sensitive survey basis:consent consent:${consent}`;
    expect(await desk.asks(request('CO-2026-0001'))).toMatchObject({ code: 'consent-not-valid' });
    expect(await desk.asks(request('CO-2026-0002'))).toMatchObject({ kind: 'answer' });
    const may = await desk.asks('/disclosure may C-10812 MailCo all transaction');
    expect(may.card.facts['Why not']).not.toContain('sensitive');
  });
});
