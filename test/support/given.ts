/**
 * given(events).at(instant).by(person).when(command) → records(events) or refuses(code, clause): the form of every test of the
 * request deciders. Must not know: storage, surfaces.
 */

import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { slashLine } from '../../src/chat/step-line.js';
import { sameName } from '../../src/domain/people.js';
import type { Refusal } from '../../src/domain/refusal.js';
import type { RequestEvent } from '../../src/domain/requests/events.js';
import type { Circumstances, RequestDecision } from '../../src/domain/requests/handling.js';
import { nextStep } from '../../src/domain/requests/next.js';
import { applyEvent, requestFrom } from '../../src/domain/requests/replay.js';
import type { PrivacyRequest, StampedEvent } from '../../src/domain/requests/request.js';
import { stepOf } from '../../src/language/en/next-steps.js';
import { refusalWords } from '../../src/language/refusals.js';
import { civilDay } from '../../src/policy/calendar.js';
import { parsePack } from '../../src/policy/pack.js';
import { mayDo } from '../../src/policy/permissions.js';
import type { Pack } from '../../src/policy/schema.js';
import type { Account, Actor, Instant, Person, Role } from '../../src/vocabulary/values.js';

export const PACK = parsePack(readFileSync('manifests/policies/default.yaml', 'utf8'));

/** The cast: who they are, and in which role. */
const ROLES: Readonly<Record<string, Role>> = {
  mei: 'agent',
  dan: 'agent',
  lyon: 'officer',
  ana: 'deputy',
  kim: 'auditor',
};

/** An event, or one with who did it and when; otherwise mei did it as the case was logged. */
export type Happened =
  | RequestEvent
  | { readonly event: RequestEvent; readonly by: string; readonly at?: string };

export const by = (person: string, event: RequestEvent, at?: string): Happened =>
  at === undefined ? { event, by: person } : { event, by: person, at };

export const actorOf = (person: string): Actor & { readonly person: Person } => ({
  person: person as Person,
  account: `terminal:${person}` as Account,
});

export const LOGGED_AT = '2026-11-23T02:00:00Z' as Instant;

export function circumstances(at: Instant, person: string, pack: Pack = PACK): Circumstances {
  const role = ROLES[person];
  return {
    now: at,
    today: civilDay(at, pack.zone),
    actor: actorOf(person),
    pack,
    may: (permission) => role !== undefined && mayDo(pack, [role], permission),
    same: sameName,
  };
}

export type Command = (request: PrivacyRequest, circumstances: Circumstances) => RequestDecision;

export type Outcome = {
  readonly decision: RequestDecision;
  /** What was decided, field by field of what is named here; returns the case afterwards. */
  readonly records: (...events: readonly object[]) => PrivacyRequest;
  readonly refuses: (code: string, clause?: string | null, says?: RegExp) => void;
};

type Setting = {
  readonly at: (instant: string) => Setting;
  readonly by: (person: string) => Setting;
  readonly under: (pack: Pack) => Setting;
  readonly when: (command: Command) => Outcome;
  readonly request: PrivacyRequest;
};

export function given(...happened: readonly Happened[]): Setting {
  const stamped = happened.map(stamp);
  return setting(requestFrom(stamped), LOGGED_AT, 'mei', PACK);
}

/** From a state that another test's events led to. */
export const givenCase = (request: PrivacyRequest): Setting => setting(request, LOGGED_AT, 'mei', PACK);

function stamp(happened: Happened, index: number): StampedEvent {
  const {
    event,
    by: person,
    at = LOGGED_AT,
  } = 'event' in happened ? happened : { event: happened, by: 'mei' };
  return { seq: index + 1, at: at as Instant, actor: actorOf(person), event };
}

function setting(request: PrivacyRequest, now: Instant, person: string, pack: Pack): Setting {
  return {
    at: (instant) => setting(request, instant as Instant, person, pack),
    by: (other) => setting(request, now, other, pack),
    under: (other) => setting(request, now, person, other),
    when: (command) => outcomeOf(request, command, circumstances(now, person, pack)),
    request,
  };
}

function outcomeOf(request: PrivacyRequest, command: Command, facts: Circumstances): Outcome {
  const decision = command(request, facts);
  return {
    decision,
    records: (...events) => {
      expect(decision).toEqual({
        kind: 'done',
        events: events.map((event) => expect.objectContaining(event)),
      });
      return after(request, decision, facts);
    },
    refuses: (code, clause, says) => {
      expect(decision).toMatchObject({ kind: 'refused', refusal: { code } });
      if (decision.kind !== 'refused') return;
      if (clause !== undefined) expect(decision.refusal.clause).toBe(clause);
      if (says !== undefined) expect(saidOf(decision.refusal, request, facts)).toMatch(says);
    },
  };
}

/** The case after what was decided. */
export function after(
  request: PrivacyRequest,
  decision: RequestDecision,
  facts: Circumstances,
): PrivacyRequest {
  if (decision.kind === 'refused') throw new Error(`refused: ${decision.refusal.code}`);
  return decision.events.reduce<PrivacyRequest>(
    (state, event) => applyEvent(state, { seq: state.version + 1, at: facts.now, actor: facts.actor, event }),
    request,
  );
}

/** What a person reads of a refusal: the sentence, the hint, the next command, which may be what brings the case on for them. */
function saidOf(refusal: Refusal, request: PrivacyRequest, facts: Circumstances): string {
  const { says, hint, step = null } = refusalWords(refusal);
  const next = step === 'onward' ? nextStep(request, facts) : null;
  const advised = next !== null ? stepOf(request.ref, next, facts.pack) : step === 'onward' ? null : step;
  return [says, hint ?? '', advised === null ? '' : slashLine(advised)].join(' ');
}
