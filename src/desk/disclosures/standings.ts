/**
 * Standing approvals as a kind of stream: all of them on one, since nothing in them is a customer's; and what revoking one does
 * to what it approved. Must not know: commands.
 */
import { decideRevoked } from '../../domain/disclosures/passing.js';
import {
  applyStanding,
  type KnownStanding,
  lastDayOf,
  type StandingEvent,
  standingEvent,
} from '../../domain/disclosures/standing.js';
import { eventsOf } from '../../record/entry.js';
import type { Consequence, Kind, Only, Reaction, Recorder } from '../../record/kind.js';
import type { StandingRow } from '../../record/rows.js';
import { sameWords } from '../../vocabulary/spelling.js';
import { disclosures } from './kind.js';
import { loadDisclosure } from './on-disclosure.js';

type Given = readonly KnownStanding[];

export const standings: Kind<Given, StandingEvent, StandingRow> & { readonly streams: Only<Given> } = {
  name: 'standing',
  streams: { only: 'standings', empty: [] },
  events: eventsOf(standingEvent),
  apply: (given, { event }) => applyStanding(given, event),
  table: {
    keyOf: ({ number }) => String(number),
    rowsOf: async (given) => given.map(standingRowOf),
    put: (tx, row) => tx.putStanding(row),
    stored: async (tx, number) =>
      (await tx.standings(null)).find((row) => String(row.number) === number) ?? null,
    some: (tx) => tx.standings(null),
    subjectOf: () => null,
  },
  posts: () => [],
  clock: null,
};

function standingRowOf(standing: KnownStanding): StandingRow {
  const { number, recipient, template, categories, from, by } = standing;
  return { number, recipient, template, categories, from, until: lastDayOf(standing), by };
}

/** The numbers of the disclosures that may be of this standing approval; which are, their streams say. */
export async function usedFor(
  { tx }: Pick<Recorder, 'tx'>,
  { recipient, template }: Pick<KnownStanding, 'recipient' | 'template'>,
  statuses?: readonly ['approved'],
): Promise<readonly string[]> {
  const rows = await tx.disclosures(statuses === undefined ? {} : { statuses });
  return rows
    .filter((row) => row.template === template && sameWords(row.recipient, recipient))
    .map(({ ref }) => ref);
}

export const onStandingRevoked: Reaction<Given, StandingEvent> = {
  to: 'standing',
  consequences: async (recorder, { after, stamped }) => {
    const found: Consequence[] = [];
    for (const { event } of stamped) {
      const standing = after.find(({ number }) => number === event.number);
      if (event.type !== 'standing_revoked' || standing === undefined) continue;
      for (const ref of await usedFor(recorder, standing, ['approved'])) {
        const state = (await loadDisclosure(recorder, ref))?.disclosure;
        const events = state === undefined ? [] : decideRevoked(state, event.number);
        if (state === undefined || events.length === 0) continue;
        const on = { stream: ref, state, version: state.version, history: [] };
        found.push({ kind: disclosures, on, events, posts: [] });
      }
    }
    return found;
  },
};
