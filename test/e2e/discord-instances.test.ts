/**
 * Two instances with one Discord token on one PostgreSQL database: both are told of everything, and everything is done once.
 */
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { card, text } from '../../src/chat/card.js';
import type { Handle } from '../../src/chat/surface.js';
import type { Instant } from '../../src/vocabulary/values.js';
import { type DiscordDesk, modalOf, type PlayOptions, playDiscord, textOf } from '../support/discord-desk.js';
import type { InstanceOptions } from '../support/discord-instance.js';
import { buttonsOf, type Sent } from '../support/discord-people.js';
import { playScript } from '../support/discord-script.js';
import type { Interaction, Seen } from '../support/discord-state.js';
import { ledgerOf } from '../support/ledger-view.js';
import { type Postgres, startPostgres } from '../support/postgres.js';
import { playDesk } from '../support/terminal-desk.js';

const server = await startPostgres();
if (server === null) describe.skip('two instances on PostgreSQL', () => {});
else {
  afterAll(() => server.stop());
  describe('two instances on PostgreSQL', () => twoInstances(server));
}

function twoInstances(postgres: Postgres): void {
  let play: DiscordDesk;
  afterEach(() => play.close());

  /** Two instances; `one` and `other` are what differs between them. */
  async function start({
    one = {},
    other = {},
    ...both
  }: PlayOptions & { one?: InstanceOptions; other?: InstanceOptions } = {}): Promise<void> {
    const database = { kind: 'postgresql', url: postgres.urlOf(await postgres.freshDatabase()) } as const;
    play = await playDiscord({ ...both, ...one, database, others: [other] });
    expect(play.discord.gateway.counts.identified).toBe(2);
  }

  /** A way in where a command waits until something was said to its sender. */
  const after =
    (when: (interaction: Interaction) => boolean) =>
    (handle: Handle): Handle =>
    async (invocation) => {
      const interaction = play.discord.state.interactions.get(String(invocation.id).replace('discord:', ''));
      while (interaction !== undefined && !when(interaction)) await breath();
      return handle(invocation);
    };
  /** As a desk that has lost its database answers. */
  const failing = (when: (interaction: Interaction) => boolean) => (): Handle =>
    after(when)(async () => ({ kind: 'error', code: 'fault', clause: null, form: null, card: BROKEN }));
  /** Everything that came is answered, by each of them. */
  const finished = async (): Promise<void> => {
    for (const { surface } of play.instances) await surface.stop();
  };
  const log = (name: string, customer: string): Sent =>
    play.human(name).uses('privacy', 'log', { type: 'deletion', customer }, play.cases);

  /** How often Discord took such a request. */
  const taken = (method: string, path: RegExp): number =>
    play.discord.calls.filter(
      ({ call, status }) => call.method === method && path.test(call.path) && status !== null && status < 300,
    ).length;

  /** Discord itself hides a second post under the same nonce: here it would count. */
  function expectPostedOnce(): void {
    expect(taken('POST', POSTING)).toBe(play.posts().length);
    const nonces = play.posts().map(({ nonce }) => nonce);
    expect(new Set(nonces).size).toBe(nonces.length);
  }

  /** Each interaction has had one first response, and another word only after one to wait. */
  function expectAnsweredOnce(): void {
    const all = [...play.discord.state.interactions.values()];
    expect(taken('POST', CALLBACK)).toBe(all.length);
    expect(taken('PATCH', ORIGINAL)).toBe(all.filter(({ ack }) => ack?.type === DEFERRED).length);
  }

  it('log every case once, answer once, and show one card and one thread', async () => {
    const arrived = [0, 0];
    const counting =
      (at: number) =>
      (handle: Handle): Handle =>
      (invocation) => {
        arrived[at] = (arrived[at] ?? 0) + 1;
        return handle(invocation);
      };
    await start({ one: { through: counting(0) }, other: { through: counting(1) } });
    const customers = Array.from({ length: 12 }, (_, index) => `C-10${index}`);
    const sent = customers.map((customer, index) => log(index % 2 === 0 ? 'mei' : 'dan', customer));
    const told = (await Promise.all(sent.map(play.sees))).map(textOf);
    while (arrived.some((count) => count < customers.length)) await breath();
    const refs = customers.map((_, index) => `PR-2026-${String(index + 1).padStart(4, '0')}`);
    expect(told.map((each) => /Logged as (PR-[\d-]+)\./.exec(each)?.[1]).sort()).toEqual(refs);
    expect(await ledgerOf(play.store)).toHaveLength(12);
    const cards = play.discord.messagesIn(play.cases.id);
    expect(cards.map((each) => textOf(each).slice(0, 12)).sort()).toEqual(refs);
    expect(
      [...play.discord.state.channels.values()].flatMap(({ parent, name }) => (parent === null ? [] : name)),
    ).toHaveLength(12);
    expectPostedOnce();
    expectAnsweredOnce();
    expect(arrived).toEqual([12, 12]);
    expect(await play.store.transact((tx) => tx.stuckPosts(10))).toEqual([]);
  });

  it('leave the ledger of one, at a whole case with buttons, forms and reminders', async () => {
    const lines = ['deletion', 'late-correction'].flatMap((name, at) =>
      readFileSync(`test/e2e/scripts/${name}.txt`, 'utf8')
        .replaceAll('PR-2026-0001', `PR-2026-000${at + 1}`)
        .split('\n'),
    );
    const terminal = await playDesk();
    for (const line of lines) await terminal.says(line);
    const expected = await ledgerOf(terminal.store);
    await terminal.close();
    await start();
    await playScript(play, lines);
    expect(await ledgerOf(play.store)).toEqual(expected);
    expectPostedOnce();
    expectAnsweredOnce();
  });

  it.each([
    ['lyon', 'ana'],
    ['lyon', 'lyon'],
  ])('let one decide where %s and %s press at once, each before another instance', async (...names) => {
    const own = new Map<string | null, number>();
    const gate = gateOf();
    const taking =
      (at: number) =>
      (handle: Handle): Handle =>
      async (invocation) => {
        if ((own.get(invocation.id) ?? at) !== at) await gate.opened;
        return handle(invocation);
      };
    await start({ one: { through: taking(0) }, other: { through: taking(1) } });
    await play.sees(log('mei', 'C-10812'));
    for (const line of PROPOSING) await play.says('mei', line);
    const asked = play.posts().findLast((each) => buttonsOf(each).some(({ label }) => label === 'Approve'));
    if (asked === undefined) throw new Error('nothing was asked');
    const presses = names.map((name) => play.human(name).presses('Approve', asked));
    for (const [at, { interaction }] of presses.entries()) own.set(`discord:${interaction.id}`, at);
    const told = (await Promise.all(presses.map(({ seen }) => seen))).map(textOf);
    gate.open();
    await play.settle();
    const [decider] = names.filter((_, at) => told[at]?.includes('Approved.'));
    expect(told.filter((each) => each.includes('Approved.'))).toHaveLength(1);
    expect(told.filter((each) => each.includes(`already decided by @${decider}: approved`))).toHaveLength(1);
    const ledger = await ledgerOf(play.store);
    const by = (type: string) => ledger.filter((each) => each.type === type).map(({ person }) => person);
    expect(by('proposal_approved')).toEqual([decider]);
    expect(by('command_refused')).toHaveLength(1);
    expect(textOf(asked)).toContain(`Approved by @${decider}`);
    expect(buttonsOf(asked)).toEqual([]);
    expectPostedOnce();
    expectAnsweredOnce();
  });

  it('post one digest a channel and one reminder, where both tick at once', async () => {
    await start();
    await play.sees(log('mei', 'C-10812'));
    const before = play.posts().length;
    const tickAt = async (now: string): Promise<void> => {
      play.clock.now = now as Instant;
      const four = [...play.instances, ...play.instances];
      await Promise.all(four.map(({ desk }) => desk.ticker.tick(play.clock.now)));
      await play.settle();
    };
    const posted = () => play.posts().slice(before);
    const digestsIn = ({ id }: { readonly id: string }) =>
      posted().filter((each) => each.channel === id && /digest/i.test(textOf(each)));
    const count = async (type: string): Promise<number> =>
      (
        await play.store.transact(async (tx) => {
          const streams = (await tx.heads()).map(({ stream }) => tx.entries(stream, { lock: false }));
          return (await Promise.all(streams)).flat();
        })
      ).filter((entry) => entry.type.split('@')[0] === type).length;
    // The first digests of this desk, and two days before the case is due.
    for (const day of [21, 22]) {
      await tickAt(`2026-12-${day}T02:00:00Z`);
      await tickAt(`2026-12-${day}T02:01:00Z`);
      const days = day - 20;
      // Yesterday's is folded to a line that is no digest any more.
      expect([digestsIn(play.cases).length, digestsIn(play.officers).length]).toEqual([1, 1]);
      expect([await count('digest_posted'), await count('reminded')]).toEqual([2 * days, days]);
    }
    expectPostedOnce();
  });

  it('take what was filled into a form that only one of them remembers', async () => {
    await start();
    const asked = play.human('mei').uses('privacy', 'log', { type: 'access', note: LONG_NOTE }, play.cases);
    const form = modalOf(await play.sees(asked));
    expect(form.custom_id).toMatch(/^draft\|/);
    const filled = play.human('mei').fills(form, { customer: 'C-10812' }, play.cases);
    expect(textOf(await play.sees(filled))).toContain('Logged as PR-2026-0001');
    await finished();
    expect(textOf(seenOf(filled))).toContain('Logged as PR-2026-0001');
    expect(JSON.stringify(await ledgerOf(play.store))).toContain(LONG_NOTE);
    expectAnsweredOnce();
  });

  it('say that a form is forgotten where both have forgotten it', async () => {
    await start({ one: { deferAfterMs: 20 }, other: { deferAfterMs: 20 } });
    const asked = play.human('mei').uses('privacy', 'log', { type: 'access', note: LONG_NOTE }, play.cases);
    const opened = await play.sees(asked);
    const button = opened.kind === 'message' ? play.human('mei').presses('Fill it in', opened.message) : null;
    const form = modalOf(button === null ? opened : await play.sees(button));
    play = await play.restart();
    const filled = play.human('mei').fills(form, { customer: 'C-10812' }, play.cases);
    expect(textOf(await play.sees(filled))).toContain('no longer remembered');
    expect(await ledgerOf(play.store)).toEqual([]);
  });

  it('offer a form behind a button where another has said to wait', async () => {
    await start({
      one: { through: after(({ ack }) => ack !== null), deferAfterMs: 60_000 },
      other: { through: after(({ seen }) => seen !== null), deferAfterMs: 20 },
    });
    const asked = play.human('mei').uses('privacy', 'log', { type: 'access' }, play.cases);
    const seen = await play.sees(asked);
    if (seen.kind !== 'message') throw new Error('not a message');
    const form = modalOf(await play.sees(play.human('mei').presses('Fill it in', seen.message)));
    const filled = play.human('mei').fills(form, { customer: 'C-10812' }, play.cases);
    expect(textOf(await play.sees(filled))).toContain('Logged as PR-2026-0001');
  });

  it.each([
    ['first', { through: after(({ seen }) => seen !== null) }, { through: failing(() => true) }],
    ['in time', {}, { through: failing(({ seen }) => seen !== null), deferAfterMs: 60_000 }],
    [
      'after its word to wait',
      { through: after(({ ack }) => ack !== null) },
      { through: failing(({ seen }) => seen !== null), deferAfterMs: 20 },
    ],
  ])('tell what was done, where another that could not do it says so %s', async (_when, one, other) => {
    await start({ one, other });
    const sent = log('mei', 'C-10812');
    await sent.seen;
    await finished();
    expect(textOf(seenOf(sent))).toContain('Logged as PR-2026-0001');
    expect(await ledgerOf(play.store)).toHaveLength(1);
  });

  it('say that something broke where neither could do it', async () => {
    const options = { through: failing(({ ack }) => ack !== null), deferAfterMs: 20 };
    await start({ one: options, other: options });
    const sent = log('mei', 'C-10812');
    expect(textOf(await sent.seen)).toContain('Something broke');
  });

  it('finish what was begun when one of them is stopped', async () => {
    await start({ casesOpen: true });
    const sent = Array.from({ length: 6 }, (_, index) => log('mei', `C-10${index}`));
    while (!sent.some(({ interaction }) => interaction.ack !== null)) await breath();
    await play.instances[1]?.surface.stop();
    const told = (await Promise.all(sent.map(play.sees))).map(textOf);
    expect(told.filter((each) => each.includes('Logged as'))).toHaveLength(6);
    expect(await ledgerOf(play.store)).toHaveLength(6);
    expect(play.discord.messagesIn(play.cases.id)).toHaveLength(6);
    const threads = [...play.discord.state.channels.values()].filter(({ type }) => type === 12);
    expect(new Set(threads.map(({ name }) => name)).size).toBe(6);
    expect(threads).toHaveLength(6);
    expectPostedOnce();
    expectAnsweredOnce();
  });
}

const POSTING = /^\/channels\/\d+\/messages$/;
/** Discord's number for "is thinking". */
const DEFERRED = 5;
const CALLBACK = /\/callback$/;
const ORIGINAL = /\/messages\/@original$/;
const LONG_NOTE = 'She called twice and asked for everything we keep about her last orders to be deleted.';
const BROKEN = card('Not done', 'warning', [text('Something broke on our side. Nothing was changed.')]);
const PROPOSING = [
  '/privacy verify PR-2026-0001 method:otp result:pass ref:otp#1',
  '/privacy check PR-2026-0001 all none_held',
  '/privacy propose PR-2026-0001 no_data_held',
];

function gateOf(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

const breath = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function seenOf({ interaction }: Sent): Seen {
  if (interaction.seen === null) throw new Error('nothing is seen');
  return interaction.seen;
}
