/**
 * Random interleavings of requests and disclosures: what people might do, in any order, most of it sensible.
 * Must not know: what has to hold afterwards.
 */
import fc from 'fast-check';
import { NO_EVIDENCE, type Terms } from '../../src/domain/disclosures/disclosure.js';
import { decideLog } from '../../src/domain/requests/log.js';
import { civilDay } from '../../src/policy/calendar.js';
import {
  type Category,
  type LegalBasis,
  REQUEST_TYPES,
  type RequestType,
} from '../../src/vocabulary/values.js';
import { at, FINISH, moveCase } from './disclosure-cases.js';
import { type Name, subjectOf, type World } from './disclosure-world.js';

const CUSTOMERS = ['C-1', 'C-2'] as const;
const RECIPIENTS = ['Courier', 'Bank', 'Court'] as const;
const DATA: readonly Category[] = ['name', 'mobile_phone', 'delivery', 'email'];

export type Step =
  | { readonly do: 'log'; name: Name; customer: string; data: Category[]; type: RequestType }
  | { readonly do: 'progress' | 'finish' | 'end' | 'reopen'; name: Name; nth: number; way: number }
  | {
      readonly do: 'ask';
      name: Name;
      customer: string;
      data: Category[];
      basis: LegalBasis;
      recipient: string;
      nth: number;
    }
  | { readonly do: 'decide'; name: Name; nth: number; data: Category[] | null; way: number }
  | { readonly do: 'send' | 'again' | 'cancel'; name: Name; nth: number }
  | { readonly do: 'amend'; name: Name; nth: number; data: Category[] }
  | { readonly do: 'consent'; name: Name; customer: string; data: Category[]; recipient: string | null }
  | { readonly do: 'standing'; name: Name; recipient: string }
  | { readonly do: 'pass'; hours: number };

const name = fc.constantFrom<Name>('mei', 'dan', 'lyon', 'ana');
const data = fc.subarray([...DATA], { minLength: 1 });
const customer = fc.constantFrom(...CUSTOMERS);
const recipient = fc.constantFrom(...RECIPIENTS);
const nth = fc.nat({ max: 7 });
const way = fc.nat({ max: 9 });
/** Mostly whoever may decide, so that the walks get somewhere. */
const decider = fc.constantFrom<Name>('mei', 'lyon', 'lyon', 'ana', 'ana');
const basis = fc.constantFrom<LegalBasis>('consent', 'transaction', 'required_by_law');
const type = fc.constantFrom(...REQUEST_TYPES);

export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('log' as const), name, customer, data, type }) },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constantFrom('progress' as const, 'finish' as const), name, nth, way }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('end' as const, 'reopen' as const), name, nth, way }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('ask' as const), name, customer, data, basis, recipient, nth }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('decide' as const),
      name: decider,
      nth,
      data: fc.option(data, { freq: 2 }),
      way,
    }),
  },
  {
    weight: 7,
    arbitrary: fc.record({
      do: fc.constantFrom(...(['send', 'send', 'send', 'send', 'again', 'again', 'cancel'] as const)),
      name,
      nth,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('amend' as const), name, nth, data }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('consent' as const),
      name,
      customer,
      data,
      recipient: fc.option(recipient),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('standing' as const), name, recipient }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('pass' as const), hours: fc.constantFrom(1, 25, 200) }),
  },
);

/** Mostly one in this state, sometimes any. */
function likely(world: World, status: string, index: number): string | undefined {
  const all = [...world.disclosures.values()].map(({ state }) => state);
  const fitting = all.filter(({ phase }) => phase.status === status);
  return at(fitting.length === 0 || index === 7 ? all : fitting, index)?.ref;
}

export async function take(world: World, step: Step): Promise<void> {
  const refs = [...world.disclosures.keys()];
  switch (step.do) {
    case 'log':
      await logCase(world, step);
      return;
    case 'progress':
    case 'finish':
    case 'end':
    case 'reopen': {
      const ref = at([...world.requests.keys()], step.nth);
      if (ref === undefined) return;
      const { do: what, way: how } = step;
      if (what !== 'finish') {
        await moveCase(world, { do: what, name: step.name, way: how }, ref);
        return;
      }
      // An agent and an officer by turns, as far as that goes.
      for (let turn = 0, idle = 0; turn < FINISH && idle < 2; turn += 1) {
        const who = turn % 2 === 0 ? 'dan' : 'ana';
        idle = (await moveCase(world, { do: 'progress', name: who, way: how }, ref)) ? 0 : idle + 1;
      }
      return;
    }
    case 'ask':
      await world.ask(step.name, step.customer, termsFor(world, step));
      return;
    case 'decide': {
      const surface = step.way % 2 === 0 ? 'discord' : 'terminal';
      const verdict = step.way === 9 ? 'deny' : 'approve';
      await world.decide(
        step.name,
        likely(world, 'requested', step.nth) ?? '',
        { verdict, reason: 'because', categories: step.data },
        surface,
      );
      return;
    }
    case 'send':
      await world.send(step.name, likely(world, 'approved', step.nth) ?? '');
      return;
    case 'again':
      await world.amend(step.name, at(refs, step.nth) ?? '', { evidence: {} });
      return;
    case 'amend':
      await world.amend(step.name, at(refs, step.nth) ?? '', { categories: step.data, evidence: {} });
      return;
    case 'cancel':
      await world.cancel(step.name, at(refs, step.nth) ?? '');
      return;
    case 'consent': {
      const { name: who, customer: whose, data: categories, recipient: whom } = step;
      await world.consent(who, whose, {
        recipient: whom,
        purpose: 'purpose',
        categories,
        grantedAt: world.now,
      });
      return;
    }
    case 'standing': {
      const given = { recipient: step.recipient, template: 'delivery', days: 30 };
      // The permission is the bot's to ask; only officers give one.
      if (world.circumstances(step.name).may('disclosure.standing'))
        await world.standing(step.name, { ...given, categories: ['name', 'delivery', 'mobile_phone'] });
      return;
    }
    case 'pass':
      await world.pass(step.hours);
      return;
    default:
      step satisfies never;
  }
}

async function logCase(world: World, step: Extract<Step, { do: 'log' }>): Promise<void> {
  const { name: who, customer: whose, data: scope, type: asked } = step;
  const open = [...world.requests.values()].some(
    ({ state }) =>
      state.subjectId === subjectOf(whose) && state.type === asked && state.phase.status !== 'closed',
  );
  if (open) return;
  const withdraws = asked === 'consent_withdrawal' ? await world.withdrawnConsents(whose, scope) : [];
  const input = {
    type: asked,
    customer: whose,
    scope,
    via: 'chat',
    receivedAt: world.now,
    ref: null,
    note: null,
    aboutOfficer: false,
    force: null,
  };
  const facts = {
    ref: `PR-${world.requests.size + 1}`,
    subjectId: subjectOf(whose),
    officers: [],
    withdraws,
    pack: { name: 'default@test', hash: 'hash' },
  };
  await world.onRequest(who, null, () => decideLog(input, facts, world));
}

function termsFor(world: World, step: Extract<Step, { do: 'ask' }>): Terms {
  const mine = [...world.consents.values()].filter(
    ({ state }) => state.subjectId === subjectOf(step.customer),
  );
  const order = `${civilDay(world.now, world.pack.zone)}/SO-1`;
  const template = step.nth % 4 === 3 ? 'consultation' : 'delivery';
  const evidence = {
    consent: { ...NO_EVIDENCE, consent: at(mine, step.nth)?.state.ref ?? null },
    transaction: { ...NO_EVIDENCE, order, template },
    required_by_law: { ...NO_EVIDENCE, authority: 'Court', law: 'Act 1', instrument: '1', evidence: 'L-1' },
  }[step.basis];
  const { recipient: whom } = step;
  const allowed = step.data.filter((one) => one !== 'email');
  const tidy = step.basis === 'transaction' && allowed.length > 0 && step.nth < 6;
  const categories = tidy ? allowed : step.data;
  return { recipient: whom, purpose: 'purpose', categories, basis: step.basis, evidence, withhold: null };
}
