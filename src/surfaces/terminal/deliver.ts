/**
 * Posts, edits and files of the outbox, shown as they would appear in a channel. A terminal cannot be looked through: on a
 * retry only what this process has shown is known. Must not know: what a card says, when posts are due.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, parse, resolve } from 'node:path';
import { LRUCache } from 'lru-cache';
import { card, text } from '../../chat/card.js';
import type { Place, Surface, UploadFile } from '../../chat/surface.js';
import type { MessageRef } from '../../vocabulary/values.js';
import { notShown, notWritten } from './failures.js';
import { KEYS_MAX } from './limits.js';
import type { Shown } from './render.js';
import type { Screen } from './screen.js';

export type Delivery = Pick<Surface, 'post' | 'edit' | 'upload' | 'stop'> & {
  /** Posts shown since the start. */
  readonly posted: () => number;
};

export function createDelivery(screen: Screen, exportsDir: string): Delivery {
  const done = new LRUCache<string, MessageRef>({ max: KEYS_MAX });
  const open = new Set<Promise<MessageRef>>();
  let posted = 0;

  /** Once for a key, as far as this process knows; nothing is begun twice. */
  const once = (key: string, retry: boolean, work: () => Promise<MessageRef>): Promise<MessageRef> => {
    const before = retry ? done.get(key) : undefined;
    if (before !== undefined) return Promise.resolve(before);
    const working = work().finally(() => open.delete(working));
    open.add(working);
    return working.then((message) => {
      done.set(key, message);
      return message;
    });
  };

  return {
    post: (place, shown, key, retry) =>
      once(key, retry, async () => {
        posted += 1;
        await show(screen, { kind: 'post', ...addressOf(place), card: shown, code: null });
        return { channel: addressOf(place).to, id: key };
      }),
    edit: (message, place, shown, key, retry) =>
      once(key, retry, async () => {
        await show(screen, { kind: 'edit', ...addressOf(place), card: shown, code: null });
        return message;
      }),
    upload: (place, file, key, retry) =>
      once(key, retry, async () => {
        const path = await write(file, exportsDir);
        await show(screen, {
          kind: 'file',
          ...addressOf(place),
          card: card(file.name, 'neutral', [text(path)], { ref: file.ref ?? null }),
          code: null,
          file: { name: file.name, type: file.type, path },
        });
        return { channel: addressOf(place).to, id: key };
      }),
    stop: async () => {
      await Promise.allSettled([...open]);
    },
    posted: () => posted,
  };
}

function addressOf(place: Place): Pick<Shown, 'to' | 'thread' | 'private'> {
  switch (place.kind) {
    case 'channel':
      return { to: place.channel, thread: null, private: false };
    case 'thread':
      return { to: place.channel, thread: place.ref, private: false };
    case 'person':
      return { to: `@${place.person}`, thread: null, private: true };
    default:
      return place satisfies never;
  }
}

async function show(screen: Screen, record: Parameters<Screen['show']>[0]): Promise<void> {
  await screen.show(record).catch((error: unknown) => {
    throw notShown(error);
  });
}

/** The file's absolute path. What lies there already is left alone: another file of its name gets a number. */
async function write(file: UploadFile, exportsDir: string): Promise<string> {
  try {
    await mkdir(exportsDir, { recursive: true, mode: 0o700 });
    for (let number = 1; ; number += 1) {
      const path = resolve(join(exportsDir, numbered(file.name, number)));
      if (await writtenAnew(path, file.bytes)) return path;
      if (Buffer.compare(await readFile(path), file.bytes) === 0) return path;
    }
  } catch (error) {
    throw notWritten(file.name, exportsDir, error);
  }
}

/** `register.csv`, `register-2.csv`. */
function numbered(name: string, number: number): string {
  const { name: stem, ext } = parse(name);
  return number === 1 ? name : `${stem}-${number}${ext}`;
}

/** False: there is something of that name. */
async function writtenAnew(path: string, bytes: Uint8Array): Promise<boolean> {
  try {
    await writeFile(path, bytes, { mode: 0o600, flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}
