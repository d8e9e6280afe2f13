/** What a policy pack says about one request type, in plain English sentences. Must not know: cases. */
import type { FreezeTime, RequestRuleFact } from '../../policy/request-rule-facts.js';
import type { FreezeRestRule } from '../../policy/schema.js';
import type { RequestType } from '../../vocabulary/values.js';
import { capital, either, listed, spoken } from './lists.js';
import { periodWords } from './periods.js';

/** The request type as a sentence begins with it: `Consent withdrawal`. */
const typeName = (type: RequestType): string => capital(spoken(type));

export function requestRuleWords(fact: RequestRuleFact): string {
  const name = typeName(fact.type);
  switch (fact.kind) {
    case 'request':
      return `${name}: ${fact.means}.`;
    case 'due':
      return due(name, fact);
    case 'target':
      return fact.within === null
        ? `${name}: the target is the last working day on or before the due day.`
        : `${name}: the target is the last working day within ${periodWords(fact.within)}.`;
    case 'clock-never-stops':
      return `${name}: the clock never stops.`;
    case 'clock-stops':
      return `${name}: the clock stops for ${either(fact.reasons.map(spoken))}, ${fact.count === 'inclusive' ? 'first and last day counted' : 'the first day not counted'}.`;
    case 'never-extended':
      return `${name} is never extended.`;
    case 'extension':
      return extension(name, fact);
    case 'acknowledged':
      return `${name} is acknowledged within ${periodWords(fact.within)}.`;
    case 'acted-on':
      return `${name} is acted on within ${periodWords(fact.within)}.`;
    case 'own-reminders':
      return `${name} has its own reminders, ${listed(fact.days.map(String))} days before.`;
    case 'handling':
      return `${name}: ${listed([
        fact.identity ? 'identity is verified first' : 'identity need not be verified',
        fact.checklist ? 'every category in scope is answered for' : 'there is no checklist',
        fact.decision === 'officer'
          ? 'the officer decides'
          : 'an agent may fulfil it, the officer decides anything less',
      ])}.`;
    case 'recipients-of-result':
      return `${name}: recipients of the data are ${fact.told ? '' : 'not '}told of the result.`;
    case 'never-possible':
      return `${name} of ${fact.category} is never possible: ground ${fact.ground}.`;
    case 'evidence-needed':
      return `${name} of ${fact.category} needs ${spoken(fact.field)}; without it: ground ${fact.ground}.`;
    case 'freezes-nothing':
      return `${name} freezes nothing.`;
    case 'freezes':
      return `${name} freezes its data from the moment of logging.`;
    case 'freeze-after':
      return `${name}: once fulfilled, the freeze is ${spoken(fact.after)}.`;
    case 'freeze-says': {
      const note = fact.note === null ? '' : `: ${fact.note}`;
      return `${name}, ${WHEN[fact.when]}: disclosure by ${either(fact.bases.map(spoken))} is ${FREEZE_RULES[fact.rule]}${note}.`;
    }
    case 'notices':
      return `${name}, notices before closing: ${notices(fact)}.`;
    default:
      return fact satisfies never;
  }
}

type FactOf<K extends RequestRuleFact['kind']> = Extract<RequestRuleFact, { kind: K }>;

function due(name: string, fact: FactOf<'due'>): string {
  const start = fact.start === 'receipt' ? 'receipt' : 'the proof of identity';
  const count = fact.count === 'after' ? 'that day not counted' : 'beginning with that day';
  const roll = fact.roll === 'none' ? 'on whatever day it falls' : 'moved on to a working day';
  return `${name} is due ${periodWords(fact.period)} after ${start}, ${count}, ${roll}.`;
}

const REQUIREMENTS = { explained: 'an explanation', consent: "the customer's consent" };

function extension(name: string, fact: FactOf<'extension'>): string {
  const most = fact.most === null ? '' : ` by ${periodWords(fact.most)} at most`;
  const needs = fact.requires.map((what) => REQUIREMENTS[what]);
  const from = fact.from === null ? '' : ` from ${periodWords(fact.from)} after the start`;
  const to = fact.to === 'due' ? 'the due day' : `${periodWords(fact.to)} after the start`;
  const given = { recording: 'recorded', agreement: 'both given' }[fact.of];
  return `${name} may be extended${most} for ${either(fact.reasons.map(spoken))}${needs.length === 0 ? '' : `, with ${listed(needs)}`}, ${given}${from} up to ${to}.`;
}

const WHEN: Readonly<Record<FreezeTime, string>> = {
  open: 'while open',
  rest: 'once fulfilled',
  retained: 'for what is kept',
};

const FREEZE_RULES: Readonly<Record<FreezeRestRule, string>> = {
  allowed: 'allowed',
  blocked: 'blocked',
  officer_with_evidence: "the officer's to decide, with the authority's evidence",
  if_newer: 'allowed only if it was given afterwards',
  officer_if_newer: "the officer's to decide, and only if it was given afterwards",
};

function notices({ byOutcome }: FactOf<'notices'>): string {
  const when = {
    always: '',
    kept: ' (where something is kept)',
    freeze_lifted: ' (where a freeze is lifted)',
  };
  const parts = byOutcome.map(
    (one) =>
      `${spoken(one.outcome)} needs ${listed(one.notices.map((notice) => `${spoken(notice.kind)}${when[notice.when]}`))}`,
  );
  return parts.length === 0 ? 'none' : parts.join('; ');
}
