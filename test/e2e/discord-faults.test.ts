/**
 * What networks, platforms and people do at the wrong moment: one effect, one visible post, nothing lost.
 */
import { afterEach, describe, expect, it } from 'vitest';
import type { Handle } from '../../src/chat/surface.js';
import { createDiscordSurface } from '../../src/surfaces/discord/app.js';
import type { Instant } from '../../src/vocabulary/values.js';
import { type DiscordDesk, modalOf, type PlayOptions, playDiscord, textOf } from '../support/discord-desk.js';
import { TOKEN } from '../support/discord-fake.js';
import { buttonsOf } from '../support/discord-people.js';
import type { Message } from '../support/discord-state.js';
import { ledgerOf } from '../support/ledger-view.js';

let play: DiscordDesk;
afterEach(() => play.close());
const start = async (options: PlayOptions = {}): Promise<void> => {
  play = await playDiscord(options);
};

const POSTING = /^\/channels\/\d+\/messages$/;
const CALLBACK = /\/callback$/;
const FIVE_MINUTES = 5 * 60_000;

/** The outbox's own waiting passes, and it sends what it has. */
async function later(minutes = 5): Promise<void> {
  play.clock.now = new Date(Date.parse(play.clock.now) + minutes * 60_000).toISOString() as Instant;
  await play.desk.outbox.drain();
}
const log = (customer = 'C-10812') => play.says('mei', `/privacy log deletion ${customer}`);
const cards = (): readonly Message[] => play.discord.messagesIn(play.cases.id);
const stuck = async (): Promise<readonly string[]> =>
  (await play.store.transact((tx) => tx.stuckPosts(10))).map(({ status }) => status);

/** A way in that waits to be let through. */
function gate(): {
  readonly through: NonNullable<PlayOptions['through']>;
  readonly arrived: Promise<void>;
  readonly open: () => void;
} {
  let open: () => void = () => undefined;
  let arrive: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const through =
    (handle: Handle): Handle =>
    async (invocation) => {
      const answer = await handle(invocation);
      arrive();
      await opened;
      return answer;
    };
  return { through, arrived, open };
}

describe('a post whose outcome is unknown', () => {
  it.each([
    ['lost', 0],
    ['done-500', 0],
    ['lost', 2 * FIVE_MINUTES],
    ['done-500', 2 * FIVE_MINUTES],
    ['500', 2 * FIVE_MINUTES],
    ['dropped', 0],
  ] as const)('is visible once after “%s”, %i ms later', async (kind, ms) => {
    await start();
    play.discord.faults.next('POST', POSTING, { kind });
    await log();
    expect(await stuck()).toEqual(['uncertain']);
    play.discord.state.advance(ms);
    await later();
    expect(cards().map(textOf)).toEqual([expect.stringContaining('PR-2026-0001')]);
    expect(await stuck()).toEqual([]);
    await play.presses('mei', 'Take it', 'PR-2026-0001');
    expect(textOf(play.cardOf('PR-2026-0001'))).toContain('Owner: @mei');
  });

  it('is found by its footer where it has no buttons, among others that say the same', async () => {
    await start();
    await log();
    const thread = play.threadOf('PR-2026-0001');
    await play.says('mei', '/privacy note text:"Called again"', thread);
    play.discord.faults.next('POST', POSTING, { kind: 'lost' });
    await play.says('mei', '/privacy note text:"Called again"', thread);
    play.discord.state.advance(2 * FIVE_MINUTES);
    await later();
    expect(
      play.discord.messagesIn(thread.id).filter((each) => textOf(each).includes('Called again')),
    ).toHaveLength(2);
    expect(await stuck()).toEqual([]);
  });

  it('is found when the case has moved on meanwhile', async () => {
    await start();
    play.discord.faults.next('POST', POSTING, { kind: 'lost' });
    await log();
    await play.says('mei', '/privacy assign case:PR-2026-0001');
    play.discord.state.advance(2 * FIVE_MINUTES);
    await later();
    expect(cards()).toHaveLength(1);
    expect(textOf(play.cardOf('PR-2026-0001'))).toContain('Owner: @mei');
  });

  it('opens no second thread', async () => {
    await start();
    play.discord.faults.next('POST', /\/threads$/, { kind: 'lost' });
    await log();
    await play.says('mei', '/privacy note case:PR-2026-0001 text:"Called again"');
    await later();
    const threads = [...play.discord.state.channels.values()].filter(({ parent }) => parent !== null);
    expect(threads.map(({ name }) => name)).toEqual(['PR-2026-0001']);
    expect(play.discord.messagesIn(play.threadOf('PR-2026-0001').id)).toHaveLength(1);
  });

  it('is sent once by the process that follows', async () => {
    await start();
    play.discord.faults.next('POST', POSTING, { kind: 'lost' });
    await log();
    play.discord.state.advance(2 * FIVE_MINUTES);
    play = await play.restart();
    await later();
    expect(cards()).toHaveLength(1);
  });
});

describe('a post that is refused', () => {
  it('waits where Discord asks to wait, and keeps the others of its channel behind it', async () => {
    await start();
    play.discord.faults.next('POST', POSTING, { kind: '429', retryAfter: 30 });
    await log('C-10812');
    await log('C-20812');
    expect(cards()).toEqual([]);
    await later();
    expect(cards().map((each) => textOf(each).slice(0, 12))).toEqual(['PR-2026-0001', 'PR-2026-0002']);
  });

  it('waits out a short limit by itself', async () => {
    await start();
    play.discord.faults.next('POST', POSTING, { kind: '429', retryAfter: 0.05 });
    await log();
    expect(cards()).toHaveLength(1);
  });

  it('is given up visibly when it will never be taken, and holds nobody else up', async () => {
    await start();
    play.discord.faults.next('POST', POSTING, { kind: 'refused', status: 400, code: 50035 });
    await log('C-10812');
    await log('C-20812');
    expect(cards().map((each) => textOf(each).slice(0, 12))).toEqual(['PR-2026-0002']);
    const doctor = await play.says('lyon', '/desk doctor');
    expect(textOf(doctor)).toContain('Discord refused it: 50035 (HTTP 400)');
  });

  it('outlives a token that was refused for a moment', async () => {
    await start();
    play.discord.faults.next('POST', POSTING, { kind: 'refused', status: 401, code: 0 });
    await log();
    await later();
    expect(cards()).toHaveLength(1);
  });
});

describe('an answer', () => {
  it('comes later where the desk is slow, and Discord is told in time', async () => {
    const door = gate();
    await start({ deferAfterMs: 20, through: door.through });
    const sent = play
      .human('mei')
      .uses('privacy', 'log', { type: 'access', customer: 'C-10812' }, play.cases);
    await until(() => sent.interaction.ack !== null);
    expect(sent.interaction.ack?.type).toBe(5);
    door.open();
    expect(textOf(await play.sees(sent))).toContain('Logged as PR-2026-0001');
  });

  it('offers its form behind a button when it is too late for a form', async () => {
    const door = gate();
    await start({ deferAfterMs: 20, through: door.through });
    const sent = play.human('mei').uses('privacy', 'log', { type: 'access', note: 'Called' }, play.cases);
    await until(() => sent.interaction.ack !== null);
    door.open();
    const seen = await play.sees(sent);
    if (seen.kind !== 'message') throw new Error('not a message');
    expect(buttonsOf(seen.message).map(({ label }) => label)).toEqual(['Fill it in']);
    const form = modalOf(await play.sees(play.human('mei').presses('Fill it in', seen.message)));
    const logged = await play.sees(play.human('mei').fills(form, { customer: 'C-10812' }, play.cases));
    expect(textOf(logged)).toContain('Logged as PR-2026-0001');
    expect(JSON.stringify(await ledgerOf(play.store))).toContain('Called');
  });

  it('that Discord no longer takes is counted, and what was asked is done', async () => {
    const door = gate();
    await start({ through: door.through });
    const sent = play
      .human('mei')
      .uses('privacy', 'log', { type: 'access', customer: 'C-10812' }, play.cases);
    await door.arrived;
    play.discord.state.advance(3500);
    door.open();
    await until(() => facts().includes('1 too late'));
    expect(sent.interaction.seen).toBeNull();
    await play.desk.outbox.drain();
    expect(cards()).toHaveLength(1);
    // The desk goes on.
    expect(textOf(await play.says('mei', '/privacy list'))).toContain('PR-2026-0001');
  });

  it('that was taken while its receipt was lost is seen once', async () => {
    await start();
    play.discord.faults.next('POST', CALLBACK, { kind: 'lost' });
    expect(textOf(await log())).toContain('Logged as PR-2026-0001');
    await until(() => facts().includes('1 given by another instance'));
    expect(await ledgerOf(play.store)).toHaveLength(1);
  });
});

describe('two processes on one token', () => {
  it('do everything once and answer once', async () => {
    await start();
    const settings = { token: TOKEN, apiUrl: play.discord.apiUrl, guilds: null };
    const twin = createDiscordSurface(settings, silent);
    await twin.start(play.desk);
    expect(play.discord.gateway.counts.identified).toBe(2);
    expect(play.discord.state.commandWrites).toBe(1);
    for (const customer of ['C-1', 'C-2', 'C-3']) expect(textOf(await log(customer))).toContain('Logged as');
    const form = modalOf(await play.sees(play.human('mei').uses('privacy', 'log', {}, play.cases)));
    expect(
      textOf(await play.sees(play.human('mei').fills(form, { type: 'access', customer: 'C-4' }, play.cases))),
    ).toContain('Logged as');
    await twin.stop();
    expect((await ledgerOf(play.store)).map(({ type }) => type)).toEqual(Array(4).fill('request_logged'));
    expect(cards()).toHaveLength(4);
  });
});

describe('a button', () => {
  it('pressed by two people at once decides once', async () => {
    await start();
    await log();
    await play.says('mei', '/privacy verify PR-2026-0001 method:otp result:pass ref:otp#1');
    await play.says('mei', '/privacy check PR-2026-0001 all none_held');
    await play.says('mei', '/privacy propose PR-2026-0001 no_data_held');
    const asked = play.posts().findLast((each) => buttonsOf(each).some(({ label }) => label === 'Approve'));
    if (asked === undefined) throw new Error('nothing was asked');
    const both = ['lyon', 'ana'].map((name) => play.human(name).presses('Approve', asked));
    const told = (await Promise.all(both.map(play.sees))).map(textOf);
    expect(told.filter((each) => each.includes('Approved.'))).toHaveLength(1);
    expect(told.filter((each) => each.includes('already decided by'))).toHaveLength(1);
    expect((await ledgerOf(play.store)).filter(({ type }) => type === 'proposal_approved')).toHaveLength(1);
  });
});

describe('the gateway', () => {
  it('is resumed after a cut in the middle of a command, and what came meanwhile is worked on once', async () => {
    const door = gate();
    await start({ through: door.through });
    const first = play.human('mei').uses('privacy', 'log', { type: 'access', customer: 'C-1' }, play.cases);
    await door.arrived;
    play.discord.gateway.drop();
    const second = play.human('mei').uses('privacy', 'log', { type: 'access', customer: 'C-2' }, play.cases);
    door.open();
    expect(textOf(await play.sees(first))).toContain('PR-2026-0001');
    expect(textOf(await play.sees(second))).toContain('PR-2026-0002');
    expect(play.discord.gateway.counts).toMatchObject({ identified: 1, resumed: 1, invalid: 0 });
    expect(await ledgerOf(play.store)).toHaveLength(2);
  });

  it('is identified anew when the session has ended', async () => {
    await start();
    play.discord.gateway.forget();
    play.discord.gateway.reconnect();
    await until(() => play.discord.gateway.counts.identified === 2);
    await until(async () => (await log()).kind === 'message');
    expect(play.discord.gateway.counts).toMatchObject({ invalid: 1, resumed: 0 });
  });

  it('is left when it no longer answers heartbeats', async () => {
    await start({ heartbeatMs: 100 });
    await until(() => play.discord.gateway.counts.heartbeats > 1);
    play.discord.gateway.freeze();
    await until(() => play.discord.gateway.counts.resumed === 1);
    expect(textOf(await log())).toContain('Logged as');
  });
});

const facts = (): string => play.surface.facts().flat().join(' ');
const silent = (await import('pino')).pino({ level: 'silent' });

/** Looks again each time the machine has done something; no guess about how long that takes. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setImmediate(resolve));
}
