/**
 * What every surface does for the outbox, whatever the platform: one attempt, found again, posted again where it was
 * deleted, refused in a way that says whether to try again. To surfaces what the store contract is to databases.
 * Must not know: any platform; what a platform has not is in its `can`, and is printed.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Card, card, text } from '../../src/chat/card.js';
import { DeliveryFailure } from '../../src/chat/surface.js';
import { idOf } from '../../src/vocabulary/accounts.js';
import { CARDS } from '../golden/slack-cards.js';
import { CASE, type Can, type Stage } from './surface-harness.js';

const shown = (words: string, more: Partial<Card> = {}): Card => ({
  ...card(`${CASE} · Deletion · C…812`, 'neutral', [text(words)], { ref: CASE }),
  ...more,
});

/** The failure, of a call that must fail. */
async function failureOf(work: Promise<unknown>): Promise<DeliveryFailure> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof DeliveryFailure)) throw new Error(`not a DeliveryFailure: ${String(error)}`);
  return error;
}

export function surfaceContract(name: string, make: () => Promise<Stage>): void {
  describe(`the surface contract: ${name}`, () => {
    let stage: Stage;
    beforeEach(async () => {
      stage = await make();
    });
    afterEach(() => stage.close());

    const saying = (words: string) => stage.seen().filter((each) => each.words.includes(words));

    /** A case for platforms that have this; the others print that they have not. */
    const itWhere = (has: keyof Can, title: string, work: () => Promise<void>): void => {
      it(title, async () => {
        if (stage.can[has] === false || stage.can[has] === null)
          return console.info(`${name} has nothing for “${title}” (can.${has})`);
        await work();
      });
    };

    posting();
    editing();
    uploading();
    refusing();
    ending();
    limits();

    function posting(): void {
      it('posts a card, and under another key another one', async () => {
        const one = await stage.surface.post(stage.channel, shown('first'), 'key-1', false);
        const other = await stage.surface.post(stage.channel, shown('second'), 'key-2', false);
        expect(one).not.toEqual(other);
        expect(saying('first')).toHaveLength(1);
        expect(saying('second')).toHaveLength(1);
      });

      it('posts once under one key, however often it is tried', async () => {
        const first = await stage.surface.post(stage.channel, shown('once'), 'key-1', false);
        expect(await stage.surface.post(stage.channel, shown('once'), 'key-1', true)).toEqual(first);
        expect(saying('once')).toHaveLength(1);
        await stage.surface.post(stage.channel, shown('another'), 'key-2', true);
        expect(saying('another')).toHaveLength(1);
      });

      it('says that a lost answer may have been a post, and finds it on a retry where it can look', async () => {
        stage.loseAnswer('post');
        const failure = await failureOf(stage.surface.post(stage.channel, shown('lost'), 'key-1', false));
        expect(failure).toMatchObject({ retryable: true, sent: 'perhaps' });
        expect(saying('lost')).toHaveLength(1);
        const found = await stage.surface.post(stage.channel, shown('lost'), 'key-1', true);
        // Who cannot look must say it again: twice is better than never.
        expect(saying('lost')).toHaveLength(stage.can.lookBack ? 1 : 2);
        if (stage.can.lookBack) expect(saying('lost')[0]?.ref).toEqual(found);
      });

      itWhere(
        'lookBack',
        'finds what another process posted, in a channel, a thread and privately',
        async () => {
          const head = await stage.surface.post(stage.channel, shown('head'), 'key-head', false);
          const thread = { kind: 'thread', channel: stage.channel.channel, ref: CASE, parent: head } as const;
          const places = [stage.channel, thread, stage.person];
          for (const [at, place] of places.entries())
            await stage.surface.post(place, shown(`told ${at}`), `key-${at}`, false);
          const after = await stage.restart();
          for (const [at, place] of places.entries()) {
            const found = await after.post(place, shown(`told ${at}`), `key-${at}`, true);
            expect(saying(`told ${at}`).map(({ ref }) => ref)).toEqual([found]);
          }
        },
      );

      it('tells a thread in the thread and a person privately', async () => {
        const head = await stage.surface.post(stage.channel, shown('head'), 'key-1', false);
        const thread = { kind: 'thread', channel: stage.channel.channel, ref: CASE, parent: head } as const;
        await stage.surface.post(thread, shown('in the thread'), 'key-2', false);
        await stage.surface.post(stage.person, shown('for you'), 'key-3', false);
        expect(saying('in the thread').map(({ inThread }) => inThread)).toEqual([true]);
        const [word] = saying('for you');
        expect(word?.inThread).toBe(false);
        expect(word?.ref.channel).not.toBe(stage.channel.channel);
      });
    }

    function editing(): void {
      it('edits a card where it is, and again to the same', async () => {
        const { surface, channel } = stage;
        const message = await surface.post(channel, shown('before'), 'key-1', false);
        expect(await surface.edit(message, channel, shown('after'), 'key-2', false)).toEqual(message);
        expect(await surface.edit(message, channel, shown('after'), 'key-2', true)).toEqual(message);
        expect(saying('before')).toEqual([]);
        expect(saying('after')).toHaveLength(1);
      });

      it('says that an edit without an answer may have gone through, and edits again on a retry', async () => {
        const { surface, channel } = stage;
        const message = await surface.post(channel, shown('before'), 'key-1', false);
        stage.loseAnswer('edit');
        const failure = await failureOf(surface.edit(message, channel, shown('after'), 'key-2', false));
        expect(failure).toMatchObject({ retryable: true, sent: 'perhaps' });
        expect(await surface.edit(message, channel, shown('after'), 'key-2', true)).toEqual(message);
        expect(saying('after')).toHaveLength(1);
      });

      itWhere('deleteCards', 'posts a deleted card again, once', async () => {
        const { surface, channel } = stage;
        const message = await surface.post(channel, shown('before'), 'key-1', false);
        stage.deleteCard(message);
        stage.loseAnswer('post');
        const lost = await failureOf(surface.edit(message, channel, shown('after'), 'key-2', false));
        expect(lost).toMatchObject({ retryable: true, sent: 'perhaps' });
        const again = await surface.edit(message, channel, shown('after'), 'key-2', true);
        expect(again).not.toEqual(message);
        expect(saying('after').map(({ ref }) => ref)).toEqual([again]);
        expect(await surface.edit(again, channel, shown('later'), 'key-3', false)).toEqual(again);
        expect(saying('later')).toHaveLength(1);
      });

      itWhere('deleteCards', 'says in the channel what belongs under a card that was deleted', async () => {
        const head = await stage.surface.post(stage.channel, shown('head'), 'key-1', false);
        stage.deleteCard(head);
        const thread = { kind: 'thread', channel: stage.channel.channel, ref: CASE, parent: head } as const;
        await stage.surface.post(thread, shown('not lost'), 'key-2', false);
        expect(saying('not lost').map(({ inThread, ref }) => [inThread, ref.channel])).toEqual([
          [false, stage.channel.channel],
        ]);
      });
    }

    function uploading(): void {
      const file = {
        name: 'register.csv',
        type: 'text/csv',
        bytes: Buffer.from('ref,due\nPR-2026-0001,2026-12-23\n'),
        ref: CASE,
      };
      const files = () => stage.seen().flatMap((each) => (each.file === null ? [] : [each.file]));

      it('uploads a file with its name and its bytes, once under one key', async () => {
        await stage.surface.upload(stage.person, file, 'key-1', false);
        await stage.surface.upload(stage.person, file, 'key-1', true);
        expect(files().map(({ name, bytes }) => [name, bytes.toString()])).toEqual([
          [file.name, file.bytes.toString()],
        ]);
      });

      it('says that a file without an answer may have arrived, and finds it where it can look', async () => {
        stage.loseAnswer('upload');
        const failure = await failureOf(stage.surface.upload(stage.person, file, 'key-1', false));
        expect(failure).toMatchObject({ retryable: true, sent: 'perhaps' });
        await stage.surface.upload(stage.person, file, 'key-1', true);
        expect(files()).toHaveLength(stage.can.lookBack ? 1 : 2);
      });

      itWhere('largestFile', 'refuses a file that is too large, for good', async () => {
        const large = { ...file, bytes: Buffer.alloc((stage.can.largestFile ?? 0) + 1) };
        const failure = await failureOf(stage.surface.upload(stage.person, large, 'key-1', false));
        expect(failure).toMatchObject({ retryable: false, sent: 'no' });
        expect(files()).toEqual([]);
      });
    }

    function refusing(): void {
      it('tells nobody who has no account there', async () => {
        const work = stage.surface.post(stage.stranger, shown('for ana'), 'key-1', false);
        if (!stage.can.knowAccounts) {
          console.info(`${name} shows it to whoever sits there (can.knowAccounts)`);
          await work;
          expect(saying('for ana')).toHaveLength(1);
          return;
        }
        expect(await failureOf(work)).toMatchObject({ retryable: false, sent: 'no' });
        expect(stage.seen()).toEqual([]);
      });

      itWhere('closeChannels', 'waits for somebody to let the bot into a channel', async () => {
        stage.closeChannel(true);
        const failure = await failureOf(stage.surface.post(stage.channel, shown('waits'), 'key-1', false));
        expect(failure).toMatchObject({ retryable: true, sent: 'no', retryAfterSeconds: 60 });
        stage.closeChannel(false);
        await stage.surface.post(stage.channel, shown('waits'), 'key-1', false);
        expect(saying('waits')).toHaveLength(1);
      });

      itWhere(
        'lockThreads',
        'reopens an archived thread, and says in another what a locked one would lose',
        async () => {
          const head = await stage.surface.post(stage.channel, shown('head'), 'key-1', false);
          const thread = { kind: 'thread', channel: stage.channel.channel, ref: CASE, parent: head } as const;
          const first = await stage.surface.post(thread, shown('first'), 'key-2', false);
          stage.archiveThread(CASE, false);
          await stage.surface.edit(first, thread, shown('edited'), 'key-3', false);
          stage.archiveThread(CASE, false);
          await stage.surface.post(thread, shown('second'), 'key-4', false);
          expect([saying('edited'), saying('second')].map(({ length }) => length)).toEqual([1, 1]);
          stage.archiveThread(CASE, true);
          await stage.surface.post(thread, shown('third'), 'key-5', false);
          expect(saying('third')).toHaveLength(1);
        },
      );
    }

    function ending(): void {
      it('ends while a post is on its way, which is there once', async () => {
        const held = stage.hold('post');
        const work = stage.surface.post(stage.channel, shown('on its way'), 'key-1', false);
        const outcome = work.then(
          () => 'posted',
          (error: unknown) => (error instanceof DeliveryFailure ? error.sent : String(error)),
        );
        await held.arrived;
        const stopped = stage.surface.stop();
        held.letGo();
        await stopped;
        expect(['posted', 'perhaps']).toContain(await outcome);
        expect(saying('on its way')).toHaveLength(1);
        if (!stage.can.lookBack) return;
        const after = await stage.restart();
        await after.post(stage.channel, shown('on its way'), 'key-1', true);
        expect(saying('on its way')).toHaveLength(1);
      });

      it('can be ended twice', async () => {
        await stage.surface.stop();
        await expect(stage.surface.stop()).resolves.toBeUndefined();
      });
    }

    function limits(): void {
      it.each(Object.keys(CARDS))('takes the card that is %s, in a channel and as an edit', async (which) => {
        const each = CARDS[which];
        if (each === undefined) throw new Error(`no card ${which}`);
        const message = await stage.surface.post(stage.channel, shown('small'), 'key-1', false);
        await stage.surface.post(stage.channel, each, 'key-2', false);
        await stage.surface.edit(message, stage.channel, each, 'key-3', false);
        expect(stage.refused()).toEqual([]);
        expect(stage.seen()).toHaveLength(2);
        expect(stage.seen().every(({ words }) => words.trim() !== '')).toBe(true);
        const named = each.blocks.flatMap((block) => (block.kind === 'ping' ? block.people : []));
        const ids = named.flatMap(({ accounts }) => accounts).map(idOf);
        expect(stage.notified().filter((id) => !ids.includes(id))).toEqual([]);
      });

      it('shows many rows whole, or says how many are missing and how to see them', async () => {
        const rows = Array.from({ length: 2000 }, (_, at) => [`C-${at}`, 'the row’s own words', 'open']);
        const table = { kind: 'table', columns: ['Customer', 'Words', 'Status'], rows } as const;
        await stage.surface.post(stage.channel, shown('', { blocks: [table] }), 'key-1', false);
        const words = stage.seen().at(-1)?.words ?? '';
        expect(words).toContain('C-0');
        if (stage.can.limitMessages) {
          expect(words).not.toContain('C-1999');
          expect(words).toMatch(/more (?:rows|lines)|left out/);
          expect(words).toContain(`/privacy show ${CASE}`);
        } else expect(words).toContain('C-1999');
      });

      it('notifies whom a card names by account, and nobody else', async () => {
        const [account = ''] = stage.person.accounts;
        const people = [
          { person: 'lyon', accounts: stage.person.accounts },
          { person: 'ana', accounts: stage.stranger.accounts },
        ];
        const ping = { kind: 'ping', people, text: 'please decide @everyone <!channel>' } as const;
        await stage.surface.post(stage.channel, shown('', { blocks: [ping] }), 'key-1', false);
        expect([...new Set(stage.notified())]).toEqual(stage.can.knowAccounts ? [idOf(account)] : []);
        expect(stage.seen().at(-1)?.words).toContain('please decide');
      });
    }
  });
}
