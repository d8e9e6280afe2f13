/** When two spellings are one reference, recipient or purpose, and which only look alike. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalised, sameWords, skeleton, tidied } from '../../src/vocabulary/spelling.js';

describe('one reference in many spellings', () => {
  it.each([
    ['C-10812'],
    [' c-10812 '],
    ['Ｃ－１０８１２'],
    ['Ｃ-10812'],
    ['C‑10812'],
    ['C–10812'],
    ['C—10812'],
    ['C−10812'],
    ['C\u200b-10812'],
    ['C\u00ad-10812\ufe0f'],
    ['\u2066C-10812\u2069'],
    ['C-10812.'],
    ['C-10812,'],
    ['C-10812。'],
    ['C-10812?!'],
    ['_C-10812_'],
    ['*C-10812*'],
    ['~C-10812~.'],
    ['`C-10812`'],
    ['*_C-10812_*'],
  ])('%j is C-10812', (typed) => {
    expect(normalised(typed)).toBe('c-10812');
  });

  it.each([
    ['Swift Courier', 'swift  courier'],
    ['Swift Courier', 'Ｓｗｉｆｔ\u3000Courier'],
    ['Acme Survey Ltd.', 'Acme Survey Ltd'],
    ['Müller', 'Mu\u0308ller'],
    ['Bank–Haus', 'bank-haus'],
  ])('%j and %j are one recipient', (one, other) => {
    expect(sameWords(one, other)).toBe(true);
  });

  it.each([
    ['C-10812', 'C-10813'],
    ['C-10812', 'C10812'],
    ['a_b', 'ab'],
    ['_ab', 'ab'],
    ['C-1*2', 'C-12'],
    ['С-10812', 'C-10812'],
  ])('%j and %j are two', (one, other) => {
    expect(sameWords(one, other)).toBe(false);
  });

  it('keeps the case of what is shown', () => {
    expect(tidied('_Swift  Courier_.')).toBe('Swift Courier');
  });

  it('leaves what would be nothing as it is', () => {
    expect([tidied('...'), tidied('__'), tidied('')]).toEqual(['...', '__', '']);
  });

  it('is settled after once', () => {
    const marks = fc.array(
      fc.constantFrom('_', '*', '.', ',', ' ', 'C', '1', '\u200b', '－', 'ﬁ', 'Σ', 'İ', '゛', '…'),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 30 }),
          marks.map((all) => all.join('')),
        ),
        (text) => {
          expect(tidied(tidied(text))).toBe(tidied(text));
          expect(normalised(normalised(text))).toBe(normalised(text));
          expect(sameWords(text, normalised(text))).toBe(true);
        },
      ),
      { numRuns: 3000 },
    );
  });
});

describe('what only looks like another', () => {
  it.each([
    ['С-10812', 'c-10812'],
    ['с-10812', 'c-10812'],
    ['АВС-77', 'abc-77'],
    ['Κ-4711', 'k-4711'],
    ['ᏟᎪ-1', 'ca-1'],
  ])('%j looks like %j', (typed, like) => {
    expect(normalised(typed)).not.toBe(like);
    expect(skeleton(typed)).toBe(like);
  });

  it.each(['C-10812', 'k_4711', 'Müller-77', '客户-20008', 'ЖЩ-5'])('%j looks like itself', (typed) => {
    expect(skeleton(typed)).toBe(normalised(typed));
  });

  it('can be looked up: a skeleton is a normalised reference', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (text) => {
        expect(normalised(skeleton(text))).toBe(skeleton(text));
      }),
    );
  });
});
