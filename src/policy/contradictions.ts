/**
 * What a well-formed pack may still say against itself: rules that could never hold together.
 * Must not know: YAML, files, the clock.
 */
import Holidays from 'date-holidays';
import { type Day, REQUEST_TYPES, ROLES } from '../vocabulary/values.js';
import { civilRange, isoWeekday, isZone, publicHolidays } from './calendar.js';
import type { PackFault, PackFaultReason } from './pack-faults.js';
import { periodOf, shortestDays } from './period.js';
import type { Pack } from './schema.js';

/** Every contradiction of the pack, with its path; an empty list when there is none. */
export function contradictions(pack: Pack): readonly PackFault[] {
  return [
    ...clauses(pack),
    ...officer(pack),
    ...people(pack),
    ...calendar(pack),
    ...clocks(pack),
    ...freezes(pack),
    ...grounds(pack),
    ...reminders(pack),
    ...templates(pack),
  ];
}

const fault = (path: string, reason: PackFaultReason): PackFault => ({ path, reason });

/** Every `clause` the pack quotes stands in its table of clauses. */
function clauses(pack: Pack): PackFault[] {
  const found: PackFault[] = [];
  const walk = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      const at = path === '' ? key : `${path}.${key}`;
      if (key === 'clause' && typeof inner === 'string' && pack.clauses[inner] === undefined) {
        found.push(fault(at, { kind: 'no-such-clause', clause: inner }));
      }
      walk(inner, at);
    }
  };
  walk({ ...pack, clauses: null }, '');
  return found;
}

function officer(pack: Pack): PackFault[] {
  const { person, deputy } = pack.officer;
  return person === deputy ? [fault('officer.deputy', { kind: 'deputy-is-officer' })] : [];
}

/** What a desk cannot do without: somebody who decides, and somebody who can put people on the list. */
const NEEDED = ['request.decide', 'disclosure.decide', 'desk.staff'] as const;

function people(pack: Pack): PackFault[] {
  return NEEDED.filter((permission) => !ROLES.some((role) => pack.roles[role].includes(permission))).map(
    (permission) => fault('roles', { kind: 'nobody-may', permission }),
  );
}

/** Days that the lists make work or take away although they are no days off to begin with. */
function idleDays({ calendar }: Pack): PackFault[] {
  const { country, weekend, never, years } = calendar;
  const holidays = new Map(
    Object.keys(years).map((year) => [year, new Set<string>(publicHolidays(country, Number(year)))]),
  );
  const found: PackFault[] = [];
  for (const [year, { remove, working }] of Object.entries(years)) {
    const isHoliday = (day: Day) => holidays.get(year)?.has(day) === true;
    const at = (list: string, index: number) => `calendar.years.${year}.${list}.${index}.days`;
    for (const [index, { days }] of working.entries())
      for (const day of civilRange(days) ?? [])
        if (!weekend.includes(isoWeekday(day)) && !isHoliday(day))
          found.push(fault(at('working', index), { kind: 'works-anyway', day }));
    for (const [index, { days }] of remove.entries())
      for (const day of civilRange(days) ?? [])
        if (!isHoliday(day)) found.push(fault(at('remove', index), { kind: 'no-holiday', day }));
  }
  if (holidays.size > 0)
    for (const [index, { day }] of never.entries())
      if (![...holidays].some(([year, days]) => days.has(`${year}-${day}`)))
        found.push(fault(`calendar.never.${index}.day`, { kind: 'no-holiday', day }));
  return found;
}

function calendar(pack: Pack): PackFault[] {
  const found: PackFault[] = [];
  if (!isZone(pack.zone)) found.push(fault('zone', { kind: 'no-such-zone', zone: pack.zone }));
  const { country, years } = pack.calendar;
  if (new Holidays().getCountries()[country] === undefined) {
    found.push(fault('calendar.country', { kind: 'no-such-country', country }));
  } else {
    found.push(...idleDays(pack));
  }
  for (const [year, lists] of Object.entries(years)) {
    const seen = new Map<string, DayList>();
    for (const list of DAY_LISTS) {
      for (const [index, { days }] of lists[list].entries()) {
        const path = `calendar.years.${year}.${list}.${index}.days`;
        const range = civilRange(days);
        if (range === null) {
          found.push(fault(path, { kind: 'no-range', days }));
          continue;
        }
        for (const day of range) {
          if (!day.startsWith(year)) found.push(fault(path, { kind: 'day-of-another-year', day, year }));
          const other = seen.get(day);
          if (other !== undefined) found.push(fault(path, clash(day, other, list)));
          seen.set(day, list);
        }
      }
    }
  }
  return found;
}

const DAY_LISTS = ['add', 'remove', 'working'] as const;
type DayList = (typeof DAY_LISTS)[number];

const clash = (day: string, one: DayList, other: DayList): PackFaultReason =>
  one === other ? { kind: 'day-twice', day } : { kind: 'day-in-two-lists', day, lists: [one, other] };

function clocks(pack: Pack): PackFault[] {
  const found: PackFault[] = [];
  for (const type of REQUEST_TYPES) {
    const rule = pack.requests[type];
    const path = `requests.${type}`;
    const due = periodOf(rule.due.add);
    const length = shortestDays(due);
    const days = rule.reminderDays ?? pack.reminders.days;
    const daysPath = rule.reminderDays === undefined ? 'reminders.days' : `${path}.reminderDays`;
    for (const [index, n] of days.entries()) {
      if (n > length) {
        found.push(fault(`${daysPath}.${index}`, { kind: 'reminder-before-request', days: n, type, due }));
      }
    }
    if (rule.target !== 'last_working_day_on_or_before_due') {
      const target = periodOf(rule.target);
      if (target.n * (target.unit === 'months' ? 31 : 1) > length) {
        found.push(fault(`${path}.target`, { kind: 'target-after-deadline', target, due }));
      }
    }
    for (const key of ['acknowledge', 'act'] as const) {
      const clock = rule[key];
      if (clock !== null && clock.workingDays > length) {
        found.push(
          fault(`${path}.${key}.workingDays`, {
            kind: 'clock-after-deadline',
            clock: { unit: 'working_days', n: clock.workingDays },
            due,
          }),
        );
      }
    }
    const { extension, pause } = rule.due;
    if (extension !== 'none') {
      found.push(...twice(`${path}.due.extension.reasons`, extension.reasons));
      const { from, to } = extension.window;
      const limit = to === 'due' ? due : periodOf(to);
      if (from !== undefined && shortestDays(periodOf(from)) > shortestDays(limit)) {
        found.push(fault(`${path}.due.extension.window`, { kind: 'window-ends-first' }));
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
      if (freeze.after === 'none') found.push(fault(`${path}.freeze.after`, { kind: 'freeze-without-end' }));
      continue;
    }
    const barred = Object.entries(freeze.open).find(([, { rule }]) => rule !== 'allowed');
    if (barred !== undefined) {
      found.push(fault(`${path}.freeze.open.${barred[0]}`, { kind: 'rule-without-freeze' }));
    }
    if (freeze.after !== 'none') found.push(fault(`${path}.freeze.after`, { kind: 'end-without-freeze' }));
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
        found.push(fault(`grounds.${index}.code`, { kind: 'ground-twice', ground: code, type }));
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
        if (listed === undefined) found.push(fault(path, { kind: 'no-such-ground', ground, type }));
        else if (listed.covers !== 'all' && !listed.covers.includes(category)) {
          found.push(fault(path, { kind: 'ground-not-covering', ground, category }));
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
    found.push(fault('reminders.escalations', { kind: 'escalation-without-overdue' }));
  }
  found.push(
    ...repeated(escalations, ({ overdueDay, to }) => `${to} ${overdueDay}`).map(({ overdueDay, to }) =>
      fault('reminders.escalations', { kind: 'escalation-twice', to, overdueDay }),
    ),
    ...repeated(disclosures, ({ undecidedHours, to }) => `${to} ${undecidedHours}`).map(
      ({ undecidedHours, to }) =>
        fault('reminders.disclosures', { kind: 'undecided-twice', to, hours: undecidedHours }),
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
      found.push(fault(path, { kind: 'sensitive-template', clause: sensitive.clause }));
    }
    found.push(...twice(path, categories));
  }
  if (sensitive.bases.includes('transaction')) {
    found.push(fault('disclosures.sensitive.bases', { kind: 'sensitive-on-transaction' }));
  }
  return found;
}

/** Items that came before, under the same key. */
function repeated<T>(items: readonly T[], keyOf: (item: T) => string | number): readonly T[] {
  const keys = items.map(keyOf);
  return items.filter((item, index) => keys.indexOf(keyOf(item)) !== index);
}

function twice(path: string, items: readonly (string | number)[]): readonly PackFault[] {
  return repeated(items, (item) => item).map((item) => fault(path, { kind: 'twice', item }));
}
