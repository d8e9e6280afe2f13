/** Whose a case is when it is handed over, and when its owner leaves (domain.md section 3). */
import { afterEach, describe, expect, it } from 'vitest';
import { type Played, playDesk } from '../support/terminal-desk.js';

describe('whose a case is', () => {
  let desk: Played | null = null;
  afterEach(() => desk?.close());
  const played = async (...lines: readonly string[]) => {
    desk = await playDesk();
    await desk.clock('2026-11-23T08:30');
    for (const line of lines) {
      const answer = await desk.asks(line);
      if (answer.code !== null) throw new Error(`${line}: ${answer.text}`);
    }
    return desk;
  };

  it('is handed over in a list, or all at once', async () => {
    const { asks } = await played(
      '/privacy log deletion C-10812 scope:email',
      '/privacy log access C-10812 scope:email',
      '/privacy log correction C-10813 scope:email',
      '/privacy assign PR-2026-0001,2',
      '/privacy assign PR-3 to:dan',
    );
    expect((await asks('/privacy assign PR-1,PR-9 to:dan')).code).toBe('not-found');
    expect((await asks('/privacy list filter:mine')).text).toContain('PR-2026-0001');
    expect((await asks('/privacy assign from:mei to:dan')).text).toContain('PR-2026-0001, PR-2026-0002');
    expect((await asks('/privacy list filter:mine')).text).toContain('(0)');
    expect((await asks('/privacy assign')).code).toBe('missing-field');
  });

  it('is nobody’s at once when its owner leaves, and its rest ends', async () => {
    const { asks, as, says, clock } = await played(
      '/privacy log deletion C-10812 scope:email',
      '/privacy assign PR-2026-0001',
      '/privacy snooze PR-2026-0001 20 reason:"waits for the archive"',
      '/as root',
    );
    const shown = await says('/desk staff action:remove person:mei');
    expect(shown.at(-1)?.text).toContain('1 open case');
    expect(shown.some(({ thread, text }) => thread === 'PR-2026-0001' && text.includes('no owner'))).toBe(
      true,
    );
    await as('dan');
    expect((await asks('/privacy list unowned')).text).toContain('PR-2026-0001');
    expect((await clock('+17d')).map(({ text }) => text).join('\n')).toContain('It has no owner');
  });
});
