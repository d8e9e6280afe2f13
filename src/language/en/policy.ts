/** What a policy pack means, in plain English sentences. Must not know: cases, or what another pack would change. */
import type { RuleFact } from '../../policy/rule-facts.js';
import { capital, either, listed, spoken } from './lists.js';
import { periodWords } from './periods.js';
import { requestRuleWords } from './policy-requests.js';

/** One sentence, the clause it comes from at its end: `(clause 4.2)`, or `(the desk's own rule)`. */
export function ruleWords(fact: RuleFact): string {
  return `${sentence(fact)} (${fact.clause === null ? "the desk's own rule" : `clause ${fact.clause}`})`;
}

const REQUIREMENTS = { explained: 'an explanation to the customer', consent: "the customer's consent" };

function sentence(fact: RuleFact): string {
  switch (fact.kind) {
    case 'pack':
      return `This is ${fact.name}: ${fact.title}, notified on ${fact.notified}.`;
    case 'zone':
      return `All dates are civil dates in ${fact.zone}.`;
    case 'officer': {
      const reach = fact.channels.map(({ kind, address }) => `${spoken(kind)} ${address}`);
      return `The privacy officer is ${fact.name}, ${fact.title}, ${fact.department}: ${listed(reach)}.`;
    }
    case 'deputy':
      return `${fact.person} decides; ${fact.deputy} is the deputy and takes complaints about the officer.`;
    case 'clause':
      return `${capital(fact.says)}.`;
    case 'holidays':
      return `Public holidays of ${fact.country} are days off when they last the whole day.`;
    case 'never-off':
      return `${fact.day} is never a day off: ${fact.source}.`;
    case 'calendar-year':
      return calendarYear(fact);
    case 'ground':
      return ground(fact);
    case 'identity':
      return `Identity is verified by ${listed(fact.methods.map(spoken))}, in at most ${fact.attempts} attempts.`;
    case 'recipients-told':
      return `Recipients are told of the result within ${periodWords(fact.within)} after completion.`;
    case 'retention': {
      const needs = fact.requires.map((what) => REQUIREMENTS[what]);
      return `Keeping data that was to go needs ${needs.length === 0 ? 'nothing more' : listed(needs)}.`;
    }
    case 'lookups':
      return `The officer is told when one person looks up more than ${fact.perHour} customers within an hour.`;
    case 'record-kept':
      return recordKept(fact);
    case 'reminders':
      return `Reminders come ${listed(fact.days.map(String))} days before the due day at ${fact.at}${fact.overdue === 'daily' ? ', then every day it is overdue' : ''}.`;
    case 'reminder-on-day-off': {
      const posted = fact.dayOff === 'working_day_before' ? 'on the working day before' : 'all the same';
      return `A reminder that falls on a day off is posted ${posted}; the due day's and later ones are never moved.`;
    }
    case 'escalation':
      return `On overdue day ${fact.overdueDay} the ${fact.to} is pinged.`;
    case 'undecided':
      return `A disclosure undecided for ${fact.hours} hours pings the ${fact.to}.`;
    case 'digest':
      return `The digest comes at ${fact.at}: overdue, today, within ${listed(fact.within.map(String))} days.`;
    case 'disclosures':
      return 'Nothing goes to a third party without a disclosure request that an officer decided.';
    case 'basis':
      return `A disclosure may rest on ${spoken(fact.basis)}: ${fact.means}; its evidence: ${listed(fact.evidence)}.`;
    case 'no-other-basis':
      return 'There is no other legal basis for a disclosure.';
    case 'template':
      return `Template ${fact.name}, ${fact.means}: ${listed(fact.categories)}, nothing else.`;
    case 'sensitive':
      return fact.bases.length === 0
        ? 'Sensitive data never goes out.'
        : `Sensitive data goes out only on the basis of ${either(fact.bases.map(spoken))}.`;
    case 'approval-expires':
      return `An approval not used within ${fact.days} days expires.`;
    case 'standing-lasts':
      return `A standing approval lasts ${fact.days} days at most.`;
    case 'roles':
      return `The role ${listed(fact.roles)} may ${listed(fact.may)}.`;
    case 'training':
      return fact.required
        ? `Whoever handles data is trained, for ${periodWords(fact.validity)} at a time; without training: ${listed(fact.exempt)}.`
        : 'No training is asked for.';
    default:
      return requestRuleWords(fact);
  }
}

function recordKept(fact: Extract<RuleFact, { kind: 'record-kept' }>): string {
  const others = fact.disclosures.map(
    ({ basis, kept }) => `${periodWords(kept)} after a disclosure by ${spoken(basis)}`,
  );
  const all = [`${periodWords(fact.retention)} after closing`, ...others];
  return `The desk's own record of a customer is kept for ${listed(all)}; where all of their data was erased, for ${periodWords(fact.erasure)}. Then their key is destroyed.`;
}

function calendarYear(fact: Extract<RuleFact, { kind: 'calendar-year' }>): string {
  const days = (list: readonly string[]) => listed(list.map((one) => one.replace('/', ' to ')));
  const parts = [
    ...(fact.off.length > 0 ? [`days off are ${days(fact.off)}`] : []),
    ...(fact.notOff.length > 0 ? [`no days off are ${days(fact.notOff)}`] : []),
    ...(fact.worked.length > 0 ? [`people work on ${days(fact.worked)}`] : []),
  ];
  return parts.length === 0
    ? `In ${fact.year} no day is listed.`
    : `In ${fact.year} ${parts.join('; ')} (source: ${listed(fact.sources)}).`;
}

function ground(fact: Extract<RuleFact, { kind: 'ground' }>): string {
  const of = fact.types === 'all' ? 'every request' : listed(fact.types.map(spoken));
  const needs = fact.fields.length === 0 ? 'it needs nothing more' : `it needs ${listed(fact.fields)}`;
  const what = fact.covers === 'all' ? '' : `, for ${listed(fact.covers)} only`;
  return `Ground ${fact.code} of ${of}: ${fact.means}${what}; ${needs} and may end in ${either(fact.outcomes.map(spoken))}.`;
}
