/**
 * What a well-formed pack may still say against itself: rules that could never hold together.
 * Must not know: YAML, files, the clock.
 */
import Holidays from 'date-holidays';
import { REQUEST_TYPES } from '../vocabulary/values.js';
import { civilRange, isZone } from './calendar.js';
import { type Period, periodOf, shortestDays } from './period.js';

const periodWords = ({ unit, n }: Period) =>
  `${n} ${{ days: 'day', months: 'month', working_days: 'working day' }[unit]}${n === 1 ? '' : 's'}`;

import type { Pack } from './schema.js';

/** One thing wrong with a pack: where (`requests.access.due.add`, or a line) and why. */
export type PackFault = { readonly path: string; readonly reason: string };

/** Every contradiction of the pack, with its path; an empty list when there is none. */
export function contradictions(pack: Pack): readonly PackFault[] {
  return [
    ...clauses(pack),
    ...officer(pack),
    ...calendar(pack),
    ...clocks(pack),
    ...freezes(pack),
    ...grounds(pack),
    ...reminders(pack),
    ...templates(pack),
  ];
}

const fault = (path: string, reason: string): PackFault => ({ path, reason });

/** Every `clause` the pack quotes stands in its table of clauses. */
function clauses(pack: Pack): PackFault[] {
  const found: PackFault[] = [];
  const walk = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      const at = path === '' ? key : `${path}.${key}`;
      if (key === 'clause' && typeof inner === 'string' && pack.clauses[inner] === undefined) {
        found.push(fault(at, `quotes clause ${inner}, which the table of clauses does not have`));
      }
      walk(inner, at);
    }
  };
  walk({ ...pack, clauses: null }, '');
  return found;
}

function officer(pack: Pack): PackFault[] {
  const { person, deputy } = pack.officer;
  return person === deputy
    ? [fault('officer.deputy', 'is the officer; a complaint about the officer would have nobody to go to')]
    : [];
}

function calendar(pack: Pack): PackFault[] {
  const found: PackFault[] = [];
  if (!isZone(pack.zone)) found.push(fault('zone', `is not a known time zone: "${pack.zone}"`));
  const { country, years } = pack.calendar;
  if (new Holidays().getCountries()[country] === undefined) {
    found.push(fault('calendar.country', `is not a country the holiday calendar knows: "${country}"`));
  }
  for (const [year, lists] of Object.entries(years)) {
    const seen = new Map<string, string>();
    for (const list of ['add', 'remove', 'working'] as const) {
      for (const [index, { days }] of lists[list].entries()) {
        const path = `calendar.years.${year}.${list}.${index}.days`;
        const range = civilRange(days);
        if (range === null) {
          found.push(fault(path, `is not a range of days: "${days}"`));
          continue;
        }
        for (const day of range) {
          if (!day.startsWith(year)) found.push(fault(path, `${day} is not in ${year}`));
          const other = seen.get(day);
          if (other !== undefined) found.push(fault(path, clash(day, other, list)));
          seen.set(day, list);
        }
      }
    }
  }
  return found;
}

function clash(day: string, one: string, other: string): string {
  if (one === other) return `${day} is listed twice`;
  const words: Record<string, string> = {
    add: 'a holiday',
    remove: 'a removed holiday',
    working: 'a working day',
  };
  return `${day} is listed both as ${words[one]} and as ${words[other]}`;
}

function clocks(pack: Pack): PackFault[] {
  const found: PackFault[] = [];
  for (const type of REQUEST_TYPES) {
    const rule = pack.requests[type];
    const path = `requests.${type}`;
    const due = periodOf(rule.due.add);
    const length = shortestDays(due);
    const late = (what: string) => `${what} after the deadline of ${periodWords(due)}`;
    const days = rule.reminderDays ?? pack.reminders.days;
    const daysPath = rule.reminderDays === undefined ? 'reminders.days' : `${path}.reminderDays`;
    for (const [index, n] of days.entries()) {
      if (n > length) {
        found.push(
          fault(
            `${daysPath}.${index}`,
            `a reminder ${n} days before the deadline comes before the request: ${type} is due after ${periodWords(due)}`,
          ),
        );
      }
    }
    if (rule.target !== 'last_working_day_on_or_before_due') {
      const target = periodOf(rule.target);
      if (target.n * (target.unit === 'months' ? 31 : 1) > length) {
        found.push(fault(`${path}.target`, late(`the target, ${periodWords(target)}, may fall`)));
      }
    }
    for (const key of ['acknowledge', 'act'] as const) {
      const clock = rule[key];
      if (clock !== null && clock.workingDays > length) {
        found.push(fault(`${path}.${key}.workingDays`, late(`${clock.workingDays} working days end`)));
      }
    }
    const { extension, pause } = rule.due;
    if (extension !== 'none') {
      found.push(...twice(`${path}.due.extension.reasons`, extension.reasons));
      const { from, to } = extension.window;
      const limit = to === 'due' ? due : periodOf(to);
      if (from !== undefined && shortestDays(periodOf(from)) > shortestDays(limit)) {
        found.push(fault(`${path}.due.extension.window`, 'ends before it begins'));
      }
    }
    if (pause !== 'none') found.push(...twice(`${path}.due.pause.reasons`, pause.reasons));
  }
  return found;
}

function freezes(pack: Pack): PackFault[] {
  const found: PackFault[] = [];
  for (const type of REQUEST_TYPES) {
    const { freezes: begins, freeze } = pack.requests[type];
    const path = `requests.${type}`;
    if (begins) {
      if (freeze.after === 'none')
        found.push(fault(`${path}.freeze.after`, 'must say what becomes of the freeze'));
      continue;
    }
    const barred = Object.entries(freeze.open).find(([, { rule }]) => rule !== 'allowed');
    if (barred !== undefined) {
      found.push(
        fault(`${path}.freeze.open.${barred[0]}`, 'restricts disclosures although the type does not freeze'),
      );
    }
    if (freeze.after !== 'none')
      found.push(fault(`${path}.freeze.after`, 'must be none: the type does not freeze'));
  }
  return found;
}

function grounds(pack: Pack): PackFault[] {
  const found: PackFault[] = [];
  const seen = new Set<string>();
  for (const [index, { code, types }] of pack.grounds.entries()) {
    for (const type of types === 'all' ? REQUEST_TYPES : types) {
      const key = `${type} ${code}`;
      if (seen.has(key))
        found.push(fault(`grounds.${index}.code`, `the ground ${code} is listed twice for ${type}`));
      seen.add(key);
    }
  }
  for (const type of REQUEST_TYPES) {
    for (const list of ['never', 'evidenced'] as const) {
      for (const [index, { category, ground }] of pack.requests[type][list].entries()) {
        const path = `requests.${type}.${list}.${index}.ground`;
        const listed = pack.grounds.find(
          ({ code, types }) => code === ground && (types === 'all' || types.includes(type)),
        );
        if (listed === undefined) found.push(fault(path, `${ground} is no ground of ${type}`));
        else if (listed.covers !== 'all' && !listed.covers.includes(category)) {
          found.push(fault(path, `the ground ${ground} does not cover ${category}`));
        }
      }
    }
  }
  return found;
}

function reminders(pack: Pack): PackFault[] {
  const { days, escalations, disclosures } = pack.reminders;
  const found = [...twice('reminders.days', days), ...twice('digest.within', pack.digest.within)];
  if (pack.reminders.overdue === 'none' && escalations.length > 0) {
    found.push(fault('reminders.escalations', 'need overdue reminders, which this pack does not post'));
  }
  found.push(
    ...twice(
      'reminders.escalations',
      escalations.map(({ overdueDay, to }) => `${to} on day ${overdueDay}`),
    ),
    ...twice(
      'reminders.disclosures',
      disclosures.map(({ undecidedHours, to }) => `${to} after ${undecidedHours} hours`),
    ),
  );
  return found;
}

function templates(pack: Pack): PackFault[] {
  const found: PackFault[] = [];
  const { sensitive } = pack.disclosures;
  for (const [name, { categories }] of Object.entries(pack.disclosures.templates)) {
    const path = `disclosures.templates.${name}.categories`;
    if (categories.includes('sensitive') && !sensitive.bases.includes('transaction')) {
      found.push(
        fault(path, `sensitive data may never go out in a transaction (clause ${sensitive.clause})`),
      );
    }
    found.push(...twice(path, categories));
  }
  if (sensitive.bases.includes('transaction')) {
    found.push(
      fault(
        'disclosures.sensitive.bases',
        'must not name transaction: only consent or a law opens sensitive data',
      ),
    );
  }
  return found;
}

function twice(path: string, items: readonly (string | number)[]): PackFault[] {
  return items
    .filter((item, index) => items.indexOf(item) !== index)
    .map((item) => fault(path, `lists ${item} twice`));
}
