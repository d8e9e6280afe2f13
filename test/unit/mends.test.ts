/** A refusal that one field would mend comes with that field's form; one that none would mend comes with none. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Answer, Form } from '../../src/chat/form.js';
import { NONE_MISSING } from '../../src/chat/surface.js';
import type { Account } from '../../src/vocabulary/values.js';
import { type Played, playDesk } from '../support/terminal-desk.js';

let desk: Played;
const plays = async (...lines: readonly string[]): Promise<void> => {
  for (const line of lines) expect(await desk.asks(line), line).toMatchObject({ kind: 'answer' });
};
type Ask = Parameters<Played['desk']['handle']>[0]['ask'];
const asks = (ask: Ask, who = 'mei'): Promise<Answer> =>
  desk.desk.handle({
    id: null,
    surface: 'terminal',
    account: `terminal:${who}` as Account,
    channel: '#cases',
    threadRef: null,
    missing: NONE_MISSING,
    ask,
  });
const formOf = async (ask: Ask, who?: string): Promise<Form | null> => {
  const answer = await asks(ask, who);
  return answer.kind === 'error' ? answer.form : null;
};
const typed = (line: string, who?: string): Promise<Form | null> => formOf({ kind: 'line', line }, who);
const names = (form: Form | null): readonly string[] | null => form?.fields.map(({ name }) => name) ?? null;
const choices = (form: Form | null, name: string): readonly string[] | null =>
  form?.fields.find((field) => field.name === name)?.choices?.map(({ value }) => value) ?? null;
const refusals = async (ref: string): Promise<number> =>
  (await desk.store.transact((tx) => tx.entries(ref, { lock: false }))).filter(
    ({ type }) => type === 'command_refused',
  ).length;

const ON_ITS_WAY = [
  '/clock 2026-11-23T10:00',
  '/as mei',
  '/privacy log stop_handling C-10812 scope:email',
  '/privacy verify PR-2026-0001 otp pass otp#1',
  '/privacy check PR-2026-0001 email done ref:CHG-1',
];

beforeEach(async () => {
  desk = await playDesk();
});
afterEach(() => desk.close());

describe('a refusal', () => {
  it.each([
    ['received', '/privacy log access C-20417 received:2026-12-24', ['received']],
    ['sure', '/privacy log access C-20417 received:2024-01-01', ['received', 'sure']],
    ['mandate', '/privacy log access C-20417 requester:representative received:yesterday', ['mandate']],
    ['reason', '/privacy close PR-2026-0001 outcome:not_controller', ['reason']],
    ['of', '/privacy close PR-2026-0001 outcome:duplicate', ['of']],
    ['ground', '/privacy propose PR-2026-0001 refused ground:BUSY', ['ground']],
    ['no ground', '/privacy propose PR-2026-0001 refused', ['ground']],
    ['facts', '/privacy propose PR-2026-0001 refused ground:STOP_HARM_TO_OTHERS', ['facts']],
    ['law', '/privacy propose PR-2026-0001 refused ground:STOP_LEGAL_OBLIGATION', ['law']],
    ['told', '/privacy extend PR-2026-0001 2027-01-15 other_significant', ['explained', 'consent']],
    ['extension', '/privacy extend PR-2026-0001 2027-01-15 busy explained:today consent:today', ['reason']],
    [
      'template',
      '/disclosure request C-1 Courier email delivery transaction order:SO-1 template:delivery',
      ['data', 'template'],
    ],
    [
      'evidence',
      '/disclosure request C-1 Court name order required_by_law',
      ['authority', 'law', 'instrument', 'evidence'],
    ],
    ['consent', '/disclosure request C-1 Bank email newsletter consent', ['consent']],
  ])('that %s would mend asks for it, with what was typed', async (_, line, wanted) => {
    await plays(...ON_ITS_WAY);
    const form = await typed(line, line.includes(' extend ') ? 'lyon' : 'mei');
    expect(names(form)).toEqual(expect.arrayContaining(wanted));
    expect(form?.says).toBeTruthy();
    const empty = form?.fields.filter(({ value }) => value === null).map(({ name }) => name) ?? [];
    expect(wanted).toEqual(expect.arrayContaining(empty));
    const [, ...said] = line.split(' ');
    const kept = JSON.stringify([form?.given, form?.fields.map(({ value }) => value)]);
    for (const word of said.slice(1, 3).filter((one) => !one.includes(':'))) expect(kept).toContain(word);
  });

  it('that nothing would mend has no form', async () => {
    await plays(...ON_ITS_WAY, '/privacy propose PR-2026-0001 fulfilled');
    expect(await typed('/privacy check PR-2026-0001 email done')).toBeNull();
    expect(await typed('/privacy decide PR-2026-0001 approve')).toBeNull();
    expect(await typed('/privacy decide PR-2026-0001 return', 'lyon')).toMatchObject({
      fields: expect.arrayContaining([expect.objectContaining({ name: 'reason', required: true })]),
    });
  });

  it('is an attempt on record, however it is mended', async () => {
    await plays(...ON_ITS_WAY);
    await typed('/privacy propose PR-2026-0001 refused ground:STOP_LEGAL_OBLIGATION');
    expect(await refusals('PR-2026-0001')).toBe(1);
  });
});

describe('a form that was filled in', () => {
  it('asks on a next page for what only its answers make necessary, and nothing is on record', async () => {
    await plays(...ON_ITS_WAY);
    const fields = { case: 'PR-2026-0001', outcome: 'refused', ground: 'STOP_HARM_TO_OTHERS' };
    const ask = { kind: 'fields', command: 'privacy', verb: 'propose', shown: null, filled: true } as const;
    const answer = await asks({ ...ask, fields });
    expect(answer).toMatchObject({ kind: 'error', code: 'missing-field', form: { given: fields } });
    expect(names(answer.kind === 'error' ? answer.form : null)).toEqual(['facts']);
    expect(await refusals('PR-2026-0001')).toBe(0);
    const facts = 'Another tenant would be harmed';
    expect(await asks({ ...ask, fields: { ...fields, facts } })).toMatchObject({ kind: 'answer' });
  });

  it('is refused, on record, for what was filled in', async () => {
    await plays(...ON_ITS_WAY);
    const fields = { case: 'PR-2026-0001', outcome: 'refused', ground: 'BUSY' };
    const ask = { kind: 'fields', command: 'privacy', verb: 'propose', shown: null, filled: true } as const;
    expect(await asks({ ...ask, fields })).toMatchObject({ code: 'ground-not-allowed' });
    expect(await refusals('PR-2026-0001')).toBe(1);
  });
});

describe('the choices of a form', () => {
  it('are the grounds and outcomes this case allows', async () => {
    await plays(...ON_ITS_WAY);
    const form = await typed('/privacy propose PR-2026-0001 refused');
    const grounds = choices(form, 'ground') ?? [];
    expect(grounds).toContain('STOP_HARM_TO_OTHERS');
    expect(grounds).not.toContain('ID_NOT_CORRECTABLE');
    expect(form?.fields.find(({ name }) => name === 'ground')?.choices?.[0]?.label).toMatch(/\(\d\.\d/);
    expect(choices(await typed('/privacy propose PR-2026-0001'), 'outcome')).not.toContain('no_data_held');
  });

  it('are the case’s own categories, its policy’s reasons and methods, and who may own it', async () => {
    await plays('/clock 2026-11-23T10:00', '/as mei', '/privacy log deletion C-10812 scope:email,payment');
    expect(choices(await typed('/privacy check PR-2026-0001'), 'category')).toEqual([
      'all',
      'email',
      'payment',
    ]);
    expect(choices(await typed('/privacy extend PR-2026-0001', 'lyon'), 'reason')).toContain(
      'legal_retention',
    );
    expect(choices(await typed('/privacy notice PR-2026-0001'), 'kind')).not.toContain('completion');
    const form = await formOf({
      kind: 'form',
      command: 'privacy',
      verb: 'assign',
      fields: { case: 'PR-2026-0001' },
      shown: null,
      asks: ['to'],
    });
    expect(choices(form, 'to')).toEqual(['ana', 'dan', 'lyon', 'mei']);
  });

  it('are less than asked for an officer who gives less', async () => {
    await plays(
      '/clock 2026-11-23T10:00',
      '/as mei',
      '/disclosure request C-10812 "Swift Courier" name,delivery delivery transaction order:SO-881 template:delivery',
    );
    const line = '/disclosure decide DR-2026-0001 approve data:name,email';
    expect(choices(await typed(line, 'lyon'), 'data')).toEqual(['name', 'delivery']);
  });
});

describe('a button of an old card', () => {
  const pressed = (verb: string, fields: Readonly<Record<string, string>>, asked: readonly string[]) =>
    asks({ kind: 'form', command: 'privacy', verb, fields, shown: null, asks: asked });

  it('is refused at once, on record, where no form would help', async () => {
    await plays(
      '/clock 2026-11-23T10:00',
      '/as mei',
      '/privacy log deletion C-10812 scope:email',
      ...[1, 2, 3].map((call) => `/privacy verify PR-2026-0001 callback fail call#${call}`),
    );
    const fields = { case: 'PR-2026-0001', result: 'pass' };
    expect(await pressed('verify', fields, ['method', 'ref'])).toMatchObject({
      code: 'attempts-used',
      form: null,
    });
    expect(await refusals('PR-2026-0001')).toBe(1);
    expect(await pressed('done', { case: 'PR-2026-0001' }, ['evidence'])).toMatchObject({
      code: 'wrong-state',
    });
    expect(await pressed('propose', { case: 'PR-2026-0001' }, ['outcome', 'ground'])).toMatchObject({
      code: 'identity-not-verified',
    });
  });

  it('still opens its form where it works, and nothing of what was tried is kept', async () => {
    await plays(...ON_ITS_WAY);
    const before = await desk.store.transact((tx) => tx.entries('PR-2026-0001', { lock: false }));
    const answer = await pressed('propose', { case: 'PR-2026-0001' }, ['outcome', 'ground']);
    expect(answer).toMatchObject({ code: 'missing-field' });
    expect(await desk.store.transact((tx) => tx.entries('PR-2026-0001', { lock: false }))).toEqual(before);
  });
});
