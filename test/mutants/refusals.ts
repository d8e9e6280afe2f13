/**
 * Finds where the domain refuses, and writes each place so that it can be turned off while tests run: `if (late) return no(…)`
 * becomes `if (!refusalOff(7) && (late)) return no(…)`. It reads the syntax tree, not the names of helpers: whatever returns
 * nothing but refusals (or null) is one. Must not know: how tests are run.
 */
import { parseAst } from 'vitest/node';

/** A node of the tree as far as it is looked at here; ESTree names its fields by type. */
type Node = {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
};

export type Source = { readonly path: string; readonly text: string };
export type Site = {
  readonly id: number;
  readonly path: string;
  readonly line: number;
  readonly words: string;
};
export type Switched = { readonly sites: readonly Site[]; readonly textOf: ReadonlyMap<string, string> };

/** What makes a refusal (domain/refusal.ts); everything else is found from these. */
const MAKERS = ['refused', 'no'];
const FUNCTIONS = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'];
const WRAPPERS = [
  'ParenthesizedExpression',
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
];

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof Reflect.get(value, 'type') === 'string';

const childrenOf = (node: Node): readonly Node[] =>
  Object.values(node).flatMap((value) =>
    Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : [],
  );

function* within(node: Node, into: (child: Node) => boolean): Generator<Node> {
  yield node;
  for (const child of childrenOf(node)) if (into(child)) yield* within(child, into);
}

const everyNode = (node: Node): Iterable<Node> => within(node, () => true);
/** Not what functions inside it do. */
const ownNodes = (body: Node): Iterable<Node> => within(body, ({ type }) => !FUNCTIONS.includes(type));

const field = (node: Node, name: string): Node | null => {
  const value = node[name];
  return isNode(value) ? value : null;
};
const list = (node: Node, name: string): readonly Node[] => {
  const value = node[name];
  return Array.isArray(value) ? value.filter(isNode) : [];
};

const isNothing = (node: Node | null): boolean =>
  node === null ||
  (node.type === 'Literal' && node.value === null) ||
  (node.type === 'Identifier' && node.name === 'undefined');

type Refusers = {
  /** Names of functions that only refuse. */
  readonly functions: Set<string>;
  /** Of these, the ones that may find nothing to refuse. */
  readonly nullable: Set<string>;
};

/** Variables of one function that hold what a refuser gave. */
function heldIn(body: Node, refusers: Refusers): ReadonlySet<string> {
  const held = new Set<string>();
  for (const node of ownNodes(body)) {
    const [id, init] = [field(node, 'id'), field(node, 'init')];
    if (node.type !== 'VariableDeclarator' || id?.type !== 'Identifier' || init === null) continue;
    if (mayRefuse(init, refusers, held)) held.add(String(id.name));
  }
  return held;
}

function mayRefuse(node: Node, refusers: Refusers, held: ReadonlySet<string>): boolean {
  const inner = (name: string): boolean => {
    const child = field(node, name);
    return child !== null && mayRefuse(child, refusers, held);
  };
  switch (node.type) {
    case 'CallExpression':
      return refusers.functions.has(String(field(node, 'callee')?.name));
    case 'Identifier':
      return held.has(String(node.name));
    case 'ObjectExpression':
      return list(node, 'properties').some(
        (each) => field(each, 'key')?.name === 'kind' && field(each, 'value')?.value === 'refused',
      );
    case 'ArrayExpression':
      return list(node, 'elements').some((each) => mayRefuse(each, refusers, held));
    case 'MemberExpression':
      return field(node, 'property')?.name === 'refusal' && inner('object');
    case 'ConditionalExpression':
      return inner('consequent') || inner('alternate');
    case 'LogicalExpression':
      return inner('left') || inner('right');
    default:
      return WRAPPERS.includes(node.type) && inner('expression');
  }
}

/** Every way an expression may end, through `?:` and `??`. */
function ends(node: Node): readonly Node[] {
  const through = (...names: readonly string[]) =>
    names.flatMap((name) => {
      const child = field(node, name);
      return child === null ? [] : ends(child);
    });
  if (node.type === 'ConditionalExpression') return through('consequent', 'alternate');
  if (node.type === 'LogicalExpression') return through('left', 'right');
  return WRAPPERS.includes(node.type) ? through('expression') : [node];
}

type Named = { readonly name: string; readonly body: Node };

function functionsOf(program: Node): readonly Named[] {
  const found: Named[] = [];
  for (const node of everyNode(program)) {
    const isArrow = node.type === 'VariableDeclarator' && FUNCTIONS.includes(field(node, 'init')?.type ?? '');
    const body = isArrow ? field(field(node, 'init') ?? node, 'body') : field(node, 'body');
    const name = field(node, 'id')?.name;
    if ((isArrow || node.type === 'FunctionDeclaration') && body !== null && name !== undefined)
      found.push({ name: String(name), body });
  }
  return found;
}

const returned = (body: Node): readonly (Node | null)[] =>
  body.type === 'BlockStatement'
    ? [...ownNodes(body)].flatMap((node) =>
        node.type === 'ReturnStatement' ? [field(node, 'argument')] : [],
      )
    : [body];

/** Functions that return refusals, and nothing else but null; found again and again until none is new. */
function refusersIn(programs: readonly Node[]): Refusers {
  const refusers: Refusers = { functions: new Set(MAKERS), nullable: new Set() };
  const all = programs.flatMap(functionsOf);
  for (let before = -1; before !== refusers.functions.size + refusers.nullable.size; ) {
    before = refusers.functions.size + refusers.nullable.size;
    for (const { name, body } of all) {
      const held = heldIn(body, refusers);
      const ways = returned(body).flatMap((each): readonly (Node | null)[] =>
        each === null ? [null] : ends(each),
      );
      const refusing = ways.filter((each) => each !== null && mayRefuse(each, refusers, held));
      if (refusing.length === 0 || ways.some((each) => !isNothing(each) && !refusing.includes(each)))
        continue;
      refusers.functions.add(name);
      const passes = refusing.some((each) =>
        refusers.nullable.has(String(field(each ?? body, 'callee')?.name)),
      );
      if (passes || ways.some(isNothing)) refusers.nullable.add(name);
    }
  }
  return refusers;
}

/** What is written before and after a node so that it can be turned off. */
type Switch = { readonly at: Node; readonly before: (off: string) => string; readonly after: string };
type Write = Omit<Switch, 'at'>;

const takenIf: Write = { before: (off) => `!${off} && (`, after: ')' };
const takenUnless: Write = { before: (off) => `${off} || (`, after: ')' };
const nothingIf: Write = { before: (off) => `(${off} ? null : (`, after: '))' };
/** Of a case of a `switch`: it falls through to the next. */
const leftOutIf: Write = { before: (off) => `if (!${off}) `, after: '' };

/** The places in one function's own nodes. */
function switchesIn(body: Node, refusers: Refusers): readonly Switch[] {
  const held = heldIn(body, refusers);
  const refuses = (node: Node | null): boolean => node !== null && mayRefuse(node, refusers, held);
  const ending = (statement: Node | null | undefined): boolean => {
    if (statement?.type === 'BlockStatement') return ending(list(statement, 'body').at(-1));
    return statement?.type === 'ReturnStatement' && refuses(field(statement, 'argument'));
  };
  const found: Switch[] = [];
  const add = (at: Node | null, write: Write) => {
    if (at !== null) found.push({ at, ...write });
  };
  const sequence = (statements: readonly Node[]) => {
    if (!ending(statements.at(-1))) return;
    const way = wayPast(statements.slice(0, -1));
    if (way !== null && !ending(field(way, 'consequent'))) add(field(way, 'test'), takenUnless);
  };
  for (const node of ownNodes(body)) {
    const [test, yes, no] = [field(node, 'test'), field(node, 'consequent'), field(node, 'alternate')];
    if (node.type === 'IfStatement') {
      if (ending(yes)) add(test, takenIf);
      else if (ending(no)) add(test, takenUnless);
    }
    if (node.type === 'ConditionalExpression' && refuses(yes) !== refuses(no))
      add(test, refuses(yes) ? takenIf : takenUnless);
    if (node.type === 'LogicalExpression')
      for (const side of [field(node, 'left'), field(node, 'right')])
        if (side?.type === 'CallExpression' && refuses(side)) add(side, nothingIf);
    if (node.type === 'BlockStatement') sequence(list(node, 'body'));
    if (node.type === 'SwitchCase') {
      const last = list(node, 'consequent').at(-1);
      const end = last?.type === 'BlockStatement' ? list(last, 'body').at(-1) : last;
      if (end !== undefined && ending(end)) add(end, leftOutIf);
      sequence(list(node, 'consequent'));
    }
  }
  for (const way of returned(body))
    if (way?.type === 'CallExpression' && refusers.nullable.has(String(field(way, 'callee')?.name)))
      add(way, nothingIf);
  return found;
}

const JUMPS = ['ReturnStatement', 'ContinueStatement'];

/** The last `if` that leaves before the refusal at the end, with nothing but declarations after it. */
function wayPast(statements: readonly Node[]): Node | null {
  const last = statements.findLast(({ type }) => type !== 'VariableDeclaration');
  if (last?.type !== 'IfStatement' || field(last, 'alternate') !== null) return null;
  const yes = field(last, 'consequent');
  const jump = yes?.type === 'BlockStatement' ? list(yes, 'body').at(-1) : yes;
  return JUMPS.includes(jump?.type ?? '') ? last : null;
}

type Insertion = { readonly at: number; readonly text: string; readonly rank: number };

/** Around an inner place comes what is around the outer one. */
function written(text: string, switches: readonly (Switch & { readonly id: number })[]): string {
  const insertions = switches.flatMap(({ at, before, after, id }): readonly Insertion[] => {
    const size = at.end - at.start;
    return [
      { at: at.start, text: before(`refusalOff(${id})`), rank: Number.MAX_SAFE_INTEGER - size },
      { at: at.end, text: after, rank: size },
    ];
  });
  let out = '';
  let done = 0;
  for (const each of insertions.sort((one, other) => one.at - other.at || one.rank - other.rank)) {
    out += text.slice(done, each.at) + each.text;
    done = each.at;
  }
  return out + text.slice(done);
}

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

/** All places of these files, numbered, and the files' texts with a switch at each: `refusalOff(id)` is asked there. */
export function switched(sources: readonly Source[]): Switched {
  const parsed = sources.map((source) => ({ ...source, program: programOf(source) }));
  const refusers = refusersIn(parsed.map(({ program }) => program));
  const sites: Site[] = [];
  const textOf = new Map<string, string>();
  for (const { path, text, program } of parsed) {
    const bodies = [...everyNode(program)].flatMap((node) =>
      FUNCTIONS.includes(node.type) ? (field(node, 'body') ?? []) : [],
    );
    const numbered = bodies
      .flatMap((body) => switchesIn(body, refusers))
      .sort((one, other) => one.at.start - other.at.start)
      .map((each, index) => ({ ...each, id: sites.length + index }));
    for (const { id, at } of numbered) {
      const words = text.slice(at.start, at.end).replaceAll(/\s+/g, ' ');
      sites.push({ id, path, line: lineAt(text, at.start), words: words.slice(0, 90) });
    }
    if (numbered.length > 0) textOf.set(path, written(text, numbered));
  }
  return { sites, textOf };
}

function programOf({ path, text }: Source): Node {
  // The parser's own type has every node by name; only type, start, end and fields are read here.
  const program: unknown = parseAst(text, { lang: 'ts' }, path);
  if (!isNode(program)) throw new Error(`${path} could not be parsed`);
  return program;
}
