/** `/desk doctor`, `help`, `officer` and `digest`: what the desk tells about itself. */
import { afterEach, describe, expect, it } from 'vitest';
import { parseCommand } from '../../src/chat/grammar/line.js';
import { registry } from '../../src/desk/desk.js';
import { deskCommands } from '../../src/desk/house/commands/index.js';
import type { Instant } from '../../src/vocabulary/values.js';
import { HERE } from '../support/reading-place.js';
import { type BareDesk, bareDesk, codeOf, factsOf, wordsOf } from './desk-bare.js';
import { variantText } from './policy-packs.js';

const OWN = [{ kind: 'email', address: 'privacy@ombud-shop.net' }];

let desk: BareDesk | null = null;
const open = async (options: Parameters<typeof bareDesk>[0] = {}): Promise<BareDesk> => {
  desk = await bareDesk(options);
  return desk;
};
afterEach(async () => {
  await desk?.close();
  desk = null;
});

describe('every /desk command', () => {
  it.each(deskCommands.flatMap(({ examples }) => examples))('parses its example %s', (example) => {
    expect(parseCommand(registry, example, HERE)).toMatchObject({ ok: true, reading: { ok: true } });
  });
});

describe('the doctor', () => {
  it('says first what to mend, each with what to do', async () => {
    const { says } = await open({ cast: { root: 'admin', lyon: 'agent' } });
    const answer = await says('root', '/desk doctor');
    expect(answer.card).toMatchObject({ title: 'The desk: 7 things to mend', tone: 'warning' });
    const words = wordsOf(answer);
    expect(words).toContain('⚠ The calendar of 2027 is not in the policy');
    expect(words).toContain(
      'The policy names lyon as privacy officer, and nobody of that name has the role.',
    );
    expect(words).toContain('→ /desk staff action:add person:ana role:deputy');
    expect(words).toContain('No channel is bound for digest');
    expect(factsOf(answer)).toMatchObject({
      Zone: 'Asia/Shanghai: Mon 2026-11-23 10:00',
      Calendar: '2026 known, 2027 missing',
      Staff: '2 active',
      Channels: 'none',
      note: 'from outside',
      engine: 'SQLite',
      'stuck posts': 'none',
    });
  });

  it('names an officer who is still the example, and where customers would write to nobody', async () => {
    const { says } = await open();
    expect(wordsOf(await says('lyon', '/desk doctor'))).toMatch(
      /placeholder \(privacy@example\.com, https:\/\/example\.com\/privacy\).*clause 8.*OMBUD_POLICY/,
    );
  });

  it('is content when nothing is missing', async () => {
    const years = { 2027: { add: [], remove: [], working: [] } };
    const { says } = await open({
      packText: variantText({ version: 'next', calendar: { years }, officer: { channels: OWN } }),
    });
    for (const use of ['cases', 'officer', 'digest']) await says('root', `/desk channel ${use}`);
    const answer = await says('lyon', '/desk doctor');
    expect(answer.card).toMatchObject({ title: 'The desk is well', tone: 'good' });
    await says('root', '/desk staff action:train person:mei until:2026-11-30');
    expect(wordsOf(await says('root', '/desk doctor'))).toContain('Training ends within 30 days for @mei.');
  });
});

describe('posts that do not arrive', () => {
  const failing = async ({ store }: BareDesk, status: 'pending' | 'dead', times: number, error: string) => {
    const at = '2026-11-23T02:00:00Z' as Instant;
    const lane = `bare:${status}-${error}`;
    const effect = { kind: 'card', ref: 'PR-2026-0046', at: '#cases' };
    await store.transact((tx) => tx.enqueue({ key: lane, surface: 'bare', effect, lane }, at));
    for (let attempt = 0; attempt < times; attempt += 1) {
      const [post] = await store.claimPosts(['bare'], at, 60, 1, { run: 1, except: new Set() });
      if (post === undefined) throw new Error('nothing to claim');
      const last = attempt === times - 1;
      const later = '2026-11-23T02:05:00Z' as Instant;
      await store.markUnsent(post, last ? status : 'pending', last ? later : at, error);
    }
  };

  it('counts what was given up, says why and how it is sent again; and it is', async () => {
    const on = await open();
    await failing(on, 'dead', 1, 'Slack says msg_too_long');
    const answer = await on.says('root', '/desk doctor');
    expect(wordsOf(answer)).toContain(
      '1 post to bare #cases was given up (PR-2026-0046): Slack says msg_too_long. → When that is mended: /desk doctor send_again:yes',
    );
    expect(answer.card.title).toBe('The desk: 6 things to mend');
    expect(answer.card.actions.map(({ label }) => label)).toEqual(['Send again', 'PR-2026-0046']);
    expect(wordsOf(await on.says('root', '/desk doctor send_again:yes'))).toContain(
      '1 post that was given up',
    );
    expect(wordsOf(await on.says('root', '/desk doctor'))).not.toContain('PR-2026-0046');
    const [again] = await on.store.claimPosts(['bare'], '2026-11-23T02:00:00Z' as Instant, 60, 1);
    expect(again).toMatchObject({ status: 'uncertain', attempt: 2 });
    expect(wordsOf(await on.says('root', '/desk doctor send_again:yes'))).toContain('nothing to send again');
  });

  it('counts what somebody has to put right at once, and what is tried in vain, but no hiccup', async () => {
    const on = await open();
    await failing(on, 'pending', 1, 'no answer');
    expect(factsOf(await on.says('root', '/desk doctor'))).toMatchObject({
      'stuck posts': '1 post failed and will be tried again',
    });
    await failing(on, 'pending', 1, 'not_in_channel → Invite the bot');
    await failing(on, 'pending', 3, 'HTTP 500');
    const words = wordsOf(await on.says('root', '/desk doctor'));
    expect(words).toContain('tried once: not_in_channel. → Invite the bot.');
    expect(words).toContain('tried 3 times: HTTP 500.');
    expect(words).not.toContain('no answer');
  });
});

describe('help, officer and digest', () => {
  it('help tells each what is theirs', async () => {
    const { says } = await open();
    expect(wordsOf(await says('kim', '/desk help'))).toContain('/desk audit [CASE]');
    expect(wordsOf(await says('mei', '/desk help'))).not.toContain('/desk audit');
    expect((await says('root', '/desk help desk staff')).card.title).toBe('/desk staff');
    const unknown = await says('mei', '/desk help privcy');
    expect(unknown).toMatchObject({ code: 'unknown-command' });
    expect(wordsOf(unknown)).toContain('Did you mean privacy?');
  });

  it('the officer’s card comes from the policy', async () => {
    const { says } = await open();
    const answer = await says('mei', '/desk officer');
    expect(factsOf(answer)).toMatchObject({
      Name: 'Lyon',
      'E-mail': 'privacy@example.com',
      Here: '@lyon',
      Deputy: '@ana',
    });
    expect(answer.card.footer).toContain('clause 8');
  });

  it('the digest is the reader’s own: an agent’s without, an officer’s with the checkpoint', async () => {
    const { says, clock, now, desk: core } = await open();
    await says('root', '/desk channel officer');
    await says('mei', '/privacy log deletion C-10812');
    clock('2026-11-24T02:00:00Z');
    await core.ticker.tick(now());
    const agents = await says('mei', '/desk digest');
    expect(agents.card.title).toBe('Daily digest · Tue 2026-11-24');
    expect(wordsOf(agents)).toContain('Receipt to acknowledge (1): PR-2026-0001');
    expect(wordsOf(agents)).not.toContain('Checkpoint');
    const officers = await says('lyon', '/desk digest');
    expect(officers.card.title).toBe("Officer's digest · Tue 2026-11-24");
    expect(wordsOf(officers)).toContain('Checkpoint 1 over');
    expect(codeOf(await says('root', '/desk digest'))).toBe('not-permitted');
  });
});
