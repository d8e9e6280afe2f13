/**
 * What a field about a case may be completed with, or chosen from: of this case and for this person, as the deciders would accept
 * it. Must not know: any surface.
 */
import { MOST, matching, type Suggestion } from '../../chat/suggestion.js';
import { missingNotices } from '../../domain/requests/ending.js';
import type { Circumstances } from '../../domain/requests/handling.js';
import { tellable } from '../../domain/requests/notices.js';
import { earlyEnds, proposalOptions, retainable, rulingOptions } from '../../domain/requests/options.js';
import { mayRead } from '../../domain/requests/reading.js';
import { openRecipients } from '../../domain/requests/recipients.js';
import type { PrivacyRequest } from '../../domain/requests/request.js';
import { groundsFor, typeRules } from '../../domain/requests/rules.js';
import { outcomeWords } from '../../language/en/requests.js';
import { civilDay } from '../../policy/calendar.js';
import { mayDo } from '../../policy/permissions.js';
import type { Pack } from '../../policy/schema.js';
import type { RequestRow } from '../../record/rows.js';
import { CATEGORIES, type Category, maskReference, type Status } from '../../vocabulary/values.js';
import type { Asked } from '../front/suggestion.js';
import { dueWords, TYPE_TITLES } from '../tell/words.js';
import { loadCase } from './on-request.js';
import { readable } from './readable.js';

const CASES_LOOKED_AT = 300;

/** Where a case stands that a verb can still be said of; any for the others. */
const STATUSES: Readonly<Record<string, readonly Status[]>> = {
  'privacy verify': ['identity_pending', 'in_progress', 'awaiting_decision', 'action_approved'],
  'privacy check': ['in_progress'],
  'privacy propose': ['in_progress'],
  'privacy retain': ['in_progress', 'awaiting_subject'],
  'privacy retract': ['awaiting_decision'],
  'privacy decide': ['awaiting_decision'],
  'privacy pause': ['in_progress', 'identity_pending'],
  'privacy resume': ['awaiting_subject'],
  'privacy done': ['action_approved'],
  'privacy notified': ['notifying_recipients'],
  'privacy reopen': ['closed', 'action_approved', 'decided', 'notifying_recipients'],
};
/** Verbs about any case; the rest are about open ones. */
const ON_ANY = ['privacy show', 'privacy why', 'privacy note', 'desk export', 'desk audit'];

/** `PR-2026-0001 · Deletion · C…812 · Wed 2026-12-23 (30 days left) · @mei`, the next due first, then the last closed. */
export async function cases({ question, tx, member, pack, now }: Asked): Promise<readonly Suggestion[]> {
  if (!mayDo(pack, member.roles, 'request.list') && !mayDo(pack, member.roles, 'request.show')) return [];
  const words = `${question.command} ${question.verb}`;
  const any = ON_ANY.includes(words);
  const statuses = STATUSES[words] ?? null;
  const limit = CASES_LOOKED_AT;
  const open = (row: RequestRow) => row.status !== 'closed';
  const fits = (row: RequestRow) => any || (statuses === null ? open(row) : statuses.includes(row.status));
  const opens = statuses?.includes('closed') ? [] : await tx.requests({ open: true, limit });
  const ended =
    any || statuses?.includes('closed') ? await tx.requests({ open: false, latestFirst: true, limit }) : [];
  // One typed in full is found, however many there are.
  const typed = await tx.request(question.typed.toUpperCase());
  const all = [...opens, ...ended];
  if (typed !== null && !all.some(({ ref }) => ref === typed.ref)) all.push(typed);
  const today = civilDay(now, pack.zone);
  const found: Suggestion[] = [];
  for (const row of await readable(tx, all.filter(fits), member)) {
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

type Known = { readonly request: PrivacyRequest; readonly circumstances: Circumstances };

/** The case that was named, where who asks may read it, with what its deciders look at. */
async function known({ question, tx, packOf, member, pack: active, now }: Asked): Promise<Known | null> {
  const ref = question.given.case?.trim().toUpperCase();
  const loaded = ref === undefined ? null : await loadCase({ tx, packOf }, ref, { lock: false });
  if (loaded === null || !mayRead(loaded.request, member)) return null;
  const { request, pack } = loaded;
  const may: Circumstances['may'] = (permission) => mayDo(active, member.roles, permission);
  // Branded here: the account came with the question from its platform.
  const actor = { person: member.person, account: question.account as Circumstances['actor']['account'] };
  return {
    request,
    circumstances: { now, today: civilDay(now, pack.zone), actor, pack, may, same: member.same },
  };
}

/** The grounds of the case's own policy and type that its proposal or ruling could rest on; all while no case is known. */
export async function grounds(asked: Asked): Promise<readonly Suggestion[]> {
  const { question } = asked;
  const found = await known(asked);
  const listed =
    found === null ? asked.pack.grounds : groundsFor(found.circumstances.pack, found.request.type);
  const works = found === null ? [] : workingGrounds(question.verb, found);
  return matching(
    listed
      .filter(({ code }) => works.length === 0 || works.includes(code))
      .map(({ code, means, clause }) => ({
        value: code,
        label: `${code}: ${means} (${clause})`,
        says: `${means} (${clause})`,
      })),
    question.typed,
  );
}

function workingGrounds(verb: string, { request, circumstances }: Known): readonly string[] {
  return verb === 'decide'
    ? (rulingOptions(request, circumstances)?.grounds ?? [])
    : proposalOptions(request, circumstances).grounds;
}

export async function outcomes(asked: Asked): Promise<readonly Suggestion[]> {
  const found = await known(asked);
  const now = found === null ? [] : proposalOptions(found.request, found.circumstances).outcomes;
  return matching(
    now.map((one) => ({ value: one, label: outcomeWords(one) })),
    asked.question.typed,
  );
}

/** How the case could end early, at this person’s hands. */
export async function endings(asked: Asked): Promise<readonly Suggestion[]> {
  const found = await known(asked);
  const now = found === null ? [] : earlyEnds(found.request, found.circumstances);
  return matching(now.map(inWords), asked.question.typed);
}

/** Ways of checking an identity that the case's policy knows. */
export async function methods(asked: Asked): Promise<readonly Suggestion[]> {
  const pack = (await known(asked))?.circumstances.pack ?? asked.pack;
  return matching(pack.identity.methods.map(inWords), asked.question.typed);
}

/** Notices that would count in this case now, those still missing first. */
export async function notices(asked: Asked): Promise<readonly Suggestion[]> {
  const found = await known(asked);
  if (found === null) return [];
  return matching(
    tellable(found.request, missingNotices(found.request, found.circumstances)).map(inWords),
    asked.question.typed,
  );
}

const inWords = (value: string): Suggestion => ({ value, label: value.replaceAll('_', ' ') });

/** The reasons for which the policy moves the due day of this case. */
export async function extensionReasons(asked: Asked): Promise<readonly Suggestion[]> {
  const found = await known(asked);
  const of = (pack: Pack): readonly string[] => {
    const rules = found === null ? Object.values(pack.requests) : [typeRules(pack, found.request.type)];
    const reasons = rules.flatMap(({ due }) => (due.extension === 'none' ? [] : due.extension.reasons));
    return [...new Set(reasons)];
  };
  return matching(of(found?.circumstances.pack ?? asked.pack).map(inWords), asked.question.typed);
}

/** Whom the case still has to tell. */
export async function recipients(asked: Asked): Promise<readonly Suggestion[]> {
  const found = await known(asked);
  const open =
    found === null ? [] : openRecipients(found.request, found.circumstances.today, found.circumstances);
  return matching(
    open.map((name) => ({ value: name, label: name })),
    asked.question.typed,
  );
}

/** What the verb can be said of: the case's own scope, or what of it can be kept. Null: no case is named. */
export async function categoriesOfCase(asked: Asked): Promise<readonly Category[] | null> {
  const found = asked.question.given.case === undefined ? null : await known(asked);
  if (found === null) return null;
  const { request, circumstances } = found;
  switch (asked.question.verb) {
    case 'check':
      return request.scope;
    case 'retain':
      return retainable(request, circumstances);
    default:
      return CATEGORIES;
  }
}
