/** A table as a file, sent once and privately to whoever asked for it. Must not know: what it is about, how a file is made of it. */
import { randomUUID } from 'node:crypto';
import { STREAMS } from '../../record/entry.js';
import type { NewPost } from '../../record/rows.js';
import type { Account, Person } from '../../vocabulary/values.js';

export type TableFile = {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
};

/** Each asking is a post of its own, also of the same table in the same moment. */
export function tablePost(
  {
    actor,
    invocation,
  }: {
    readonly actor: { readonly person: Person; readonly account: Account };
    readonly invocation: { readonly surface: string };
  },
  { name, columns, rows }: TableFile,
): NewPost {
  const at = `@${actor.person}`;
  const lane = `${invocation.surface}:${at}`;
  const effect = {
    kind: 'table',
    ref: STREAMS.desk,
    name,
    columns: [...columns],
    rows: rows.map((row) => [...row]),
    account: actor.account,
    person: actor.person,
    at,
  };
  return { key: `${STREAMS.desk}:table:${randomUUID()}@${lane}`, surface: invocation.surface, effect, lane };
}
