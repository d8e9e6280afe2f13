import { describe, expect, it } from 'vitest';
import { commandTable, renderUsage } from '../../src/chat/usage.js';
import { helpCard, helpProblem } from '../../src/desk/house/cards/help.js';
import { peopleSay } from '../../src/language/en/people-say.js';
import { registry } from './grammar-samples.js';

const all = () => true;

describe('help', () => {
  it('shows how a verb is said', () => {
    expect(registry.all.map(renderUsage)).toEqual([
      '/privacy log TYPE CUSTOMER [scope:…] [via:…] [received:…] [ref:…] [note:…] [about_officer:yes]',
      '/privacy show CASE [reveal:yes]',
      '/privacy verify CASE METHOD RESULT REF…',
      '/privacy decide CASE VERDICT [reason:…]',
      '/privacy note CASE TEXT… [ref:…]',
      '/privacy extend CASE UNTIL REASON… [explained:…]',
      '/privacy snooze CASE DAYS REASON…',
      '/privacy assign CASE [to:…]',
      '/disclosure decide DISCLOSURE VERDICT [reason:…] [data:…]',
      '/desk help [COMMAND] [VERB]',
      '/desk report [MONTH]',
    ]);
  });

  it('lists only what one may do', () => {
    const card = helpCard(registry, {}, (permission) => ['request.show', 'desk.help'].includes(permission));
    expect(card).toEqual({
      title: 'What you can do',
      tone: 'neutral',
      blocks: [
        { kind: 'table', columns: ['say', 'it does'], rows: [['/privacy show CASE', 'Show a case']] },
        {
          kind: 'table',
          columns: ['say', 'it does'],
          rows: [['/desk help [COMMAND] [VERB]', 'What you can do']],
        },
      ],
      actions: [],
      moments: [],
      footer: 'One verb with its fields and examples: /desk help privacy show',
      ref: null,
    });
  });

  it('explains one verb with examples', () => {
    const card = helpCard(registry, { command: '/Privacy', verb: 'verify' }, all);
    expect(card.title).toBe('/privacy verify');
    expect(card.blocks).toEqual([
      { kind: 'text', text: 'Record an identity check' },
      { kind: 'quote', text: '/privacy verify CASE METHOD RESULT REF…' },
      {
        kind: 'facts',
        facts: [
          ['case', 'The case, e.g. PR-2026-0001'],
          ['method', 'How it was checked: otp, callback'],
          ['result', 'Whether it passed: pass, fail'],
          ['ref', 'Where the check is on record'],
        ],
      },
      { kind: 'text', text: 'For example' },
      { kind: 'quote', text: '/privacy verify PR-2026-0001 otp pass call#9' },
    ]);
  });

  it('finds a verb without its command, and tells nothing of what one may not do', () => {
    expect(helpCard(registry, { command: 'snooze' }, all).title).toBe('/privacy snooze');
    expect(helpCard(registry, { command: 'decide' }, all).blocks).toHaveLength(2);
    const refused = helpCard(registry, { command: 'privacy', verb: 'decide' }, () => false);
    expect(refused.blocks).toEqual([
      { kind: 'text', text: 'Nothing here is yours to do. /desk officer says whom to ask.' },
    ]);
  });

  it('says what it does not know', () => {
    expect(helpProblem(registry, { command: 'privacy', verb: 'log' }, peopleSay)).toBeNull();
    expect(helpProblem(registry, {}, peopleSay)).toBeNull();
    expect(helpProblem(registry, { command: 'privcy' }, peopleSay)).toMatchObject({
      code: 'unknown-command',
      suggestion: 'privacy',
    });
    expect(helpProblem(registry, { command: 'privacy', verb: 'shwo' }, peopleSay)).toMatchObject({
      code: 'unknown-verb',
      field: 'verb',
      suggestion: 'show',
    });
  });

  it('makes the README’s table', () => {
    const table = commandTable(registry);
    expect(table).toContain('### /disclosure\n\n| say | it does | permission |\n|---|---|---|\n');
    expect(table).toContain('| `/privacy show CASE [reveal:yes]` | Show a case | `request.show` |\n');
  });
});
