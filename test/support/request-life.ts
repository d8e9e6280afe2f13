/**
 * Random lives of a case on the pure deciders: any command, by anybody, at any later moment; refused ones change nothing.
 * Must not know: storage, surfaces.
 */
import fc from 'fast-check';
import {
  type CheckResult,
  EARLY_OUTCOMES,
  type ProposedOutcome,
  type RequestEvent,
} from '../../src/domain/requests/events.js';
import { decideAssign, decideNote, decideSnooze } from '../../src/domain/requests/handling.js';
import { applyEvent, requestFrom } from '../../src/domain/requests/replay.js';
import type { PrivacyRequest, StampedEvent } from '../../src/domain/requests/request.js';
import type { Pack } from '../../src/policy/schema.js';
import {
  type Category,
  type Instant,
  NOTICE_KINDS,
  type Person,
  REQUEST_TYPES,
} from '../../src/vocabulary/values.js';
import { actorOf, type Command, circumstances, LOGGED_AT } from './given.js';
import {
  carryOut,
  check,
  close,
  decide,
  extend,
  logged,
  notice,
  notified,
  pause,
  propose,
  reopen,
  resume,
  retain,
  verify,
} from './request-words.js';

/** The type's own grounds and strangers'. */
const GROUNDS = [
  'LAW_REQUIRES_RETENTION',
  'STOP_LEGAL_OBLIGATION',
  'RETENTION_REQUIRED',
  'NOT_CONTROLLER',
  'ID_NOT_CORRECTABLE',
  'BUSY',
  null,
] as const;
const STAFF = ['mei', 'dan', 'lyon', 'ana', 'kim'] as const;
const RECIPIENT = { recipient: 'Swift Courier', disclosures: ['DR-2026-0001'] };

const terms = fc.record({
  ground: fc.constantFrom(...GROUNDS),
  law: fc.constantFrom('Act 12', null),
  facts: fc.constantFrom('a threat', null),
  evidence: fc.constantFrom('T-9', null),
  nameEvidence: fc.constantFrom('REG-5', null),
});
const shown = fc.constantFrom(null, null, 1, 2);
const result = fc.constantFrom<CheckResult>('done', 'done', 'none_held', 'retained');
const outcome = fc.constantFrom<ProposedOutcome>(
  'fulfilled',
  'fulfilled',
  'partially_fulfilled',
  'refused',
  'no_data_held',
);
const verdict = fc.constantFrom<'approve' | 'return' | 'refuse'>('approve', 'approve', 'return', 'refuse');
const category = fc.constantFrom<Category>('email', 'name', 'account_id', 'payment', 'other');
const person = fc.constantFrom(...STAFF);

/** With its words, for a counterexample that can be read. */
const said = (words: string, run: Command): Command =>
  Object.assign((...given: Parameters<Command>) => run(...given), { [fc.toStringMethod]: () => words });

const saying = <T>(of: fc.Arbitrary<T>, verb: string, make: (given: T) => Command): fc.Arbitrary<Command> =>
  of.map((given) => said(`${verb} ${JSON.stringify(given)}`, make(given)));

/** Commands as deciders take them, the useful ones more often. */
const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 3,
    arbitrary: saying(fc.constantFrom<'pass' | 'fail'>('pass', 'pass', 'fail'), 'verify', verify),
  },
  { weight: 3, arbitrary: saying(result, 'check', (how) => check(how)) },
  { weight: 1, arbitrary: saying(fc.tuple(result, category), 'check', ([how, one]) => check(how, one)) },
  {
    weight: 4,
    arbitrary: saying(fc.tuple(outcome, terms), 'propose', ([what, given]) => propose(what, given)),
  },
  {
    weight: 4,
    arbitrary: saying(fc.tuple(verdict, terms, shown), 'decide', ([what, { ground, law, facts }, number]) =>
      decide(what, { ground, law, reason: facts, shown: number }),
    ),
  },
  { weight: 2, arbitrary: saying(fc.boolean(), 'done', (told) => (told ? carryOut(RECIPIENT) : carryOut())) },
  { weight: 6, arbitrary: saying(fc.constantFrom(...NOTICE_KINDS), 'notice', (kind) => notice(kind)) },
  {
    weight: 2,
    arbitrary: saying(fc.constantFrom(null, 'it is gone'), 'notified', (excuse) =>
      notified(RECIPIENT.recipient, excuse),
    ),
  },
  { weight: 4, arbitrary: saying(fc.constantFrom(null, null, null, ...EARLY_OUTCOMES), 'close', close) },
  { weight: 1, arbitrary: saying(fc.constantFrom('waiting', 'identity'), 'pause', pause) },
  { weight: 2, arbitrary: fc.constantFrom(said('resume', resume), said('reopen', reopen)) },
  {
    weight: 1,
    arbitrary: saying(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.boolean()), 'extend', ([days, agreed]) =>
      extend(dayAfter(days), 'other_significant', agreed ? {} : { consent: null }),
    ),
  },
  { weight: 1, arbitrary: saying(category, 'retain', (one) => retain([one])) },
  {
    weight: 1,
    arbitrary: saying(
      person,
      'assign',
      (to) => (request, facts) => decideAssign(request, to as Person, facts),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constant(said('note', (request) => decideNote(request, 'the customer called'))),
  },
  {
    weight: 1,
    arbitrary: fc.constant(
      said('snooze', (request, facts) => decideSnooze(request, { days: 2, reason: 'x' }, facts)),
    ),
  },
);

const dayAfter = (days: number): string =>
  new Date(Date.UTC(2026, 11, 23) + days * 86_400_000).toISOString().slice(0, 10);

export type Step = { readonly by: (typeof STAFF)[number]; readonly hours: number; readonly command: Command };

export type Life = {
  readonly type: (typeof REQUEST_TYPES)[number];
  readonly scope: readonly Category[];
  readonly steps: readonly Step[];
};

export const life: fc.Arbitrary<Life> = fc.record({
  type: fc.constantFrom(...REQUEST_TYPES),
  scope: fc.uniqueArray(fc.constantFrom<Category>('email', 'name', 'account_id', 'payment'), {
    minLength: 1,
    maxLength: 2,
  }),
  steps: fc.array(
    fc.record({
      by: person,
      hours: fc.constantFrom(0, 0, 1, 5, 24, 24 * 9),
      command,
    }),
    { minLength: 15, maxLength: 60 },
  ),
});

export type Lived = {
  readonly request: PrivacyRequest;
  readonly history: readonly StampedEvent[];
  readonly refusals: readonly string[];
};

/** Plays a life and shows every state on the way. */
export function live(
  { type, scope, steps }: Life,
  pack: Pack,
  see: (lived: Lived) => void = () => {},
): Lived {
  const first = stamped(logged(type, { scope, pack }), 1, LOGGED_AT, 'mei');
  const history = [first];
  const refusals: string[] = [];
  let request = requestFrom(history);
  let now: Instant = LOGGED_AT;
  for (const { by, hours, command: run } of steps) {
    now = later(now, hours);
    const decision = run(request, circumstances(now, by, pack));
    if (decision.kind === 'refused') refusals.push(decision.refusal.code);
    else
      for (const event of decision.events) {
        const next = stamped(event, history.length + 1, now, by);
        history.push(next);
        request = applyEvent(request, next);
      }
    see({ request, history, refusals });
  }
  return { request, history, refusals };
}

const stamped = (event: RequestEvent, seq: number, at: Instant, by: string): StampedEvent => ({
  seq,
  at,
  actor: actorOf(by),
  event,
});

const later = (at: Instant, hours: number): Instant =>
  new Date(Date.parse(at) + hours * 3_600_000).toISOString().replace('.000Z', 'Z') as Instant;
