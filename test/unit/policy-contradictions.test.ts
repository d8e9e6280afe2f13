/** Packs whose rules could never hold together. */
import { describe, expect, it } from 'vitest';
import { wrong } from './policy-packs.js';

const ground = {
  code: 'LAW_PROHIBITS_ACCESS',
  types: ['access'],
  clause: '3.1',
  means: 'a law',
  fields: ['law'],
  covers: 'all',
  outcomes: ['refused'],
};

describe('a pack that contradicts itself', () => {
  it.each([
    [{ zone: 'Asia/Shangri-La' }, 'zone: is not a known time zone: "Asia/Shangri-La"'],
    [{ calendar: { country: 'ZZ' } }, 'calendar.country: is not a country the holiday calendar knows: "ZZ"'],
    [
      { requests: { complaint: { due: { add: '10 working days' } } } },
      'reminders.days.0: a reminder 14 days before the deadline comes before the request: complaint is due after 10 working days',
    ],
    [
      { requests: { access: { reminderDays: [31] } } },
      'requests.access.reminderDays.0: a reminder 31 days before the deadline comes before the request: access is due after 30 days',
    ],
    [
      { requests: { access: { target: 'P31D' } } },
      'requests.access.target: the target, 31 days, may fall after the deadline of 30 days',
    ],
    [
      { requests: { access: { target: 'P1M' } } },
      'requests.access.target: the target, 1 month, may fall after the deadline of 30 days',
    ],
    [
      { requests: { access: { act: { workingDays: 31 } } } },
      'requests.access.act.workingDays: 31 working days end after the deadline of 30 days',
    ],
    [
      { requests: { access: { due: { clause: '9.9' } } } },
      'requests.access.due.clause: quotes clause 9.9, which the table of clauses does not have',
    ],
    [
      { officer: { deputy: 'lyon' } },
      'officer.deputy: is the officer; a complaint about the officer would have nobody to go to',
    ],
    [{ grounds: [{ ...ground, types: [] }] }, 'grounds.0.types: must name at least one request type, or all'],
    [
      { grounds: [ground, { ...ground, types: 'all' }] },
      'grounds.1.code: the ground LAW_PROHIBITS_ACCESS is listed twice for access',
    ],
    [
      { grounds: [ground] },
      'requests.correction.never.0.ground: ID_NOT_CORRECTABLE is no ground of correction',
    ],
    [
      {
        requests: {
          correction: { never: [{ category: 'email', ground: 'ID_NOT_CORRECTABLE', clause: '3.1' }] },
        },
      },
      'requests.correction.never.0.ground: the ground ID_NOT_CORRECTABLE does not cover email',
    ],
    [
      { disclosures: { templates: { delivery: { categories: ['name', 'sensitive'] } } } },
      'disclosures.templates.delivery.categories: sensitive data may never go out in a transaction (clause 1.6)',
    ],
    [
      { disclosures: { sensitive: { bases: ['transaction'] } } },
      'disclosures.sensitive.bases: must not name transaction: only consent or a law opens sensitive data',
    ],
    [{ reminders: { days: [7, 7, 0] } }, 'reminders.days: lists 7 twice'],
    [
      { roles: { officer: ['desk.help'], deputy: ['desk.help'] } },
      'roles: give nobody request.decide: no proposal could ever be decided',
    ],
    [
      { roles: { officer: ['request.decide'], deputy: ['request.decide'] } },
      'roles: give nobody disclosure.decide: no disclosure could ever be approved',
    ],
    [
      { roles: { admin: ['desk.help'] } },
      'roles: give nobody desk.staff: nobody could ever be put on the staff list',
    ],
    [
      { calendar: { never: [{ day: '06-02', source: 'x' }] } },
      'calendar.never.0.day: 06-02 is no public holiday there, so there is none to take away',
    ],
    [
      { reminders: { overdue: 'none' } },
      'reminders.escalations: need overdue reminders, which this pack does not post',
    ],
    [
      { requests: { deletion: { freezes: false } } },
      'requests.deletion.freeze.open.consent: restricts disclosures although the type does not freeze',
    ],
    [
      { requests: { deletion: { freeze: { after: 'none' } } } },
      'requests.deletion.freeze.after: must say what becomes of the freeze',
    ],
    [
      { requests: { access: { due: { extension: { window: { from: 'P2M' } } } } } },
      'requests.access.due.extension.window: ends before it begins',
    ],
  ])('refuses %j', (over, expected) => {
    expect(wrong(over)).toContain(expected);
  });

  it('names a ground of an unknown type', () => {
    expect(wrong({ grounds: [{ ...ground, types: ['erasure'] }] })[0]).toMatch(
      /^grounds\.0\.types\.0: must be one of access, .*not "erasure"$/,
    );
  });

  it('names calendar days that cannot be', () => {
    const year = (lists: Record<string, string[]>) => ({
      calendar: {
        years: {
          '2027': Object.fromEntries(
            ['add', 'remove', 'working'].map((list) => [
              list,
              (lists[list] ?? []).map((days) => ({ days, source: 'a notice' })),
            ]),
          ),
        },
      },
    });
    const at = 'calendar.years.2027';
    expect(wrong(year({ add: ['2027-10-01/2027-10-07'], working: ['2027-10-03'] }))).toEqual([
      `${at}.working.0.days: 2027-10-03 is listed both as a holiday and as a working day`,
    ]);
    expect(wrong(year({ working: ['2027-03-01'] }))).toEqual([
      `${at}.working.0.days: 2027-03-01 is a working day anyway: neither a weekend day nor a public holiday`,
    ]);
    expect(wrong(year({ remove: ['2027-03-02'] }))).toEqual([
      `${at}.remove.0.days: 2027-03-02 is no public holiday there, so there is none to take away`,
    ]);
    expect(wrong(year({ add: ['2026-12-31'] }))).toEqual([`${at}.add.0.days: 2026-12-31 is not in 2027`]);
    expect(wrong(year({ add: ['2027-10-07/2027-10-01'] }))).toEqual([
      `${at}.add.0.days: is not a range of days: "2027-10-07/2027-10-01"`,
    ]);
    expect(wrong(year({ add: ['2027-02-30'] }))[0]).toContain('is not a range of days');
    expect(wrong(year({ add: ['2027-01-01', '2027-01-01'] }))[0]).toContain('is listed twice');
    expect(wrong(year({ add: ['next week'] }))[0]).toContain('must be a date or first/last');
  });
});
