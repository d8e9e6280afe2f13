import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { formOf, registryOf } from '../../src/chat/command.js';
import { datedReference, day, moment, month } from '../../src/chat/fields/dates.js';
import type { Field, Written } from '../../src/chat/fields/field.js';
import {
  account,
  categoryList,
  choice,
  customer,
  person,
  reference,
  text,
  wholeNumber,
  word,
  yes,
} from '../../src/chat/fields/kinds.js';
import { caseRef } from '../../src/chat/fields/references.js';
import { worded } from '../../src/language/problems.js';
import { CATEGORIES } from '../../src/vocabulary/values.js';
import { HERE } from '../support/reading-place.js';
import { defineSample, registry } from './grammar-samples.js';

function commandWith(field: z.ZodType<unknown, Written | undefined>) {
  return defineSample({
    command: 'desk',
    verb: 'test',
    words: { summary: 'A test', fields: { it: ['It', 'For a test'] } },
    permission: 'desk.help',
    input: z.strictObject({ it: field }),
    examples: ['/desk test'],
    plan: async (_context, input) => input,
  });
}

function reads(field: Field<unknown>, raw: string): unknown {
  const reading = commandWith(field).read({ it: raw }, HERE);
  return reading.ok ? reading.input.it : reading.problems.map(({ code }) => code).join(' ');
}

describe('fields', () => {
  it.each<[field: Field<unknown>, raw: string, expected: unknown]>([
    [text(), '  hello ', 'hello'],
    [text(), 'x'.repeat(2000), 'x'.repeat(2000)],
    [text(), 'x'.repeat(2001), 'too-long'],
    [text(), '👩'.repeat(2000), '👩'.repeat(2000)],
    [text({ max: 5 }), '123456', 'too-long'],
    [text(), 'a\nb', 'invalid-value'],
    [text({ multiline: true }), 'a\r\nb', 'a\nb'],
    [text({ multiline: true }), 'a\u0007b', 'invalid-value'],
    [text(), 'hi @everyone', 'invalid-value'],
    [text(), 'his mail is a@b.example.com', 'personal-data'],
    [text(), 'pwd=hunter2', 'personal-data'],
    [reference(), 'https://tickets.example.com/t/12345', 'https://tickets.example.com/t/12345'],
    [reference(), 'x'.repeat(201), 'too-long'],
    [reference(), '138-0013-8000', 'personal-data'],
    [word(), 'SO-88121', 'SO-88121'],
    [word(), 'two words', 'invalid-value'],
    [customer(), 'C-10812', 'C-10812'],
    [customer(), '客户_7', '客户_7'],
    [customer(), '_C-20008_', 'C-20008'],
    [customer(), 'C‑10812.', 'C-10812'],
    [customer(), 'Ｃ－10812', 'C-10812'],
    [customer(), 'mu\u0308ller-77', 'müller-77'],
    [customer(), '王小明', 'invalid-value'],
    [customer(), 'Bob.Smith', 'invalid-value'],
    [customer(), 'Bob-Smith', 'invalid-value'],
    [customer(), '#30023', 'invalid-value'],
    [customer(), '客户_7/a.b#c', 'invalid-value'],
    [customer(), 'C1', 'invalid-value'],
    [customer(), 'x'.repeat(65), 'too-long'],
    [customer(), 'mei chen', 'invalid-value'],
    [customer(), 'a@b.example.com', 'personal-data'],
    [customer(), '13800138000', 'personal-data'],
    [choice(['a', 'b']), 'b', 'b'],
    [choice(['a', 'b']), 'c', 'invalid-value'],
    [categoryList(), 'name, email ,name', ['name', 'email']],
    [categoryList(), 'name，email', ['name', 'email']],
    [categoryList(), 'Name、EMAIL；payment+Delivery', ['name', 'email', 'payment', 'delivery']],
    [categoryList(), 'ｎａｍｅ email', ['name', 'email']],
    [categoryList(), 'all', [...CATEGORIES]],
    [categoryList(), 'name,all', expect.arrayContaining([...CATEGORIES])],
    [categoryList(), ' , ', 'invalid-value'],
    [categoryList(), 'nme,naem', 'invalid-value invalid-value'],
    [caseRef(), 'pr-2026-0001', 'PR-2026-0001'],
    [caseRef(), 'PR-2026-12345', 'PR-2026-12345'],
    [caseRef(), 'PR-2026-00001', 'PR-2026-0001'],
    [caseRef(), 'PR-26-0001', 'invalid-value'],
    [person(), '@mei', '@mei'],
    [person(), '<@U0123|mei>', '<@U0123|mei>'],
    [person(), '<@812345678901234567>', '<@812345678901234567>'],
    [person(), '<!channel>', 'invalid-value'],
    [person(), 'mei and dan', 'invalid-value'],
    [person(), '@everyone <@U1>', 'invalid-value'],
    [person(), '13800138000', 'personal-data'],
    [account('irc:mei'), 'discord:812345678901234567', 'discord:812345678901234567'],
    [account('irc:mei'), 'irc:m ei', 'invalid-value'],
    [account('irc:mei'), 'mei', 'invalid-value'],
    [day(), '2028-02-29', '2028-02-29'],
    [day(), '2026-02-29', 'invalid-value'],
    [day(), '2026-02-30', 'invalid-value'],
    [day(), '2026-13-01', 'invalid-value'],
    [day(), '1969-12-31', 'invalid-value'],
    [day(), '2201-01-01', 'invalid-value'],
    [day(), '20261210', 'invalid-value'],
    [day(), 'tomorrow', '2026-11-24'],
    [day(), 'someday', 'invalid-value'],
    [day(), '13800138000', 'personal-data'],
    [moment(), '2026-11-20', { kind: 'day', day: '2026-11-20' }],
    [moment(), '2026-11-20T14:30', { kind: 'local', local: '2026-11-20T14:30:00' }],
    [moment(), '2026-11-20 14:30:15', { kind: 'local', local: '2026-11-20T14:30:15' }],
    [moment(), '2026-11-20T14:30:00Z', { kind: 'instant', instant: '2026-11-20T14:30:00Z' }],
    [moment(), '2026-11-20T14:30:00.5z', { kind: 'instant', instant: '2026-11-20T14:30:00.5Z' }],
    [moment(), '2026-11-20T14:30+08:00', { kind: 'instant', instant: '2026-11-20T06:30:00Z' }],
    [moment(), '2026-11-20T14:30+0800', { kind: 'instant', instant: '2026-11-20T06:30:00Z' }],
    [moment(), '2026-11-20T24:30', 'invalid-value'],
    [moment(), '2026-11-20T14:60', 'invalid-value'],
    [moment(), '2026-11-20T14:30:60', 'invalid-value'],
    [moment(), '2026-11-31T14:30Z', 'invalid-value'],
    [moment(), '2026-11-20T14:30+99:00', 'invalid-value'],
    [moment(), 'yesterday', { kind: 'day', day: '2026-11-22' }],
    [datedReference(), '2026-12-10', { day: '2026-12-10', ref: null }],
    [datedReference(), '2026-12-10/call#9', { day: '2026-12-10', ref: 'call#9' }],
    [datedReference(), '2026-12-10/2026/7', { day: '2026-12-10', ref: '2026/7' }],
    [datedReference(), '2026-12-10/', { day: '2026-12-10', ref: null }],
    [datedReference(), '2026-12-40/call#9', 'invalid-value'],
    [datedReference(), 'call#9', 'invalid-value'],
    [datedReference(), '2026-12-10/13800138000', 'personal-data'],
    [month(), '2026-11', '2026-11'],
    [month(), '2026-13', 'invalid-value'],
    [month(), 'November', '2026-11'],
    [month(), 'Novembre', 'invalid-value'],
    [yes(), 'yes', true],
    [yes(), 'True', true],
    [yes(), 'no', 'invalid-value'],
    [wholeNumber(), '366', 366],
    [wholeNumber(), '0', 'invalid-value'],
    [wholeNumber(), '367', 'invalid-value'],
    [wholeNumber(), '1.5', 'invalid-value'],
    [wholeNumber(), '1e2', 'invalid-value'],
    [wholeNumber(), '-3', 'invalid-value'],
    [wholeNumber({ max: 90 }), '91', 'invalid-value'],
  ])('%#: %j', (field, raw, expected) => {
    expect(reads(field, raw)).toEqual(expected);
  });

  it('takes a customer’s reference as the policy pack has it', () => {
    const there = { ...HERE, customerPattern: 'C-[0-9]{5,}' };
    const reading = (it: string) => commandWith(customer()).read({ it }, there);
    expect(reading('c-10812.')).toMatchObject({ ok: true, input: { it: 'c-10812' } });
    expect(reading('C-77')).toMatchObject({
      ok: false,
      problems: [{ code: 'invalid-value', reason: 'not-a-customer', facts: { pattern: 'C-[0-9]{5,}' } }],
    });
  });

  it('names the rule and never the value', () => {
    const reading = commandWith(text()).read({ it: 'call 13800138000' }, HERE);
    expect(reading.ok ? null : reading.problems).toEqual([
      {
        code: 'personal-data',
        field: 'it',
        reason: 'personal-data',
        facts: { kinds: ['phone'], instead: null },
        read: null,
        allowed: null,
        suggestion: null,
        rule: 'personalData',
        clause: null,
      },
    ]);
  });
});

describe('defineCommand', () => {
  const base = {
    command: 'desk',
    verb: 'test',
    words: { summary: 'A test', fields: { it: ['It', 'For a test'] } },
    permission: 'desk.help',
    examples: ['/desk test'],
    plan: async () => null,
  } as const;

  it('throws at load for what could not be shown', () => {
    const defining = (change: object) => () =>
      defineSample({ ...base, input: z.strictObject({ it: text() }), ...change });
    const called = (label: string, description: string) =>
      defining({ words: { summary: 'A test', fields: { it: [label, description] } } });
    expect(called('It', '')).toThrow('field it has no description');
    expect(called('It', 'x'.repeat(101))).toThrow('description of it is too long');
    expect(called('x'.repeat(46), 'For a test')).toThrow('label of it is too long');
    expect(defining({ input: z.strictObject({ it: z.string() }) })).toThrow('not made by fields.ts');
    const It = { summary: 'A test', fields: { It: ['It', 'For a test'] } };
    expect(defining({ input: z.strictObject({ It: text() }), words: It })).toThrow('lower-case');
    expect(defining({ examples: [] })).toThrow('no example');
    expect(defining({ positionals: ['nothing'] })).toThrow('no field nothing');
    expect(defining({ words: { summary: '', fields: { it: ['It', 'For a test'] } } })).toThrow('summary');
  });

  it('gives each field its words, optional or not', () => {
    const optional = text().optional();
    expect(commandWith(optional).fields).toEqual([
      {
        name: 'it',
        label: 'It',
        description: 'For a test',
        required: false,
        kind: 'text',
        choices: null,
        many: false,
        freeText: true,
        multiline: false,
        suggests: null,
        direction: 'past',
        numbered: [],
        maxLength: 2000,
      },
    ]);
  });

  it('runs its plan on the input it read', async () => {
    const log = registry.lookup('privacy', 'log');
    const reading = log?.read({ type: 'access', customer: 'C-1', scope: 'name', note: ' ' }, HERE);
    expect(reading?.ok && (await reading.plan('context'))).toEqual({
      type: 'access',
      customer: 'C-1',
      scope: ['name'],
    });
  });

  it('refuses unknown fields of a form', () => {
    const reading = registry.lookup('privacy', 'show')?.read({ case: 'PR-2026-0001', revael: 'yes' }, HERE);
    expect(reading?.ok === false && reading.problems).toMatchObject([
      { code: 'unknown-option', field: 'reveal', read: 'revael', suggestion: 'reveal' },
    ]);
  });

  it('is declared once', () => {
    const one = defineSample({ ...base, input: z.strictObject({}) });
    expect(() => registryOf([one, one])).toThrow('/desk test is declared twice');
    expect(registry.commands).toEqual(['privacy', 'disclosure', 'desk']);
    expect(registry.verbsOf('desk')).toEqual(['help', 'report']);
    expect(registry.lookup('desk', 'nothing')).toBeNull();
  });
});

describe('formOf', () => {
  const decide = registry.lookup('privacy', 'decide');
  const log = registry.lookup('privacy', 'log');
  if (decide === null || log === null) throw new Error('the samples lack a command');

  it('keeps what was given and says what is wrong, but puts no personal data back', () => {
    const given = { type: 'acess', customer: '13800138000', note: 'hello' };
    const reading = log.read(given, HERE);
    const form = formOf(log, given, reading.ok ? [] : reading.problems.map(worded), null);
    expect(form).toMatchObject({
      title: '/privacy log',
      command: 'privacy',
      verb: 'log',
      given: {},
      shown: null,
    });
    expect(form.fields.map(({ name, value, problem }) => [name, value, problem !== null])).toEqual([
      ['type', 'acess', true],
      ['customer', null, true],
      ['scope', null, false],
      ['via', null, false],
      ['received', null, false],
      ['ref', null, false],
      ['note', 'hello', false],
      ['about_officer', null, false],
    ]);
  });

  it('asks only for what a button asks', () => {
    const given = { case: 'PR-2026-0001', verdict: 'refuse' };
    const form = formOf(decide, given, [], 7, ['reason!']);
    expect(form.given).toEqual(given);
    expect(form.shown).toBe(7);
    expect(form.fields.map(({ name, required }) => [name, required])).toEqual([['reason', true]]);
    // The command may leave it out, and so may a button that does not insist.
    expect(formOf(decide, given, [], 7, ['reason']).fields).toMatchObject([{ required: false }]);
  });
});
