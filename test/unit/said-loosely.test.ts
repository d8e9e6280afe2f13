/** What is said loosely and understood exactly: references, lists, quotes, other keyboards, help, the words people use. */
import { describe, expect, it } from 'vitest';
import { parseCommand, parseLine } from '../../src/chat/grammar/line.js';
import { worded } from '../../src/language/problems.js';
import { HERE } from '../support/reading-place.js';
import { registry } from './grammar-samples.js';

const understood = (line: string) => {
  const parsed = parseCommand(registry, line, HERE);
  return parsed.ok ? parsed.reading.input : parsed.problems.map(({ code, field }) => `${code} ${field}`);
};
const problems = (line: string) => {
  const parsed = parseCommand(registry, line, HERE);
  return parsed.ok ? [] : parsed.problems.map(worded);
};

describe('a reference of the desk', () => {
  it.each(
    [
      'PR-2026-0001',
      'pr-2026-0001',
      'PR-1',
      '1',
      '#1',
      '2026-0001',
      'PR-2026-1',
      'PR2026-0001',
      'PR20260001',
    ].concat([
      'PR-2026-0001.',
      '"PR-2026-0001,"',
      '“PR-2026-0001”',
      'ＰＲ－２０２６－０００１',
      'PR–2026–0001',
      '_PR-2026-0001_',
      '*PR-1*',
      '"PR 2026 1"',
      'PR-0001',
    ]),
  )('%s is PR-2026-0001', (typed) => {
    expect(understood(`/privacy show ${typed}`)).toEqual({ case: 'PR-2026-0001' });
    const parsed = parseCommand(registry, `/privacy show ${typed}`, HERE);
    expect(parsed.ok && parsed.fields).toEqual({ case: 'PR-2026-0001' });
  });

  it.each([
    '0',
    'PR-0',
    'PR-2026',
    '2026',
    '1234567',
    'PR-26-0001',
    'DR-1',
    'PR',
    'PR-2026-0001-2',
    '13800138000',
  ])('%s is none', (typed) => {
    expect(understood(`/privacy show ${typed}`)).toEqual([
      expect.stringMatching(/^(?:invalid-value|personal-data) case$/),
    ]);
  });

  it('is of the year in the policy’s zone', () => {
    const newYear = { ...HERE, now: '2026-12-31T16:30:00Z' as typeof HERE.now };
    const parsed = parseCommand(registry, '/privacy show 7', newYear);
    expect(parsed.ok && parsed.reading.input).toEqual({ case: 'PR-2027-0007' });
  });

  it('is in full in what a form is prefilled with', () => {
    const parsed = parseCommand(registry, '/privacy decide 7 verdict:maybe', HERE);
    expect(!parsed.ok && parsed.partial?.fields).toEqual({ case: 'PR-2026-0007', verdict: 'maybe' });
  });
});

describe('other keyboards', () => {
  it.each([
    [
      '／privacy log access C-1 scope：email，payment',
      { type: 'access', customer: 'C-1', scope: ['email', 'payment'] },
    ],
    [
      '/privacy log deletion C-20001 scope：email',
      { type: 'deletion', customer: 'C-20001', scope: ['email'] },
    ],
    ['／ｐｒｉｖａｃｙ　ｌｏｇ　access　Ｃ－１', { type: 'access', customer: 'C-1' }],
    [
      '/privacy log access C-1 ｓｃｏｐｅ：email、payment',
      { type: 'access', customer: 'C-1', scope: ['email', 'payment'] },
    ],
    [
      '/privacy log ACCESS C-1 scope:Email;PAYMENT via:Phone',
      { type: 'access', customer: 'C-1', scope: ['email', 'payment'], via: 'phone' },
    ],
    [
      '/privacy log access C-1 scope:"email payment"',
      { type: 'access', customer: 'C-1', scope: ['email', 'payment'] },
    ],
  ])('%s', (line, input) => {
    expect(understood(line)).toEqual(input);
  });
});

describe('quotes', () => {
  it.each([
    ['"abc def"', 'abc def'],
    ['“abc def”', 'abc def'],
    ['”abc def”', 'abc def'],
    ['„abc def“', 'abc def'],
    ['„abc def”', 'abc def'],
    ['«abc def»', 'abc def'],
    ['»abc def«', 'abc def'],
    ['「abc def」', 'abc def'],
    ['『abc def』', 'abc def'],
    ['‘abc def’', 'abc def'],
    ['‘don’t worry’', 'don’t worry'],
    ['“abc def"', 'abc def'],
    ['"abc def”', 'abc def'],
    ['«abc def"', 'abc def'],
    ['＂abc def＂', 'abc def'],
    ['"he said “yes” to me"', 'he said “yes” to me'],
    ['“he said “yes” to me”', 'he said “yes” to me'],
    ['“he said "yes" to me”', 'he said "yes" to me'],
    ['"a 5” pipe"', 'a 5” pipe'],
    ['"a \\"b\\" \\\\ c"', 'a "b" \\ c'],
  ])('%s', (typed, meant) => {
    expect(parseLine(registry, `/privacy note PR-2026-0001 text:${typed} ref:x`, HERE)).toMatchObject({
      ok: true,
      fields: { text: meant, ref: 'x' },
    });
  });

  it('end before the next field begins, whatever they are mixed with', () => {
    expect(parseLine(registry, '/privacy note PR-2026-0001 text:"abc def” ref:"x y"', HERE)).toMatchObject({
      ok: true,
      fields: { text: 'abc def', ref: 'x y' },
    });
  });

  it.each([
    ['"', '"'],
    ['“', '”'],
    ['„', '”'],
    ['«', '»'],
    ['「', '」'],
  ])('that begins with %s and never ends is told to end with %s', (opener, closer) => {
    const [problem] = problems(`/privacy note PR-2026-0001 text:${opener}never ends`);
    expect(problem).toMatchObject({ code: 'unclosed-quote', field: 'text', facts: { closer } });
    expect(problem?.message).toContain(`end it with ${closer}.`);
  });
});

describe('help', () => {
  it.each([
    ['/help', {}],
    ['help', {}],
    ['?', {}],
    ['/?', {}],
    ['帮助', {}],
    ['/privacy help', { command: 'privacy' }],
    ['/privacy ?', { command: 'privacy' }],
    ['/privacy --help', { command: 'privacy' }],
    ['/privacy help log', { command: 'privacy', verb: 'log' }],
    ['/privacy log --help', { command: 'privacy', verb: 'log' }],
    ['/privacy log help', { command: 'privacy', verb: 'log' }],
    ['/desk help', {}],
    ['/desk help privacy log', { command: 'privacy', verb: 'log' }],
  ])('%s', (line, fields) => {
    const parsed = parseLine(registry, line, HERE);
    expect(parsed).toMatchObject({ ok: true, command: { command: 'desk', verb: 'help' }, fields });
    expect(parsed.ok && Object.keys(parsed.fields)).toEqual(Object.keys(fields));
  });

  it('is not what a text says', () => {
    expect(parseLine(registry, '/privacy note PR-2026-0001 help', HERE)).toMatchObject({
      ok: true,
      command: { verb: 'note' },
      fields: { text: 'help' },
    });
  });
});

describe('words people use', () => {
  it.each([
    ['/privacy log erase C-1', 'deletion'],
    ['/privacy log DELETE C-1', 'deletion'],
    ['/privacy log del C-1', 'deletion'],
    ['/privacy log withdrawal C-1', 'consent_withdrawal'],
    ['/privacy log opt-out C-1', 'stop_handling'],
    ['/privacy log 删除 C-1', 'deletion'],
    ['/privacy log access C-1 scope:phone', 'mobile_phone'],
    ['/privacy log access C-1 scope:address', 'delivery'],
    ['/privacy log access C-1 scope:邮箱', 'email'],
    ['/privacy decide PR-2026-0001 ok', 'approve'],
    ['/privacy decide PR-2026-0001 yes', 'approve'],
    ['/privacy decide PR-2026-0001 reject', 'refuse'],
    ['/disclosure decide DR-2026-0001 reject', 'deny'],
    ['/privacy log access C-1 date:2026-11-20', 'received'],
    ['/privacy new access C-1', 'log'],
    ['/privacy find C-1', 'show'],
    ['/privacy search C-1', null],
    ['/privacy access C-1', 'log'],
  ])('%s: did you mean %s?', (line, suggestion) => {
    const [problem] = problems(line);
    expect(problem?.suggestion).toBe(suggestion);
  });

  it('lists a closed list, whether or not something near was found', () => {
    for (const line of ['/privacy decide PR-2026-0001 aprove', '/privacy decide PR-2026-0001 xyzzy'])
      expect(problems(line)[0]?.message).toContain('must be one of approve, return or refuse');
    expect(problems('/privacy fnd')[0]?.message).toContain('it has log, show,');
  });

  it('says how a text with a colon is written', () => {
    const [call] = problems('/privacy note PR-2026-0001 call: they said yes');
    expect(call).toMatchObject({ code: 'unknown-option', suggestion: 'case' });
    expect(call?.message).toContain('or put the text in quotes');
    const text = problems('/privacy note PR-2026-0001 text: hello there');
    expect(text.map(({ code, field }) => [code, field])).toEqual([['missing-field', 'text']]);
    expect(text[0]?.message).toContain('write text:value without a space, or put the text in quotes');
  });

  it('offers the field for text that belongs to none', () => {
    const [problem] = problems('/privacy log access C-1 comment:hello');
    expect(problem).toMatchObject({ code: 'unexpected-text', suggestion: 'note:…' });
  });

  it('shows what was read of a date, and says which form is wanted where nothing may be repeated', () => {
    expect(problems('/privacy log access C-1 received:31/11/2026')[0]?.message).toBe(
      'received must be a date or time that exists, like 2026-11-20, 2026-11-20T14:30, 2026-11-20T06:30Z or yesterday 14:30. I read “31/11/2026”.',
    );
    expect(problems('/privacy log access C-1 received:05/04/2026')[0]).toMatchObject({
      message:
        'received can be read as 2026-04-05 or as 2026-05-04: write the one that is meant. I read “05/04/2026”.',
      allowed: ['2026-04-05', '2026-05-04'],
    });
    const [phone] = problems('/privacy log access C-1 received:13800138000');
    expect(phone).toMatchObject({ code: 'personal-data', read: null });
    expect(phone?.message).toContain('must be a date or time that exists');
    expect(phone?.message).toContain('a phone number');
  });

  it('names all kinds of personal data of a text together', () => {
    expect(
      problems('/privacy note PR-2026-0001 "mail a.b@example.com, call 13800138000"')[0]?.message,
    ).toContain('an e-mail address and a phone number');
  });
});
