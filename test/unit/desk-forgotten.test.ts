/** A customer forgotten: when, what holds it back, what is left. The whole desk in the terminal, and the pure rule. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type CustomerRecord,
  erasesAll,
  forgetting,
  type KeptCase,
  type KeptConsent,
  type KeptDisclosure,
} from '../../src/domain/forgetting.js';
import { TICKER } from '../../src/record/entry.js';
import { erasedKeys, forget } from '../../src/record/erasures.js';
import { CATEGORIES, type Day, type Instant } from '../../src/vocabulary/values.js';
import { type Played, playDesk } from '../support/terminal-desk.js';

const day = (text: string): Day => text as Day;
const at = (text: string): Instant => text as Instant;

describe('who may be forgotten', () => {
  const closing = { at: at('2026-12-01T02:00:00Z'), erased: true };
  const ends = { erasureEnds: day('2026-12-31'), recordEnds: day('2029-12-01') };
  const erasure: KeptCase = {
    ref: 'PR-2026-0001',
    loggedAt: at('2026-11-23T02:00:00Z'),
    closed: { ...closing, ...ends },
    completedAt: at('2026-11-30T02:00:00Z'),
    freeze: 'erased',
    retainedUntil: null,
  };
  const access: KeptCase = {
    ...erasure,
    ref: 'PR-2026-0002',
    closed: { ...closing, ...ends, erased: false },
    completedAt: null,
    freeze: 'none',
  };
  const disclosure: KeptDisclosure = {
    ref: 'DR-2026-0001',
    live: false,
    sent: true,
    byLaw: false,
    recordEnds: day('2029-11-24'),
    withhold: null,
  };
  const consent: KeptConsent = {
    ref: 'CO-2026-0001',
    live: true,
    grantedAt: at('2026-01-01T00:00:00Z'),
    recordEnds: day('2029-11-24'),
  };
  const heldBy = (record: Partial<CustomerRecord>, today = '2026-12-31'): readonly string[] => {
    const all = { cases: [erasure], disclosures: [], consents: [], ...record };
    return forgetting(all, day(today))?.held.map(({ what, ref }) => `${what} ${ref}`) ?? ['nobody'];
  };

  it('are those whose erasure was fulfilled, from the day on that the pack says', () => {
    expect(heldBy({}, '2026-12-30')).toEqual(['case_record PR-2026-0001']);
    expect(heldBy({})).toEqual([]);
    expect(
      forgetting({ cases: [access, erasure], disclosures: [], consents: [] }, day('2026-12-31')),
    ).toEqual({
      why: 'erasure_fulfilled',
      case: 'PR-2026-0001',
      held: [],
    });
    expect(heldBy({ cases: [] })).toEqual(['nobody']);
  });

  it('and those whose record was kept as long as the pack says, whatever they asked', () => {
    expect(heldBy({ cases: [access] })).toEqual(['case_record PR-2026-0002']);
    expect(heldBy({ cases: [access] }, '2029-12-01')).toEqual([]);
    expect(forgetting({ cases: [access], disclosures: [], consents: [] }, day('2029-12-01'))).toMatchObject({
      why: 'record_expired',
      case: 'PR-2026-0002',
    });
  });

  it('nobody with an open case, kept data, or anything that came after the erasure', () => {
    expect(heldBy({ cases: [erasure, { ...access, closed: null }] })).toEqual(['open_case PR-2026-0002']);
    // Its last day is over, and nobody has said yet that it was deleted.
    expect(heldBy({ cases: [{ ...erasure, retainedUntil: day('2026-12-01') }] })).toEqual([
      'retained PR-2026-0001',
    ]);
    const later = { ...access, loggedAt: at('2026-12-02T02:00:00Z') };
    expect(heldBy({ cases: [erasure, later] })).toEqual(['case_record PR-2026-0002']);
  });

  it('nobody whose objection stands, but where all of their data was erased', () => {
    const objection: KeptCase = { ...access, freeze: 'objection' };
    expect(heldBy({ cases: [objection] }, '2030-01-01')).toEqual(['objection PR-2026-0002']);
    expect(heldBy({ cases: [{ ...access, freeze: 'consent_blocked' }] }, '2030-01-01')).toEqual([
      'objection PR-2026-0002',
    ]);
    expect(heldBy({ cases: [erasure, objection] })).toEqual([]);
  });

  it('nobody with a disclosure to settle, withheld, or made by law', () => {
    expect(heldBy({ disclosures: [{ ...disclosure, live: true }] })).toEqual([
      'live_disclosure DR-2026-0001',
    ]);
    expect(heldBy({ disclosures: [disclosure] })).toEqual([]);
    expect(heldBy({ disclosures: [{ ...disclosure, byLaw: true }] })).toEqual([
      'disclosure_record DR-2026-0001',
    ]);
    expect(heldBy({ disclosures: [{ ...disclosure, withhold: day('2027-01-01') }] })).toEqual([
      'withheld DR-2026-0001',
    ]);
    expect(heldBy({ disclosures: [{ ...disclosure, byLaw: true, sent: false }] })).toEqual([]);
    expect(heldBy({ cases: [], disclosures: [{ ...disclosure, sent: false }] })).toEqual([
      'disclosure_record DR-2026-0001',
    ]);
    expect(heldBy({ cases: [], disclosures: [disclosure] })).toEqual(['disclosure_record DR-2026-0001']);
  });

  it('nobody with a consent in force, but where it is older than the erasure', () => {
    expect(heldBy({ consents: [consent] })).toEqual([]);
    const newer = { ...consent, grantedAt: at('2026-11-30T03:00:00Z') };
    expect(heldBy({ consents: [newer] })).toEqual(['live_consent CO-2026-0001']);
    expect(heldBy({ cases: [access], consents: [consent] }, '2030-01-01')).toEqual([
      'live_consent CO-2026-0001',
    ]);
    expect(heldBy({ cases: [], consents: [{ ...consent, live: false }] })).toEqual([
      'consent_record CO-2026-0001',
    ]);
  });

  it('and only an erasure of everything is one', () => {
    expect(erasesAll(CATEGORIES)).toBe(true);
    expect(erasesAll(CATEGORIES.filter((one) => one !== 'sensitive'))).toBe(true);
    expect(erasesAll(CATEGORIES.filter((one) => one !== 'email'))).toBe(false);
  });
});

describe('a desk that forgets', () => {
  let desk: Played;
  beforeEach(async () => {
    desk = await playDesk();
    await desk.clock('2026-11-23T10:00');
  });
  afterEach(() => desk.close());

  const says = async (...lines: readonly string[]): Promise<void> => {
    for (const line of lines) {
      const last = await desk.asks(line);
      if (last.kind === 'error') throw new Error(`${line}: ${last.text}`);
    }
  };

  /** A deletion of everything, from logging to closing. */
  const erased = async (pr = 'PR-2026-0001', customer = 'C-10812'): Promise<void> => {
    await says(
      '/as mei',
      `/privacy log deletion ${customer} note:"asked at the counter"`,
      `/privacy verify ${pr} callback pass ref:call#9`,
      `/privacy check ${pr} all done ref:CHG-880`,
      `/privacy propose ${pr} fulfilled`,
      '/as lyon',
      `/privacy decide ${pr} approve reason:"all checked"`,
      '/as mei',
      `/privacy done ${pr} evidence:CHG-881`,
      `/privacy notice ${pr} completion ref:MSG-2`,
      `/privacy close ${pr}`,
    );
  };

  it('says on the card when, waits so long, and then everything but what was done is gone', async () => {
    await erased();
    const before = await desk.asks('/privacy show PR-2026-0001');
    expect(before.card.facts.Forgetting).toContain('on Wed 2026-12-23');
    await desk.as('lyon');
    await desk.clock('2026-12-22T10:00');
    const report = await desk.asks('/desk report 2026-11');
    const shown = await desk.clock('2026-12-23T10:00');
    const card = shown.find(({ kind, card: { facts } }) => kind === 'edit' && facts.Forgotten !== undefined);
    expect(card?.card.title).toBe('PR-2026-0001 · Deletion · erased');
    expect(card?.card.facts.Forgotten).toContain('Wed 2026-12-23');
    expect(card?.card.text).toContain('Out of reach');
    expect(card?.card.actions).toEqual([]);

    const after = await desk.asks('/privacy show PR-2026-0001 reveal:yes');
    expect(after.text).toContain('erased with the customer’s key');
    for (const gone of ['10812', 'counter', 'call#9', 'CHG-88', 'MSG-2', 'all checked'])
      expect(JSON.stringify(after)).not.toContain(gone);
    expect((await desk.asks('/privacy list closed')).text).toContain('erased');
    expect((await desk.asks('/privacy list customer:C-10812')).text).toContain('None.');
    expect((await desk.asks('/desk report 2026-11')).card.facts).toEqual(report.card.facts);
    expect((await desk.asks('/desk audit')).text).toContain('verifies');
    expect((await desk.store.transact(erasedKeys)).size).toBe(1);
  });

  it('leaves nothing of the reference or the words in any file of the data folder, exports among them', async () => {
    await erased();
    await desk.as('lyon');
    await says('/desk export PR-2026-0001');
    await desk.clock('2026-12-23T10:00');
    await says('/desk export PR-2026-0001', '/desk export month:2026-11');
    const names = await readdir(desk.dir, { recursive: true, withFileTypes: true });
    const files = names.filter((one) => one.isFile());
    expect(files.map(({ name }) => name)).toEqual(expect.arrayContaining(['ombud.db', 'cases-2026-11.csv']));
    const sealed = ['c-10812', 'at the counter'];
    // A file handed out before keeps what it was readable by: references into the company's own systems.
    const readable = ['call#9', 'chg-881', 'all checked'];
    for (const { parentPath, name } of files) {
      const bytes = (await readFile(join(parentPath, name))).toString('latin1').toLowerCase();
      const searched = name === 'PR-2026-0001-evidence.html' ? sealed : [...sealed, ...readable];
      for (const gone of searched) expect(bytes.includes(gone) ? `${gone} in ${name}` : '').toBe('');
    }
  });

  it('nothing is done to a forgotten customer’s case, and whoever comes back is new', async () => {
    await erased();
    await desk.clock('2026-12-23T10:00');
    await desk.as('lyon');
    const refused = await desk.asks('/privacy reopen PR-2026-0001 reason:"the archive was missed"');
    expect(refused.code).toBe('wrong-state');
    expect(refused.text).toContain('forgotten');
    await desk.as('mei');
    const again = await desk.asks('/privacy log access C-10812');
    expect(again.ref).toBe('PR-2026-0002');
    expect(again.text).not.toContain('PR-2026-0001');
    expect((await desk.asks('/privacy list customer:C-10812')).text).toContain('PR-2026-0002');
  });

  it('reopens within the pack’s time as before', async () => {
    await erased();
    await desk.clock('2026-12-22T10:00');
    await desk.as('lyon');
    await says('/privacy reopen PR-2026-0001 reason:"the archive was missed"');
    await desk.clock('2027-01-22T10:00');
    expect((await desk.asks('/privacy show PR-2026-0001')).text).toContain('asked at the counter');
  });

  it('waits for another case of the same customer, and says so', async () => {
    await erased();
    await says('/privacy log access C-10812');
    await desk.clock('2027-01-02T10:00');
    const held = await desk.asks('/privacy show PR-2026-0001');
    expect(held.card.facts.Forgetting).toContain('PR-2026-0002 is open');
    expect(held.text).toContain('asked at the counter');
  });

  it('stands on the ledger with whose key, for which case and why, once', async () => {
    await says('/privacy log deletion C-10812 note:"asked at the counter"');
    const { store } = desk;
    const recorder = { now: at('2026-11-24T02:00:00Z'), actor: TICKER };
    const because = { case: 'PR-2026-0001', why: 'erasure_fulfilled' } as const;
    const subjectId = await store.transact((tx) => tx.findSubject('C-10812'));
    if (subjectId === null) throw new Error('C-10812 is on record');
    expect(await store.transact((tx) => forget({ tx, ...recorder }, subjectId, because))).toBe(true);
    expect(await store.transact((tx) => forget({ tx, ...recorder }, subjectId, because))).toBe(false);
    const found = await store.transact(erasedKeys);
    expect([...found.values()]).toEqual([{ subjectId, ...because, at: recorder.now }]);
    await desk.as('lyon');
    expect((await desk.asks('/desk audit')).text).toContain('verifies');
    expect((await desk.asks('/privacy show PR-2026-0001')).text).toContain('erased');
  });
});
