/** What is on record of a case can be read, by those who may (domain.md, "What is on record can be read"). */
import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copiesOf } from '../support/fresh-store.js';
import { type Line, type Played, playDesk } from '../support/terminal-desk.js';

let dir: string;
let desk: Played;

const withCase = copiesOf(async (folder) => {
  desk = await playDesk({ dir: folder });
  for (const line of [
    '/clock 2026-11-23T10:00',
    '/privacy log deletion C-10812 scope:email via:phone ref:TICKET-REF-1',
    '/privacy assign PR-2026-0001 to:dan',
    '/privacy verify PR-2026-0001 callback pass IDENT-REF-2',
    '/privacy check PR-2026-0001 email done ref:CHECK-REF-3',
    '/privacy propose PR-2026-0001 fulfilled',
    '/as lyon',
    '/privacy decide PR-2026-0001 return reason:"look at the archive too"',
    '/as mei',
    '/privacy propose PR-2026-0001 fulfilled',
    '/as lyon',
    '/privacy decide PR-2026-0001 approve reason:"as asked"',
    '/as mei',
    '/privacy done PR-2026-0001 DONE-REF-7',
    '/privacy notice PR-2026-0001 completion NOTICE-REF-8 via:email',
  ])
    expect(await desk.asks(line), line).toMatchObject({ kind: 'answer', code: null });
  await desk.close();
});

const shown = async (person: string, line = '/privacy show PR-2026-0001'): Promise<Line> => {
  await desk.as(person);
  return desk.asks(line);
};

const REFERENCES = ['TICKET-REF-1', 'IDENT-REF-2', 'CHECK-REF-3', 'DONE-REF-7', 'NOTICE-REF-8'];

beforeEach(async () => {
  dir = await withCase();
  desk = await playDesk({ dir });
});
afterEach(async () => {
  await desk.close();
  await rm(dir, { recursive: true, force: true });
});

describe('the evidence on record', () => {
  it('is read by owner, logger, officer, deputy and auditor', async () => {
    for (const person of ['dan', 'mei', 'lyon', 'ana', 'kim']) {
      const { text, card } = await shown(person);
      for (const reference of REFERENCES) expect(text, `${person}: ${reference}`).toContain(reference);
      expect(card.facts.Identity).toBe('verified: callback, IDENT-REF-2, @mei, Mon 2026-11-23 10:00');
    }
  });

  it('is for other agents a mark that the step was evidenced', async () => {
    await desk.as('root');
    expect(await desk.asks('/desk staff add zoe agent')).toMatchObject({ kind: 'answer' });
    const { text, card } = await shown('zoe');
    for (const reference of REFERENCES) expect(text).not.toContain(reference);
    expect(text).toContain('on record');
    expect(card.facts.Identity).toBe('verified: callback, on record, @mei, Mon 2026-11-23 10:00');
  });

  it('names the step, its particulars and who in each line of the history', async () => {
    const { text } = await shown('lyon');
    for (const words of [
      'assigned to @dan',
      'logged as a deletion request, for email, received by phone on Mon 2026-11-23 10:00',
      'identity check passed: callback, attempt 1',
      'checked email: done',
      'proposed: fulfilled',
      'proposal 1 returned, “look at the archive too”',
      'proposal 2 approved, “as asked”',
      'notice to the customer: completion by e-mail',
    ])
      expect(text).toContain(words);
  });

  it('names the account of an outsider who tried', async () => {
    await desk.as('nobody');
    expect(await desk.asks('/privacy decide PR-2026-0001 approve')).toMatchObject({ code: 'not-on-staff' });
    expect((await shown('lyon')).text).toMatch(/terminal:nobody +refused privacy\.decide: not-on-staff/);
  });
});

describe('a decision on record', () => {
  const decided = async (...lines: readonly string[]): Promise<Line> => {
    for (const line of [
      '/as mei',
      '/privacy log stop_handling C-20001 scope:email',
      '/privacy verify PR-2026-0002 otp pass otp#1',
      '/privacy check PR-2026-0002 email done',
      ...lines,
    ])
      expect(await desk.asks(line), line).toMatchObject({ kind: 'answer' });
    return shown('mei', '/privacy show PR-2026-0002');
  };

  it('has outcome, ground, law, reason and who, when the officer refused', async () => {
    const { text } = await decided(
      '/privacy propose PR-2026-0002 fulfilled',
      '/as lyon',
      '/privacy decide PR-2026-0002 refuse ground:STOP_LEGAL_OBLIGATION law:"ECOMMERCE-LAW-31" reason:"orders in delivery"',
    );
    expect(text).toMatch(
      /1 +refused +STOP_LEGAL_OBLIGATION +ECOMMERCE-LAW-31 +orders in delivery +@lyon +Mon 2026-11-23 10:00/,
    );
  });

  it('says of an approved refusal that it refuses, on which ground and law', async () => {
    const { text } = await decided(
      '/privacy propose PR-2026-0002 refused ground:STOP_LEGAL_OBLIGATION law:"ECOMMERCE-LAW-31"',
      '/as lyon',
      '/privacy decide PR-2026-0002 approve',
    );
    expect(text).toMatch(/1 +approved: refused +STOP_LEGAL_OBLIGATION +ECOMMERCE-LAW-31 +@lyon/);
  });
});
