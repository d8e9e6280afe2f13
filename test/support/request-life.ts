/**
 * Random lives of a case on the pure deciders: any command, by anybody, at any later moment; refused ones change nothing.
 * Must not know: storage, surfaces.
 */
import fc from 'fast-check';
import type { RequestEvent } from '../../src/domain/request/events.js';
import { decideAssign, decideNote, decideSnooze } from '../../src/domain/request/handling.js';
import { applyEvent, requestFrom } from '../../src/domain/request/replay.js';
import type { PrivacyRequest, StampedEvent } from '../../src/domain/request/request.js';
import {
  CATEGORIES,
  type Category,
  type Instant,
  NOTICE_KINDS,
  type Person,
  REQUEST_TYPES,
} from '../../src/domain/values.js';
import type { Pack } from '../../src/policy/schema.js';
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
  told,
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
const result = fc.constantFrom('done', 'none_held', 'retained');

/** Commands as deciders take them, the useful ones more often. */
const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom('pass', 'pass', 'fail').map((how) => verify(how as 'pass' | 'fail')),
  },
  { weight: 3, arbitrary: result.map((how) => check(how as 'done')) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(result, fc.constantFrom(...CATEGORIES))
      .map(([how, one]) => check(how as 'done', one)),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        fc.constantFrom('fulfilled', 'fulfilled', 'partially_fulfilled', 'refused', 'no_data_held'),
        terms,
      )
      .map(([outcome, given]) => propose(outcome as 'fulfilled', given)),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom('approve', 'approve', 'return', 'refuse'), terms, shown)
      .map(([verdict, given, number]) =>
        decide(verdict as 'approve', {
          ground: given.ground,
          law: given.law,
          reason: given.facts,
          shown: number,
        }),
      ),
  },
  { weight: 2, arbitrary: fc.constantFrom(carryOut(), carryOut(RECIPIENT)) },
  { weight: 6, arbitrary: fc.constantFrom(...NOTICE_KINDS).map((kind) => notice(kind)) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(notified('Swift Courier'), notified('Swift Courier', 'it is gone')),
  },
  { weight: 3, arbitrary: fc.constant(close()) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('withdrawn_by_subject', 'duplicate', 'not_controller', 'identity_not_verified')
      .map((outcome) => close(outcome as 'duplicate')),
  },
  { weight: 1, arbitrary: fc.constantFrom(pause(), pause('identity'), resume, resume, reopen) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.integer({ min: 1, max: 60 }), fc.boolean())
      .map(([days, agreed]) =>
        extend(
          dayAfter(days),
          'other_significant',
          agreed ? {} : { explained: told('2026-12-30'), consent: null },
        ),
      ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...CATEGORIES).map((category: Category): Command => retain([category])),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...STAFF).map(
      (to): Command =>
        (request) =>
          decideAssign(request, to as Person),
    ),
  },
  { weight: 1, arbitrary: fc.constant<Command>((request) => decideNote(request, 'the customer called')) },
  {
    weight: 1,
    arbitrary: fc.constant<Command>((request, facts) =>
      decideSnooze(request, { days: 2, reason: 'x' }, facts),
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
      by: fc.constantFrom(...STAFF),
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
