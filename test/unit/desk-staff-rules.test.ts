/** Who may be put on the staff list and taken off it, decided without a store (P-7.2). */
import { describe, expect, it } from 'vitest';
import {
  decideAdd,
  decideAway,
  decideBack,
  decideConfirm,
  decideLink,
  decideRemove,
  decideRename,
  decideTrain,
  staffAfter,
} from '../../src/domain/staff.js';
import { NO_STAFF, type StaffEvent } from '../../src/domain/staff-events.js';
import type { Account, Day, Person, Role } from '../../src/vocabulary/values.js';

const person = (name: string) => name as Person;
const account = (name: string) => name as Account;
const day = (text: string) => text as Day;
const rules = { standardUntil: day('2027-11-23'), accountClause: '7.2' };

const added = (name: string, role: Role, more: Partial<StaffEvent> = {}): StaffEvent =>
  ({
    type: 'staff_added',
    person: person(name),
    role,
    accounts: [account(`terminal:${name}`)],
    trainedUntil: day('2027-01-31'),
    ...more,
  }) as StaffEvent;

const given = (...events: readonly StaffEvent[]) => staffAfter(NO_STAFF, events);
const joining = (name: string, role: Role, more: object = {}) => ({
  person: person(name),
  role,
  accounts: [account(`terminal:${name}`)],
  until: null,
  ...more,
});

describe('adding', () => {
  it('counts training by the policy when nothing is said, and as said when it is', () => {
    expect(decideAdd(given(), joining('zoe', 'agent'), rules)).toEqual({
      kind: 'done',
      events: [added('zoe', 'agent', { trainedUntil: day('2027-11-23') })],
    });
    expect(decideAdd(given(), joining('zoe', 'agent', { until: day('2027-02-01') }), rules)).toMatchObject({
      events: [{ trainedUntil: '2027-02-01' }],
    });
  });

  it('keeps what is attested when somebody gets a second role', () => {
    const staff = given(added('zoe', 'agent'));
    expect(decideAdd(staff, joining('zoe', 'auditor'), rules)).toMatchObject({
      events: [{ role: 'auditor', trainedUntil: '2027-01-31' }],
    });
    const always = given(added('zoe', 'agent', { trainedUntil: null }));
    expect(decideAdd(always, joining('zoe', 'auditor'), rules)).toMatchObject({
      events: [{ trainedUntil: null }],
    });
  });

  it('asks for a fresh attestation from somebody who comes back', () => {
    const staff = given(added('zoe', 'agent'), { type: 'staff_removed', person: person('zoe'), role: null });
    expect(decideAdd(staff, joining('zoe', 'agent'), rules)).toMatchObject({
      events: [{ trainedUntil: '2027-11-23' }],
    });
  });

  it('refuses the same role twice, and an account that is somebody else’s', () => {
    const staff = given(added('zoe', 'agent'), added('mei', 'agent'));
    expect(decideAdd(staff, joining('zoe', 'agent'), rules)).toMatchObject({
      refusal: { code: 'wrong-state' },
    });
    const taken = joining('kim', 'auditor', { accounts: [account('terminal:mei')] });
    expect(decideAdd(staff, taken, rules)).toMatchObject({ refusal: { code: 'wrong-state', clause: '7.2' } });
  });
});

describe('removing', () => {
  it('takes one role or all', () => {
    const staff = given(added('zoe', 'agent'), added('zoe', 'admin'), added('root', 'admin'));
    expect(decideRemove(staff, person('zoe'), 'admin')).toMatchObject({ kind: 'done' });
    const after = staffAfter(staff, [{ type: 'staff_removed', person: person('zoe'), role: 'admin' }]);
    expect(after.members.get(person('zoe'))).toMatchObject({ active: true, roles: ['agent'] });
    expect(
      staffAfter(staff, [{ type: 'staff_removed', person: person('zoe'), role: null }]).members.get(
        person('zoe'),
      ),
    ).toMatchObject({ active: false, roles: [] });
  });

  it('never takes the last administrator', () => {
    const staff = given(added('root', 'admin'), added('zoe', 'agent'));
    for (const role of ['admin', null] as const)
      expect(decideRemove(staff, person('root'), role)).toMatchObject({ refusal: { code: 'wrong-state' } });
    const both = given(added('root', 'admin'), added('zoe', 'admin'));
    expect(decideRemove(both, person('root'), null)).toMatchObject({ kind: 'done' });
    const left = staffAfter(both, [{ type: 'staff_removed', person: person('zoe'), role: null }]);
    expect(decideRemove(left, person('root'), null)).toMatchObject({ kind: 'refused' });
  });

  it('refuses a role nobody has, and somebody who left', () => {
    const staff = given(added('zoe', 'agent'), { type: 'staff_removed', person: person('zoe'), role: null });
    expect(decideRemove(staff, person('zoe'), null)).toMatchObject({ kind: 'refused' });
    expect(decideTrain(staff, person('zoe'), day('2027-01-01'))).toMatchObject({ kind: 'refused' });
    expect(decideLink(staff, person('zoe'), account('slack:U1'), rules)).toMatchObject({ kind: 'refused' });
    expect(decideRemove(given(added('zoe', 'agent')), person('zoe'), 'officer')).toMatchObject({
      kind: 'refused',
    });
  });
});

describe('linking', () => {
  it('gives one person several accounts, and does nothing twice', () => {
    const staff = given(added('dan', 'agent'));
    const first = decideLink(staff, person('dan'), account('discord:8'), rules);
    expect(first).toMatchObject({ events: [{ type: 'account_linked' }] });
    const after = staffAfter(staff, first.kind === 'done' ? first.events : []);
    expect(decideLink(after, person('dan'), account('discord:8'), rules)).toEqual({
      kind: 'done',
      events: [],
    });
  });

  it('takes the account of somebody who left, never of somebody active', () => {
    const staff = given(added('dan', 'agent'), added('mei', 'agent'));
    expect(decideLink(staff, person('mei'), account('terminal:dan'), rules)).toMatchObject({
      refusal: { code: 'wrong-state' },
    });
    const left = staffAfter(staff, [{ type: 'staff_removed', person: person('dan'), role: null }]);
    const decision = decideLink(left, person('mei'), account('terminal:dan'), rules);
    const after = staffAfter(left, decision.kind === 'done' ? decision.events : []);
    expect(after.members.get(person('mei'))?.accounts).toEqual(['terminal:mei', 'terminal:dan']);
    expect(after.members.get(person('dan'))?.accounts).toEqual([]);
  });
});

describe('a name', () => {
  const staff = given(added('zoe', 'agent'), added('mei', 'agent'));
  const renamed = given(added('zoe', 'agent'), added('mei', 'agent'), {
    type: 'staff_renamed',
    person: person('mei'),
    name: person('may'),
  });

  it('is changed, back too, and to the same one nothing happens', () => {
    expect(decideRename(staff, person('mei'), person('may'))).toMatchObject({
      events: [{ type: 'staff_renamed', person: 'mei', name: 'may' }],
    });
    expect(decideRename(renamed, person('may'), person('mei'))).toMatchObject({ kind: 'done' });
    expect(decideRename(staff, person('mei'), person('mei'))).toEqual({ kind: 'done', events: [] });
  });

  it('is nobody else’s, now or before, and nobody’s who is not on the list', () => {
    const taken = { refusal: { code: 'wrong-state', reason: 'name-taken' } };
    expect(decideRename(staff, person('mei'), person('zoe'))).toMatchObject(taken);
    expect(decideRename(renamed, person('zoe'), person('mei'))).toMatchObject(taken);
    expect(
      decideAdd(renamed, joining('mei', 'agent', { accounts: [account('terminal:new')] }), rules),
    ).toMatchObject(taken);
    expect(decideRename(staff, person('kim'), person('kimberly'))).toMatchObject({
      refusal: { reason: 'off-the-staff-list' },
    });
  });
});

describe('being away', () => {
  const staff = given(added('zoe', 'agent'), added('mei', 'agent'));
  const until = day('2026-12-24');

  it('is for somebody on the list, with another as the substitute or none', () => {
    expect(decideAway(staff, person('mei'), { until, substitute: person('zoe') })).toMatchObject({
      events: [{ type: 'staff_away', person: 'mei', substitute: 'zoe' }],
    });
    expect(decideAway(staff, person('mei'), { until, substitute: person('mei') })).toMatchObject({
      refusal: { code: 'invalid-value', reason: 'own-substitute' },
    });
    expect(decideAway(staff, person('kim'), { until, substitute: null })).toMatchObject({
      refusal: { reason: 'off-the-staff-list' },
    });
  });

  it('ends once', () => {
    const away = given(added('mei', 'agent'), {
      type: 'staff_away',
      person: person('mei'),
      until,
      substitute: null,
    });
    expect(decideBack(away, person('mei'))).toMatchObject({
      events: [{ type: 'staff_back', person: 'mei' }],
    });
    expect(decideBack(staff, person('mei'))).toMatchObject({ refusal: { reason: 'not-away' } });
    expect(decideBack(staff, person('kim'))).toMatchObject({ refusal: { reason: 'off-the-staff-list' } });
  });
});

describe('an officer or administrator is made by two', () => {
  const same = (one: Person | null, other: Person | null) => one !== null && one === other;
  const making = { by: person('root'), caseExists: true, same };
  const staffed = given(added('root', 'admin'), added('lyon', 'officer'), added('mei', 'agent'));
  const asked: StaffEvent = {
    type: 'grant_asked',
    person: person('zoe'),
    role: 'officer',
    accounts: [account('terminal:zoe')],
    trainedUntil: day('2027-11-23'),
    by: person('root'),
  };
  const waiting = staffAfter(staffed, [asked]);
  const confirm = (who: string, ...roles: readonly Role[]) =>
    decideConfirm(waiting, person('zoe'), { person: person(who), roles, same }, { accountClause: '7.2' });

  it('waits for the second, and works at once before a case exists', () => {
    const adding = (caseExists: boolean) =>
      decideAdd(staffed, joining('zoe', 'officer'), { ...rules, making: { ...making, caseExists } });
    expect(adding(true)).toMatchObject({ events: [{ type: 'grant_asked', role: 'officer' }] });
    expect(adding(false)).toMatchObject({ events: [{ type: 'staff_added', role: 'officer' }] });
  });

  it('is never both at once, when there is a case', () => {
    const both = decideAdd(staffed, joining('root', 'officer'), { ...rules, making });
    expect(both).toMatchObject({ kind: 'refused', refusal: { code: 'wrong-state' } });
  });

  it('is confirmed by another with the standing for it', () => {
    expect(confirm('lyon', 'officer')).toMatchObject({ events: [{ type: 'staff_added', role: 'officer' }] });
    expect(confirm('zoe', 'officer')).toMatchObject({ refusal: { code: 'same-person' } });
    expect(confirm('root', 'officer')).toMatchObject({ refusal: { code: 'same-person' } });
    expect(confirm('kim', 'admin')).toMatchObject({ refusal: { code: 'not-permitted' } });
  });

  it('says when there is nothing to confirm, and when an account went elsewhere meanwhile', () => {
    const by = { person: person('lyon'), roles: ['officer' as const], same };
    expect(decideConfirm(staffed, person('zoe'), by, { accountClause: '7.2' })).toMatchObject({
      refusal: { code: 'wrong-state' },
    });
    const taken = staffAfter(waiting, [added('yan', 'agent', { accounts: [account('terminal:zoe')] })]);
    expect(decideConfirm(taken, person('zoe'), by, { accountClause: '7.2' })).toMatchObject({
      kind: 'refused',
    });
  });
});

describe('an officer who is to go', () => {
  const same = (one: Person | null, other: Person | null) => one === other;
  const making = { by: person('root'), caseExists: true, same };
  const staff = given(
    added('lyon', 'officer'),
    added('ana', 'deputy'),
    added('root', 'admin'),
    added('kim', 'auditor'),
  );
  const asked = decideRemove(staff, person('lyon'), null, making);

  it('goes with the yes of a second person, and not with their own or that of who asked', () => {
    expect(asked).toMatchObject({
      events: [{ type: 'removal_asked', person: 'lyon', role: null, by: 'root' }],
    });
    if (asked.kind !== 'done') throw new Error('it was refused');
    const waiting = staffAfter(staff, asked.events);
    expect(waiting.members.get(person('lyon'))).toMatchObject({ active: true });
    const confirm = (who: string, ...roles: readonly Role[]) =>
      decideConfirm(waiting, person('lyon'), { person: person(who), roles, same }, rules);
    expect(confirm('lyon', 'officer')).toMatchObject({ refusal: { code: 'same-person' } });
    expect(confirm('root', 'admin')).toMatchObject({ refusal: { code: 'same-person' } });
    expect(confirm('kim', 'auditor')).toMatchObject({ refusal: { code: 'not-permitted' } });
    expect(confirm('ana', 'deputy')).toMatchObject({ events: [{ type: 'staff_removed', role: null }] });
    const gone = staffAfter(waiting, [{ type: 'staff_removed', person: person('lyon'), role: null }]);
    expect(gone.removals).toEqual([]);
  });

  it('goes at once where nobody else could say yes, and before the first case', () => {
    const alone = given(added('lyon', 'officer'), added('root', 'admin'));
    expect(decideRemove(alone, person('lyon'), null, making)).toMatchObject({
      events: [{ type: 'staff_removed' }],
    });
    expect(decideRemove(staff, person('lyon'), null, { ...making, caseExists: false })).toMatchObject({
      events: [{ type: 'staff_removed' }],
    });
    expect(decideRemove(staff, person('kim'), null, making)).toMatchObject({
      events: [{ type: 'staff_removed' }],
    });
  });

  it('is looked at again when it is confirmed: not both roles in one hand, never without an administrator', () => {
    const ask = (role: Role): StaffEvent => ({
      type: 'grant_asked',
      person: person('zoe'),
      role,
      accounts: [account('terminal:zoe')],
      trainedUntil: null,
      by: person('root'),
    });
    const ana = { person: person('ana'), roles: ['deputy'] as const, same };
    expect(
      decideConfirm(staffAfter(staff, [ask('admin'), ask('officer')]), person('zoe'), ana, rules),
    ).toMatchObject({
      refusal: { code: 'wrong-state', reason: 'officer-and-admin' },
    });
    const both = given(added('root', 'admin'), added('root', 'officer'), added('ana', 'deputy'));
    const waiting = staffAfter(both, [
      { type: 'removal_asked', person: person('root'), role: null, by: person('lyon') },
    ]);
    expect(decideConfirm(waiting, person('root'), ana, rules)).toMatchObject({
      refusal: { reason: 'last-administrator' },
    });
  });
});
