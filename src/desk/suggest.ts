/**
 * What a field may be completed with while it is typed: cases, staff, grounds, templates, recipients. Only what the
 * asker may see; nobody who is not on the staff list sees anything. Changes nothing. Must not know: any surface.
 */

import type { Registry } from '../chat/command.js';
import type { SuggestionKind } from '../chat/fields/field.js';
import { MOST, matching, type Suggest, type Suggestion } from '../chat/suggestion.js';
import { civilDay } from '../policy/calendar.js';
import { mayDo } from '../policy/permissions.js';
import type { Pack } from '../policy/schema.js';
import { peopleOf } from '../record/people.js';
import type { RequestRow } from '../record/rows.js';
import type { Store, Tx } from '../record/store.js';
import { CATEGORIES, type Instant, maskReference } from '../vocabulary/values.js';
import { consents, disclosures, knownRecipients } from './disclosures/suggest.js';
import { permitRefusal } from './front/permit.js';
import type { ActivePack } from './front/plan.js';
import type { Asked, Source } from './front/suggestion.js';
import { loadCase } from './requests/on-request.js';
import { readable } from './requests/readable.js';
import { dueWords, TYPE_TITLES } from './tell/words.js';

const CASES_LOOKED_AT = 300;

/** Verbs about cases that are closed, or about any; the others are about open ones. */
const ON_CLOSED = ['privacy reopen'];
const ON_ANY = ['privacy show', 'privacy why', 'privacy note', 'desk export', 'desk audit'];

const SOURCES: Readonly<Record<SuggestionKind, Source>> = {
  cases,
  disclosures,
  consents,
  people,
  categories,
  grounds,
  templates,
  'case-recipients': recipients,
  'known-recipients': knownRecipients,
};

export function createSuggest(deps: {
  readonly store: Store;
  readonly registry: Registry;
  readonly active: ActivePack;
  readonly packOf: (tx: Tx, hash: string) => Promise<Pack>;
  readonly clock: () => Instant;
}): Suggest {
  const { store, registry, active, clock } = deps;
  return async (question) => {
    const command = registry.lookup(question.command, question.verb);
    const spec = command?.fields.find(({ name }) => name === question.field);
    const kind = spec?.suggests ?? null;
    if (command === null || kind === null) return [];
    return store.transact(async (tx) => {
      const member = await tx.staffOf(question.account);
      const now = clock();
      if (member === null || !member.active) return [];
      const today = civilDay(now, active.pack.zone);
      if (permitRefusal(active.pack, command.permission, member, today) !== null) return [];
      const { same } = await peopleOf(tx, today);
      const asked = { question, tx, member: { ...member, same }, pack: active.pack, now };
      return SOURCES[kind]({ ...asked, packOf: (hash) => deps.packOf(tx, hash) });
    });
  };
}

/** `PR-2026-0001 · Deletion · C…812 · Wed 2026-12-23 (30 days left) · @mei`, the next due first, then the last closed. */
async function cases({ question, tx, member, pack, now }: Asked): Promise<readonly Suggestion[]> {
  if (!mayDo(pack, member.roles, 'request.list') && !mayDo(pack, member.roles, 'request.show')) return [];
  const words = `${question.command} ${question.verb}`;
  const closed = ON_CLOSED.includes(words);
  const any = ON_ANY.includes(words);
  const limit = CASES_LOOKED_AT;
  const opens = closed ? [] : await tx.requests({ open: true, limit });
  const ended = closed || any ? await tx.requests({ open: false, latestFirst: true, limit }) : [];
  // One typed in full is found, however many there are.
  const typed = await tx.request(question.typed.toUpperCase());
  const all = [...opens, ...ended];
  if (typed !== null && !all.some(({ ref }) => ref === typed.ref)) all.push(typed);
  const rows = await readable(tx, all, member);
  const today = civilDay(now, pack.zone);
  const open = (row: RequestRow) => row.status !== 'closed';
  const found: Suggestion[] = [];
  for (const row of rows.filter((each) => any || open(each) !== closed)) {
    const customer = await tx.reference(row.subjectId);
    const parts = [
      row.ref,
      TYPE_TITLES[row.type],
      customer === null ? 'erased' : maskReference(customer),
      open(row) ? dueWords(row.due, today) : 'closed',
      ...(open(row) ? [row.owner === null ? 'nobody yet' : `@${row.owner}`] : []),
    ];
    found.push(...matching([{ value: row.ref, label: parts.join(' · ') }], question.typed));
    if (found.length === MOST) break;
  }
  return found;
}

async function people({ question, tx }: Asked): Promise<readonly Suggestion[]> {
  const staff = (await tx.staff()).filter((member) => member.active);
  const found = staff.map(({ person, roles }) => ({
    value: person,
    label: `@${person}: ${roles.join(', ')}`,
  }));
  return matching(found, question.typed.replace(/^@/, ''));
}

/** The last item of a list is completed; the ones before it stay. */
async function categories({ question }: Asked): Promise<readonly Suggestion[]> {
  const items = question.typed.split(',').map((item) => item.trim());
  const before = items.slice(0, -1).filter((item) => item !== '');
  const left = [...CATEGORIES, ...(before.length === 0 ? ['all'] : [])].filter(
    (one) => !before.includes(one),
  );
  return matching(
    left.map((one) => ({ value: one, label: one })),
    items.at(-1) ?? '',
  ).map(({ value }) => {
    const whole = [...before, value].join(',');
    return { value: whole, label: whole };
  });
}

/** The grounds of the case's own policy and type, or all of them while no case is known. */
async function grounds({ question, tx, pack, packOf, member }: Asked): Promise<readonly Suggestion[]> {
  const named =
    question.given.case === undefined ? null : await tx.request(question.given.case.toUpperCase());
  const [row = null] = await readable(tx, named === null ? [] : [named], member);
  const own = row === null ? pack : await packOf(row.packHash);
  const found = own.grounds
    .filter(({ types }) => row === null || types === 'all' || types.includes(row.type))
    .map(({ code, means, clause }) => ({ value: code, label: `${code}: ${means} (${clause})` }));
  return matching(found, question.typed);
}

async function templates({ question, pack }: Asked): Promise<readonly Suggestion[]> {
  const found = Object.entries(pack.disclosures.templates).map(([name, { categories: allowed }]) => ({
    value: name,
    label: `${name}: ${allowed.join(', ')}`,
  }));
  return matching(found, question.typed);
}

/** Whom the case still has to tell. */
async function recipients({ question, tx, packOf }: Asked): Promise<readonly Suggestion[]> {
  const ref = question.given.case?.toUpperCase();
  const loaded = ref === undefined ? null : await loadCase({ tx, packOf }, ref, { lock: false });
  const open = loaded?.request.recipients.filter(({ state }) => state === 'open') ?? [];
  return matching(
    open.map(({ recipient }) => ({ value: recipient, label: recipient })),
    question.typed,
  );
}
