/** Text on its way to and from Slack. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { card, text } from '../../src/chat/card.js';
import { cutTail, escaped, fitted, lineOf, saidTo, unescaped } from '../../src/surfaces/slack/text.js';
import { inThread } from '../../src/surfaces/slack/thread-words.js';
import { maskedText } from '../../src/vocabulary/mask.js';

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
    ['<https://desk.example|desk.example>', 'desk.example'],
    ['<https://desk.example/|desk.example>', 'desk.example'],
    ['<https://desk.example/t/1|the ticket>', 'https://desk.example/t/1'],
    ['ref:<http://ticket-881.md|ticket-881.md>', 'ref:ticket-881.md'],
    ['order:<http://so.991.io|so.991.io>', 'order:so.991.io'],
    ['log deletion <tel:2025551234|2025551234>', 'log deletion 2025551234'],
    ['<tel:+442025551234>', '+442025551234'],
    ['<mailto:anna@example.com|anna@example.com>', 'anna@example.com'],
    ['in <#C012|cases> and <#C013>', 'in #cases and #C013'],
    ['a &lt;b&gt; &amp;amp;', 'a <b> &amp;'],
  ])('%s is what was typed', (delivered, typed) => {
    expect(unescaped(delivered)).toBe(typed);
  });

  it.each([
    ['log access _C-20008_', 'log access C-20008'],
    ['log access *C-20007* scope:_email_', 'log access C-20007 scope:email'],
    ['show `PR-2026-0001`', 'show PR-2026-0001'],
    ['show *_PR-2026-0001_*.', 'show PR-2026-0001.'],
    ['note 1 "~gone~ now"', 'note 1 "gone now"'],
    ['log access _C_20008_', 'log access C_20008'],
    ['verify mobile_phone and value_added', 'verify mobile_phone and value_added'],
    ['note 1 2*3 is 6, 4*5 is 20', 'note 1 2*3 is 6, 4*5 is 20'],
    ['note 1 _ and *', 'note 1 _ and *'],
  ])('%s is read as %s', (delivered, read) => {
    expect(lineOf(delivered)).toBe(read);
  });

  it('is said to the bot where it names the bot', () => {
    expect(saidTo('U0BOT', '<@U0BOT> close PR-2026-0001')).toBe('  close PR-2026-0001');
    expect(saidTo('U0BOT', 'please <@U0BOT|ombud> help')).toBe('please   help');
    expect(saidTo('U0BOT', 'close PR-2026-0001 outcome:withdrawn_by_subject')).toBeNull();
    expect(saidTo('U0BOT', '<@U0BOTHER> close PR-2026-0001')).toBeNull();
  });

  it('says where the rest of something cut is', () => {
    expect(cutTail('DR-2026-0001')).toContain('/disclosure show DR-2026-0001');
    expect(cutTail('PR-2026-0001')).toContain('/privacy show PR-2026-0001');
    expect(cutTail(null)).toContain('cut');
  });
});

describe('what is said in a thread', () => {
  it('names commands as a mention, and leaves what people wrote alone', () => {
    const step = { command: 'privacy', verb: 'retain', fields: { case: 'PR-2026-0001', law: '…' } };
    const said = inThread(
      card('x', 'neutral', [
        text('It has no owner: take it with /privacy assign.'),
        { kind: 'next', step },
        { kind: 'quote', text: 'see /privacy log' },
        text('https://acme.example/privacy policy'),
      ]),
    );
    expect(said.blocks).toEqual([
      text('It has no owner: take it with @Ombud privacy assign.'),
      text('→ Next: @Ombud privacy retain PR-2026-0001 law:…'),
      { kind: 'quote', text: 'see /privacy log' },
      text('https://acme.example/privacy policy'),
    ]);
  });
});

it('a customer’s reference is masked however it is spaced, and its number alone', () => {
  for (const written of ['C-10812', 'c - 10812', 'C10812', '10812', 'case 10812.'])
    expect(maskedText(written, 'C-10812')).not.toContain('10812');
  expect(maskedText('order 9108123', 'C-10812')).toBe('order 9108123');
});
