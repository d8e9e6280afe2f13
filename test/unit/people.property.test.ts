/**
 * A person is all the accounts and names they ever had (rule 2): random hiring, leaving, moving of accounts, linking and
 * renaming, each through its decider. Must not know: storage, commands.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { samePersonIn } from '../../src/domain/people.js';
import { decideAdd, decideLink, decideRemove, decideRename, staffAfter } from '../../src/domain/staff.js';
import { NO_STAFF, type StaffList } from '../../src/domain/staff-events.js';
import type { Account, Day, Person } from '../../src/vocabulary/values.js';

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'] as Person[];
const ACCOUNTS = ['x', 'y', 'z', 'u', 'v', 'w'].map((id) => `slack:${id}` as Account);
const rules = { standardUntil: '2027-01-01' as Day, accountClause: null };

const name = fc.constantFrom(...NAMES);
const account = fc.constantFrom(...ACCOUNTS);
const step: fc.Arbitrary<Step> = fc.record({
  what: fc.constantFrom('add', 'remove', 'link', 'rename'),
  name,
  account,
  to: name,
});

type Step = {
  readonly what: 'add' | 'remove' | 'link' | 'rename';
  readonly name: Person;
  readonly account: Account;
  readonly to: Person;
};

function decided(list: StaffList, { what, name: person, account: through, to }: Step) {
  switch (what) {
    case 'add':
      return decideAdd(list, { person, role: 'agent', accounts: [through], until: null }, rules);
    case 'remove':
      return decideRemove(list, person, null);
    case 'link':
      return decideLink(list, person, through, rules);
    case 'rename':
      return decideRename(list, person, to);
    default:
      return what satisfies never;
  }
}

/** Who could have acted: an active name through an account of theirs. */
const acting = (list: StaffList): readonly (readonly [Person, Account])[] =>
  [...list.members.values()]
    .filter(({ active }) => active)
    .flatMap(({ person, accounts }) => accounts.map((one) => [person, one] as const));

describe('who is one human', () => {
  it('follows every account and every name, and joins nobody else', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const seen: (readonly [Person, Account])[] = [];
        const renames: (readonly [Person, Person])[] = [];
        let list = NO_STAFF;
        for (const one of steps) {
          const decision = decided(list, one);
          if (decision.kind === 'refused') continue;
          if (one.what === 'rename' && decision.events.length > 0) renames.push([one.name, one.to]);
          list = staffAfter(list, decision.events);
          seen.push(...acting(list));
        }
        const same = samePersonIn(list);
        // The same, found the long way: whatever shares a name or an account, over any number of hops.
        const reaches = (from: Person): ReadonlySet<Person> => {
          const found = new Set([from]);
          for (let before = 0; before !== found.size; ) {
            before = found.size;
            for (const [person, through] of seen)
              for (const [other, by] of seen)
                if (through === by && (found.has(person) || found.has(other))) found.add(person).add(other);
            for (const [was, is] of renames) if (found.has(was) || found.has(is)) found.add(was).add(is);
          }
          return found;
        };
        const everybody = [...new Set(seen.map(([person]) => person))];
        for (const one of everybody)
          for (const other of everybody) expect(same(one, other)).toBe(reaches(one).has(other));
      }),
      { numRuns: 200 },
    );
  });

  it('never gives an account or a former name to two people at once', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let list = NO_STAFF;
        for (const one of steps) {
          const decision = decided(list, one);
          if (decision.kind === 'done') list = staffAfter(list, decision.events);
          const accounts = [...list.members.values()].flatMap((member) => member.accounts);
          expect(new Set(accounts).size).toBe(accounts.length);
          const names = [...list.members.values()].flatMap(({ person, names: before }) => [
            person,
            ...before,
          ]);
          expect(new Set(names).size).toBe(names.length);
        }
      }),
      { numRuns: 200 },
    );
  });
});
