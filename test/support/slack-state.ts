/**
 * A workspace as Slack keeps it: people, channels, messages with their history and metadata, private messages, modals,
 * triggers and response addresses with their ends. Must not know: HTTP, sockets.
 */
import { checkBlocks, checkView, type Json, Refused } from './slack-rules.js';

export const TEAM = 'T0DESK001';
export const OTHER_TEAM = 'T0OTHER01';
export const BOT_USER = 'U0BOT0001';
export const BOT_ID = 'B0BOT0001';
const TRIGGER_MS = 3_000;
const RESPONSE_MS = 30 * 60_000;
const RESPONSE_USES = 5;

export type Message = {
  readonly ts: string;
  readonly thread: string | null;
  readonly user: string;
  text: string;
  blocks: readonly Json[];
  readonly metadata: Json | null;
  readonly files?: readonly Json[];
  /** Every form it ever had, the first one first: what is still on somebody's screen. */
  readonly versions: (readonly Json[])[];
};

export type Channel = {
  readonly id: string;
  readonly isPrivate: boolean;
  readonly members: Set<string>;
  readonly messages: Message[];
  archived?: boolean;
};

export type Person = {
  readonly id: string;
  readonly name: string;
  readonly team: string;
  readonly flags: Json;
};

/** What one person alone sees. */
export type Shown =
  | {
      readonly kind: 'ephemeral';
      readonly channel: string;
      readonly thread: string | null;
      readonly text: string;
      readonly blocks: readonly Json[];
    }
  | { readonly kind: 'modal'; readonly viewId: string; readonly blocks: readonly Json[] }
  | { readonly kind: 'errors'; readonly errors: Json }
  | { readonly kind: 'home'; readonly blocks: readonly Json[] }
  | { readonly kind: 'closed' };

export type View = { readonly id: string; hash: string; json: Json; readonly user: string };

export type Upload = {
  readonly id: string;
  readonly name: string;
  readonly length: number;
  bytes: Buffer | null;
  channel: string | null;
  thread: string | null;
};

export class SlackState {
  readonly people = new Map<string, Person>();
  readonly channels = new Map<string, Channel>();
  readonly views = new Map<string, View>();
  /** Modals of a person, the lowest first. */
  readonly stacks = new Map<string, string[]>();
  readonly shown: { readonly user: string; readonly what: Shown }[] = [];
  readonly uploads = new Map<string, Upload>();
  private readonly triggers = new Map<
    string,
    { readonly user: string; readonly until: number; used: boolean }
  >();
  private readonly responses = new Map<
    string,
    { readonly user: string; readonly channel: string; readonly until: number; uses: number }
  >();
  private readonly waiting = new Set<() => void>();
  private count = 0;
  /** Time that has passed beside the real one. */
  private skipped = 0;

  constructor() {
    this.addPerson({ id: BOT_USER, name: 'ombud', team: TEAM, flags: { is_bot: true } });
  }

  now(): number {
    return Date.now() + this.skipped;
  }

  pass(ms: number): void {
    this.skipped += ms;
  }

  next(prefix: string): string {
    this.count += 1;
    return `${prefix}${String(this.count).padStart(8, '0')}`;
  }

  /** Ids of people and places in one counter keep them apart; a ts is a number of its own. */
  nextTs(): string {
    this.count += 1;
    return `1795400000.${String(this.count).padStart(6, '0')}`;
  }

  addPerson(person: Person): void {
    this.people.set(person.id, person);
  }

  addChannel(id: string, members: readonly string[], isPrivate = false): Channel {
    const channel = { id, isPrivate, members: new Set([BOT_USER, ...members]), messages: [] };
    this.channels.set(id, channel);
    return channel;
  }

  channel(id: unknown): Channel {
    const found = this.channels.get(String(id));
    if (found === undefined) throw new Refused('channel_not_found', String(id));
    if (!found.members.has(BOT_USER))
      throw new Refused(found.isPrivate ? 'channel_not_found' : 'not_in_channel', String(id));
    if (found.archived === true) throw new Refused('is_archived', String(id));
    return found;
  }

  message(channel: Channel, ts: unknown): Message {
    const found = channel.messages.find((each) => each.ts === ts);
    if (found === undefined) throw new Refused('message_not_found', String(ts));
    return found;
  }

  newTrigger(user: string): string {
    const id = this.next('trigger.');
    this.triggers.set(id, { user, until: this.now() + TRIGGER_MS, used: false });
    return id;
  }

  /** Whose trigger it is; each is good once, and for three seconds. */
  takeTrigger(id: unknown): string {
    const trigger = this.triggers.get(String(id));
    if (trigger === undefined) throw new Refused('invalid_trigger_id', String(id));
    if (trigger.used) throw new Refused('exchanged_trigger_id', 'it was used before');
    if (this.now() > trigger.until) throw new Refused('expired_trigger_id', 'it is older than 3 s');
    trigger.used = true;
    return trigger.user;
  }

  newResponse(user: string, channel: string): string {
    const id = this.next('response');
    this.responses.set(id, { user, channel, until: this.now() + RESPONSE_MS, uses: 0 });
    return id;
  }

  takeResponse(id: string): { readonly user: string; readonly channel: string } {
    const response = this.responses.get(id);
    if (response === undefined || this.now() > response.until) throw new Refused('expired_url', id);
    response.uses += 1;
    if (response.uses > RESPONSE_USES) throw new Refused('used_url', `${response.uses} uses`);
    return response;
  }

  open(user: string, json: unknown, how: 'open' | 'push'): View {
    const view: View = { id: this.next('V'), hash: this.next('h'), json: checkView(json), user };
    const stack = how === 'open' ? [] : (this.stacks.get(user) ?? []);
    if (how === 'push' && stack.length === 0)
      throw new Refused('view_not_found', 'there is nothing to push on');
    if (stack.length >= 3) throw new Refused('push_limit_reached', 'three views at most');
    this.views.set(view.id, view);
    this.stacks.set(user, [...stack, view.id]);
    this.show(user, { kind: 'modal', viewId: view.id, blocks: view.json.blocks as Json[] });
    return view;
  }

  update(id: unknown, json: unknown): View {
    const view = this.views.get(String(id));
    if (view === undefined) throw new Refused('not_found', `no view ${String(id)}`);
    view.json = checkView(json);
    view.hash = this.next('h');
    this.show(view.user, { kind: 'modal', viewId: view.id, blocks: view.json.blocks as Json[] });
    return view;
  }

  top(user: string): View | null {
    const id = this.stacks.get(user)?.at(-1);
    return id === undefined ? null : (this.views.get(id) ?? null);
  }

  close(user: string): void {
    this.stacks.set(user, (this.stacks.get(user) ?? []).slice(0, -1));
  }

  whisper(user: string, channel: string, thread: string | null, text: string, blocks: unknown): void {
    if (blocks !== undefined) checkBlocks(blocks, 'message');
    this.show(user, { kind: 'ephemeral', channel, thread, text, blocks: (blocks ?? []) as Json[] });
  }

  show(user: string, what: Shown): void {
    this.shown.push({ user, what });
    this.wake();
  }

  wake(): void {
    for (const look of this.waiting) look();
  }

  /** Resolves as soon as the condition holds: looked at whenever something changes. */
  until(condition: () => boolean, what: string, ms = 10_000): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiting.delete(look);
        reject(new Error(`waited ${ms} ms in vain for ${what}`));
      }, ms);
      const look = (): void => {
        if (!condition()) return;
        clearTimeout(timer);
        this.waiting.delete(look);
        resolve();
      };
      this.waiting.add(look);
      look();
    });
  }
}
