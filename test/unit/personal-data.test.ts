import fc from 'fast-check';
import validator from 'validator';
import { describe, expect, it } from 'vitest';
import { findMassMention, findPersonalData, findUnprintable } from '../../src/vocabulary/personal-data.js';

const CAUGHT: readonly (readonly [kind: string, text: string])[] = [
  ['email', 'wang.wei@example.com'],
  ['email', 'wrote from <Wang.Wei+shop@mail.example.co.uk>, please check'],
  ['email', '邮箱foo@bar.com谢谢'],
  ['email', 'ｆｏｏ＠ｂａｒ．ｃｏｍ'],
  ['email', 'mailto:foo@bar.com'],
  ['email', 'fo\u200bo@bar\u00ad.com'],
  ['email', 'https://crm.example.com/?q=foo@bar.com'],
  ['phone', '+86 138 0013 8000'],
  ['phone', '+8613800138000'],
  ['phone', '0086 138 0013 8000'],
  ['phone', '13800138000'],
  ['phone', '138-0013-8000'],
  ['phone', '138 00138000'],
  ['phone', '１３８００１３８０００'],
  ['phone', '١٣٨٠٠١٣٨٠٠٠'],
  ['phone', '138\u200b0013\u200b8000'],
  ['phone', '电话13800138000谢谢'],
  ['phone', 'tel:13800138000'],
  ['phone', 'call 13800138000.'],
  ['phone', 'https://wa.me/13800138000'],
  ['phone', '010-12345678'],
  ['phone', '021 6123 4567'],
  ['phone', '0755-26012345'],
  ['phone', '(415) 555-2671'],
  ['phone', '415.555.2671'],
  ['phone', '555-123-4567'],
  ['phone', '0912 345 678'],
  ['phone', '0912345678'],
  ['phone', '+44 20 7946 0958'],
  ['phone', '+1-415-555-2671'],
  ['phone', 'ring (010) 1234 5678 after six'],
  ['bank-card', '4111111111111111'],
  ['bank-card', '4111 1111 1111 1111'],
  ['bank-card', '4111-1111-1111-1111'],
  ['bank-card', 'paid 4111  1111\u00a01111–1111 on 2026-11-20'],
  ['bank-card', '2026-11-20 4111 1111 1111 1111'],
  ['bank-card', 'C-4111111111111111'],
  ['bank-card', '378282246310005'],
  ['bank-card', '30569309025904'],
  ['bank-card', '4222222222222'],
  ['bank-card', '6304000000000000'],
  ['bank-card', '６２１７ ００１２ ３４５６ ７８９０ １２２'],
  ['bank-account', 'DE89370400440532013000'],
  ['bank-account', 'to DE89 3704 0044 0532 0130 00 please'],
  ['bank-account', 'GB82WEST12345698765432'],
  ['national-id', '11010519491231002X'],
  ['national-id', '11010519491231002x'],
  ['national-id', '身份证号11010519491231002X，请核对'],
  ['national-id', '110105 19491231 002X'],
  ['national-id', '900101-1234568'],
  ['national-id', 'A123456789'],
  ['national-id', 'SSN 078-05-1120'],
  ['password', 'password: x'],
  ['password', 'Password：hunter2'],
  ['password', 'pwd=hunter2'],
  ['password', 'his passwd is hunter2'],
  ['password', 'passwd is swordfish'],
  ['password', '密码：abc'],
  ['password', '密码是abc123'],
  ['password', 'try Summer2026! then'],
];

const PASSED: readonly string[] = [
  '',
  'C-10812',
  'PR-2026-0001',
  'DR-2026-0017',
  'CO-2026-0001',
  'SO-88121',
  'call#9',
  'call-20261122-0001',
  'ticket 4711',
  '2026-12-10/call#9',
  '2026-12-10 2026-11-22 2026-11-23',
  '2026-11-22T09:40:00Z',
  '2026-11-22T09:40:00+08:00',
  'between 05.12.2026 09:40 and 06.12.2026 10:15',
  'order 2026112200017',
  'order 2026112201',
  'T-20261122',
  'at 09:40',
  'https://tickets.example.com/t/12345',
  'see https://crm.example/a:b?id=4711&tab=2',
  'INV-2026-11-22-0007',
  'PR-2026-0001 2026-11-22 PR-2026-0002 2026-11-23',
  'Act art. 12(3)',
  'PIPL Art. 47, Cybersecurity Law Art. 21(3)',
  'court order (2026) Jing 0105 Min Chu 12345',
  '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '41111111-1111-4111-8111-111111111111',
  'f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
  'the password is forgotten; password reset asked for',
  'customer called at 09:40, wants everything deleted!',
  'kept for 10 years, 3 months and 12 days',
  '1,000,000.00 CNY refunded',
  'v1.2.3 of 10.0.0.1',
  'mei and @lyon talked',
  '客户要求删除全部数据',
  'archive/2026/11/22/box 12, shelf 3',
  'Acme Logistics (Shanghai) Co., Ltd.',
  'GB/T 35273-2020, Regulation (EU) 2016/679 Art. 17(3)(b)',
  'order 113-1234567-1234567',
  'order 2853729485720394857',
  'tracking SF1234567890123',
  'box 0001, order 0000123456',
  'CRM:4711 and ZD-20261122-17',
  'mail#20261122-3, letter 2026/11/0042',
  'DR-2026-0017 for SO-88121 on 2026-11-22 at 09:40',
  'R2D2 & C3PO: 100% happy, case #12',
  'account_id, mobile_phone',
  'slack:U0123ABC',
  'discord:812345678901234567',
  'bank_account 10 years, 30 + 60 days',
  '12345678',
];

describe('findPersonalData', () => {
  it.each(CAUGHT)('finds %s in %j', (kind, text) => {
    expect(findPersonalData(text, 'CN')).toBe(kind);
  });

  it.each(CAUGHT)('finds %s inside a sentence: %j', (_kind, text) => {
    expect(findPersonalData(`The customer said ${text} and rang off`, 'CN')).not.toBeNull();
  });

  it.each(PASSED)('lets %j pass', (text) => {
    expect(findPersonalData(text, 'CN')).toBeNull();
  });

  it('reads national numbers by the country of the policy', () => {
    expect(findPersonalData('2128675309', 'US')).toBe('phone');
    expect(findPersonalData('2128675309', 'CN')).toBeNull();
    // A country without a numbering plan of its own, and none at all.
    expect(findPersonalData('2128675309', 'AQ')).toBeNull();
    expect(findPersonalData('+1 212 867 5309', null)).toBe('phone');
  });

  it('finds any sixteen digits of a card network that pass Luhn’s test, however they are spaced', () => {
    const begins = fc.constantFrom('4', '51', '55', '2221', '2720', '62', '6011', '3528', '50', '2202');
    const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 15, maxLength: 15 });
    // No full stops: 2.7.2000 would be a date.
    const gaps = fc.array(fc.constantFrom('', '', '', ' ', '-', '  ', ' - ', '\u00a0', '·'), {
      minLength: 15,
      maxLength: 15,
    });
    fc.assert(
      fc.property(begins, digits, gaps, (network, rest, spacing) => {
        const card = withCheckDigit(`${network}${rest.join('')}`.slice(0, 15));
        const spaced = [...card].map((digit, at) => digit + (spacing[at] ?? '')).join('');
        expect(findPersonalData(spaced, 'CN')).not.toBeNull();
        expect(findPersonalData(`paid with ${spaced} yesterday`, 'CN')).not.toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  it('takes sixteen digits of no network, or in one piece behind the word for another thing, for an order number', () => {
    expect(findPersonalData('2026112200036613', 'CN')).toBeNull();
    expect(findPersonalData('order 4026112200639610', 'CN')).toBeNull();
    expect(findPersonalData('order 4026 1122 0063 9610', 'CN')).toBe('bank-card');
    expect(findPersonalData('order, card 4026112200639610', 'CN')).toBe('bank-card');
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        findPersonalData(text, 'CN');
        findMassMention(text);
        findUnprintable(text, { multiline: true });
      }),
    );
  });

  it.each(
    [
      '1 ',
      '0-',
      'a@',
      'A1',
      '12345678901234567',
      'password ',
      'x.',
      '(1',
      '+1',
      '中',
      '一二',
      'Aa1',
      ' ',
    ].concat(['a at b dot ', 'eyJ', 'tel ', '@a.b', 'DE44', '-', '\u0661', '<@', '|']),
  )(
    'looks at %j no longer than in proportion, and at 100,000 characters no longer than at 4,000',
    (piece) => {
      const took = (length: number): number => {
        const text = piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
        const times = [1, 2, 3].map(() => {
          const before = performance.now();
          findPersonalData(text, 'CN');
          findMassMention(text);
          return performance.now() - before;
        });
        return Math.min(...times);
      };
      took(1000);
      const short = took(500);
      const whole = took(4000);
      const huge = took(100_000);
      // Eight times the text; a quadratic look would take 64 times as long. The milliseconds are the machine's other work.
      expect(whole).toBeLessThan(20 * short + 60);
      expect(huge).toBeLessThan(4 * whole + 60);
    },
  );
});

function withCheckDigit(digits: string): string {
  for (let check = 0; check < 10; check += 1) {
    if (validator.isLuhnNumber(`${digits}${check}`)) return `${digits}${check}`;
  }
  throw new Error('one of ten digits always fits');
}

describe('findUnprintable', () => {
  it.each([
    ['line-break', 'two\nlines', false],
    ['line-break', 'two\u2028lines', true],
    ['line-break', 'two\rlines', true],
    ['control-character', 'a\u0000b', true],
    ['control-character', 'a\u001b[31mb', true],
    ['control-character', 'a\tb', false],
    ['text-direction', 'abc\u202Egnp.exe', false],
    ['text-direction', 'abc\u2066def', false],
    ['half-character', 'a\ud800b', false],
    [null, 'two\r\nlines\n', true],
    [null, 'plain, 客户, 👩‍👩‍👧', false],
  ])('says %j of %j (multiline %j)', (found, text, multiline) => {
    expect(findUnprintable(text, { multiline })).toBe(found);
  });
});

describe('findMassMention', () => {
  it.each([
    '<!channel>',
    'hi <!here|here>',
    '<!everyone>',
    '<!subteam^S123|team>',
    '<@U0123ABC>',
    '<@!81234>',
    '<@&81234>',
    '@everyone',
    'hello@here',
    '@channel.',
    '＠everyone',
    '@every\u200bone',
  ])('finds one in %j', (text) => {
    expect(findMassMention(text)).not.toBeNull();
  });

  it.each(['@lyon', 'a < b', '<#C123>', '@hereford', 'channel', '<https://example.com>'])(
    'passes %j',
    (text) => {
      expect(findMassMention(text)).toBeNull();
    },
  );
});
