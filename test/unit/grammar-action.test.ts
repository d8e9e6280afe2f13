import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACTION_BYTES, decodeAction, encodeAction } from '../../src/chat/action.js';

describe('a button’s code', () => {
  it('is short and readable', () => {
    const action = {
      command: 'disclosure',
      verb: 'decide',
      fields: { disclosure: 'DR-2026-0017', verdict: 'approve' },
      shown: 3,
    };
    const code = encodeAction(action);
    expect(code).toBe('v1|disclosure.decide|3|disclosure=DR-2026-0017&verdict=approve');
    expect(decodeAction(code)).toEqual(action);
  });

  it('escapes what it uses itself', () => {
    const action = { command: 'desk', verb: 'digest', fields: { a: '50% | x=y & z\n' }, shown: null };
    expect(decodeAction(encodeAction(action))).toEqual(action);
  });

  it('refuses what would not fit', () => {
    const fields = { note: 'ä'.repeat(50) };
    expect(() => encodeAction({ command: 'privacy', verb: 'note', fields, shown: null })).toThrow(
      '100 bytes',
    );
  });

  it.each([
    '',
    'v1',
    'v2|desk.digest||',
    'v1|desk|1|',
    'v1|desk.digest|-1|',
    'v1|desk.digest|1.5|',
    'v1|desk.digest|99999999999999999999|',
    'v1|desk.digest||a',
    'v1|desk.digest||a=1&a=2',
    'v1|desk.digest||a=1=2',
    'v1|desk.digest||a=%zz',
    'v1|desk.digest||__proto__=1',
    'v1|desk.digest||a=1|b',
    'V1|DESK.DIGEST||',
  ])('is not %j', (code) => {
    expect(decodeAction(code)).toBeNull();
  });

  it('reads back as it was written, in at most 100 bytes', () => {
    const name = fc.stringMatching(/^[a-z][a-z_]{0,8}$/);
    const action = fc.record({
      command: name,
      verb: name,
      fields: fc.dictionary(name, fc.string({ unit: 'binary', maxLength: 12 }), {
        maxKeys: 3,
        noNullPrototype: true,
      }),
      shown: fc.option(fc.nat(), { nil: null }),
    });
    fc.assert(
      fc.property(action, (one) => {
        let code: string;
        try {
          code = encodeAction(one);
        } catch {
          return;
        }
        expect(Buffer.byteLength(code)).toBeLessThanOrEqual(ACTION_BYTES);
        expect(decodeAction(code)).toEqual(one);
        expect(decodeAction(Buffer.from(code).toString('utf8'))).toEqual(one);
      }),
      { numRuns: 1000 },
    );
  });

  it('never throws on what is not one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (a, b) => {
        expect(() => decodeAction(`v1|a.b|${a}|${b}`)).not.toThrow();
        expect(() => decodeAction(a)).not.toThrow();
      }),
    );
  });
});
