/**
 * Copies of the running desk's database. SQLite serves one process, so the one that has it makes the copy when a file in the data
 * folder asks for it, and answers in another one. Must not know: tables, the desk.
 */
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Store } from '../record/store.js';

const LOOK_MS = 1000;
const asked = z.strictObject({ id: z.string(), to: z.string() });
const answered = z.strictObject({ id: z.string(), failed: z.string().nullable() });
type Answered = z.infer<typeof answered>;

const requestIn = (dataDir: string): string => join(dataDir, 'backup.request');
const answerIn = (dataDir: string): string => join(dataDir, 'backup.answer');

/** Looks once a second whether somebody asked for a copy; stops with what is returned. */
export function answerBackups(store: Store, dataDir: string, log: Logger): () => void {
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    answerOne(store, dataDir)
      .catch((error: unknown) =>
        log.error({ err: error }, 'a backup that was asked for could not be answered'),
      )
      .finally(() => {
        busy = false;
      });
  }, LOOK_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** Makes the copy that is asked for, if one is. */
export async function answerOne(store: Store, dataDir: string): Promise<void> {
  const text = await readFile(requestIn(dataDir), 'utf8').catch(() => null);
  if (text === null) return;
  await rm(requestIn(dataDir), { force: true });
  const request = asked.safeParse(JSON.parse(text));
  if (!request.success) return;
  const { id, to } = request.data;
  const failed = await store.backup(to).then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : 'it failed'),
  );
  await put(answerIn(dataDir), { id, failed } satisfies Answered);
}

/** Asks the process that has the database; null: nobody answered within the time. */
export async function askForBackup(
  dataDir: string,
  request: { readonly id: string; readonly to: string },
  wait: (turn: number) => Promise<boolean>,
): Promise<Answered | null> {
  await rm(answerIn(dataDir), { force: true });
  await put(requestIn(dataDir), request);
  for (let turn = 1; await wait(turn); turn += 1) {
    const text = await readFile(answerIn(dataDir), 'utf8').catch(() => null);
    const answer = text === null ? null : answered.safeParse(JSON.parse(text));
    if (answer?.success && answer.data.id === request.id) {
      await rm(answerIn(dataDir), { force: true });
      return answer.data;
    }
  }
  await rm(requestIn(dataDir), { force: true });
  return null;
}

/** Whole or not at all, and for this user only. */
async function put(path: string, value: object): Promise<void> {
  await writeFile(`${path}.new`, JSON.stringify(value), { mode: 0o600 });
  await rename(`${path}.new`, path);
}
