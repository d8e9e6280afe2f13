/** Reading packs: the default one, its hash, and every way a pack can be wrong. */
import { describe, expect, it } from 'vitest';
import { REQUEST_TYPES, ROLES } from '../../src/domain/values.js';
import { clauseText } from '../../src/policy/clauses.js';
import { PackProblem, packHash, packName, parsePack } from '../../src/policy/pack.js';
import { mayDo, needsTraining, PERMISSIONS, rolesWith } from '../../src/policy/permissions.js';
import { DEFAULT_TEXT, defaultPack, variantPack, variantText } from './policy-packs.js';

function problemsOf(text: string): readonly { path: string; reason: string }[] {
  try {
    parsePack(text);
  } catch (error) {
    if (error instanceof PackProblem) return error.problems;
    throw error;
  }
  return [];
}
const wrong = (over: Record<string, unknown>) =>
  problemsOf(variantText(over)).map(({ path, reason }) => `${path}: ${reason}`);

describe('the default pack', () => {
  it('has its name and the types, roles and clauses the desk quotes', () => {
    expect(packName(defaultPack)).toBe('default@2024-03-15');
    expect(Object.keys(defaultPack.requests)).toEqual([...REQUEST_TYPES]);
    expect(Object.keys(defaultPack.roles)).toEqual([...ROLES]);
    expect(clauseText(defaultPack, '4.2')).toMatch(/^clause 4\.2: .*30 days/);
    expect(clauseText(defaultPack, '99')).toBe('clause 99');
  });

  it('is frozen all the way down', () => {
    expect(Object.isFrozen(defaultPack.requests.deletion.due)).toBe(true);
    expect(Object.isFrozen(defaultPack.grounds[0]?.fields)).toBe(true);
  });

  it('hashes what it says, not how the file is laid out', () => {
    expect(packHash(defaultPack)).toMatch(/^[0-9a-f]{64}$/);
    expect(packHash(parsePack(`# a comment\n${variantText({})}`))).toBe(packHash(defaultPack));
    expect(packHash(variantPack({ disclosures: { approvalDays: 8 } }))).not.toBe(packHash(defaultPack));
  });

  it('never lets deletion or a withdrawal be refused on a ground of its own', () => {
    for (const type of ['deletion', 'consent_withdrawal'] as const) {
      const own = defaultPack.grounds.filter(({ types }) => types !== 'all' && types.includes(type));
      expect(own.map(({ outcomes }) => outcomes)).toEqual(own.map(() => ['partially_fulfilled']));
      expect(own.length).toBeGreaterThan(0);
    }
  });
});

describe('permissions', () => {
  const holds = (role: (typeof ROLES)[number]) =>
    PERMISSIONS.filter((permission) => mayDo(defaultPack, [role], permission));

  it('gives an agent all daily work and none of the decisions', () => {
    const officerOnly = [
      'request.decide',
      'request.extend',
      'request.excuse',
      'request.close_unverified',
      'request.reopen',
      'request.reveal_any',
      'disclosure.decide',
      'disclosure.standing',
      'desk.report',
      'desk.export',
      'desk.audit',
      'desk.policy',
      'desk.doctor',
    ];
    const adminOnly = ['desk.staff', 'desk.channel'];
    expect(holds('agent')).toEqual(
      PERMISSIONS.filter((word) => ![...officerOnly, ...adminOnly].includes(word)),
    );
    expect(holds('officer')).toEqual(PERMISSIONS.filter((word) => !adminOnly.includes(word)));
    expect(holds('deputy')).toEqual(holds('officer'));
  });

  it('lets an auditor look and an admin administer', () => {
    expect(holds('auditor')).toEqual([
      'request.show',
      'request.list',
      'request.why',
      'disclosure.show',
      'disclosure.list',
      'disclosure.register',
      'desk.help',
      'desk.officer',
      'desk.report',
      'desk.export',
      'desk.audit',
      'desk.policy',
    ]);
    expect(holds('admin')).toEqual([
      'desk.help',
      'desk.officer',
      'desk.report',
      'desk.staff',
      'desk.channel',
      'desk.policy',
      'desk.doctor',
    ]);
  });

  it('denies what is not mapped, and whoever has no role', () => {
    expect(mayDo(defaultPack, [], 'desk.help')).toBe(false);
    expect(mayDo(defaultPack, ['auditor', 'admin'], 'request.log')).toBe(false);
    expect(rolesWith(defaultPack, 'request.decide')).toEqual(['officer', 'deputy']);
    expect(needsTraining(defaultPack, 'desk.help')).toBe(false);
    expect(needsTraining(defaultPack, 'request.log')).toBe(true);
  });
});

describe('a pack that cannot be read', () => {
  it('names the line of broken YAML', () => {
    expect(problemsOf('id: [1')[0]?.path).toMatch(/^line 1, column \d+$/);
    expect(problemsOf('id: a\nid: b')[0]).toMatchObject({ path: 'line 2, column 1' });
    expect(problemsOf('a: *nobody').length).toBeGreaterThan(0);
    expect(problemsOf('')).toEqual([{ path: '', reason: 'must be a group of keys, not empty' }]);
  });

  it('lists every problem in one plain message', () => {
    const problem = new PackProblem([
      { path: 'zone', reason: 'is missing' },
      { path: '', reason: 'is empty' },
    ]);
    expect(problem.name).toBe('PackProblem');
    expect(problem.message).toBe(
      'The policy pack has 2 problems:\n  zone: is missing\n  (the whole pack): is empty',
    );
  });

  it.each([
    [{ colour: 'red' }, 'colour: is not a known key'],
    [{ requests: { access: { due: { ad: 'P30D' } } } }, 'requests.access.due.ad: is not a known key'],
    [{ requests: { erasure: {} } }, 'requests.erasure: is not a known key'],
    [{ requests: { access: undefined } }, 'requests.access: is missing'],
    [{ zone: 8 }, 'zone: must be a text, not 8'],
    [{ digest: { at: '9:00' } }, 'digest.at: must be a local time such as "09:00"; not "9:00"'],
    [
      { requests: { access: { due: { add: '30 days' } } } },
      'requests.access.due.add: must be a period such as P30D, P1M or "15 working days"; not "30 days"',
    ],
    [
      { requests: { access: { due: { roll: 'back' } } } },
      'requests.access.due.roll: must be one of none, forward; not "back"',
    ],
    [
      { requests: { access: { due: { pause: 'always' } } } },
      'requests.access.due.pause: must be one of none; not "always", or must be a group of keys, not "always"',
    ],
    [
      { requests: { access: { due: { pause: { reasons: [], count: 'inclusive' } } } } },
      'requests.access.due.pause.reasons: must name at least one reason',
    ],
    [
      { requests: { access: { due: { extension: { reasons: [] } } } } },
      'requests.access.due.extension.reasons: must name at least one reason',
    ],
    [{ notified: '2024-02-30' }, 'notified: must be a date such as 2026-03-02; not "2024-02-30"'],
    [
      { reminders: { days: [7, -1] } },
      'reminders.days.1: comes after the deadline: reminders count the days before it; not -1',
    ],
    [{ identity: { attempts: 2.5 } }, 'identity.attempts: must be a whole number; not 2.5'],
    [{ roles: { agent: [] } }, 'roles.agent: has no permissions'],
    [{ roles: { auditor: undefined } }, 'roles.auditor: is missing'],
    [{ officer: { channels: [] } }, 'officer.channels: must name at least one way to reach the officer'],
  ])('refuses %j', (over, expected) => {
    expect(wrong(over)).toContain(expected);
  });

  it('names an unknown permission, role and template category', () => {
    expect(wrong({ roles: { admin: ['desk.sudo'] } })[0]).toMatch(
      /^roles\.admin\.0: must be one of .*not "desk\.sudo"$/,
    );
    expect(wrong({ roles: { boss: ['desk.help'] } })).toEqual(['roles.boss: is not a known key']);
    expect(wrong({ disclosures: { templates: { delivery: { categories: ['shoe_size'] } } } })[0]).toMatch(
      /^disclosures\.templates\.delivery\.categories\.0: must be one of name, .*not "shoe_size"$/,
    );
  });

  it('reads the default text as it is', () => {
    expect(problemsOf(DEFAULT_TEXT)).toEqual([]);
  });
});

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
    expect(wrong(year({ add: ['2026-12-31'] }))).toEqual([`${at}.add.0.days: 2026-12-31 is not in 2027`]);
    expect(wrong(year({ add: ['2027-10-07/2027-10-01'] }))).toEqual([
      `${at}.add.0.days: is not a range of days: "2027-10-07/2027-10-01"`,
    ]);
    expect(wrong(year({ add: ['2027-02-30'] }))[0]).toContain('is not a range of days');
    expect(wrong(year({ add: ['2027-01-01', '2027-01-01'] }))[0]).toContain('is listed twice');
    expect(wrong(year({ add: ['next week'] }))[0]).toContain('must be a date or first/last');
  });
});
