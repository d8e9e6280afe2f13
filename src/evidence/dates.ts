/**
 * Every date of a case computed again from the policy pack in the file and the facts its entries state (clause 4.2, dates.md):
 * what an entry says, and what the file says of the whole case, step by step. Must not know: who verifies, wording.
 */
import * as z from 'zod/mini';
import type { DateFacts, PauseFact } from '../policy/date-facts.js';
import { requestDates } from '../policy/dates.js';
import type { Pack } from '../policy/schema.js';
import type { Day, Instant, RequestType } from '../vocabulary/values.js';
import type { EvidenceRecord, OpenEntry } from './document.js';

const day = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
const dates = z.strictObject({
  receiptDay: day,
  ackDue: day,
  actDue: z.nullable(day),
  due: day,
  target: day,
});
type Dates = z.infer<typeof dates>;

const logged = z.looseObject({ request: z.string(), receivedAt: z.string(), dates });
const contact = z.looseObject({ receivedAt: z.string(), dates: z.optional(dates) });
const amended = z.looseObject({
  receivedAt: z.optional(z.looseObject({ to: z.string() })),
  dates: z.optional(dates),
});
const checked = z.looseObject({ result: z.string(), dates: z.optional(dates) });
const paused = z.looseObject({ stops: z.nullable(z.string()) });
const resumed = z.looseObject({ dates: z.nullable(dates) });
const extended = z.looseObject({ from: day, dates, reason: z.string() });
const revoked = z.looseObject({ dates: z.optional(dates) });

/** The entry whose dates are not what the pack makes of the record, or (null) what the file says of the case. */
export type DateFlaw = {
  readonly seq: number | null;
  readonly field: string;
  readonly says: string;
  readonly computed: string;
};

type Facts = {
  readonly type: string;
  readonly receivedAt: string;
  readonly verifiedAt: string | null;
  readonly pauses: readonly PauseFact[];
  readonly extension: { readonly until: Day; readonly reason: string } | null;
};

/** Branded: text of the file, which Temporal refuses where it is no instant or day. */
const asFacts = (facts: Facts): DateFacts => ({
  receivedAt: facts.receivedAt as Instant,
  identityVerifiedAt: facts.verifiedAt as Instant | null,
  pauses: facts.pauses,
  extension: facts.extension,
});

/** Throws where an entry is not in its form or the pack cannot compute. `pack` was found to be the one that was pinned. */
export function dateFlaws(
  entries: readonly OpenEntry[],
  request: NonNullable<EvidenceRecord['case']>,
  pack: Pack,
): readonly DateFlaw[] {
  const flaws: DateFlaw[] = [];
  let facts: Facts | null = null;
  let stood: Dates | null = null;
  for (const entry of entries) {
    if (entry.leftOut !== undefined) continue;
    const next: Step = stepOf(facts, entry, stood);
    facts = next.facts;
    if (next.dates === null || facts === null) continue;
    stood = next.dates;
    flaws.push(...differences(entry.seq, stood, computedFrom(facts, pack)));
    if (next.before !== null) flaws.push({ seq: entry.seq, field: 'from', ...next.before });
  }
  if (facts === null || stood === null) return flaws;
  return [...flaws, ...caseFlaws(request, { facts, stood }, pack)];
}

type Step = {
  readonly facts: Facts | null;
  readonly dates: Dates | null;
  /** An extension from another day than the one that stood. */
  readonly before: { readonly says: string; readonly computed: string } | null;
};

function stepOf(facts: Facts | null, { type, body, at }: OpenEntry, stood: Dates | null): Step {
  const said = type.replace(/@\d+$/, '');
  const step = (changed: Partial<Facts>, own: Dates | null | undefined): Step => ({
    facts: facts === null ? null : { ...facts, ...changed },
    dates: own ?? null,
    before: null,
  });
  if (said === 'request_logged') {
    const { request, receivedAt, dates: own } = logged.parse(body);
    return {
      facts: { type: request, receivedAt, verifiedAt: null, pauses: [], extension: null },
      dates: own,
      before: null,
    };
  }
  switch (said) {
    case 'contact_added': {
      const { receivedAt, dates: own } = contact.parse(body);
      return step(own === undefined ? {} : { receivedAt }, own);
    }
    case 'amended': {
      const { receivedAt, dates: own } = amended.parse(body);
      return step(receivedAt === undefined ? {} : { receivedAt: receivedAt.to }, own);
    }
    case 'identity_checked': {
      const { result, dates: own } = checked.parse(body);
      return step(result === 'pass' ? { verifiedAt: at } : {}, own);
    }
    case 'identity_revoked':
      return step({ verifiedAt: null }, revoked.parse(body).dates);
    case 'paused': {
      const pause = { from: at as Instant, to: null, reason: paused.parse(body).stops ?? '' };
      return step({ pauses: [...(facts?.pauses ?? []), pause] }, null);
    }
    case 'resumed': {
      const pauses = (facts?.pauses ?? []).map((one) =>
        one.to === null ? { ...one, to: at as Instant } : one,
      );
      return step({ pauses }, resumed.parse(body).dates);
    }
    case 'extended': {
      const { dates: own, reason, from } = extended.parse(body);
      const before = stood === null || stood.due === from ? null : { says: from, computed: stood.due };
      return { ...step({ extension: { until: own.due as Day, reason } }, own), before };
    }
    default:
      return step({}, null);
  }
}

function computedFrom(
  facts: Facts,
  pack: Pack,
): Dates & { readonly steps: ReturnType<typeof requestDates>['steps'] } {
  const { receiptDay, ackDue, actDue, due, target, steps } = requestDates(
    pack,
    facts.type as RequestType,
    asFacts(facts),
  );
  return { receiptDay, ackDue, actDue, due, target, steps };
}

const FIELDS = ['receiptDay', 'ackDue', 'actDue', 'due', 'target'] as const;

const differences = (seq: number | null, says: Dates, computed: Dates): readonly DateFlaw[] =>
  FIELDS.flatMap((field) =>
    says[field] === computed[field]
      ? []
      : [{ seq, field, says: says[field] ?? 'none', computed: computed[field] ?? 'none' }],
  );

/** What the file says of the case as a whole: its days as the last entry left them, and each step of their why. */
function caseFlaws(
  request: NonNullable<EvidenceRecord['case']>,
  { facts, stood }: { readonly facts: Facts; readonly stood: Dates },
  pack: Pack,
): readonly DateFlaw[] {
  const said = request.dates;
  const { steps } = computedFrom(facts, pack);
  const shown: Dates = {
    receiptDay: said.received,
    ackDue: said.acknowledgeBy.day,
    actDue: said.actBy?.day ?? null,
    due: said.due.day,
    target: said.target,
  };
  const why = (each: { readonly on: string; readonly clause: string | null }): string =>
    `${each.on} (${each.clause ?? '-'})`;
  const expected = steps.map(({ day: on, clause }) => why({ on, clause }));
  const told = said.computed.map(why);
  const at = [...expected, ...told].findIndex((_, index) => expected[index] !== told[index]);
  return [
    ...(request.type === facts.type
      ? []
      : [{ seq: null, field: 'type', says: request.type, computed: facts.type }]),
    ...(request.receivedAt === facts.receivedAt
      ? []
      : [{ seq: null, field: 'receivedAt', says: request.receivedAt, computed: facts.receivedAt }]),
    ...differences(null, shown, stood),
    ...(at === -1
      ? []
      : [{ seq: null, field: `step ${at + 1}`, says: told[at] ?? 'none', computed: expected[at] ?? 'none' }]),
  ];
}
