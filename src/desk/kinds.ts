/**
 * Every kind of stream this desk keeps, a line each, and what a change of one does to others. A new kind is a folder and a
 * line here. Must not know: what any of them does.
 */
import { checkpoints } from '../record/checkpoints.js';
import { erasures } from '../record/erasures.js';
import { consents } from './disclosures/consents.js';
import { consentEvidence, disclosureEvidence } from './disclosures/evidence.js';
import { onFreezeMoved } from './disclosures/freeze.js';
import { disclosures } from './disclosures/kind.js';
import { renderDisclosure } from './disclosures/render.js';
import { onStandingRevoked, standings } from './disclosures/standings.js';
import { renderFile } from './export/file.js';
import { deskLog } from './export/kind.js';
import { audits } from './house/audits.js';
import { channels } from './house/channels.js';
import { policies } from './house/packs.js';
import { renderAudits } from './house/render-audits.js';
import { renderChannels } from './house/render-channels.js';
import { renderStaff } from './house/render-staff.js';
import { staff } from './house/staff.js';
import { lookups } from './lookups/kind.js';
import { renderLookup } from './lookups/render.js';
import { renderDigest } from './post/digest-card.js';
import { digests } from './post/digests.js';
import { reports } from './report/kind.js';
import { renderReport } from './report/render.js';
import { requestEvidence } from './requests/evidence.js';
import { requests } from './requests/kind.js';
import { onStaffChanged } from './requests/owners.js';
import { renderRequest } from './requests/render.js';
import { type DeskKind, deskKindsOf } from './tell/kinds.js';

/** In the order in which the clock and the audit go through them. */
export const KINDS: readonly DeskKind[] = [
  { kind: requests, render: renderRequest, evidence: requestEvidence },
  { kind: disclosures, render: renderDisclosure, evidence: disclosureEvidence },
  { kind: consents, evidence: consentEvidence },
  { kind: standings },
  { kind: staff, render: renderStaff },
  { kind: channels, render: renderChannels },
  { kind: policies },
  { kind: digests, render: renderDigest },
  { kind: checkpoints },
  { kind: deskLog, render: renderFile },
  { kind: audits, render: renderAudits },
  { kind: erasures },
  { kind: lookups, render: renderLookup },
  { kind: reports, render: renderReport },
];

export const REACTIONS = [onFreezeMoved, onStaffChanged, onStandingRevoked];

export const KINDS_OF_THE_DESK = deskKindsOf(KINDS, REACTIONS);
