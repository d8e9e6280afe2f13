/** Who looked whom up is on record, many of them are told to the officer, and the auditor reviews it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Lookup, type LookupEvent, lookup } from '../../src/domain/lookups.js';
import type { Instant, Person } from '../../src/vocabulary/values.js';
import { type Played, playDesk } from '../support/terminal-desk.js';

const at = (text: string): Instant => text as Instant;
const MEI = 'mei' as Person;

describe('a look-up', () => {
  const NOW = at('2026-11-23T10:00:00Z');
  const asked = (customer: string) => ({ by: 'may' as const, customer, known: true });
  const kept = (customer: string, when: string, more: Partial<LookupEvent> = {}): Lookup => ({
    at: at(when),
    person: MEI,
    event: { type: 'customer_looked_up', ...asked(customer), within: 1, told: false, ...more },
  });

  it('is one entry a person, customer and hour', () => {
    const before = [kept('one', '2026-11-23T09:30:00Z')];
    expect(lookup(before, NOW, MEI, asked('one'), 30)).toBeNull();
    expect(lookup(before, NOW, 'dan' as Person, asked('one'), 30)).toMatchObject({ within: 1 });
    expect(lookup(before, NOW, MEI, asked('two'), 30)).toMatchObject({ within: 2, told: false });
    expect(lookup(before, at('2026-11-23T10:30:00Z'), MEI, asked('one'), 30)).toMatchObject({ within: 1 });
    // A clock that ran ahead mutes nothing.
    expect(lookup([kept('one', '2027-01-01T00:00:00Z')], NOW, MEI, asked('one'), 30)).toMatchObject({
      within: 1,
    });
  });

  it('tells the officer once when there are more than the pack allows for', () => {
    const two = [kept('one', '2026-11-23T09:30:00Z'), kept('two', '2026-11-23T09:40:00Z')];
    expect(lookup(two, NOW, MEI, asked('three'), 3)).toMatchObject({ within: 3, told: false });
    expect(lookup(two, NOW, MEI, asked('three'), 2)).toMatchObject({ within: 3, told: true });
    const told = [...two, kept('three', '2026-11-23T09:50:00Z', { within: 3, told: true })];
    expect(lookup(told, NOW, MEI, asked('four'), 2)).toMatchObject({ within: 4, told: false });
  });
});

describe('on the desk', () => {
  let desk: Played;
  beforeEach(async () => {
    desk = await playDesk();
    await desk.clock('2026-11-23T10:00');
    await desk.says('/privacy log access C-10812');
  });
  afterEach(() => desk.close());

  const entries = async () =>
    (await desk.store.transact((tx) => tx.entries('lookups', { lock: false }))).map(({ actor, body }) => {
      const { by, known, within } = body as unknown as LookupEvent;
      return `${actor.person} ${by} ${known ? 'known' : 'nobody'} ${within}`;
    });

  it('search, may, register, reveal and export are on record, the auditor’s too, and no case moves', async () => {
    const before = await desk.store.transact((tx) => tx.headSeq('PR-2026-0001', { lock: false }));
    await desk.says('/privacy list customer:C-10812');
    await desk.says('/disclosure may C-10812 Swift name basis:transaction');
    await desk.says('/disclosure may C-999 Swift name basis:transaction');
    await desk.says('/disclosure list customer:c-999');
    await desk.as('kim');
    await desk.says('/disclosure register C-10812');
    await desk.as('lyon');
    await desk.says('/desk export PR-2026-0001');
    expect(await desk.store.transact((tx) => tx.headSeq('PR-2026-0001', { lock: false }))).toBe(before);
    await desk.clock('+1h');
    await desk.says('/privacy show PR-2026-0001 reveal:yes');
    expect(await entries()).toEqual([
      'mei list known 1',
      'mei may nobody 2',
      'kim register known 1',
      'lyon export known 1',
      'lyon reveal known 1',
    ]);
    const marks = (await desk.store.transact((tx) => tx.entries('lookups', { lock: false }))).map(
      ({ body }) => JSON.stringify(body),
    );
    expect(marks.join()).not.toContain('999');
    expect((await desk.asks('/desk audit')).text).toContain('verifies');
  });

  it('the thirty-first customer of an hour is told in the officer’s channel', async () => {
    const shown = [];
    for (let number = 1; number <= 32; number += 1)
      shown.push(
        ...(await desk.says(
          `/disclosure may C-20${String(number).padStart(3, '0')} Swift name basis:transaction`,
        )),
      );
    const told = shown.filter(({ to }) => to === '#officer');
    expect(told.map(({ text }) => text).join()).toMatch(
      /@mei looked up 31 different customers .*clause 7\.2/,
    );
    expect(told).toHaveLength(1);
  });

  it('the review says who may what, was here when, and looked at how many; to auditor and officer', async () => {
    await desk.says('/privacy list customer:C-10812');
    expect((await desk.asks('/desk staff review')).code).toBe('not-permitted');
    await desk.as('kim');
    const review = await desk.asks('/desk staff review');
    expect(review.text).toMatch(/@mei +agent +never ends +Mon 2026-11-23 10:00 +1/);
    expect(review.text).toMatch(/@dan +agent +never ends +never +0/);
    expect((await desk.asks('/desk staff')).code).toBe('not-permitted');
    await desk.as('lyon');
    expect((await desk.asks('/desk staff action:review')).kind).toBe('answer');
  });
});
