/**
 * Advice that works: over random lives of cases and disclosures, every next step that is advised to somebody, its blanks filled
 * in, and every button that somebody is offered, is accepted from them (commands.md, "The next step"). OMBUD_SEED plays a run again.
 */
import { expect, it } from 'vitest';
import { outsideFor } from '../../src/app/outside.js';
import type { Card } from '../../src/chat/card.js';
import type { Handle } from '../../src/chat/surface.js';
import { createPackShelf } from '../../src/desk/house/packs.js';
import { KINDS_OF_THE_DESK } from '../../src/desk/kinds.js';
import { createRenderer } from '../../src/desk/post/renderer.js';
import { requests } from '../../src/desk/requests/kind.js';
import type { Effect } from '../../src/desk/tell/effects.js';
import { load } from '../../src/record/load.js';
import { askAs, dryDesk, offersOf, offerWords, tried } from '../support/advice.js';
import { KEY } from '../support/fresh-store.js';
import { type Random, randomFrom, seedOfRun } from '../support/random.js';
import { lineOfLife, PEOPLE } from '../support/random-lives.js';
import { type Played, playDesk } from '../support/terminal-desk.js';

const LIVES = Number(process.env.OMBUD_LIVES ?? 2);
const STEPS = Number(process.env.OMBUD_STEPS ?? 25);
const seed = seedOfRun();

type Life = {
  readonly desk: Played;
  readonly dry: Handle;
  readonly random: Random;
  /** What was done, to play it again. */
  readonly story: string[];
};

/** How often what was offered was taken. */
const taken = { step: 0, button: 0 };

const refsOf = (desk: Played): Promise<readonly string[]> =>
  desk.store.transact(async (tx) => [
    ...(await tx.requests({})).map(({ ref }) => ref),
    ...(await tx.disclosures({})).map(({ ref }) => ref),
  ]);

async function around({ desk }: Life, ref: string) {
  const recipients = await desk.store.transact(async (tx) => {
    const loaded = ref.startsWith('PR') ? await load(tx, requests, ref, { lock: false }) : null;
    return (loaded?.state.recipients ?? [])
      .filter(({ state }) => state === 'open')
      .map((one) => one.recipient);
  });
  return { pack: desk.desk.active.pack, now: desk.now(), recipients };
}

/** Everything a card offers one reader is taken from them. */
async function allAccepted(life: Life, person: string, ref: string, card: Card): Promise<void> {
  const facts = await around(life, ref);
  for (const offer of offersOf(card)) {
    const outcome = await tried(life.dry, person, offer, facts);
    if ('ask' in outcome) {
      taken[offer.kind] += 1;
      continue;
    }
    const { refused } = outcome;
    const why = refused === null ? 'nothing to say' : JSON.stringify(refused.card.blocks);
    expect.fail(
      `@${person} is offered ${offerWords(offer)}, and told: ${why}\non: ${card.title}\nseed ${seed}\n${life.story.join('\n')}`,
    );
  }
}

const showOf = (ref: string): string =>
  ref.startsWith('PR') ? `/privacy show ${ref}` : `/disclosure show ${ref}`;

async function shownTo(life: Life, person: string, ref: string): Promise<Card | null> {
  const answer = await askAs(life.dry, person, { kind: 'line', line: showOf(ref) });
  return answer.kind === 'answer' ? answer.card : null;
}

/** One step of a life: an offer taken, or whatever somebody may think of; then what its answer advises is tried. */
async function step(life: Life): Promise<void> {
  const { desk, random } = life;
  const person = random.pick(PEOPLE);
  const refs = await refsOf(desk);
  if (refs.length > 0 && random.below(3) > 0) {
    const ref = random.pick(refs);
    const card = await shownTo(life, person, ref);
    const offers = card === null ? [] : offersOf(card);
    if (offers.length > 0) {
      const offer = random.pick(offers);
      const outcome = await tried(life.dry, person, offer, await around(life, ref));
      if ('ask' in outcome) await really(life, person, outcome.ask);
      return;
    }
  }
  const line = lineOfLife(random, refs);
  if (line.startsWith('/clock')) {
    life.story.push(line);
    await desk.says(line);
    return;
  }
  await really(life, person, { kind: 'line', line });
}

async function really(life: Life, person: string, ask: Parameters<typeof askAs>[2]): Promise<void> {
  life.story.push(`/as ${person} ; ${ask.kind === 'line' ? ask.line : JSON.stringify(ask)}`);
  const answer = await askAs(life.desk.desk.handle, person, ask);
  expect(
    answer.kind === 'error' ? answer.code : null,
    `${life.story.join('\n')}\n${JSON.stringify(answer.card.blocks)}`,
  ).not.toBe('fault');
  await life.desk.desk.outbox.drain();
  await allAccepted(life, person, answer.card.ref ?? '', answer.card);
}

/** What stands in the channels offers nothing that nobody could do. */
async function channelsOffer(life: Life, ref: string): Promise<void> {
  const { desk } = life;
  const { active } = desk.desk;
  const render = createRenderer({
    store: desk.store,
    clock: desk.now,
    packOf: createPackShelf(active).packOf,
    active,
    outside: outsideFor(KEY, () => []),
    kinds: KINDS_OF_THE_DESK,
  });
  const effects: readonly Effect[] = [
    { kind: 'card', ref },
    ...[1, 2, 3].map((number): Effect => ({ kind: 'proposal', ref, number })),
  ];
  const facts = await around(life, ref);
  for (const effect of effects) {
    const shown = await render(effect, '#cases', 'terminal');
    const card = shown !== null && 'card' in shown ? shown.card : null;
    for (const offer of card === null ? [] : offersOf(card)) {
      const takers = [];
      for (const person of ['mei', 'dan', 'lyon', 'ana', 'zoe', 'eve'])
        if ('ask' in (await tried(life.dry, person, offer, facts))) takers.push(person);
      expect(
        takers,
        `nobody may take ${offerWords(offer)} of ${card?.title}\nseed ${seed}\n${life.story.join('\n')}`,
      ).not.toEqual([]);
    }
  }
}

async function live(random: Random): Promise<void> {
  const desk = await playDesk();
  try {
    const life: Life = { desk, dry: dryDesk(desk), random, story: ['/clock 2026-11-23T10:00'] };
    await desk.clock('2026-11-23T10:00');
    for (const line of [
      '/as root',
      '/desk staff action:add person:zoe role:officer',
      '/desk staff action:add person:eve role:agent',
    ])
      await desk.says(line);
    for (let at = 0; at < STEPS; at += 1) {
      await step(life);
      const refs = await refsOf(desk);
      if (refs.length === 0) continue;
      const ref = random.pick(refs);
      for (const person of [random.pick(PEOPLE), random.pick(PEOPLE)]) {
        const card = await shownTo(life, person, ref);
        if (card !== null) await allAccepted(life, person, ref, card);
      }
      if (at % 5 === 4) await channelsOffer(life, ref);
    }
  } finally {
    await desk.close();
  }
}

it(`is taken from whoever is advised or offered it (seed ${seed})`, { timeout: 600_000 }, async () => {
  const random = randomFrom(seed);
  for (let at = 0; at < LIVES; at += 1) await live(random);
  console.info(`taken: ${taken.step} steps, ${taken.button} buttons (seed ${seed})`);
  expect(Math.min(taken.step, taken.button)).toBeGreaterThan(STEPS / 2);
});
