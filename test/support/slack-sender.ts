/**
 * Requests sent from a thread of their own, as Slack's come from a machine of its own: their times are not the desk's.
 * Must not know: what is sent.
 */
import { Worker } from 'node:worker_threads';

export type Sent = { readonly status: number; readonly text: string; readonly ms: number };
export type Request = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

const CODE = `
const { parentPort } = require('node:worker_threads');
parentPort.on('message', async ({ id, url, headers, body }) => {
  const from = performance.now();
  try {
    const response = await fetch(url, { method: 'POST', headers, body });
    const text = await response.text();
    parentPort.postMessage({ id, status: response.status, text, ms: performance.now() - from });
  } catch (error) {
    parentPort.postMessage({ id, status: 0, text: String(error), ms: performance.now() - from });
  }
});`;

export function senderThread(): {
  readonly send: (request: Request) => Promise<Sent>;
  readonly stop: () => Promise<unknown>;
} {
  const worker = new Worker(CODE, { eval: true });
  const waiting = new Map<number, (sent: Sent) => void>();
  let next = 0;
  worker.on('message', ({ id, ...sent }: Sent & { readonly id: number }) => {
    waiting.get(id)?.(sent);
    waiting.delete(id);
  });
  return {
    send: (request) =>
      new Promise((settle) => {
        next += 1;
        waiting.set(next, settle);
        worker.postMessage({ id: next, ...request });
      }),
    stop: () => worker.terminate(),
  };
}
