/** Only buttons their reader may press and that work now; whoever may decide can decide where the case is shown. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Line, type Played, playDesk } from '../support/terminal-desk.js';

let desk: Played;

const plays = async (...lines: readonly string[]): Promise<void> => {
  for (const line of lines) expect(await desk.asks(line), line).toMatchObject({ kind: 'answer' });
};
const shown = async (person: string): Promise<Line> => {
  await desk.as(person);
  return desk.asks('/privacy show PR-2026-0001');
};
const buttons = async (person: string): Promise<readonly string[]> => (await shown(person)).card.actions;

beforeEach(async () => {
  desk = await playDesk();
  await plays('/clock 2026-11-23T10:00', '/as mei', '/privacy log deletion C-10812 scope:email');
});
afterEach(() => desk.close());

const PROPOSED = [
  '/privacy verify PR-2026-0001 otp pass otp#1',
  '/privacy check PR-2026-0001 email done ref:CHG-1',
  '/privacy propose PR-2026-0001 fulfilled',
];

describe('the buttons of a shown case', () => {
  it('are none for the auditor, who changes nothing', async () => {
    expect(await buttons('kim')).toEqual([]);
  });

  it('offer a proposal once the checklist is answered, and the closing once nothing is missing', async () => {
    await plays('/privacy verify PR-2026-0001 otp pass otp#1');
    expect(await buttons('mei')).not.toContain('Propose');
    await plays('/privacy check PR-2026-0001 email done');
    expect(await buttons('mei')).toContain('Propose');
    await plays(
      '/privacy propose PR-2026-0001 fulfilled',
      '/as lyon',
      '/privacy decide PR-2026-0001 approve',
    );
    await plays('/as mei', '/privacy done PR-2026-0001 CHG-2');
    expect(await buttons('mei')).toEqual(expect.arrayContaining(['Record a notice', 'Acknowledge']));
    expect(await buttons('mei')).not.toContain('Close');
    await plays('/privacy notice PR-2026-0001 completion MSG-1');
    expect(await buttons('mei')).toContain('Close');
    await plays('/privacy close PR-2026-0001');
    expect(await buttons('mei')).toEqual([]);
    expect(await buttons('lyon')).toEqual(['Reopen']);
  });

  it('let whoever may decide decide, and nobody else', async () => {
    await plays(...PROPOSED);
    expect(await buttons('mei')).not.toContain('Approve');
    expect(await buttons('dan')).not.toContain('Approve');
    expect(await buttons('ana')).toEqual(expect.arrayContaining(['Approve', 'Return', 'Refuse']));
    await shown('lyon');
    expect(await desk.asks('/press Approve')).toMatchObject({ kind: 'answer', ref: 'PR-2026-0001' });
  });

  it('do not offer an officer their own proposal', async () => {
    await plays('/as lyon', ...PROPOSED);
    expect(await buttons('lyon')).not.toContain('Approve');
  });
});

describe('the buttons of a disclosure', () => {
  const asked = async (person: string): Promise<readonly string[]> => {
    await desk.as(person);
    return (await desk.asks('/disclosure show DR-2026-0001')).card.actions;
  };
  beforeEach(async () => {
    await plays(
      '/as mei',
      '/disclosure request C-20417 "Swift Courier" name,delivery delivery transaction order:SO-881 template:delivery',
    );
  });

  it('let whoever may decide decide, fewer categories too, and nobody else', async () => {
    expect(await asked('lyon')).toEqual(expect.arrayContaining(['Approve', 'Fewer categories', 'Deny']));
    expect(await asked('mei')).toEqual(['Change it', 'Cancel it']);
    expect(await asked('kim')).toEqual([]);
    await plays('/as lyon', '/disclosure show DR-2026-0001');
    await plays('/press Fewer categories DR-2026-0001 data:name');
    expect(await asked('mei')).toEqual(['Record as sent', 'Change it', 'Cancel it']);
    await plays('/as mei', '/disclosure sent DR-2026-0001 method:portal');
    expect(await asked('mei')).toEqual([]);
  });
});

describe('seldom acts', () => {
  it('stand where the case is shown to whoever may take them', async () => {
    expect(await buttons('mei')).toEqual(expect.arrayContaining(['Put right', 'End early', 'Note']));
    expect(await buttons('mei')).not.toContain('Extend');
    await plays('/as mei', '/privacy verify PR-2026-0001 otp pass otp#1');
    expect(await buttons('lyon')).toEqual(expect.arrayContaining(['Extend', 'Identity: take back']));
    expect(await buttons('mei')).not.toContain('Identity: take back');
  });
});

describe('the decision card', () => {
  it('has scope, identity, checklist, days left and whether there are notes', async () => {
    await plays('/privacy note PR-2026-0001 "asked twice"', ...PROPOSED);
    const asked = desk.shown().findLast(({ card }) => card.title.endsWith('decision asked'));
    expect(asked?.card.facts).toMatchObject({
      Scope: 'email',
      Identity: 'verified: otp, on record, @mei, Mon 2026-11-23 10:00',
      Checklist: 'email: done (on record)',
      Due: 'Wed 2026-12-23 (30 days left when asked)',
      Notes: '1',
    });
  });
});

describe('a digest', () => {
  it('says how late an acknowledgement is', async () => {
    await desk.clock('2026-11-26T10:00');
    const digests = desk.shown().filter(({ card }) => card.title.includes('digest · Thu 2026-11-26'));
    expect(digests.length).toBeGreaterThan(0);
    for (const { text } of digests) expect(text).toContain('Receipt to acknowledge (1): PR-2026-0001');
  });
});
