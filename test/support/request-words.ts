/**
 * The request commands and events of tests, short: `verify('pass')`, `logged('deletion', { scope: ['email'] })`.
 * What is left out is what most tests don't care about.
 */
import type { EarlyInput } from '../../src/domain/requests/early.js';
import {
  decideClose,
  decideDone,
  decideExtend,
  decideNotified,
  decideReopen,
  type Received,
} from '../../src/domain/requests/ending.js';
import type {
  CheckResult,
  EarlyOutcome,
  ProposedOutcome,
  RequestEvent,
  Told,
} from '../../src/domain/requests/events.js';
import { decideCheck, decidePause, decideResume, decideVerify } from '../../src/domain/requests/handling.js';
import { decideLog, type LogInput } from '../../src/domain/requests/log.js';
import { decideNotice } from '../../src/domain/requests/notices.js';
import {
  type DecideInput,
  decideDecide,
  decidePropose,
  decideRetain,
} from '../../src/domain/requests/outcome.js';
import type { ProposeInput } from '../../src/domain/requests/proposal-guards.js';
import type { PrivacyRequest } from '../../src/domain/requests/request.js';
import type { Pack } from '../../src/policy/schema.js';
import type {
  Category,
  Day,
  Instant,
  NoticeKind,
  Person,
  RequestType,
  SubjectId,
} from '../../src/vocabulary/values.js';
import { by, type Command, type Happened, LOGGED_AT, PACK } from './given.js';

export const REF = 'PR-2026-0001';
export const day = (text: string): Day => text as Day;
export const told = (on: string, ref: string | null = 'call#9'): Told => ({ day: day(on), ref });

export type Logging = Partial<LogInput> & { readonly now?: string; readonly pack?: Pack };

export function log(type: RequestType, { now = LOGGED_AT, pack = PACK, ...input }: Logging = {}) {
  return decideLog(
    {
      type,
      customer: 'C-10812',
      scope: ['email'],
      via: 'chat',
      receivedAt: now as Instant,
      ref: null,
      note: null,
      aboutOfficer: false,
      force: null,
      ...input,
    },
    {
      ref: REF,
      subjectId: 'subject-1' as SubjectId,
      officers: ['lyon' as Person],
      withdraws: [],
      pack: { name: 'default@2024-03-15', hash: 'hash' },
    },
    { now: now as Instant, pack },
  );
}

export function logged(type: RequestType, logging: Logging = {}): RequestEvent {
  const decision = log(type, logging);
  const event = decision.kind === 'done' ? decision.events[0] : undefined;
  if (event === undefined) throw new Error('it was not logged');
  return event;
}

export const verified: RequestEvent = {
  type: 'identity_checked',
  method: 'callback',
  result: 'pass',
  attempt: 1,
  final: false,
  personal: { ref: 'call#9' },
};

export const failed = (attempt: number): RequestEvent => ({
  ...verified,
  result: 'fail',
  attempt,
  final: attempt >= 3,
});

export const checked = (result: CheckResult, ...categories: Category[]): RequestEvent => ({
  type: 'categories_checked',
  categories,
  result,
  personal: { ref: null },
});

export const kept = (until: string, ...categories: Category[]): RequestEvent => ({
  type: 'retention_recorded',
  categories,
  until: day(until),
  explainedOn: day('2026-11-23'),
  consentOn: day('2026-11-23'),
  personal: { law: 'Accounting Act art. 12', explainedRef: 'call#9', consentRef: 'call#9' },
});

export const proposed = (
  outcome: ProposedOutcome,
  ground: string | null = null,
  { number = 1, settled = false, law = null as string | null } = {},
): RequestEvent => ({
  type: 'outcome_proposed',
  number,
  outcome,
  ground,
  until: null,
  settled,
  personal: { law, facts: null, evidence: null, nameEvidence: null },
});

export const approved = (number = 1): RequestEvent => ({
  type: 'proposal_approved',
  number,
  personal: { reason: null },
});
export const returned = (number = 1): RequestEvent => ({
  type: 'proposal_returned',
  number,
  personal: { reason: 'look again' },
});
export const carriedOut = (...recipients: string[]): RequestEvent => ({
  type: 'completed',
  recipients: recipients.map((recipient) => ({
    recipient,
    disclosures: ['DR-2026-0001'],
    due: day('2026-11-24'),
  })),
  personal: { evidence: 'CHG-1' },
});
export const noticed = (...kinds: NoticeKind[]): readonly RequestEvent[] =>
  kinds.map((kind) => ({
    type: 'notice_recorded',
    kind,
    via: null,
    sentAt: LOGGED_AT,
    personal: { ref: 'MSG-1' },
  }));

export const verify =
  (result: 'pass' | 'fail'): Command =>
  (request, facts) =>
    decideVerify(request, { method: 'callback', result, ref: 'call#9' }, facts);

export const check =
  (result: CheckResult, ...categories: Category[]): Command =>
  (request, facts) =>
    decideCheck(
      request,
      { categories: categories.length === 0 ? 'all' : categories, result, ref: null },
      facts,
    );

export const pause =
  (reason = 'waiting for the order number'): Command =>
  (request, facts) =>
    decidePause(request, reason, facts);

export const resume: Command = (request, facts) => decideResume(request, facts);

export const propose =
  (outcome: ProposedOutcome, terms: Partial<ProposeInput> = {}): Command =>
  (request, facts) =>
    decidePropose(
      request,
      {
        outcome,
        ground: null,
        law: null,
        until: null,
        facts: null,
        evidence: null,
        nameEvidence: null,
        ...terms,
      },
      facts,
    );

export const decide =
  (verdict: DecideInput['verdict'], terms: Partial<DecideInput> = {}): Command =>
  (request, facts) =>
    decideDecide(request, { verdict, reason: null, ground: null, law: null, shown: null, ...terms }, facts);

type Keeping = { readonly explained?: Told | null; readonly consent?: Told | null; readonly until?: string };

const TOLD = told('2026-11-23');

export const retain =
  (
    categories: readonly Category[],
    { explained = TOLD, consent = TOLD, until = '2031-12-31' }: Keeping = {},
  ): Command =>
  (request, facts) =>
    decideRetain(
      request,
      { categories, law: 'Accounting Act art. 12', until: day(until), explained, consent },
      facts,
    );

export const extend =
  (until: string, reason: string, { explained = TOLD, consent = TOLD }: Keeping = {}): Command =>
  (request, facts) =>
    decideExtend(request, { until: day(until), reason, explained, consent }, facts);

export const carryOut =
  (...received: readonly Received[]): Command =>
  (request, facts) =>
    decideDone(request, 'CHG-1', received, facts);

export const notice =
  (kind: NoticeKind, sentAt: string = LOGGED_AT): Command =>
  (request, facts) =>
    decideNotice(request, { kind, via: null, sentAt: sentAt as Instant, ref: 'MSG-1' }, facts);

export const notified =
  (recipient: string, excuse: string | null = null): Command =>
  (request, facts) =>
    decideNotified(request, { recipient, via: null, ref: 'MSG-2', excuse }, facts);

export const close =
  (outcome: EarlyOutcome | null = null, without: Partial<EarlyInput> = {}): Command =>
  (request, facts) =>
    decideClose(request, outcome === null ? null : { ...earlyEnd(request, outcome), ...without }, facts);

/** An early ending with everything it needs. */
export const earlyEnd = (request: PrivacyRequest, outcome: EarlyOutcome): EarlyInput => ({
  outcome,
  ref: 'T-9',
  reason: 'wrong customer',
  of:
    outcome === 'duplicate'
      ? { ...request, ref: 'PR-2026-0009', open: true, freezing: request.freeze === 'active' }
      : null,
});

export const reopen: Command = (request, facts) =>
  decideReopen(request, 'the archive copy was missed', facts);

const GROUND: Partial<Record<RequestType, string>> = {
  deletion: 'LAW_REQUIRES_RETENTION',
  consent_withdrawal: 'RETENTION_REQUIRED',
};

export type Ending = 'fulfilled' | 'no_data_held' | 'partially_fulfilled' | 'refused';

/** A case decided this way, and carried out where that is needed; `keeps` when something is retained. */
export function decided(type: RequestType, ending: Ending, keeps = false): readonly Happened[] {
  const result = keeps ? 'retained' : ending === 'no_data_held' ? 'none_held' : 'done';
  const settled =
    (type === 'access' || type === 'complaint') && (ending === 'fulfilled' || ending === 'no_data_held');
  const ground =
    ending === 'fulfilled' || ending === 'no_data_held' ? null : (GROUND[type] ?? 'NOT_CONTROLLER');
  const start: Happened[] = [logged(type)];
  if (type !== 'complaint') start.push(verified, checked(result, 'email'));
  if (keeps) start.push(kept('2031-12-31', 'email'));
  start.push(proposed(ending, ground, { settled, law: 'Act 12' }));
  if (!settled) start.push(by('lyon', approved()));
  if (ending !== 'refused') start.push(carriedOut());
  return start;
}

/** A case that is verified and whose whole scope has one answer. */
export const ready = (
  type: RequestType,
  result: 'done' | 'none_held' | 'retained' = 'done',
  scope: Category[] = ['email'],
) => [logged(type, { scope }), verified, checked(result, ...scope)] as const;
