/**
 * The directions between the rooms of src/, and that what decides touches no clock, randomness, environment or I/O.
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

/** What each room may import besides itself (docs/architecture.md); `app` and main.ts see everything. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  vocabulary: [],
  policy: ['vocabulary'],
  domain: ['policy', 'vocabulary'],
  chat: ['vocabulary'],
  record: ['domain', 'policy', 'vocabulary'],
  evidence: ['domain', 'policy', 'vocabulary'],
  language: ['evidence', 'domain', 'policy', 'vocabulary'],
  page: ['tools', 'evidence', 'language', 'domain', 'policy', 'vocabulary'],
  desk: ['record', 'chat', 'evidence', 'language', 'domain', 'policy', 'vocabulary'],
  storage: ['record', 'domain', 'vocabulary'],
  surfaces: ['chat', 'language', 'vocabulary'],
  tools: ['desk', 'surfaces', 'evidence', 'policy', 'chat', 'language', 'vocabulary'],
};

function allowed(from: string, to: string): boolean {
  if (from === to || from === 'top' || from === 'app') return true;
  const room = (layer: string): string => (layer.startsWith('surfaces/') ? 'surfaces' : layer);
  // No platform knows another one; what is the same on all of them is in `common`.
  if (room(from) === 'surfaces' && room(to) === 'surfaces') return to === 'surfaces/common';
  return (MAY_IMPORT[room(from)] ?? []).includes(room(to));
}

describe('the layers', () => {
  it.each(files.map((file) => [relative(SRC, file), file] as const))(
    '%s imports only downwards',
    (_, file) => {
      const wrong = importsOf(file)
        .filter((target) => target.startsWith('.'))
        .map((target) => resolve(dirname(file), target.replace(/\.js$/, '.ts')))
        .filter((target) => !target.includes('/generated/') && !allowed(layerOf(file), layerOf(target)));
      expect(wrong.map((target) => relative(SRC, target))).toEqual([]);
    },
  );
});

/** Imports of the program's own files: types count as well as code. */
const targetsOf = (file: string): readonly string[] =>
  importsOf(file)
    .filter((target) => target.startsWith('.'))
    .map((target) => resolve(dirname(file), target.replace(/\.js$/, '.ts')))
    .filter((target) => !target.includes('/generated/'));

/** `desk/front`, `surfaces/slack`, `record`; a file beside the rooms (`desk/kinds.ts`) is one of its own. */
function roomOf(file: string): string {
  const parts = relative(SRC, file).split('/');
  return parts.length > 2 && ['desk', 'surfaces'].includes(parts[0] ?? '')
    ? parts.slice(0, 2).join('/')
    : parts[0] === 'desk'
      ? parts.join('/')
      : (parts[0] ?? '');
}

type Graph = ReadonlyMap<string, readonly string[]>;

/** A way from something back to itself, for each group of nodes that can all reach one another (Tarjan). */
function circlesIn(graph: Graph): readonly (readonly string[])[] {
  const found: string[][] = [];
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const visit = (node: string): void => {
    index.set(node, index.size);
    low.set(node, index.get(node) ?? 0);
    stack.push(node);
    for (const next of graph.get(node) ?? []) {
      if (!index.has(next)) visit(next);
      if (stack.includes(next)) low.set(node, Math.min(low.get(node) ?? 0, low.get(next) ?? 0));
    }
    if (low.get(node) !== index.get(node)) return;
    const group = stack.splice(stack.indexOf(node));
    if (group.length > 1 || graph.get(node)?.includes(node) === true) found.push(group.sort());
  };
  for (const node of graph.keys()) if (!index.has(node)) visit(node);
  return found;
}

const fileGraph: Graph = new Map(files.map((file) => [file, targetsOf(file)]));

function roomGraph(of: Graph): Graph {
  const rooms = new Map<string, string[]>();
  for (const [file, targets] of of)
    rooms.set(roomOf(file), [
      ...(rooms.get(roomOf(file)) ?? []),
      ...targets.map(roomOf).filter((room) => room !== roomOf(file)),
    ]);
  return rooms;
}

describe('circles', () => {
  const named = (circles: readonly (readonly string[])[]) =>
    circles.map((circle) => circle.map((file) => relative(SRC, file)));

  it('are in no files', () => expect(named(circlesIn(fileGraph))).toEqual([]));

  it('are in no rooms', () => expect(circlesIn(roomGraph(fileGraph))).toEqual([]));

  it('would be found: between files, over three, and between rooms', () => {
    const [one, two, three] = ['a', 'b', 'c'].map((name) => join(SRC, 'record', `${name}.ts`));
    if (one === undefined || two === undefined || three === undefined) throw new Error('three files');
    const made = new Map([...fileGraph, [one, [two]], [two, [three]], [three, [one]]]);
    expect(circlesIn(made)).toEqual([[one, two, three]]);
    const post = join(SRC, 'desk/post/renderer.ts');
    const front = join(SRC, 'desk/front/made-up.ts');
    const rooms = roomGraph(new Map([...fileGraph, [front, [post]]]));
    expect(circlesIn(rooms)).toEqual([
      ['desk/disclosures', 'desk/front', 'desk/lookups', 'desk/post', 'desk/requests'],
    ]);
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
  const pure = files.filter((file) =>
    ['policy', 'domain', 'vocabulary', 'chat', 'evidence'].includes(layerOf(file)),
  );

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
    expect(readers.sort()).toEqual(['app/config.ts', 'main.ts']);
  });

  it('keeps every file under 400 lines', () => {
    const long = files
      .map((file) => [relative(SRC, file), readFileSync(file, 'utf8').split('\n').length] as const)
      .filter(([, lines]) => lines > 400);
    expect(long).toEqual([]);
  });
});

describe('docs/architecture.md', () => {
  const folders = readdirSync(SRC, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => relative(resolve('.'), join(entry.parentPath, entry.name)))
    .filter((folder) => !folder.includes('generated'));
  const drawn = [...readFileSync('docs/architecture.md', 'utf8').matchAll(/^\| `(src\/[^`]+)` \|/gm)].map(
    (found) => found[1] ?? '',
  );

  it('has a line for every folder, and none for one that is gone', () => {
    expect([...drawn].sort()).toEqual([...folders].sort());
  });
});
