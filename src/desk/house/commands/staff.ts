/**
 * `/desk staff`: the staff list, and adding, removing, training and linking (P-7.2).
 * Must not know: how the list is kept.
 */
import { z } from 'zod';
import { day } from '../../../chat/fields/dates.js';
import { account, choice, person } from '../../../chat/fields/kinds.js';
import { ROLES } from '../../../vocabulary/values.js';
import { type DeskCommand, defineCommand } from '../../front/plan.js';
import { staffCard } from '../cards/staff.js';
import { addMember, linkAccount, removeMember, renewTraining, type StaffInput } from './staff-changes.js';

const ACTIONS = ['add', 'remove', 'train', 'link'] as const;

const changes = { add: addMember, remove: removeMember, train: renewTraining, link: linkAccount };

export const staff: DeskCommand = defineCommand({
  command: 'desk',
  verb: 'staff',
  summary: 'Who is on the staff list; add, remove, renew training, link an account',
  permission: 'desk.staff',
  input: z.strictObject({
    action: choice('Action', 'What to do; left out: the list', ACTIONS).optional(),
    person: person('Person', 'Who, e.g. mei').optional(),
    role: choice('Role', 'Their role; remove without one takes all of them', ROLES).optional(),
    until: day('Trained until', 'Last day of their attested training, e.g. 2027-11-23', 'future').optional(),
    account: account(
      'Account',
      'An account of theirs, e.g. slack:U012 or discord:81234',
      'discord:81234 or slack:U012',
    ).optional(),
  }),
  positionals: ['action', 'person', 'role'],
  examples: [
    '/desk staff',
    '/desk staff action:add person:zoe role:agent until:2027-11-23',
    '/desk staff action:add person:lyon role:officer account:slack:U012ABC',
    '/desk staff action:train person:mei until:2027-11-23',
    '/desk staff action:link person:dan account:discord:81234567890',
    '/desk staff action:remove person:zoe role:agent',
  ],
  plan: async (context, { action, ...input }) => {
    if (action === undefined)
      return {
        kind: 'answer',
        card: staffCard(context.staff, context.active.pack, context.today),
      };
    return changes[action](context, input satisfies StaffInput, staff);
  },
});
