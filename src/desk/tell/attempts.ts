/** What was tried on a record and not carried out, with the very account that tried it. Must not know: any one kind. */

import { minuteWords } from '../../language/en/dates.js';
import { PARTS } from '../../language/en/evidence-page.js';
import { personWords } from '../../language/en/people.js';
import type { Actor, Instant } from '../../vocabulary/values.js';
import type { EvidenceSection } from './kinds.js';

type Stamped = {
  readonly seq: number;
  readonly at: Instant;
  readonly actor: Actor;
  readonly event: { readonly type: string };
};
type Attempt = {
  readonly type: 'command_refused';
  readonly command: string;
  readonly code: string;
  readonly clause: string | null;
};

const isAttempt = (event: Stamped['event']): event is Attempt => event.type === 'command_refused';

export const refusalsOf = (history: readonly Stamped[]) =>
  history.flatMap(({ seq: entry, at, actor, event }) =>
    isAttempt(event)
      ? [
          {
            entry,
            at,
            who: personWords(actor),
            command: event.command,
            code: event.code,
            clause: event.clause,
          },
        ]
      : [],
  );

type Refusals = ReturnType<typeof refusalsOf>;

export const refusalSection = (refusals: Refusals, zone: string): EvidenceSection => ({
  kind: 'table',
  ofEntries: true,
  ...PARTS.refusals,
  rows: refusals.map((each) => [
    String(each.entry),
    minuteWords(each.at, zone),
    each.who,
    each.command.replace('.', ' '),
    each.code,
    each.clause ?? '',
  ]),
});
