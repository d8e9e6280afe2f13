/** People as they change: renamed, away with a substitute, made officers by two (domain.md, "People"). Typed in the terminal. */
import { afterEach, describe, expect, it } from 'vitest';
import { type Played, playDesk } from '../support/terminal-desk.js';

let desk: Played | null = null;
afterEach(() => desk?.close());

async function played(...lines: readonly string[]): Promise<Played> {
  desk = await playDesk();
  await desk.clock('2026-11-23T08:30');
  for (const line of lines) {
    const answer = await desk.asks(line);
    if (answer.code !== null) throw new Error(`${line}: ${answer.text}`);
  }
  return desk;
}

const ASKED = [
  '/privacy log deletion C-10812 scope:email',
  '/privacy assign PR-2026-0001',
  '/disclosure request C-10813 "Swift" name,delivery "bring order" basis:transaction order:SO-1 template:delivery',
];
const PROPOSED = [
  '/privacy verify PR-2026-0001 callback pass call#9',
  '/privacy check PR-2026-0001 all done',
  '/privacy propose PR-2026-0001 fulfilled',
];

describe('a renamed person', () => {
  it('keeps history, cases and accounts, and the old name is nobody', async () => {
    const { asks, as } = await played(
      ...ASKED,
      '/as root',
      '/desk staff action:rename person:mei name:meiling',
    );
    await as('mei');
    expect((await asks('/privacy list')).code).toBe('not-on-staff');
    await as('meiling');
    expect((await asks('/privacy list mine')).text).toContain('PR-2026-0001');
    await as('root');
    expect((await asks('/desk staff action:add person:mei role:agent account:slack:U0NEW')).code).toBe(
      'wrong-state',
    );
  });

  it('decides nothing they asked, under either name', async () => {
    const { asks, as } = await played(
      ...ASKED,
      '/as root',
      '/desk staff action:remove person:mei',
      '/desk staff action:add person:meiling role:officer account:terminal:mei',
      '/as ana',
      '/desk staff action:confirm person:meiling',
    );
    await as('meiling');
    expect((await asks('/disclosure decide DR-2026-0001 approve')).code).toBe('same-person');
    await as('mei');
    expect((await asks('/disclosure decide DR-2026-0001 approve')).code).toBe('not-on-staff');
  });
});

describe('officers and administrators', () => {
  it('are made by two once there are cases, and the officers’ channel is told', async () => {
    const { asks, as, says } = await played(...ASKED, '/as root');
    const shown = await says('/desk staff action:add person:zoe role:officer');
    expect(shown.find(({ to }) => to === '#officer')?.card.actions).toEqual(['Confirm']);
    expect((await asks('/desk staff action:confirm person:zoe')).code).toBe('same-person');
    await as('zoe');
    expect((await asks('/desk staff action:confirm person:zoe')).code).toBe('not-on-staff');
    await as('mei');
    expect((await asks('/desk staff action:confirm person:zoe')).code).toBe('not-permitted');
    await as('lyon');
    expect((await asks('/press Confirm')).code).toBeNull();
    await as('zoe');
    expect((await asks('/desk staff action:away until:2026-12-01')).code).toBeNull();
    await as('root');
    expect((await asks('/desk staff action:add person:root role:officer')).code).toBe('wrong-state');
  });

  it('are made at once while there is no case', async () => {
    const { asks, as } = await played('/as root', '/desk staff action:add person:zoe role:officer');
    await as('zoe');
    expect((await asks('/privacy list')).code).toBeNull();
  });
});

describe('somebody away', () => {
  it('is not pinged, the substitute is, and what the officer decides goes to the deputy', async () => {
    const { as, says, clock } = await played(
      ...ASKED,
      '/desk staff action:away until:2026-12-20 substitute:dan',
      '/as lyon',
      '/desk staff action:away until:2026-12-20 substitute:ana',
      '/as mei',
      ...PROPOSED.slice(0, 2),
    );
    const proposed = await says(PROPOSED[2] ?? '');
    const decision = proposed.find(({ text }) => text.includes('Please decide'));
    expect(decision?.text).toContain('@ana');
    expect(decision?.text).not.toContain('@lyon');
    await as('ana');
    const approved = await says('/privacy decide PR-2026-0001 approve');
    expect(approved.some(({ text }) => text.includes('@dan'))).toBe(true);
    const reminded = (await clock('2026-12-09T10:00')).filter(({ text }) =>
      text.includes('is due in 14 days'),
    );
    expect(reminded.every(({ text }) => text.includes('@dan') && !text.includes('@mei'))).toBe(true);
    expect(reminded.length).toBeGreaterThan(0);
  });

  it('is said of oneself, or by an administrator', async () => {
    const { asks } = await played();
    expect((await asks('/desk staff action:away person:dan until:2026-12-20')).code).toBe('not-permitted');
    expect((await asks('/desk staff action:back')).code).toBe('wrong-state');
  });
});

describe('an undecided proposal', () => {
  it('is escalated to the deputy after a day and the administrator after two', async () => {
    const { clock } = await played(...ASKED.slice(0, 2), ...PROPOSED);
    const said = (lines: Awaited<ReturnType<typeof clock>>) =>
      lines
        .filter(({ text }) => text.includes('undecided for'))
        .map(({ text }) => text)
        .join('\n');
    expect(said(await clock('+25h'))).toContain('@ana');
    expect(said(await clock('+25h'))).toContain('@root');
  });
});
