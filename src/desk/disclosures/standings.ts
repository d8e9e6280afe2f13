/** Standing approvals as a kind of stream: all of them on one, since nothing in them is a customer's. Must not know: commands. */
import { type Standing, type StandingEvent, standingEvent } from '../../domain/disclosures/standing.js';
import { eventsOf } from '../../record/entry.js';
import type { Kind, Only } from '../../record/kind.js';
import type { StandingRow } from '../../record/rows.js';

type Given = readonly Standing[];

export const standings: Kind<Given, StandingEvent, StandingRow> & { readonly streams: Only<Given> } = {
  name: 'standing',
  streams: { only: 'standings', empty: [] },
  events: eventsOf(standingEvent),
  apply: (given, { event: { type: _type, ...standing } }) => [...given, standing],
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

const standingRowOf = ({
  number,
  recipient,
  template,
  categories,
  from,
  until,
  by,
}: Standing): StandingRow => ({ number, recipient, template, categories, from, until, by });
