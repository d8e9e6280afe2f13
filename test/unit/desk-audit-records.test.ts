/** `/desk audit` of a disclosure and of a consent, and what an outsider tried on either, under their very account. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportedBy } from '../support/evidence-case.js';
import { type Played, playDesk } from '../support/terminal-desk.js';

let desk: Played;

beforeAll(async () => {
  desk = await playDesk();
  for (const line of [
    '/clock 2026-11-23T10:00',
    '/disclosure request C-10812 "Swift Courier" name,delivery "bring the order" transaction order:SO-1 template:delivery',
    '/disclosure consent C-10812 newsletter email 2026-10-01 F-1 recipient:MailCo',
    '/as nobody',
    '/disclosure decide DR-2026-0001 approve',
    '/as lyon',
  ])
    await desk.says(line);
});
afterAll(() => desk.close());

describe('a disclosure and a consent', () => {
  it.each([
    ['DR-2026-0001', 2],
    ['CO-2026-0001', 1],
  ])('%s is audited by itself', async (ref, entries) => {
    expect(await desk.asks(`/desk audit ${ref}`)).toMatchObject({
      kind: 'answer',
      ref,
      card: { title: `${ref} verifies`, facts: { Entries: String(entries) } },
    });
  });

  it('tells an outsider by their account, in the audit and in the export', async () => {
    expect((await desk.asks('/desk audit DR-2026-0001')).text).toContain('terminal:nobody');
    const { text } = await exportedBy(desk, '/desk export DR-2026-0001 format:json');
    expect(JSON.parse(text).disclosure).toMatchObject({
      refusals: [{ entry: 2, who: 'terminal:nobody', command: 'disclosure.decide', code: 'not-on-staff' }],
      history: [
        { entry: 1, who: '@mei' },
        { entry: 2, who: 'terminal:nobody' },
      ],
    });
  });

  it('is exported with its consents, each alone and with everything of the customer', async () => {
    const { name, text } = await exportedBy(desk, '/desk export CO-2026-0001 format:json');
    expect(name).toBe('CO-2026-0001-evidence.json');
    expect(JSON.parse(text).consent).toMatchObject({
      ref: 'CO-2026-0001',
      customer: 'C…812',
      recipient: 'MailCo',
      evidence: 'F-1',
      live: ['email'],
    });
    const whole = await exportedBy(desk, '/desk export customer:C-10812 format:json');
    const { customer, records } = JSON.parse(whole.text);
    expect(customer).toMatchObject({ masked: 'C…812', id: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(records.map(({ ledger }: { ledger: { stream: string } }) => ledger.stream)).toEqual([
      'DR-2026-0001',
      'CO-2026-0001',
    ]);
    expect(whole.text).not.toContain('C-10812');
  });
});
