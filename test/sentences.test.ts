/**
 * The rules hold no sentence: what a person reads is said by `language/`. And no clause of one company's policy stands in the code.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAst } from 'vitest/node';

type Node = { readonly type: string; readonly [field: string]: unknown };

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof Reflect.get(value, 'type') === 'string';

/** The texts of literals and templates, a hole as `…`. What is thrown is for a log, and does not count. */
function textsIn(source: string): readonly string[] {
  const found: string[] = [];
  const walk = (node: Node): void => {
    if (node.type === 'NewExpression' && /Error$/.test(nameOf(node.callee))) return;
    if (node.type === 'Literal' && typeof node.value === 'string') found.push(node.value);
    if (node.type === 'TemplateLiteral' && Array.isArray(node.quasis))
      found.push(node.quasis.map((part: { value: { raw: string } }) => part.value.raw).join('…'));
    for (const inner of Object.values(node))
      for (const each of Array.isArray(inner) ? inner : [inner]) if (isNode(each)) walk(each);
  };
  walk(parseAst(source, { lang: 'ts' }) as unknown as Node);
  return found;
}

const nameOf = (node: unknown): string => (isNode(node) && typeof node.name === 'string' ? node.name : '');

/** Three words in a row, as people write them; a name with hyphens or underscores is one. */
const isSentence = (text: string): boolean => /[\p{L}…][\p{L}’'-]*,? \p{L}[\p{L}’'-]*,? \p{L}/u.test(text);
/** A bare clause, or one that is quoted; `4.2` of a version or a size has letters or more dots about it. */
const isClause = (text: string): boolean => /^\d\.\d$/.test(text) || /\bclause \d/.test(text);

const filesIn = (room: string): readonly string[] =>
  readdirSync(room, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.includes('generated'))
    .map((name) => join(room, name));

describe('a sentence', () => {
  it('is found in a literal and in a template, and not in what is thrown or commented', () => {
    const source = [
      `const a = \`\${who} owns it already\`; // three words here`,
      "const b = 'is not on the list';",
      "const c = 'extension-not-allowed';",
      "throw new Error('never seen by anybody');",
    ].join('\n');
    expect(textsIn(source).filter(isSentence)).toEqual(['… owns it already', 'is not on the list']);
  });

  it.each([...filesIn('src/domain'), ...filesIn('src/policy')])('stands nowhere in %s', (file) => {
    expect(textsIn(readFileSync(file, 'utf8')).filter(isSentence)).toEqual([]);
  });
});

describe('a clause', () => {
  it('is found alone and in a sentence', () => {
    expect(textsIn("no('future', '3.1'); say('Keep it (clause 4.2).', '1.2.3')").filter(isClause)).toEqual([
      '3.1',
      'Keep it (clause 4.2).',
    ]);
  });

  it('of a policy stands nowhere in src', () => {
    const quoting = filesIn('src').flatMap((file) =>
      textsIn(readFileSync(file, 'utf8'))
        .filter(isClause)
        .map((text) => `${file}: ${text}`),
    );
    expect(quoting).toEqual([]);
  });
});
