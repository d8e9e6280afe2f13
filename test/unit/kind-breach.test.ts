/**
 * A kind of stream the desk does not have is one folder and one line of registration: logged, loaded, posted, ticked, rebuilt
 * and audited by what keeps every other stream.
 */
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outsideFor } from '../../src/app/outside.js';
import type { Card } from '../../src/chat/card.js';
import type { Place, Surface } from '../../src/chat/surface.js';
import { createDesk, type Desk } from '../../src/desk/desk.js';
import { seedChannels } from '../../src/desk/house/channels.js';
import { seedStaff } from '../../src/desk/house/staff.js';
import { KINDS, REACTIONS } from '../../src/desk/kinds.js';
import { deskKindsOf } from '../../src/desk/tell/kinds.js';
import { parsePack } from '../../src/policy/pack.js';
import { auditLedger, auditStream } from '../../src/record/audit.js';
import type { Recorder } from '../../src/record/kind.js';
import { load } from '../../src/record/load.js';
import { peopleOf } from '../../src/record/people.js';
import { diffProjections, rebuild } from '../../src/record/rebuild.js';
import { beginning, behind, nextReference, note, record } from '../../src/record/record.js';
import type { Store, Tx } from '../../src/record/store.js';
import type { Actor, Day, Instant, Person } from '../../src/vocabulary/values.js';
import { breaches, breachKind } from '../breach/kind.js';
import { KEY, openFresh } from '../support/fresh-store.js';
import { onePage } from '../support/one-page.js';
import { DEFAULT_TEXT } from './policy-packs.js';

const kinds = deskKindsOf([...KINDS, breachKind], REACTIONS);
const outside = outsideFor(KEY, () => []);
const MEI: Actor = { person: 'mei' as Person, account: 'terminal:mei' as Actor['account'] };
const REF = 'BR-2026-0001';

let store: Store;
let desk: Desk;
let now: Instant;
let said: { readonly how: 'post' | 'edit'; readonly place: Place; readonly card: Card }[];

beforeEach(async () => {
  now = '2026-11-23T02:00:00Z' as Instant;
  said = [];
  store = await openFresh();
  const surface: Surface = {
    name: 'terminal',
    start: async () => undefined,
    post: async (place, card) => {
      said.push({ how: 'post', place, card });
      return { channel: '#cases', id: String(said.length) };
    },
    edit: async (message, place, card) => {
      said.push({ how: 'edit', place, card });
      return message;
    },
    upload: async () => ({ channel: 'files', id: '1' }),
    stop: async () => undefined,
  };
  desk = await createDesk({
    store,
    pack: parsePack(DEFAULT_TEXT),
    packText: DEFAULT_TEXT,
    surfaces: new Map([['terminal', surface]]),
    clock: () => now,
    outside,
    kinds,
    log: pino({ level: 'silent' }),
    faultRef: () => 'TEST',
  });
  await store.transact(async (tx) => {
    await seedStaff(tx, now, [
      { person: MEI.person as Person, roles: ['agent'], accounts: [MEI.account], trainedUntil: null },
    ]);
    await seedChannels(tx, now, [{ surface: 'terminal', channel: '#cases', uses: ['cases'], locale: null }]);
  });
});
afterEach(() => store.close());

const packOf = async () => parsePack(DEFAULT_TEXT);
const inStore = <T>(work: (recorder: Recorder) => Promise<T>): Promise<T> =>
  store.transact(async (tx) => {
    const channels = await tx.channels();
    const people = await peopleOf(tx, now.slice(0, 10) as Day);
    return work({ tx, now, actor: MEI, channels, ...people, packOf, kinds });
  });
const look = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => store.transact(work);
const audited = () =>
  look((tx) => auditLedger({ page: onePage({ tx, packOf }), kinds, signing: outside.signing }));

const found = (people: number) =>
  inStore(async (recorder) => {
    const ref = await nextReference(recorder.tx, breaches, '2026-11-23' as Day);
    return record(recorder, breaches, beginning(ref), [{ type: 'breach_found', ref, people }]);
  });

describe('a breach', () => {
  it('is numbered, logged and loaded as it was recorded', async () => {
    expect(await found(3)).toMatchObject({ ref: REF, people: 3, status: 'open', version: 1 });
    const told = await inStore(async (recorder) => {
      const loaded = await load(recorder.tx, breaches, REF, { lock: true });
      if (loaded === null) throw new Error('it was logged');
      return record(recorder, breaches, behind(loaded.state), [{ type: 'authority_told', how: 'portal' }]);
    });
    expect(told).toMatchObject({ status: 'told', version: 2 });
    const loaded = await look((tx) => load(tx, breaches, REF, { lock: false }));
    expect(loaded).toMatchObject({ state: told, version: 2 });
    expect(loaded?.history.map(({ event, seq }) => [seq, event.type])).toEqual([
      [1, 'breach_found'],
      [2, 'authority_told'],
    ]);
  });

  it('is posted, and its card edited when the clock makes it late, once', async () => {
    await found(3);
    await desk.outbox.drain();
    expect(await desk.ticker.nextDue(now)).toBe('2026-11-26T02:00:00Z');
    now = '2026-11-26T02:00:00Z' as Instant;
    await desk.ticker.tick(now);
    await desk.ticker.tick(now);
    await desk.outbox.drain();
    expect(said.map(({ how, card }) => [how, card.title, card.blocks])).toEqual([
      ['post', `${REF} · Breach`, [{ kind: 'text', text: '3 people, open' }]],
      ['edit', `${REF} · Breach`, [{ kind: 'text', text: '3 people, late' }]],
    ]);
    expect(said[0]?.place).toEqual({ kind: 'channel', channel: '#cases', opens: REF });
    expect(await desk.ticker.nextDue(now)).toBeNull();
  });

  it('is the subject of its thread', async () => {
    await found(1);
    await desk.outbox.drain();
    expect(await desk.refOfThread({ channel: '#cases', id: '1' })).toBe(REF);
  });

  it('is rebuilt from the ledger, counting a refused attempt', async () => {
    await found(3);
    const attempt = { type: 'command_refused', command: 'breach.close', code: 'not-permitted', clause: null };
    await inStore((recorder) => note(recorder, breaches, REF, { ...attempt, type: 'command_refused' }));
    const rows = await look((tx) => rebuild(tx, breaches, packOf));
    expect(rows).toEqual([await look((tx) => breaches.table?.stored(tx, REF) ?? Promise.resolve(null))]);
    expect(rows).toMatchObject([{ ref: REF, version: 2, nextDueAt: '2026-11-26T02:00:00Z' }]);
  });

  it('is audited: whole, or with the field of its row that says something else', async () => {
    await found(3);
    expect(await audited()).toMatchObject({ kind: 'whole' });
    const { signing } = outside;
    expect(
      await look((tx) => auditStream({ page: onePage({ tx, packOf }), kinds, signing }, REF)),
    ).toMatchObject({ entries: 1 });
    expect(
      await look((tx) => auditStream({ page: onePage({ tx, packOf }), kinds, signing }, 'BR-2026-0002')),
    ).toBeNull();
    await look(async (tx) => {
      const row = await breaches.table?.stored(tx, REF);
      if (!row) throw new Error('its row is there');
      await breaches.table?.put(tx, { ...row, people: 4 });
      await breaches.table?.put(tx, { ...row, ref: 'BR-2026-0009' });
    });
    expect(await look((tx) => diffProjections(onePage({ tx, packOf }), kinds))).toMatchObject([
      { what: 'breach', key: REF, field: 'people', stored: '4', derived: '3' },
      { what: 'breach', key: 'BR-2026-0009', field: 'row', derived: null },
    ]);
    expect(await audited()).toMatchObject({ kind: 'drifted' });
  });

  it('is missed by the audit when its number was given and its stream is gone', async () => {
    await found(3);
    await look((tx) => tx.nextNumber('BR-2026'));
    expect(await audited()).toMatchObject({ kind: 'broken', faults: [{ stream: 'BR-2026-0002' }] });
  });
});

it('claims nothing another kind has', () => {
  expect(() => deskKindsOf([...KINDS, breachKind, breachKind], REACTIONS)).toThrow('two kinds claim BR');
});
