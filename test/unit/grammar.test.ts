import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RawFields } from '../../src/chat/command.js';
import { parseCommand, parseLine } from '../../src/chat/grammar/line.js';
import { slashLine } from '../../src/chat/step-line.js';
import { worded } from '../../src/language/problems.js';
import { findPersonalData } from '../../src/vocabulary/personal-data.js';
import { HERE } from '../support/reading-place.js';
import { registry } from './grammar-samples.js';

const PR = 'PR-2026-0001';

describe('lines that parse', () => {
  it.each<[line: string, command: string, fields: RawFields]>([
    ['/privacy log access C-10812', 'privacy log', { type: 'access', customer: 'C-10812' }],
    ['privacy log access C-10812', 'privacy log', { type: 'access', customer: 'C-10812' }],
    ['  /Privacy  LOG\taccess\u00a0C-10812 ', 'privacy log', { type: 'access', customer: 'C-10812' }],
    ['/privacy log type:access C-10812', 'privacy log', { type: 'access', customer: 'C-10812' }],
    ['/privacy log C-10812 type:access', 'privacy log', { type: 'access', customer: 'C-10812' }],
    ['/privacy log customer:C-10812 Type:access', 'privacy log', { type: 'access', customer: 'C-10812' }],
    [
      '/privacy log access "C-10812" note:"asked \\"why\\" \\\\ how" ref:call#9 received:2026-11-20T14:30',
      'privacy log',
      {
        type: 'access',
        customer: 'C-10812',
        note: 'asked "why" \\ how',
        ref: 'call#9',
        received: '2026-11-20T14:30',
      },
    ],
    [
      '/privacy log access C-1 scope:“name, email” note:”phone quotes”',
      'privacy log',
      { type: 'access', customer: 'C-1', scope: 'name, email', note: 'phone quotes' },
    ],
    [
      '/privacy log access C-1 note:"a:b \n ref:c"',
      'privacy log',
      { type: 'access', customer: 'C-1', note: 'a:b \n ref:c' },
    ],
    [
      '/privacy log access C-1 ref:https://x.example/a:b',
      'privacy log',
      { type: 'access', customer: 'C-1', ref: 'https://x.example/a:b' },
    ],
    [
      `/privacy note ${PR} customer called at 09:40 see https://x.example/a:b`,
      'privacy note',
      { case: PR, text: 'customer called at 09:40 see https://x.example/a:b' },
    ],
    [
      `/privacy note ${PR} one  two\nthree "four" 5" wide`,
      'privacy note',
      { case: PR, text: 'one  two\nthree "four" 5" wide' },
    ],
    [`/privacy note ${PR} "one two"`, 'privacy note', { case: PR, text: 'one two' }],
    [
      `/privacy note ${PR} called ref:call#9 again`,
      'privacy note',
      { case: PR, text: 'called again', ref: 'call#9' },
    ],
    [`/privacy note called again case:${PR}`, 'privacy note', { case: PR, text: 'called again' }],
    [
      `/privacy note ${PR} said: fine, so NB: later`,
      'privacy note',
      { case: PR, text: 'said: fine, so NB: later' },
    ],
    [
      `/privacy verify ${PR} otp pass call 4711`,
      'privacy verify',
      { case: PR, method: 'otp', result: 'pass', ref: 'call 4711' },
    ],
    [
      `/privacy verify ${PR} otp pass https://x.example/4`,
      'privacy verify',
      { case: PR, method: 'otp', result: 'pass', ref: 'https://x.example/4' },
    ],
    ['/desk help', 'desk help', {}],
    ['/desk help privacy log', 'desk help', { command: 'privacy', verb: 'log' }],
    ['/desk help verb:log', 'desk help', { verb: 'log' }],
    [
      'decide DR-2026-0001 verdict:approve reason:"as agreed"',
      'disclosure decide',
      { disclosure: 'DR-2026-0001', verdict: 'approve', reason: 'as agreed' },
    ],
    [`decide ${PR} approve`, 'privacy decide', { case: PR, verdict: 'approve' }],
    [`note ${PR} hello`, 'privacy note', { case: PR, text: 'hello' }],
  ])('%s', (line, words, fields) => {
    const parsed = parseLine(registry, line, HERE);
    expect(parsed).toMatchObject({ ok: true, fields });
    expect(parsed.ok && `${parsed.command.command} ${parsed.command.verb}`).toBe(words);
    expect(parsed.ok && Object.keys(parsed.fields).sort()).toEqual(Object.keys(fields).sort());
  });

  it('parses every example to an input', () => {
    for (const command of registry.all) {
      for (const example of command.examples) {
        const parsed = parseCommand(registry, example, HERE);
        expect(parsed, example).toMatchObject({ ok: true });
        expect(parsed.ok && parsed.command, example).toBe(command);
      }
    }
  });
});

describe('a field the place supplies', () => {
  const supplied = { case: PR };
  it.each<[line: string, fields: RawFields]>([
    ['/privacy show', { case: PR }],
    ['/privacy note customer called', { case: PR, text: 'customer called' }],
    ['/privacy note PR-2026-0007 customer called', { case: 'PR-2026-0007', text: 'customer called' }],
    ['/privacy note same as PR-2026-0007', { case: PR, text: 'same as PR-2026-0007' }],
    ['/privacy show case:PR-2026-0007', { case: 'PR-2026-0007' }],
    ['decide approve', { case: PR, verdict: 'approve' }],
    ['/privacy log access C-1', { type: 'access', customer: 'C-1' }],
  ])('%s', (line, fields) => {
    expect(parseLine(registry, line, HERE, supplied)).toEqual({
      ok: true,
      command: expect.anything(),
      fields,
    });
  });

  it('is not said to be given twice', () => {
    const parsed = parseLine(registry, '/privacy show the case', HERE, supplied);
    expect(parsed.ok ? [] : parsed.problems.map(({ code }) => code)).toEqual(['unexpected-text']);
  });
});

describe('lines that do not', () => {
  it.each<[line: string, ...problems: [code: string, field: string | null, suggestion: string | null][]]>([
    ['', ['unknown-command', null, null]],
    ['/', ['unknown-command', null, null]],
    ['/privcy log access C-1', ['unknown-command', null, '/privacy']],
    ['/decide DR-2026-0001', ['unknown-command', null, '/privacy decide or /disclosure decide']],
    ['decide approve', ['unknown-command', null, '/privacy decide or /disclosure decide']],
    ['hello there', ['unknown-command', null, null]],
    ['/privacy', ['unknown-verb', null, null]],
    ['/privacy lgo access C-1', ['unknown-verb', null, 'log']],
    ['/privacy constructor', ['unknown-verb', null, null]],
    ['/privacy log', ['missing-field', 'type', null], ['missing-field', 'customer', null]],
    ['/privacy log access', ['missing-field', 'customer', null]],
    ['/privacy log acess C-1', ['invalid-value', 'type', 'access']],
    ['/privacy log delete C-1', ['invalid-value', 'type', 'deletion']],
    [
      '/privacy log access C-1 scope:nmae,emial',
      ['invalid-value', 'scope', 'name'],
      ['invalid-value', 'scope', 'email'],
    ],
    ['/privacy log access C-1 scope:mobile-phone', ['invalid-value', 'scope', 'mobile_phone']],
    ['/privacy log access C-1 scope:name, email', ['unexpected-text', null, null]],
    ['/privacy log access C-1 rep:call#9', ['unknown-option', 'ref', 'ref']],
    ['/privacy log access C-1 nto:"hello you"', ['unknown-option', 'note', 'note']],
    [`/privacy verify ${PR} otp reslt:pass ref:call#9`, ['unknown-option', 'result', 'result']],
    ['/privacy log access C-1 constructor:x', ['unexpected-text', null, null]],
    ['/privacy log access C-1 more words', ['unexpected-text', null, null]],
    ['/privacy log access C-1 at 09:40', ['unexpected-text', null, null]],
    ['/privacy log access 09:40', ['unexpected-text', null, null], ['missing-field', 'customer', null]],
    [
      '/privacy log access https://x.example/1',
      ['unexpected-text', null, null],
      ['missing-field', 'customer', null],
    ],
    ['/privacy log access C-1 type:deletion', ['duplicate-option', 'type', null]],
    ['/privacy log access C-1 ref:a ref:b', ['duplicate-option', 'ref', null]],
    [`/privacy show ${PR} case:${PR}`, ['duplicate-option', 'case', null]],
    [`/privacy show case:${PR} PR-2026-0002`, ['duplicate-option', 'case', null]],
    [`/privacy note ${PR} hello case:PR-2026-0002`, ['duplicate-option', 'case', null]],
    ['/privacy log access C-1 ref:', ['invalid-value', 'ref', null]],
    ['/privacy log access C-1 ref:""', ['invalid-value', 'ref', null]],
    ['/privacy log access customer:', ['missing-field', 'customer', null]],
    ['/privacy log access C-1 note:"never ends ref:x', ['unclosed-quote', 'note', null]],
    ['/privacy log access "C-1', ['unclosed-quote', null, null]],
    ['/privacy log "access C-1', ['unclosed-quote', null, null], ['invalid-value', 'type', 'access']],
    ['/privacy log access 13800138000', ['personal-data', 'customer', null]],
    ['/privacy log access (415) 555-2671', ['personal-data', 'customer', null]],
    ['/privacy log access +86 138 0013 8000', ['personal-data', 'customer', null]],
    ['/privacy log access C-1 note:"mail wang@example.com"', ['personal-data', 'note', null]],
    [`/privacy note ${PR} call 13800138000 back`, ['personal-data', 'text', null]],
    [`/privacy note ${PR} <!channel> look`, ['invalid-value', 'text', null]],
    [`/privacy note ${PR} ${'x'.repeat(2001)}`, ['too-long', 'text', null]],
    ['/privacy show PR-26-1', ['invalid-value', 'case', null]],
    ['/privacy show DR-2026-0001', ['invalid-value', 'case', null]],
    ['/privacy lst', ['unknown-verb', null, null]],
    [
      '/privacy log acess C-1 rep:x ref:a ref:b',
      ['unknown-option', 'ref', 'ref'],
      ['duplicate-option', 'ref', null],
      ['invalid-value', 'type', 'access'],
    ],
  ])('%s', (line, ...expected) => {
    const parsed = parseCommand(registry, line, HERE);
    const seen = parsed.ok
      ? []
      : parsed.problems.map(({ code, field, suggestion }) => [code, field, suggestion]);
    expect(seen).toEqual(expected);
  });

  it('says the field, what was read, what is allowed and what was perhaps meant', () => {
    const parsed = parseCommand(registry, `/privacy verify ${PR} otp passed call#9`, HERE);
    expect(parsed.ok ? null : parsed.problems.map(worded)).toEqual([
      {
        code: 'invalid-value',
        field: 'result',
        reason: 'not-listed',
        facts: { allowed: ['pass', 'fail'] },
        message: 'result must be pass or fail. I read “passed”. Did you mean pass?',
        read: 'passed',
        allowed: ['pass', 'fail'],
        suggestion: 'pass',
        rule: null,
        clause: null,
      },
    ]);
  });

  it('keeps what was understood', () => {
    const parsed = parseCommand(registry, '/privacy log access C-1 rep:call#9 note:hello', HERE);
    expect(parsed.ok ? null : parsed.partial?.fields).toEqual({
      type: 'access',
      customer: 'C-1',
      note: 'hello',
    });
  });

  it.each([
    '/privacy log access 13800138000',
    '/privacy log access (415) 555-2671 extra',
    '/privacy log 13800138000 C-1',
    '/privacy 13800138000',
    '/13800138000',
    '/privacy log access C-1 wang@example.com',
    '/privacy log access C-1 note:13800138000 note:13800138000',
    '/privacy log access C-1 note:"13800138000',
    '/privacy show 13800138000',
    '/privacy assign PR-2026-0001 to:13800138000',
    '/privacy extend PR-2026-0001 13800138000 why explained:2026-12-10/13800138000',
    '/privacy note PR-2026-0001 hello password:hunter2',
  ])('never repeats personal data: %s', (line) => {
    const parsed = parseCommand(registry, line, HERE);
    const told = parsed.ok ? 'UNDERSTOOD' : JSON.stringify(parsed.problems);
    expect(told).not.toMatch(/13800138000|555-2671|wang@|hunter2|UNDERSTOOD/);
  });
});

describe('properties', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '/privacy',
      '/disclosure',
      'log',
      'note',
      'decide',
      'show',
      ' ',
      '"',
      '“',
      '”',
      '\\',
      ':',
      'ref:',
      'note:',
    ),
    fc.constantFrom(
      'access',
      'C-1',
      PR,
      'DR-2026-0001',
      'type:',
      'case:',
      'reslt:',
      '__proto__:x',
      '\n',
      '\ud800',
    ),
    fc.string({ unit: 'binary', maxLength: 12 }),
  );
  const anyLine = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(' ')),
    fc.array(piece, { maxLength: 20 }).map((pieces) => `/privacy log ${pieces.join('')}`),
  );

  it('any line is either understood or has problems, and never throws', () => {
    fc.assert(
      fc.property(anyLine, fc.constantFrom({}, { case: PR }), (line, supplied) => {
        const parsed = parseCommand(registry, line, HERE, supplied);
        expect(parsed.ok || parsed.problems.length > 0).toBe(true);
        for (const problem of parsed.ok ? [] : parsed.problems) {
          expect(worded(problem).message).not.toBe('');
          expect(findPersonalData(problem.read ?? '', HERE.country)).toBeNull();
          expect([...(problem.read ?? '')].length).toBeLessThanOrEqual(40);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('a next step as it is written reads back the same', () => {
    const value = fc
      .oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.stringMatching(/^[\w"“”\\: ./#,-]{1,20}$/))
      .map((text) => text.trim())
      .filter((text) => text !== '' && !/^(?:PR|DR|CO)-/i.test(text.normalize('NFKC')));
    const cases = fc.constantFrom(...registry.all).chain((command) =>
      fc
        .tuple(
          ...command.fields.map((spec) => fc.tuple(fc.constant(spec.name), fc.option(value, { nil: null }))),
        )
        .map((pairs) => ({
          command,
          fields: Object.fromEntries(pairs.flatMap(([name, text]) => (text === null ? [] : [[name, text]]))),
        }))
        // A reference that comes first is written without its name: it has to be what the command takes first.
        .filter(({ fields }) => {
          const [first = ''] = Object.keys(fields);
          return first === command.positionals[0] || !['case', 'disclosure', 'customer'].includes(first);
        }),
    );
    fc.assert(
      fc.property(cases, ({ command, fields }) => {
        expect(
          parseLine(registry, slashLine({ command: command.command, verb: command.verb, fields }), HERE),
        ).toEqual({ ok: true, command, fields });
      }),
      { numRuns: 1000 },
    );
  });
});
