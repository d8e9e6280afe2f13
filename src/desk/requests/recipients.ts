/**
 * What a case takes from the disclosure register: who got the customer's data and is told the result of a correction
 * (P-3.1e), and which consents a withdrawal is about (P-3.3). Must not know: how a task is shown or closed.
 */
import { isAfter } from '../../domain/freeze.js';
import type { Received } from '../../domain/requests/ending.js';
import type { PrivacyRequest, RecipientTask } from '../../domain/requests/request.js';
import type { DisclosureRow } from '../../record/rows.js';
import type { Tx } from '../../record/store.js';
import { sameWords } from '../../vocabulary/spelling.js';
import type { Category, Day, Instant, SubjectId } from '../../vocabulary/values.js';

/** Recipients of executed disclosures whose categories intersect the case's scope; each once, as first written. */
export async function recipientsOf(
  tx: Tx,
  request: PrivacyRequest,
  today: Day,
): Promise<readonly Received[]> {
  const { subjectId, scope, named } = request;
  const found: { readonly recipient: string; readonly disclosures: DisclosureRow[] }[] = [];
  for (const row of await tx.disclosures({ subjectId, statuses: ['executed'] })) {
    if (!row.categories.some((category) => scope.includes(category))) continue;
    // Consents named alone are withdrawn alone: what was given on another stays as it is (P-3.3).
    if (named !== null && (row.consent === null || !named.includes(row.consent))) continue;
    const known = found.find(({ recipient }) => sameWords(recipient, row.recipient));
    if (known === undefined) found.push({ recipient: row.recipient, disclosures: [row] });
    else known.disclosures.push(row);
  }
  return found.map(({ recipient, disclosures }) => ({
    recipient,
    disclosures: disclosures.map(({ ref }) => ref),
    kept: keptOf(disclosures, today),
  }));
}

/** One disclosure that is not withheld says who it is. */
function keptOf(rows: readonly DisclosureRow[], today: Day): RecipientTask['kept'] {
  const ends = rows.flatMap(({ withhold }) => (withhold !== null && today < withhold ? [withhold] : []));
  const [until] = [...ends].sort();
  if (until === undefined || ends.length < rows.length) return null;
  return { until, askers: rows.flatMap(({ requestedBy }) => (requestedBy === null ? [] : [requestedBy])) };
}

/** The consents a withdrawal of this scope is about, withdrawn already or not: each case counts for itself. One given later counts on. */
export async function consentsWithdrawn(
  tx: Tx,
  subjectId: SubjectId,
  scope: readonly Category[],
  declared: { readonly receivedAt: Instant; readonly zone: string },
): Promise<readonly string[]> {
  const rows = await tx.consents(subjectId);
  return rows
    .filter(({ categories }) => categories.some((one) => scope.includes(one)))
    .filter(({ grantedAt }) => !isAfter(grantedAt, declared.receivedAt, declared.zone))
    .map(({ ref }) => ref);
}
