/** What an evidence file says of a disclosure and of a consent, as data and as the parts of its page. Must not know: files, hashes. */
import { consentTitle, disclosureTitle } from '../../language/en/evidence-page.js';
import { packHash, packName } from '../../policy/pack.js';
import { replay } from '../../record/load.js';
import { LedgerDamage } from '../../record/store.js';
import type { Evidence } from '../tell/kinds.js';
import { consents } from './consents.js';
import { consentFacts, disclosureFacts } from './evidence-facts.js';
import { consentSections, disclosureSections } from './evidence-sections.js';
import { disclosureFrom } from './on-disclosure.js';

export const disclosureEvidence: Evidence = async ({ packOf }, entries, today) => {
  const loaded = await disclosureFrom(packOf, entries);
  const { ref, reference, pack: pinned } = loaded.disclosure;
  const facts = disclosureFacts(loaded, today === null);
  return {
    pack: loaded.pack,
    pinned,
    reference,
    about: { disclosure: facts },
    title: disclosureTitle(ref, facts.recipient),
    sections: disclosureSections(facts, loaded.pack.zone),
  };
};

/** A consent pins no pack: it is read under the one in force. */
export const consentEvidence: Evidence = async ({ pack }, entries, today) => {
  const stream = entries[0]?.stream ?? '';
  const loaded = replay(consents, stream, entries);
  if (loaded === null) throw new LedgerDamage({ stream, seq: 1 });
  const facts = consentFacts(loaded.state, loaded.history, today === null);
  return {
    pack,
    pinned: { name: packName(pack), hash: packHash(pack) },
    reference: loaded.state.reference,
    about: { consent: facts },
    title: consentTitle(loaded.state.ref),
    sections: consentSections(facts, pack.zone),
  };
};
