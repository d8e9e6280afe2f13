/**
 * Deliveries as Slack makes them, in Socket Mode or as signed requests, and what becomes of their acknowledgements.
 * Must not know: the desk; who plays.
 */
import { createHmac } from 'node:crypto';
import type { SlackFake } from './slack-fake.js';
import { SIGNING_SECRET } from './slack-fake.js';
import type { Json } from './slack-rules.js';
import type { Request, Sent } from './slack-sender.js';

export type Delivery = {
  readonly kind: 'slash_commands' | 'interactive' | 'events_api';
  readonly payload: Json;
  /** The envelope's id: the same one again is a redelivery. */
  readonly id?: string;
};

export type Acknowledged = { readonly payload: Json | null; readonly ms: number };

export type Wire = { readonly deliver: (delivery: Delivery) => Promise<Acknowledged> };

export function socketWire(fake: SlackFake): Wire {
  return {
    deliver: async ({ kind, payload, id }) => {
      const from = performance.now();
      const acknowledged = await fake.envelope(kind, payload, id);
      return { payload: acknowledged, ms: performance.now() - from };
    },
  };
}

export type Send = (request: Request) => Promise<Sent>;

export const sendHere: Send = async ({ url, headers, body }) => {
  const from = performance.now();
  const response = await fetch(url, { method: 'POST', headers, body });
  return { status: response.status, text: await response.text(), ms: performance.now() - from };
};

export function httpWire(fake: SlackFake, url: () => string, sendIt: Send = sendHere): Wire {
  return {
    deliver: async (delivery) => {
      const sent = await sendIt(signed(url(), delivery, SIGNING_SECRET, fake.state.now()));
      if (sent.status !== 200) {
        fake.refusals.push(`${delivery.kind}: HTTP ${sent.status}`);
        return { payload: null, ms: sent.ms };
      }
      if (sent.ms > 3_000) fake.refusals.push(`${delivery.kind}: not acknowledged within 3 s`);
      return { payload: bodyOf(sent.text), ms: sent.ms };
    },
  };
}

/** A request as Slack makes it; the signature covers the body as sent. */
export function signed(url: string, { kind, payload }: Delivery, secret: string, now: number): Request {
  const body =
    kind === 'events_api'
      ? JSON.stringify(payload)
      : new URLSearchParams(
          kind === 'interactive' ? { payload: JSON.stringify(payload) } : (payload as Record<string, string>),
        ).toString();
  const stamp = String(Math.floor(now / 1000));
  const digest = createHmac('sha256', secret).update(`v0:${stamp}:${body}`).digest('hex');
  return {
    url,
    body,
    headers: {
      'content-type': kind === 'events_api' ? 'application/json' : 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': stamp,
      'x-slack-signature': `v0=${digest}`,
    },
  };
}

function bodyOf(text: string): Json {
  return text === '' ? {} : text.startsWith('{') ? (JSON.parse(text) as Json) : { text };
}
