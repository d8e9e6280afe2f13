/**
 * Completions from the disclosure register: disclosures, consents and known recipients; only for those who may list them.
 * Must not know: any surface.
 */

import { MOST, matching, type Suggestion } from '../../chat/suggestion.js';
import type { DisclosureStatus } from '../../domain/disclosures/disclosure.js';
import { isWithheld, readsWithheld } from '../../domain/disclosures/withheld.js';
import { scopeWords } from '../../language/en/categories.js';
import { A_DISCLOSURE } from '../../language/en/disclosure-cards.js';
import { civilDay } from '../../policy/calendar.js';
import { mayDo } from '../../policy/permissions.js';
import type { DisclosureRow } from '../../record/rows.js';
import { type Category, maskReference, type SubjectId } from '../../vocabulary/values.js';
import type { Asked } from '../front/suggestion.js';

const LOOKED_AT = 300;

/** What each verb can still be done to; any for the others. */
const STATUSES: Readonly<Record<string, readonly DisclosureStatus[]>> = {
  decide: ['requested'],
  sent: ['approved'],
  amend: ['requested', 'approved', 'blocked'],
  cancel: ['requested', 'approved', 'blocked'],
};

const mayList = ({ pack, member }: Asked): boolean =>
  mayDo(pack, member.roles, 'disclosure.list') || mayDo(pack, member.roles, 'disclosure.show');

async function masked({ tx }: Asked, subjectId: SubjectId): Promise<string> {
  const reference = await tx.reference(subjectId);
  return reference === null ? 'erased' : maskReference(reference);
}

/** Null: it is kept from whoever types. */
function recipientSeen({ member, pack, now }: Asked, row: DisclosureRow): string | null {
  const hidden =
    isWithheld(row.withhold, civilDay(now, pack.zone)) && !readsWithheld([row.requestedBy], member);
  return hidden ? null : row.recipient;
}

/** One typed in full is found, however many there are. */
function withTyped(
  rows: readonly DisclosureRow[],
  typed: DisclosureRow | null,
  statuses: readonly DisclosureStatus[] | undefined,
): readonly DisclosureRow[] {
  const asked = typed !== null && (statuses === undefined || statuses.includes(typed.status));
  return asked && !rows.some(({ ref }) => ref === typed.ref) ? [typed, ...rows] : rows;
}

/** `DR-2026-0001 · C…812 · Courier · email, name · requested`. */
export async function disclosures(asked: Asked): Promise<readonly Suggestion[]> {
  if (!mayList(asked)) return [];
  const { question, tx } = asked;
  const statuses = STATUSES[question.verb];
  const filter = { ...(statuses === undefined ? {} : { statuses }), latestFirst: true, limit: LOOKED_AT };
  const rows = withTyped(
    await tx.disclosures(filter),
    await tx.disclosure(question.typed.toUpperCase()),
    statuses,
  );
  const found: Suggestion[] = [];
  for (const row of rows) {
    const { ref, categories, status } = row;
    const recipient = recipientSeen(asked, row) ?? A_DISCLOSURE;
    const label = [ref, await masked(asked, row.subjectId), recipient, scopeWords(categories), status].join(
      ' · ',
    );
    found.push(...matching([{ value: ref, label }], question.typed));
    if (found.length === MOST) break;
  }
  return found;
}

/** Consents that still count: the customer's, where one is given. */
export async function consents(asked: Asked): Promise<readonly Suggestion[]> {
  if (!mayList(asked)) return [];
  const { question, tx } = asked;
  const { customer } = question.given;
  const subjectId = customer === undefined ? null : await tx.findSubject(customer);
  if (customer !== undefined && subjectId === null) return [];
  const found: Suggestion[] = [];
  for (const row of (await tx.consents(subjectId)).filter(({ live }) => live.length > 0)) {
    const whom = row.recipient ?? 'any recipient';
    const label = [row.ref, await masked(asked, row.subjectId), whom, scopeWords(row.live)].join(' · ');
    found.push(...matching([{ value: row.ref, label }], question.typed));
    if (found.length === MOST) break;
  }
  return found;
}

/** Organisations asked about before, or named in a consent, so that one is not spelled in two ways. */
export async function knownRecipients(asked: Asked): Promise<readonly Suggestion[]> {
  if (!mayList(asked)) return [];
  const rows = await asked.tx.disclosures({ limit: LOOKED_AT });
  const agreed = (await asked.tx.consents(null)).flatMap(({ recipient }) => recipient ?? []);
  const names = [...new Set([...rows.flatMap((row) => recipientSeen(asked, row) ?? []), ...agreed])].sort();
  return matching(
    names.map((name) => ({ value: name, label: name })),
    asked.question.typed,
  );
}

/** What the disclosure that is named asks for: an officer may give less, never more. Null: none is named. */
export async function categoriesAsked({ question, tx }: Asked): Promise<readonly Category[] | null> {
  const ref = question.given.disclosure?.trim().toUpperCase();
  if (ref === undefined || question.verb !== 'decide') return null;
  return (await tx.disclosure(ref))?.categories ?? null;
}
