/**
 * Every rule of a pack as a list of facts with the clause behind each: what `/desk policy` and `npm run policy` say.
 * Must not know: how a rule is worded, open cases, or what another pack would change.
 */

import type { Permission } from '../vocabulary/permissions.js';
import { type Category, type LegalBasis, REQUEST_TYPES, ROLES, type Role } from '../vocabulary/values.js';
import { grouped } from './grouped.js';
import { packName } from './pack.js';
import { type Period, periodOf } from './period.js';
import { type RequestRuleFact, requestRuleFacts } from './request-rule-facts.js';
import { lookupsAnHour, recordKept } from './retention.js';
import type { Ground, Pack } from './schema.js';

/** What a rule says; the three lists of a year are days, or ranges `first/last`. */
type General =
  | { readonly kind: 'pack'; readonly name: string; readonly title: string; readonly notified: string }
  | { readonly kind: 'zone'; readonly zone: string }
  | ({ readonly kind: 'officer' } & Pick<Pack['officer'], 'name' | 'title' | 'department' | 'channels'>)
  | ({ readonly kind: 'deputy' } & Pick<Pack['officer'], 'person' | 'deputy'>)
  | { readonly kind: 'clause'; readonly says: string }
  | { readonly kind: 'holidays'; readonly country: string }
  | { readonly kind: 'never-off'; readonly day: string; readonly source: string }
  | {
      readonly kind: 'calendar-year';
      readonly year: string;
      readonly off: readonly string[];
      readonly notOff: readonly string[];
      readonly worked: readonly string[];
      readonly sources: readonly string[];
    }
  | ({ readonly kind: 'ground' } & Omit<Ground, 'clause'>)
  | ({ readonly kind: 'identity' } & Pick<Pack['identity'], 'methods' | 'attempts'>)
  | { readonly kind: 'recipients-told'; readonly within: Period }
  | ({ readonly kind: 'retention' } & Pick<Pack['retention'], 'requires'>)
  | {
      readonly kind: 'record-kept';
      readonly retention: Period;
      readonly erasure: Period;
      readonly disclosures: readonly { readonly basis: LegalBasis; readonly kept: Period }[];
    }
  | { readonly kind: 'lookups'; readonly perHour: number }
  | ({ readonly kind: 'reminders' } & Pick<Pack['reminders'], 'days' | 'at' | 'overdue'>)
  | ({ readonly kind: 'reminder-on-day-off' } & Pick<Pack['reminders'], 'dayOff'>)
  | { readonly kind: 'escalation'; readonly overdueDay: number; readonly to: Role }
  | { readonly kind: 'undecided'; readonly hours: number; readonly to: Role }
  | ({ readonly kind: 'digest' } & Pack['digest'])
  | { readonly kind: 'disclosures' }
  | {
      readonly kind: 'basis';
      readonly basis: LegalBasis;
      readonly means: string;
      readonly evidence: readonly string[];
    }
  | { readonly kind: 'no-other-basis' }
  | {
      readonly kind: 'template';
      readonly name: string;
      readonly means: string;
      readonly categories: readonly Category[];
    }
  | { readonly kind: 'sensitive'; readonly bases: readonly LegalBasis[] }
  | { readonly kind: 'approval-expires'; readonly days: number }
  | { readonly kind: 'standing-lasts'; readonly days: number }
  | { readonly kind: 'roles'; readonly roles: readonly Role[]; readonly may: readonly Permission[] }
  | {
      readonly kind: 'training';
      readonly required: boolean;
      readonly validity: Period;
      readonly exempt: readonly Permission[];
    };

/** One rule; `clause` is null for a rule the desk set itself. */
export type RuleFact = (General | RequestRuleFact) & { readonly clause: string | null };
type GeneralFact = General & { readonly clause: string | null };

/** Every rule of the pack, in the order it is told. */
export function ruleFacts(pack: Pack): readonly RuleFact[] {
  return [
    ...identityOf(pack),
    ...Object.entries(pack.clauses)
      .sort(([one], [other]) => one.localeCompare(other, 'en', { numeric: true }))
      .map(([clause, says]) => ({ kind: 'clause' as const, says, clause })),
    ...calendarFacts(pack),
    ...REQUEST_TYPES.flatMap((type) => requestRuleFacts(pack, type)),
    ...pack.grounds.map((ground) => ({ kind: 'ground' as const, ...ground })),
    ...handlingFacts(pack),
    ...reminderFacts(pack),
    ...disclosureFacts(pack),
    ...peopleFacts(pack),
  ];
}

function identityOf(pack: Pack): readonly GeneralFact[] {
  const { name, title, department, channels, deputy, person, clause } = pack.officer;
  return [
    { kind: 'pack', name: packName(pack), title: pack.title, notified: pack.notified, clause: null },
    { kind: 'zone', zone: pack.zone, clause: null },
    { kind: 'officer', name, title, department, channels, clause },
    { kind: 'deputy', person, deputy, clause: pack.requests.complaint.clause },
  ];
}

function calendarFacts({ calendar }: Pack): readonly GeneralFact[] {
  const years = Object.entries(calendar.years).map(([year, { add, remove, working }]): GeneralFact => {
    const days = (list: typeof add) => list.map((one) => one.days);
    return {
      kind: 'calendar-year',
      year,
      off: days(add),
      notOff: days(remove),
      worked: days(working),
      sources: [...new Set([...add, ...remove, ...working].map(({ source }) => source))],
      clause: null,
    };
  });
  return [
    { kind: 'holidays', country: calendar.country, clause: null },
    ...calendar.never.map((one): GeneralFact => ({ kind: 'never-off', ...one, clause: null })),
    ...years,
  ];
}

function handlingFacts(pack: Pack): readonly GeneralFact[] {
  const { identity, recipients, retention } = pack;
  const within: Period = { unit: 'working_days', n: recipients.workingDays };
  return [
    {
      kind: 'identity',
      methods: identity.methods,
      attempts: identity.attempts,
      clause: identity.clause,
    },
    { kind: 'recipients-told', within, clause: recipients.clause },
    { kind: 'retention', requires: retention.requires, clause: retention.clause },
    { kind: 'lookups', perHour: lookupsAnHour(pack), clause: pack.desk?.lookups?.clause ?? null },
    { kind: 'record-kept', ...recordKept(pack), clause: null },
  ];
}

function reminderFacts({ reminders, digest }: Pack): readonly GeneralFact[] {
  const { days, at, overdue, dayOff, escalations, disclosures } = reminders;
  return [
    { kind: 'reminders', days, at, overdue, clause: null },
    { kind: 'reminder-on-day-off', dayOff, clause: null },
    ...escalations.map((one): GeneralFact => ({ kind: 'escalation', ...one, clause: null })),
    ...disclosures.map(
      ({ undecidedHours, to }): GeneralFact => ({
        kind: 'undecided',
        hours: undecidedHours,
        to,
        clause: null,
      }),
    ),
    { kind: 'digest', ...digest, clause: null },
  ];
}

function disclosureFacts({ disclosures }: Pack): readonly GeneralFact[] {
  const { clause, bases, closedList, templates, approvalDays, standingDays, sensitive } = disclosures;
  return [
    { kind: 'disclosures', clause },
    // The schema has a rule for every basis, and for no other word.
    ...Object.entries(bases).map(
      ([basis, rule]): GeneralFact => ({ kind: 'basis', basis: basis as LegalBasis, ...rule }),
    ),
    { kind: 'no-other-basis', clause: closedList.clause },
    ...Object.entries(templates).map(
      ([name, template]): GeneralFact => ({ kind: 'template', name, ...template }),
    ),
    { kind: 'sensitive', ...sensitive },
    { kind: 'approval-expires', days: approvalDays, clause: null },
    { kind: 'standing-lasts', days: standingDays, clause: null },
  ];
}

/** Roles that may do the same are told together. */
function peopleFacts({ roles, training }: Pack): readonly GeneralFact[] {
  const { required, validity, exempt, clause } = training;
  const alike = grouped(ROLES, (role) => roles[role].join(' '));
  return [
    ...alike.map((group): GeneralFact => ({ kind: 'roles', roles: group, may: roles[group[0]], clause })),
    { kind: 'training', required, validity: periodOf(validity), exempt, clause },
  ];
}
