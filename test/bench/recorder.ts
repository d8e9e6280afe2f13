/**
 * Writes down every Prisma call the desk makes, transaction by transaction, and makes them again on a bare client: the same
 * models, operations and arguments, hence the same statements. Must not know: what the calls are for.
 */
import type { Client, Db } from '../../src/storage/engine/dialect.js';

type Call = { readonly model: string | null; readonly operation: string; readonly args: unknown };
export type Transaction = readonly Call[];

export type Recorder = {
  readonly client: Client;
  /** The transactions since the last call of `take`; an attempt that was rolled back is not among them. */
  readonly take: () => readonly Transaction[];
};

export function recording(plain: Client): Recorder {
  let done: Transaction[] = [];
  let open: Call[] | null = null;
  const watched = plain.$extends({
    query: {
      $allOperations: ({ model, operation, args, query }) => {
        if (open === null) throw new Error(`${operation} outside a transaction`);
        open.push({ model: model ?? null, operation, args });
        return query(args);
      },
    },
  });
  const transaction = async (work: (db: unknown) => Promise<unknown>, limits: object): Promise<unknown> => {
    const calls: Call[] = [];
    open = calls;
    try {
      const result = await watched.$transaction((db) => work(db), limits);
      done.push(calls);
      return result;
    } finally {
      open = null;
    }
  };
  // The extended client's type differs from the plain one's only by the extension, which changes no result.
  const client = new Proxy(watched as unknown as Client, {
    get: (target, name) => (name === '$transaction' ? transaction : Reflect.get(target, name)),
  });
  return {
    client,
    take: () => {
      const taken = done;
      done = [];
      return taken;
    },
  };
}

type Limits = { readonly maxWait: number; readonly timeout: number };

export async function replay(
  client: Client,
  transactions: readonly Transaction[],
  limits: Limits,
): Promise<void> {
  for (const calls of transactions)
    await client.$transaction(async (db) => {
      for (const call of calls) await again(db, call);
    }, limits);
}

type AnyMethod = (args: unknown) => Promise<unknown>;

/** A recorded call is addressed by its names; what Prisma accepted once it accepts again. */
function again(db: Db, { model, operation, args }: Call): Promise<unknown> {
  const holder: unknown =
    model === null ? db : Reflect.get(db, `${model.charAt(0).toLowerCase()}${model.slice(1)}`);
  const method = Reflect.get(holder as object, operation) as AnyMethod;
  return method.call(holder, args);
}
