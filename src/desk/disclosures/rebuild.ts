/**
 * Rebuilding the disclosures', consents' and standing approvals' tables from their streams (domain.md rule 10).
 * Must not know: how a difference is worded.
 */

import type { PackOf } from '../../record/rebuild.js';
import type { ConsentRow, DisclosureRow, StandingRow } from '../../record/rows.js';
import type { Tx } from '../../record/store.js';
import {
  consentOf,
  consentRowOf,
  disclosureOf,
  disclosureRowOf,
  STANDINGS,
  standingRowOf,
  standingsOf,
} from './kind.js';

export async function rebuildDisclosure(tx: Tx, ref: string, packOf: PackOf): Promise<DisclosureRow> {
  const disclosure = disclosureOf(await tx.entries(ref, { lock: false }));
  return disclosureRowOf(disclosure, await packOf(disclosure.pack.hash));
}

export const rebuildConsent = async (tx: Tx, ref: string): Promise<ConsentRow> =>
  consentRowOf(consentOf(await tx.entries(ref, { lock: false })));

export const rebuildStandings = async (tx: Tx): Promise<readonly StandingRow[]> =>
  standingsOf(await tx.entries(STANDINGS, { lock: false })).map(standingRowOf);

/** A table kept by reference: what is stored, and what each stream gives. */
export type Kept<Row extends { readonly ref: string }> = {
  readonly what: 'disclosure' | 'consent';
  readonly prefix: string;
  readonly stored: (ref: string) => Promise<Row | null>;
  /** One row more than there are streams is enough to meet a row that has none. */
  readonly some: (limit: number) => Promise<readonly Row[]>;
  readonly rebuild: (ref: string) => Promise<Row>;
};

export function keptTables(tx: Tx, packOf: PackOf): readonly [Kept<DisclosureRow>, Kept<ConsentRow>] {
  return [
    {
      what: 'disclosure',
      prefix: 'DR-',
      stored: (ref) => tx.disclosure(ref),
      some: (limit) => tx.disclosures({ limit }),
      rebuild: (ref) => rebuildDisclosure(tx, ref, packOf),
    },
    {
      what: 'consent',
      prefix: 'CO-',
      stored: (ref) => tx.consent(ref),
      some: async (limit) => (await tx.consents(null)).slice(0, limit),
      rebuild: (ref) => rebuildConsent(tx, ref),
    },
  ];
}
