/**
 * `/desk staff`: the staff list, and adding, removing, training and linking (P-7.2).
 * Must not know: how the list is kept.
 */
import { z } from 'zod';
import { day } from '../../../chat/fields/dates.js';
import { account, choice, person } from '../../../chat/fields/kinds.js';
import { DESK } from '../../../language/en/commands/desk.js';
import type { StaffRow } from '../../../record/rows.js';
import type { Permission } from '../../../vocabulary/permissions.js';
import { ROLES } from '../../../vocabulary/values.js';
import { permitRefusal } from '../../front/permit.js';
import { type DeskCommand, defineCommand, type PlanContext } from '../../front/plan.js';
import { staffCard } from '../cards/staff.js';
import { review } from './review.js';
import {
  addMember,
  linkAccount,
  placed,
  removeMember,
  renewTraining,
  type StaffInput,
} from './staff-changes.js';
import { bringBack, confirmGrant, renameMember, sendAway } from './staff-people.js';

const ACTIONS = ['add', 'remove', 'rename', 'train', 'link', 'away', 'back', 'confirm', 'review'] as const;

/** What else than administrators may say. */
const FOR_OTHERS: Readonly<Partial<Record<(typeof ACTIONS)[number], Permission>>> = {
  away: 'desk.away',
  back: 'desk.away',
  confirm: 'desk.confirm',
  // An access review is the auditor's and the officer's.
  review: 'desk.audit',
};

/** Who acts, as the list has them. */
const memberOf = ({ staff: rows, actor }: PlanContext): StaffRow => {
  const found = rows.find(({ person }) => person === actor.person);
  if (found === undefined) throw new Error('a command without a member of the staff');
  return found;
};

const changes = {
  add: addMember,
  remove: removeMember,
  rename: renameMember,
  train: renewTraining,
  link: linkAccount,
  away: sendAway,
  back: bringBack,
  confirm: confirmGrant,
};

export const staff: DeskCommand = defineCommand({
  command: 'desk',
  verb: 'staff',
  words: DESK.staff,
  permission: 'desk.staff',
  also: ['desk.away', 'desk.confirm', 'desk.audit'],
  input: z.strictObject({
    action: choice(ACTIONS).optional(),
    person: person().optional(),
    role: choice(ROLES).optional(),
    until: day('future').optional(),
    account: account('discord:81234 or slack:U012').optional(),
    name: person().optional(),
    substitute: person().optional(),
  }),
  positionals: ['action', 'person', 'role'],
  examples: [
    '/desk staff',
    '/desk staff action:add person:zoe role:agent until:2027-11-23',
    '/desk staff action:add person:lyon role:officer account:slack:U012ABC',
    '/desk staff action:train person:mei until:2027-11-23',
    '/desk staff action:link person:dan account:discord:81234567890',
    '/desk staff action:remove person:zoe role:agent',
    '/desk staff action:rename person:zoe name:zoe.li',
    '/desk staff action:away until:2026-12-10 substitute:dan',
    '/desk staff action:back',
    '/desk staff action:confirm person:lyon',
    '/desk staff review',
  ],
  plan: async (context, { action, ...input }) => {
    if (action === undefined && !context.may('desk.staff')) {
      const refusal = permitRefusal(context.active.pack, 'desk.staff', memberOf(context), context.today);
      if (refusal !== null) return { kind: 'refused', refusal, about: null };
    }
    if (action === undefined)
      return {
        kind: 'answer',
        card: staffCard(context.staff, context.active.pack, context.today),
      };
    const permission = FOR_OTHERS[action] ?? 'desk.staff';
    const refusal = permitRefusal(context.active.pack, permission, memberOf(context), context.today);
    if (refusal !== null && !context.may('desk.staff')) return { kind: 'refused', refusal, about: null };
    if (action === 'review') return review;
    return changes[action](context, placed(context, input satisfies StaffInput), staff);
  },
});
