/** What people say in a random life: cases, disclosures and consents of two customers, by the whole cast and two more. */
import { CATEGORIES, NOTICE_KINDS, REQUEST_TYPES } from '../../src/vocabulary/values.js';
import type { Random } from './random.js';

export const PEOPLE = ['mei', 'mei', 'dan', 'lyon', 'lyon', 'ana', 'zoe', 'eve', 'kim', 'root'] as const;

const SCOPES = [
  'email',
  'email,payment',
  'name,account_id',
  'name',
  'account_id',
  'email,sensitive',
  'delivery,name,mobile_phone',
];
const EARLY = [
  'outcome:withdrawn_by_subject ref:T-9',
  'outcome:not_controller reason:theirs',
  'outcome:logged_in_error reason:slip',
  'outcome:identity_not_verified',
  'outcome:duplicate of:PR-2026-0001',
];

type Say = (random: Random, refs: readonly string[]) => string;

const aCase = (random: Random, refs: readonly string[]): string => {
  const cases = refs.filter((ref) => ref.startsWith('PR'));
  return cases.length === 0 ? 'PR-2026-0001' : random.pick(cases);
};
const aDisclosure = (random: Random, refs: readonly string[]): string => {
  const found = refs.filter((ref) => ref.startsWith('DR'));
  return found.length === 0 ? 'DR-2026-0001' : random.pick(found);
};
const about =
  (verb: string, rest: readonly string[]): Say =>
  (random, refs) =>
    `/privacy ${verb} ${aCase(random, refs)} ${random.pick(rest)}`.trim();
const customer = (random: Random): string => random.pick(['C-101', 'C-101', 'C-102']);

const SAYS: readonly (readonly [weight: number, say: Say])[] = [
  [
    8,
    (random) =>
      `/privacy log ${random.pick(REQUEST_TYPES)} ${customer(random)} scope:${random.pick(SCOPES)} ${random.pick(['', '', 'via:phone ref:T-1', 'received:2026-11-20', 'requester:parent mandate:DOC-1', 'force:another'])}`.trim(),
  ],
  [1, (random) => `/privacy log complaint ${customer(random)} about_officer:yes`],
  [
    5,
    about('verify', [
      'callback pass T-1',
      'otp fail T-2',
      'document_checked pass T-3',
      'result:revoked reason:wrong',
    ]),
  ],
  [
    6,
    (random, refs) =>
      `/privacy check ${aCase(random, refs)} ${random.pick(['all', ...CATEGORIES.slice(0, 6)])} ${random.pick(['done', 'done', 'none_held', 'retained'])}`,
  ],
  [
    4,
    about('propose', [
      'fulfilled',
      'no_data_held',
      'refused ground:NOT_CONTROLLER',
      'partially_fulfilled ground:LAW_REQUIRES_RETENTION',
      'refused ground:STOP_LEGAL_OBLIGATION law:L1',
      'partially_fulfilled ground:ID_NOT_CORRECTABLE',
    ]),
  ],
  [
    3,
    about('retain', [
      'payment "Tax Act 12" until:2031-12-31 explained:2026-11-23 consent:2026-11-23',
      'email "Tax Act 12" until:2026-12-31 explained:2026-11-23/c#1 consent:2026-11-23/c#1',
    ]),
  ],
  [3, about('decide', ['approve', 'return reason:again', 'refuse ground:NOT_CONTROLLER'])],
  [3, about('done', ['CHG-1'])],
  [3, (random, refs) => `/privacy notice ${aCase(random, refs)} ${random.pick(NOTICE_KINDS)} ref:M-1`],
  [2, about('close', ['', ...EARLY])],
  [1, about('reopen', ['missed'])],
  [1, about('pause', ['waiting'])],
  [1, about('resume', [''])],
  [2, about('assign', ['', 'to:dan', 'to:lyon'])],
  [1, about('retract', [''])],
  [1, about('snooze', ['2 waiting'])],
  [1, about('extend', ['2027-01-20 other_significant explained:2026-11-23 consent:2026-11-23'])],
  [
    2,
    about('amend', [
      'scope:email reason:less',
      'scope:email,payment reason:more',
      'received:2026-11-21 reason:letter',
      'about_officer:yes reason:learnt',
    ]),
  ],
  [
    6,
    (random) =>
      `/disclosure request ${customer(random)} "${random.pick(['Swift', 'MailCo'])}" ${random.pick(['name,mobile_phone,delivery', 'delivery', 'name'])} "bring order" basis:transaction order:SO-1 template:delivery`,
  ],
  [
    3,
    (random) =>
      `/disclosure request ${customer(random)} "MailCo" email newsletter basis:consent consent:CO-2026-000${1 + random.below(2)}`,
  ],
  [
    2,
    (random) =>
      `/disclosure request ${customer(random)} "City Court" name,payment "court order" required_by_law authority:Court law:"Code 64" instrument:2026-114 evidence:LEGAL-9 ${random.pick(['', 'withhold:2027-03-01'])}`.trim(),
  ],
  [
    3,
    (random) =>
      `/disclosure consent ${customer(random)} newsletter email granted:${random.pick(['2026-11-02', 'today'])} evidence:F-1 recipient:MailCo`,
  ],
  [
    2,
    (random, refs) =>
      `/disclosure decide ${aDisclosure(random, refs)} ${random.pick(['approve', 'deny reason:no'])}`,
  ],
  [2, (random, refs) => `/disclosure sent ${aDisclosure(random, refs)} portal`],
  [1, (random, refs) => `/disclosure cancel ${aDisclosure(random, refs)}`],
  [
    1,
    (random, refs) =>
      `/disclosure amend ${aDisclosure(random, refs)} ${random.pick(['data:name', 'to:Other', ''])}`.trim(),
  ],
  [
    1,
    (random) => `/disclosure standing Swift delivery name,mobile_phone,delivery ${random.pick(['30', '60'])}`,
  ],
  [1, () => '/disclosure revoke 1 over'],
  [4, (random) => `/clock ${random.pick(['+2h', '+1d', '+3d', '+8d', '+30d', '2026-11-23T12:00'])}`],
  [
    1,
    (random) =>
      random.pick([
        '/desk staff action:away person:lyon until:+5d substitute:ana',
        '/desk staff action:back person:lyon',
        '/desk staff action:add person:max role:agent',
        '/desk staff action:remove person:eve',
        '/desk staff action:rename person:dan name:daniel',
        '/desk staff',
        '/desk digest',
        '/desk officer',
        '/privacy list',
        '/disclosure list',
      ]),
  ],
];

/** One line as somebody types it. */
export function lineOfLife(random: Random, refs: readonly string[]): string {
  const total = SAYS.reduce((sum, [weight]) => sum + weight, 0);
  let left = random.below(total);
  for (const [weight, say] of SAYS) {
    left -= weight;
    if (left < 0) return say(random, refs);
  }
  throw new Error('the weights do not add up');
}
