/**
 * Posting, editing, finding again and uploading against `emulate`, an independent implementation of Slack's Web API with
 * strict scopes: what our own fake and our own code might both get wrong.
 */
import { readFileSync } from 'node:fs';
import { createEmulator, type Emulator } from 'emulate';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { card, text } from '../../src/chat/card.js';
import { DeliveryFailure, type Surface } from '../../src/chat/surface.js';
import { webClient } from '../../src/surfaces/slack/api.js';
import { createDelivery } from '../../src/surfaces/slack/deliver.js';
import { boltLogger } from '../../src/surfaces/slack/log.js';
import { CARDS } from '../golden/slack-cards.js';

type Delivery = Pick<Surface, 'post' | 'edit' | 'upload'>;
type Answer = Readonly<Record<string, unknown>> & { readonly ok: boolean };

const SCOPES: readonly string[] = parseYaml(readFileSync('manifests/slack.yaml', 'utf8')).oauth_config.scopes
  .bot;
const BOT = 'xoxb-emulated-bot';
const ADMIN = 'xoxp-emulated-admin';

let emulator: Emulator;
let channel = '';
let user = '';

/** The emulator's own view of things, with a token that may do everything. */
async function asked(method: string, args: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const response = await fetch(`${emulator.url}/api/${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ADMIN}`, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(args),
  });
  return (await response.json()) as Answer;
}

const deliveryWith = (botToken: string): Delivery => {
  const logger = boltLogger(pino({ level: 'silent' }));
  const client = webClient(
    { botToken, apiUrl: `${emulator.url}/api/`, logger, fetch: globalThis.fetch },
    5_000,
  );
  return createDelivery(client, globalThis.fetch);
};

beforeAll(async () => {
  emulator = await createEmulator({
    service: 'slack',
    port: 0,
    seed: {
      slack: {
        team: { name: 'Acme', domain: 'acme' },
        users: [
          { name: 'lyon', real_name: 'Lyon' },
          { name: 'ombud', real_name: 'Ombud' },
        ],
        channels: [{ name: 'cases' }, { name: 'elsewhere', is_private: true }],
        strict_scopes: true,
        tokens: [
          { token: BOT, type: 'bot', user: 'ombud', scopes: SCOPES },
          { token: 'xoxb-without-history', type: 'bot', user: 'ombud', scopes: ['chat:write'] },
          { token: ADMIN, type: 'user', scopes: [...SCOPES, 'channels:read', 'groups:read', 'files:read'] },
        ],
      },
    },
  });
  const channels = (await asked('conversations.list')).channels as { id: string; name: string }[];
  channel = channels.find(({ name }) => name === 'cases')?.id ?? '';
  const users = (await asked('users.list')).members as { id: string; name: string }[];
  user = users.find(({ name }) => name === 'lyon')?.id ?? '';
});
afterAll(() => emulator.close());

const plainCard = (words: string) => card('PR-2026-0001 · Deletion · C…812', 'neutral', [text(words)]);

async function messages(): Promise<
  readonly { ts: string; text: string; blocks: unknown[]; metadata?: { event_payload: { key: string } } }[]
> {
  const answer = await asked('conversations.history', { channel, include_all_metadata: 'true' });
  return answer.messages as Awaited<ReturnType<typeof messages>>;
}

describe('an independent Slack', () => {
  it('takes a card with its key, edits it, and keeps the key', async () => {
    const delivery = deliveryWith(BOT);
    const place = { kind: 'channel', channel } as const;
    const ref = await delivery.post(place, plainCard('first'), 'key-1', false);
    await delivery.edit(ref, place, plainCard('second'), 'key-2', false);
    const found = (await messages()).find(({ ts }) => ts === ref.id);
    expect(found?.text).toContain('second');
    expect(found?.metadata?.event_payload.key).toBe('key-1');
  });

  it('is looked through for an earlier attempt, in the channel and in a thread', async () => {
    const delivery = deliveryWith(BOT);
    const place = { kind: 'channel', channel } as const;
    const head = await delivery.post(place, plainCard('head'), 'key-head', false);
    const thread = { kind: 'thread', channel, ref: 'PR-2026-0001', parent: head } as const;
    const reply = await delivery.post(thread, plainCard('reply'), 'key-reply', false);
    const before = (await messages()).length;
    expect(await delivery.post(place, plainCard('head'), 'key-head', true)).toEqual(head);
    expect(await delivery.post(thread, plainCard('reply'), 'key-reply', true)).toEqual(reply);
    expect(await messages()).toHaveLength(before);
    const other = await delivery.post(thread, plainCard('other'), 'key-other', true);
    expect(other.id).not.toBe(reply.id);
  });

  it('takes every hostile and longest card', async () => {
    const delivery = deliveryWith(BOT);
    for (const [name, each] of Object.entries(CARDS)) {
      const ref = await delivery.post({ kind: 'channel', channel }, each, `key-${name}`, false);
      expect(ref.channel).toBe(channel);
    }
  });

  it('takes a private word and a file, and gives the bytes back', async () => {
    const delivery = deliveryWith(BOT);
    const place = { kind: 'person', person: 'lyon', accounts: ['discord:1', `slack:${user}`] } as const;
    const word = await delivery.post(place, plainCard('for you'), 'key-private', false);
    expect(word.channel).toMatch(/^D/);
    const bytes = Buffer.from('ref,due\nPR-2026-0001,2026-12-23\n');
    const sent = await delivery.upload(
      { kind: 'channel', channel },
      { name: 'report.csv', type: 'text/csv', bytes },
      'key-file',
      false,
    );
    const info = await asked('files.info', { file: sent.id });
    const file = info.file as { name: string; url_private_download?: string; url_private: string };
    expect(file.name).toBe('report.csv');
    const address = new URL(file.url_private_download ?? file.url_private);
    const back = await fetch(`${emulator.url}${address.pathname}`, {
      headers: { authorization: `Bearer ${ADMIN}` },
    });
    expect(Buffer.from(await back.arrayBuffer()).toString()).toBe(bytes.toString());
  });

  it('refuses what it must, in a way that says whether to try again', async () => {
    const failed = async (work: Promise<unknown>): Promise<DeliveryFailure> => {
      const error = await work.then(
        () => null,
        (reason: unknown) => reason,
      );
      if (!(error instanceof DeliveryFailure)) throw new Error(`not refused but ${String(error)}`);
      return error;
    };
    const nowhere = { kind: 'channel', channel: 'C0NOWHERE' } as const;
    expect(await failed(deliveryWith(BOT).post(nowhere, plainCard('x'), 'k', false))).toMatchObject({
      retryable: true,
      sent: 'no',
      message: expect.stringContaining('channel_not_found'),
    });
    expect(
      await failed(
        deliveryWith('xoxb-unknown').post({ kind: 'channel', channel }, plainCard('x'), 'k', false),
      ),
    ).toMatchObject({ retryable: true, sent: 'no' });
    // Without the right to look, an unknown outcome stays unknown: nothing is posted a second time.
    expect(
      await failed(
        deliveryWith('xoxb-without-history').post({ kind: 'channel', channel }, plainCard('x'), 'k', true),
      ),
    ).toMatchObject({ retryable: true, sent: 'perhaps', message: expect.stringContaining('missing_scope') });
    // A card that somebody deleted is posted again.
    const place = { kind: 'channel', channel } as const;
    const again = await deliveryWith(BOT).edit(
      { channel, id: '1.000001' },
      place,
      plainCard('x'),
      'k-again',
      false,
    );
    expect(again.id).not.toBe('1.000001');
    expect(await deliveryWith(BOT).edit(again, place, plainCard('y'), 'k-edit', false)).toEqual(again);
  });
});
