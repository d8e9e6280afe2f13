/** Text on its way to and from Slack. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutTail, escaped, fitted, unescaped } from '../../src/surfaces/slack/text.js';

describe('text for Slack', () => {
  it('comes back as it was typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(unescaped(escaped(text))).toBe(text);
      }),
    );
  });

  it('never has a bare control character, and fits, cut or not', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 400 }),
        fc.integer({ min: 20, max: 300 }),
        (text, max) => {
          const made = fitted(text, max, ' …');
          expect(made.length).toBeLessThanOrEqual(max);
          expect(made).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
          expect(made).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/);
          if (escaped(text).length <= max) expect(unescaped(made)).toBe(text);
        },
      ),
    );
  });

  it.each([
    ['<@U012ABC|mei> to:<@U9>', '<@U012ABC|mei> to:<@U9>'],
    ['ref:<https://desk.example/t/1?a=1&amp;b=2>', 'ref:https://desk.example/t/1?a=1&b=2'],
    ['<https://desk.example|desk.example>', 'https://desk.example'],
    ['<mailto:anna@example.com|anna@example.com>', 'anna@example.com'],
    ['in <#C012|cases> and <#C013>', 'in #cases and #C013'],
    ['a &lt;b&gt; &amp;amp;', 'a <b> &amp;'],
  ])('%s is what was typed', (delivered, typed) => {
    expect(unescaped(delivered)).toBe(typed);
  });

  it('says where the rest of something cut is', () => {
    expect(cutTail('DR-2026-0001')).toContain('/disclosure show DR-2026-0001');
    expect(cutTail('PR-2026-0001')).toContain('/privacy show PR-2026-0001');
    expect(cutTail(null)).toContain('cut');
  });
});
