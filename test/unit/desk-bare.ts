/**
 * A desk with no surface at its door, on an embedded database, for the `/desk` commands' tests: who says what, where.
 */

import { pino } from 'pino';
import { outsideFor } from '../../src/app/outside.js';
import type { Card } from '../../src/chat/card.js';
import type { Answer } from '../../src/chat/form.js';
import { renderBlock } from '../../src/chat/plain.js';
import { slashLine } from '../../src/chat/step-line.js';
import { NONE_MISSING } from '../../src/chat/surface.js';
import { createDesk, type Desk } from '../../src/desk/desk.js';
import type { ActivePack } from '../../src/desk/front/plan.js';
import { createPackShelf } from '../../src/desk/house/packs.js';
import { seedStaff } from '../../src/desk/house/staff.js';
import { KINDS_OF_THE_DESK } from '../../src/desk/kinds.js';
import { packHash, packName, parsePack } from '../../src/policy/pack.js';
import type { PackOf } from '../../src/record/kind.js';
import { type Witness, witnessInMemory } from '../../src/record/log/witness.js';
import { type Difference, diffProjections } from '../../src/record/rebuild.js';
import type { Store, Tx } from '../../src/record/store.js';
import type { Account, Instant, Person, Role } from '../../src/vocabulary/values.js';
import { KEY, openFile, openFresh } from '../support/fresh-store.js';
import { onePage } from '../support/one-page.js';
import { rowsOf, withSqlite } from '../support/sqlite.js';
import { DEFAULT_TEXT } from './policy-packs.js';

const CAST: Readonly<Record<string, Role>> = {
  mei: 'agent',
  dan: 'agent',
  lyon: 'officer',
  ana: 'deputy',
  kim: 'auditor',
  root: 'admin',
};

export type BareDesk = {
  readonly store: Store;
  readonly desk: Desk;
  /** `mei` speaks from `terminal:mei`; an account speaks as itself. Null: a private conversation. */
  readonly says: (who: string, line: string, channel?: string | null) => Promise<Answer>;
  readonly clock: (instant: string) => void;
  readonly now: () => Instant;
  readonly look: <T>(work: (tx: Tx, packOf: PackOf) => Promise<T>) => Promise<T>;
  /** Where a table says something else than the ledger. */
  readonly differences: () => Promise<readonly Difference[]>;
  readonly close: () => Promise<void>;
};

export async function bareDesk(
  options: {
    readonly file?: string;
    readonly packText?: string;
    readonly cast?: Readonly<Record<string, Role>>;
    /** Where the last checkpoint is kept beside the database; left out: in memory. */
    readonly witness?: Witness;
  } = {},
): Promise<BareDesk> {
  const store = options.file === undefined ? await openFresh() : await openFile(options.file);
  let now = '2026-11-23T02:00:00Z' as Instant;
  const packText = options.packText ?? DEFAULT_TEXT;
  const pack = parsePack(packText);
  const active: ActivePack = { pack, name: packName(pack), hash: packHash(pack) };
  const desk = await createDesk({
    store,
    pack,
    packText,
    surfaces: new Map(),
    clock: () => now,
    outside: outsideFor(
      KEY,
      () => [['note', 'from outside']],
      () => [],
      null,
      { origin: null, witness: options.witness ?? witnessInMemory() },
    ),
    log: pino({ level: 'silent' }),
    faultRef: () => 'TEST',
  });
  const people = Object.entries(options.cast ?? CAST).map(([person, role]) => ({
    person: person as Person,
    roles: [role],
    accounts: [`terminal:${person}`],
    trainedUntil: null,
  }));
  await store.transact((tx) => seedStaff(tx, now, people));
  const { packOf } = createPackShelf(active);
  return {
    store,
    desk,
    says: (who, line, channel = '#here') => {
      const account = (who.includes(':') ? who : `terminal:${who}`) as Account;
      const surface = account.split(':')[0] ?? '';
      return desk.handle({
        id: null,
        surface,
        account,
        channel,
        threadRef: null,
        missing: NONE_MISSING,
        ask: { kind: 'line', line },
      });
    },
    clock: (instant) => {
      now = instant as Instant;
    },
    now: () => now,
    look: (work) => store.transact((tx) => work(tx, (hash) => packOf(tx, hash))),
    differences: () =>
      store.transact((tx) =>
        diffProjections(onePage({ tx, packOf: (hash) => packOf(tx, hash) }), KINDS_OF_THE_DESK),
      ),
    close: () => store.close(),
  };
}

/** Straight at a closed desk's database, past the triggers that keep the ledger append-only. */
export async function tamper(file: string, ...statements: readonly string[]): Promise<void> {
  await withSqlite(file, async (connection) => {
    const triggers = await rowsOf(connection, `SELECT name FROM sqlite_master WHERE type = 'trigger'`);
    for (const { name } of triggers) await connection.executeScript(`DROP TRIGGER "${String(name)}"`);
    for (const statement of statements) await connection.executeScript(statement);
  });
}

export const codeOf = (answer: Answer): string => (answer.kind === 'error' ? answer.code : 'answer');

/** All words of a card, for looking things up in. */
export function wordsOf({ card }: { readonly card: Card }): string {
  const blocks = card.blocks.map((block) => {
    switch (block.kind) {
      case 'facts':
        return block.facts.map((fact) => fact.join(': ')).join('\n');
      case 'table':
        return [block.columns, ...block.rows].map((row) => row.join(' | ')).join('\n');
      case 'bars':
        return [block.title, ...block.bars.map((bar) => bar.join(': '))].join('\n');
      case 'next':
        return slashLine(block.step);
      case 'channels':
        return block.channels.map(({ channel, text }) => `${channel}: ${text}`).join('\n');
      case 'rows':
      case 'checkpoint':
      case 'buttons':
        return renderBlock(block);
      default:
        return block.text;
    }
  });
  return [card.title, ...blocks, card.footer ?? ''].join('\n');
}

export function factsOf({ card }: { readonly card: Card }): Readonly<Record<string, string>> {
  return Object.fromEntries(card.blocks.flatMap((block) => (block.kind === 'facts' ? block.facts : [])));
}
