/**
 * A pack that knows which of its leaves were read, and the leaves a pack can have: a rule that nothing reads is not obeyed.
 * Must not know: what reads them.
 */
import { z } from 'zod';
import { type Pack, packSchema } from '../../src/policy/schema.js';

/** Every leaf of a schema as `requests.*.due.add`; `*` stands for any key of a record or place in a list. */
export function leavesOf(schema: z.ZodType = packSchema, path = ''): readonly string[] {
  const at = (key: string) => (path === '' ? key : `${path}.${key}`);
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable)
    return leavesOf(schema.unwrap() as z.ZodType, path);
  if (schema instanceof z.ZodObject)
    return Object.entries<z.ZodType>(schema.shape).flatMap(([key, inner]) => leavesOf(inner, at(key)));
  if (schema instanceof z.ZodRecord) return leavesOf(schema.valueType as z.ZodType, at('*'));
  if (schema instanceof z.ZodArray) return leavesOf(schema.element as z.ZodType, at('*'));
  if (schema instanceof z.ZodUnion) {
    const leaves = schema.options.flatMap((option) => leavesOf(option as z.ZodType, path));
    // `none` beside a group is read with the group.
    const deep = leaves.filter((leaf) => leaf !== path);
    return deep.length > 0 ? deep : [path];
  }
  return [path];
}

/** The same pack, taking note of each value that is read from it. */
export function watched(pack: Pack): { readonly pack: Pack; readonly read: Set<string> } {
  const read = new Set<string>();
  const seen = new WeakMap<object, object>();
  const watch = (value: unknown, path: string): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const known = seen.get(value);
    if (known !== undefined) return known;
    const proxy = new Proxy(value, {
      get(target, key, receiver) {
        const inner: unknown = Reflect.get(target, key, receiver);
        if (typeof key === 'symbol' || !Object.hasOwn(target, key)) return inner;
        const at = [path, Array.isArray(target) ? '*' : key].filter((part) => part !== '').join('.');
        read.add(at);
        return watch(inner, at);
      },
    });
    seen.set(value, proxy);
    return proxy;
  };
  // A copy: a proxy may not change what a frozen object answers.
  return { pack: watch(structuredClone(pack), '') as Pack, read };
}

/** Leaves of the schema that were not read, any key of a record standing for each. */
export function unread(read: ReadonlySet<string>): readonly string[] {
  const found = [...read].map((path) => path.split('.'));
  return [...new Set(leavesOf())].filter((leaf) => {
    const parts = leaf.split('.');
    return !found.some(
      (path) => path.length === parts.length && parts.every((part, at) => part === '*' || part === path[at]),
    );
  });
}
