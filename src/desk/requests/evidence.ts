/** What an evidence file says of a case, as data and as the parts of its page. Must not know: files, the ledger's hashes. */
import { isWithheld } from '../../domain/disclosures/withheld.js';
import { caseTitle } from '../../language/en/evidence-page.js';
import type { Evidence } from '../tell/kinds.js';
import { caseFacts } from './evidence-facts.js';
import { caseSections } from './evidence-sections.js';
import { caseFrom } from './on-request.js';

export const requestEvidence: Evidence = async ({ tx, packOf }, entries, today) => {
  const loaded = await caseFrom(packOf, entries);
  const { request, pack } = loaded;
  const withheld = new Set<string>();
  for (const ref of request.recipients.flatMap(({ disclosures }) => disclosures)) {
    const row = today === null ? null : await tx.disclosure(ref);
    if (row !== null && today !== null && isWithheld(row.withhold, today)) withheld.add(ref);
  }
  const { reference, pack: pinned } = request;
  const facts = caseFacts(loaded, withheld, today === null);
  return {
    pack,
    pinned,
    reference,
    about: { case: facts },
    title: caseTitle(request.ref, request.type),
    sections: caseSections(facts, pack.zone),
  };
};
