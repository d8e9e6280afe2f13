/**
 * What a field may be completed with while it is typed, and what a form lets choose: cases, staff, grounds, templates,
 * recipients. Only what the asker may see; nobody who is not on the staff list sees anything. Changes nothing.
 * Must not know: any surface.
 */
import type { RawFields, Registry } from '../chat/command.js';
import type { SuggestionKind } from '../chat/fields/field.js';
import type { Choice, Form, FormField } from '../chat/form.js';
import { MOST, matching, type Question, type Suggest, type Suggestion } from '../chat/suggestion.js';
import { civilDay } from '../policy/calendar.js';
import { mayDo } from '../policy/permissions.js';
import type { Pack } from '../policy/schema.js';
import { memberOf, peopleOf } from '../record/people.js';
import type { Store, Tx } from '../record/store.js';
import type { Permission } from '../vocabulary/permissions.js';
import { type Account, CATEGORIES, type Category, type Instant } from '../vocabulary/values.js';
import { categoriesAsked, consents, disclosures, knownRecipients } from './disclosures/suggest.js';
import { permitRefusal } from './front/permit.js';
import type { ActivePack } from './front/plan.js';
import type { Asked, Source } from './front/suggestion.js';
import * as ofCases from './requests/suggest.js';

const SOURCES: Readonly<Record<SuggestionKind, Source>> = {
  cases: ofCases.cases,
  disclosures,
  consents,
  people: (asked) => people(asked, null),
  handlers: (asked) => people(asked, 'request.assign'),
  officers: async (asked) => [
    ...matching(THE_OFFICER, asked.question.typed),
    ...(await people(asked, 'request.decide')),
  ],
  categories,
  grounds: ofCases.grounds,
  outcomes: ofCases.outcomes,
  'early-ends': ofCases.endings,
  methods: ofCases.methods,
  notices: ofCases.notices,
  'extension-reasons': ofCases.extensionReasons,
  templates,
  'case-recipients': ofCases.recipients,
  'known-recipients': knownRecipients,
};

/** Whoever is officer now. */
const THE_OFFICER: readonly Suggestion[] = [{ value: 'yes', label: 'yes: the officer' }];

/** Where nothing else than what is found would be accepted: a form lets it be chosen. */
const CLOSED: ReadonlySet<SuggestionKind> = new Set([
  'handlers',
  'officers',
  'grounds',
  'outcomes',
  'early-ends',
  'methods',
  'notices',
  'extension-reasons',
  'templates',
  'case-recipients',
]);

type Deps = {
  readonly store: Store;
  readonly registry: Registry;
  readonly active: ActivePack;
  readonly packOf: (tx: Tx, hash: string) => Promise<Pack>;
  readonly clock: () => Instant;
};

/** Who asks, with what there is to answer from; null: nobody who may give this command. */
async function askedBy(deps: Deps, tx: Tx, question: Question): Promise<Asked | null> {
  const { registry, active, clock } = deps;
  const command = registry.lookup(question.command, question.verb);
  const member = await memberOf(tx, question.account);
  const now = clock();
  if (command === null || member === null || !member.active) return null;
  const today = civilDay(now, active.pack.zone);
  if (permitRefusal(active.pack, command.permission, member, today) !== null) return null;
  const { same } = await peopleOf(tx, today);
  const packOf = (hash: string) => deps.packOf(tx, hash);
  return { question, tx, member: { ...member, same }, pack: active.pack, packOf, now };
}

export function createSuggest(deps: Deps): Suggest {
  return async (question) => {
    const command = deps.registry.lookup(question.command, question.verb);
    const kind = command?.fields.find(({ name }) => name === question.field)?.suggests ?? null;
    if (kind === null) return [];
    return deps.store.transact(async (tx) => {
      const asked = await askedBy(deps, tx, question);
      return asked === null ? [] : SOURCES[kind](asked);
    });
  };
}

/** A form whose closed lists are those of this very case, for this person. */
export function createChoices(deps: Deps): (form: Form, account: Account) => Promise<Form> {
  return async (form, account) => {
    const { command, verb } = form;
    if (form.fields.every(({ suggests }) => suggests === null)) return form;
    return deps.store.transact(async (tx) => {
      const typed = form.fields.flatMap(({ name, value }) =>
        value === null ? [] : [[name, value] as const],
      );
      const given: RawFields = { ...form.given, ...Object.fromEntries(typed) };
      const asked = await askedBy(deps, tx, { account, command, verb, field: '', typed: '', given });
      if (asked === null) return form;
      const fields: FormField[] = [];
      for (const field of form.fields) {
        const question = { ...asked.question, field: field.name };
        const found = await closedList(field, { ...asked, question });
        fields.push(found === null ? field : { ...field, choices: found });
      }
      return { ...form, fields };
    });
  };
}

/** Null: what the field says of itself stays. */
async function closedList(field: FormField, asked: Asked): Promise<readonly Choice[] | null> {
  const { suggests } = field;
  if (suggests === null) return null;
  if (suggests === 'categories') return categoryChoices(asked);
  // A customer's consents are all there are to choose from; without a customer there may be any number.
  const closed =
    CLOSED.has(suggests) || (suggests === 'consents' && asked.question.given.customer !== undefined);
  const found = closed ? await SOURCES[suggests](asked) : [];
  if (found.length === 0 || found.length === MOST) return null;
  return found.map(({ value, label, says = label }) => ({ value, label: says }));
}

async function categoryChoices(asked: Asked): Promise<readonly Choice[] | null> {
  const own = await ownCategories(asked);
  if (own === null || own.length === 0) return null;
  const all = own.length > 1 && asked.question.verb === 'check' ? ['all'] : [];
  return [...all, ...own].map((value) => ({ value, label: value.replaceAll('_', ' ') }));
}

/** Of the case or disclosure that is named; null: none is. */
const ownCategories = async (asked: Asked): Promise<readonly Category[] | null> =>
  (await ofCases.categoriesOfCase(asked)) ?? (await categoriesAsked(asked));

async function people(
  { question, tx, pack }: Asked,
  whoMay: Permission | null,
): Promise<readonly Suggestion[]> {
  const staff = (await tx.staff()).filter(
    ({ active, roles }) => active && (whoMay === null || mayDo(pack, roles, whoMay)),
  );
  const found = staff.map(({ person, roles }) => ({
    value: person,
    label: `@${person}: ${roles.join(', ')}`,
  }));
  return matching(found, question.typed.replace(/^@/, ''));
}

/** The last item of a list is completed; the ones before it stay. */
async function categories(asked: Asked): Promise<readonly Suggestion[]> {
  const items = asked.question.typed.split(',').map((item) => item.trim());
  const before = items.slice(0, -1).filter((item) => item !== '');
  const own = (await ownCategories(asked)) ?? CATEGORIES;
  const left = [...own, ...(before.length === 0 ? ['all'] : [])].filter((one) => !before.includes(one));
  return matching(
    left.map((one) => ({ value: one, label: one })),
    items.at(-1) ?? '',
  ).map(({ value }) => {
    const whole = [...before, value].join(',');
    return { value: whole, label: whole };
  });
}

async function templates({ question, pack }: Asked): Promise<readonly Suggestion[]> {
  const found = Object.entries(pack.disclosures.templates).map(([name, { categories: allowed }]) => ({
    value: name,
    label: `${name}: ${allowed.join(', ')}`,
  }));
  return matching(found, question.typed);
}
