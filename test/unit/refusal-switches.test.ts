/** What `npm run mutants` turns off: every shape a refusal has in the domain, and nothing that refuses nothing. */
import { describe, expect, it } from 'vitest';
import { switched } from '../mutants/refusals.js';

const written = (text: string): string => {
  const { textOf } = switched([{ path: 'a.ts', text }]);
  return textOf.get('a.ts') ?? 'nothing';
};

describe('a switch stands', () => {
  it.each([
    [
      'before a condition',
      `function f(a: boolean) { if (a) return refused(no('x')); return done(); }`,
      `function f(a: boolean) { if (!refusalOff(0) && (a)) return refused(no('x')); return done(); }`,
    ],
    [
      'before a block that ends with a refusal',
      `function f(a) { if (a) { const b = 1; return refused('x', b); } return done(); }`,
      `function f(a) { if (!refusalOff(0) && (a)) { const b = 1; return refused('x', b); } return done(); }`,
    ],
    [
      'where only one way past leads on',
      `function f(a) { if (a) return done(); const b = 1; return refused(no(b)); }`,
      `function f(a) { if (refusalOff(0) || (a)) return done(); const b = 1; return refused(no(b)); }`,
    ],
    [
      'in an else',
      `function f(a) { if (a) return done(); else return refused(no()); }`,
      `function f(a) { if (refusalOff(0) || (a)) return done(); else return refused(no()); }`,
    ],
    [
      'in a conditional',
      `const f = (a) => (a ? no('x') : null); const g = (a) => (a ? done() : refused(no('x')));`,
      `const f = (a) => (!refusalOff(0) && (a) ? no('x') : null); const g = (a) => (refusalOff(1) || (a) ? done() : refused(no('x')));`,
    ],
    [
      'before what a helper found, wherever it is kept',
      `const late = (a) => (a.late ? no() : null); function f(a) { const found = late(a); if (found !== null) return refused(found); return done(); }`,
      `const late = (a) => (!refusalOff(0) && (a.late) ? no() : null); function f(a) { const found = late(a); if (!refusalOff(1) && (found !== null)) return refused(found); return done(); }`,
    ],
    [
      'around each of several',
      `const one = (a) => (a ? no() : null); const all = (a) => one(a) ?? one(a.b);`,
      `const one = (a) => (!refusalOff(0) && (a) ? no() : null); const all = (a) => (refusalOff(1) ? null : (one(a))) ?? (refusalOff(2) ? null : (one(a.b)));`,
    ],
    [
      'in a case, which falls through',
      `function f(a) { switch (a) { case 1: return refused(no()); default: return done(); } }`,
      `function f(a) { switch (a) { case 1: if (!refusalOff(0)) return refused(no()); default: return done(); } }`,
    ],
    [
      'inside one that stands inside another',
      `function f(a, b) { if (a ? b : no()) { if (b) return refused(no()); } return done(); }`,
      `function f(a, b) { if (refusalOff(0) || (a) ? b : no()) { if (!refusalOff(1) && (b)) return refused(no()); } return done(); }`,
    ],
  ])('%s', (_where, text, expected) => {
    expect(written(text)).toBe(expected);
  });

  it('nowhere else', () => {
    expect(written('function f(a) { if (a) return done(); return deny(a) ?? null; }')).toBe('nothing');
    // A decider that refuses sometimes is no refusal where it is called.
    const mixed =
      'function deny(a) { if (a) return refused(no()); return done(); } function f(a) { if (a) return deny(a); return done(); }';
    expect(switched([{ path: 'a.ts', text: mixed }]).sites).toHaveLength(1);
  });

  it('with its file and line', () => {
    const text = '\nconst f = (a) =>\n  a.late ? no() : null;';
    expect(switched([{ path: 'a.ts', text }]).sites).toEqual([
      { id: 0, path: 'a.ts', line: 3, words: 'a.late' },
    ]);
  });
});
