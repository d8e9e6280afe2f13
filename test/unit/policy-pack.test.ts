/** Reading packs: the default one, its hash, and every way a pack can be wrong. */
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { readingPlace } from '../../src/desk/front/reading.js';
import { clauseText } from '../../src/language/en/clauses.js';
import { packProblemWords } from '../../src/language/en/pack-faults.js';
import { PackProblem, packHash, packName, parsePack, parsePublished } from '../../src/policy/pack.js';
import { mayDo, needsTraining, rolesWith } from '../../src/policy/permissions.js';
import { PERMISSIONS } from '../../src/vocabulary/permissions.js';
import { REQUEST_TYPES, ROLES } from '../../src/vocabulary/values.js';
import { HERE } from '../support/reading-place.js';
import { DEFAULT_TEXT, defaultPack, problemsOf, variantPack, variantText, wrong } from './policy-packs.js';

describe('the default pack', () => {
  it('has its name and the types, roles and clauses the desk quotes', () => {
    expect(packName(defaultPack)).toBe('default@2024-03-15.2');
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
      'desk.confirm',
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
      'desk.away',
      'desk.policy',
    ]);
    expect(holds('admin')).toEqual([
      'desk.help',
      'desk.officer',
      'desk.report',
      'desk.staff',
      'desk.away',
      'desk.confirm',
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
      { path: 'zone', reason: { kind: 'missing', allowed: [] } },
      { path: '', reason: { kind: 'wrong-kind', wanted: 'object', read: { kind: 'empty' } } },
    ]);
    expect(problem.name).toBe('PackProblem');
    expect(packProblemWords(problem.problems)).toBe(
      'The policy pack has 2 problems:\n  zone: is missing\n  (the whole pack): must be a group of keys, not empty',
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
    [{ identity: { attempts: 2.5 } }, 'identity.attempts: must be a whole number, not 2.5'],
    [{ roles: { agent: [] } }, 'roles.agent: has no permissions'],
    [{ roles: { auditor: undefined } }, 'roles.auditor: is missing'],
    [
      { customer: { pattern: 'C-[0-9' } },
      'customer.pattern: must be a regular expression of at most 200 characters such as "C-[0-9]{5,}"; not "C-[0-9"',
    ],
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

  it('takes a pattern of customers’ references', () => {
    const pattern = 'C-[0-9]{5,}';
    expect(readingPlace(variantPack({ customer: { pattern } }), HERE.now).customerPattern).toBe(pattern);
    expect(readingPlace(defaultPack, HERE.now)).toEqual(HERE);
  });

  it('is read all the same when it was published before a rule about packs was made', () => {
    const nobody = variantText({ roles: { admin: ['desk.help'] } });
    expect(() => parsePack(nobody)).toThrow(PackProblem);
    expect(parsePublished(nobody).roles.admin).toEqual(['desk.help']);
    expect(() => parsePublished(variantText({ colour: 'red' }))).toThrow(PackProblem);
    const bare = parsePublished(variantText({ rules: undefined }));
    expect(bare.rules).toBeUndefined();
  });

  it('never says what is wrong in the words of its library', () => {
    const odd = [null, -1, 1e9, 1.5, '', 'x'.repeat(700), [null], {}];
    const library = /too (?:small|big)|invalid|expected|received|unrecognized|undefined|NaN/i;
    // Every value at one depth of the pack is odd at once.
    const spoilt = (tree: unknown, depth: number, value: unknown): unknown =>
      depth === 0 || typeof tree !== 'object' || tree === null
        ? value
        : Array.isArray(tree)
          ? tree.map((inner) => spoilt(inner, depth - 1, value))
          : Object.fromEntries(
              Object.entries(tree).map(([key, inner]) => [key, spoilt(inner, depth - 1, value)]),
            );
    for (const depth of [1, 2, 3, 4, 5, 6, 7])
      for (const value of odd) {
        const faults = problemsOf(stringify(spoilt(parse(DEFAULT_TEXT), depth, value)));
        expect(faults.filter(({ reason }) => library.test(reason))).toEqual([]);
      }
  });

  it('reads the default text as it is', () => {
    expect(problemsOf(DEFAULT_TEXT)).toEqual([]);
  });
});
