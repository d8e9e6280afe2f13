/**
 * What a case takes from the disclosure register: who got the customer's data and is told the result of a correction
 * (P-3.1e), and which consents a withdrawal is about (P-3.3). Must not know: how a task is shown or closed.
 */
import { isAfter } from '../../domain/freeze.js';
import type { Received } from '../../domain/requests/ending.js';
import type { PrivacyRequest } from '../../domain/requests/request.js';
import type { Tx } from '../../record/store.js';
import { sameWords } from '../../vocabulary/spelling.js';
import type { Category, Instant, SubjectId } from '../../vocabulary/values.js';

/** Recipients of executed disclosures whose categories intersect the case's scope; each once, as first written. */
export async function recipientsOf(tx: Tx, request: PrivacyRequest): Promise<readonly Received[]> {
  const { subjectId, scope } = request;
  const found: { readonly recipient: string; readonly disclosures: string[] }[] = [];
  for (const row of await tx.disclosures({ subjectId, statuses: ['executed'] })) {
    if (!row.categories.some((category) => scope.includes(category))) continue;
    const known = found.find(({ recipient }) => sameWords(recipient, row.recipient));
    if (known === undefined) found.push({ recipient: row.recipient, disclosures: [row.ref] });
    else known.disclosures.push(row.ref);
  }
  return found;
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
