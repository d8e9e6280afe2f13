/**
 * The directions of architecture.md: policy ◄ domain ◄ desk ◄ surfaces, storage; and that what decides touches no clock,
 * randomness, environment or I/O.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = resolve('src');

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.includes('generated'))
  .map((name) => join(SRC, name));

/** `policy`, `domain`, `desk`, `storage`, `surfaces/slack`, … or `top` for main.ts and its like. */
function layerOf(file: string): string {
  const parts = relative(SRC, file).split('/');
  if (parts.length === 1) return 'top';
  return parts[0] === 'surfaces' ? `surfaces/${parts[1]}` : (parts[0] ?? 'top');
}

const importsOf = (file: string): readonly string[] =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(
    (found) => found[1] ?? '',
  );

/** What each layer may import besides itself; `top` and tools see everything. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  policy: [],
  domain: ['policy'],
  desk: ['domain', 'policy'],
  storage: ['desk', 'domain', 'policy'],
  surfaces: ['desk', 'domain', 'policy'],
};

/** The shared words of domain.md section 2, which the policy is written in; they import nothing themselves. */
const WORDS = join(SRC, 'domain', 'values.ts');

function allowed(from: string, to: string, file: string): boolean {
  if (from === to || from === 'top' || from === 'manifests') return true;
  if (from === 'policy' && file === WORDS) return true;
  return (MAY_IMPORT[from.startsWith('surfaces/') ? 'surfaces' : from] ?? []).includes(to);
}

describe('the layers', () => {
  it.each(files.map((file) => [relative(SRC, file), file] as const))(
    '%s imports only downwards',
    (_, file) => {
      const wrong = importsOf(file)
        .filter((target) => target.startsWith('.'))
        .map((target) => resolve(dirname(file), target.replace(/\.js$/, '.ts')))
        .filter(
          (target) => !target.includes('/generated/') && !allowed(layerOf(file), layerOf(target), target),
        );
      expect(wrong.map((target) => relative(SRC, target))).toEqual([]);
    },
  );

  it('keeps the shared words free of imports', () => {
    expect(importsOf(WORDS)).toEqual([]);
  });
});

/** Hashing is arithmetic; everything else of Node is I/O, time or chance. */
const PURE_NODE = ['node:crypto'];
const IMPURE = [
  /\bDate\.now\b/,
  /\bnew Date\(\)/,
  /\bMath\.random\b/,
  /\bprocess\./,
  /\bTemporal\.Now\b/,
  /\brandom(?:Bytes|UUID|Int)\b/,
  /\bperformance\.now\b/,
  /\bsetTimeout\b/,
];

describe('what decides', () => {
  const pure = files.filter((file) => ['policy', 'domain'].includes(layerOf(file)));

  it.each(pure.map((file) => [relative(SRC, file), file] as const))('%s is pure', (_, file) => {
    const node = importsOf(file).filter(
      (target) => target.startsWith('node:') && !PURE_NODE.includes(target),
    );
    const source = readFileSync(file, 'utf8');
    expect([...node, ...IMPURE.filter((pattern) => pattern.test(source)).map(String)]).toEqual([]);
  });

  it('reads the environment in config.ts only', () => {
    const readers = files
      .filter((file) => /\bprocess\.env\b/.test(readFileSync(file, 'utf8')))
      .map((file) => relative(SRC, file));
    expect(readers.filter((file) => file !== 'main.ts')).toEqual([]);
  });

  it('keeps every file under 400 lines', () => {
    const long = files
      .map((file) => [relative(SRC, file), readFileSync(file, 'utf8').split('\n').length] as const)
      .filter(([, lines]) => lines > 400);
    expect(long).toEqual([]);
  });
});
