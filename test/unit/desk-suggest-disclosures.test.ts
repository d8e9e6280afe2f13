/** What disclosure, consent and recipient fields are completed with: what the verb can still be done to, masked, the latest first. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Played, playDesk } from '../support/terminal-desk.js';

let desk: Played;
beforeAll(async () => {
  desk = await playDesk();
  const lines = [
    '/clock 2026-11-23T10:00',
    '/disclosure consent C-10812 newsletter email 2026-11-02 FORM-12 recipient:Bank',
    '/disclosure consent C-20911 newsletter name 2026-11-02 FORM-13',
    '/disclosure request C-10812 "Swift Courier" name,delivery "bring the order" transaction order:SO-1 template:delivery',
    '/disclosure request C-20911 "Slow Courier" name,delivery "bring the order" transaction order:SO-2 template:delivery',
    '/disclosure request C-10812 "City Court" name "evidence" required_by_law authority:"City Court" law:"Act 64" instrument:1 evidence:L-9 withhold:2027-03-01',
    '/as lyon',
    '/disclosure decide DR-2026-0001 approve',
  ];
  for (const line of lines) expect(await desk.asks(line), line).toMatchObject({ kind: 'answer' });
});
afterAll(() => desk.close());

const completed = (
  field: string,
  more: { verb?: string; typed?: string; who?: string; given?: Readonly<Record<string, string>> } = {},
) =>
  desk.desk.suggest({
    account: `terminal:${more.who ?? 'lyon'}`,
    command: 'disclosure',
    verb: more.verb ?? 'show',
    field,
    typed: more.typed ?? '',
    given: more.given ?? {},
  });
const values = async (...asked: Parameters<typeof completed>) =>
  (await completed(...asked)).map(({ value }) => value);

describe('a disclosure', () => {
  it('is one the verb can still be done to, the latest first', async () => {
    expect(await values('disclosure')).toEqual(['DR-2026-0003', 'DR-2026-0002', 'DR-2026-0001']);
    expect(await values('disclosure', { verb: 'decide' })).toEqual(['DR-2026-0003', 'DR-2026-0002']);
    expect(await values('disclosure', { verb: 'sent' })).toEqual(['DR-2026-0001']);
  });

  it('is found by what is typed, and shown masked', async () => {
    const found = await completed('disclosure', { typed: 'slow requested' });
    expect(found).toEqual([
      {
        value: 'DR-2026-0002',
        label: expect.stringMatching(/^DR-2026-0002 · C…911 · Slow Courier · name, delivery · requested$/),
      },
    ]);
    expect(JSON.stringify(await completed('disclosure'))).not.toMatch(/10812|20911/);
  });

  it('is nothing to whoever may not list them', async () => {
    expect(await values('disclosure', { who: 'root' })).toEqual([]);
    expect(await values('disclosure', { who: 'stranger' })).toEqual([]);
  });

  it('shows nobody else a recipient that is withheld', async () => {
    const labels = async (who: string) =>
      (await completed('disclosure', { who })).map(({ label }) => label).join();
    expect(await labels('lyon')).toContain('City Court');
    expect(await labels('mei')).toContain('City Court');
    expect(await labels('dan')).not.toContain('City Court');
  });
});

describe('a consent', () => {
  it('is the customer’s where one is given, and none of an unknown one', async () => {
    const asked = { verb: 'request' };
    expect(await values('consent', asked)).toEqual(['CO-2026-0001', 'CO-2026-0002']);
    expect(await completed('consent', { ...asked, given: { customer: 'c-10812' } })).toEqual([
      { value: 'CO-2026-0001', label: 'CO-2026-0001 · C…812 · Bank · email' },
    ]);
    expect(await values('consent', { ...asked, given: { customer: 'C-99' } })).toEqual([]);
  });
});

it('a recipient is one that was asked for before or is named in a consent, each once', async () => {
  const asked = { verb: 'request', who: 'dan' };
  expect(await values('to', asked)).toEqual(['Bank', 'Slow Courier', 'Swift Courier']);
  expect(await values('to', { ...asked, typed: 'swift' })).toEqual(['Swift Courier']);
});
