/**
 * A case as its evidence file tells it: where it stands, its dates with their clauses, who decided what when and on which
 * ground. Free text stays out, but for the law a decision names. Must not know: files, the ledger's hashes.
 */
import { isWithheld } from '../../domain/disclosures/withheld.js';
import type { EventOf } from '../../domain/requests/events.js';
import { type PrivacyRequest, resolutionOf, type StampedEvent } from '../../domain/requests/request.js';
import { datesWithSteps, groundRule, typeRules } from '../../domain/requests/rules.js';
import { dateStepWords } from '../../language/en/date-steps.js';
import { formatDay } from '../../policy/calendar.js';
import type { Pack } from '../../policy/schema.js';
import { maskedText } from '../../vocabulary/mask.js';
import type { Evidence } from '../tell/kinds.js';
import { maskedCustomer } from '../tell/words.js';
import { caseFrom, type LoadedCase } from './on-request.js';

export const requestEvidence: Evidence = async ({ tx, packOf }, entries, today) => {
  const loaded = await caseFrom(packOf, entries);
  const { request, pack } = loaded;
  const withheld = new Set<string>();
  for (const ref of request.recipients.flatMap(({ disclosures }) => disclosures)) {
    const row = today === null ? null : await tx.disclosure(ref);
    if (row !== null && today !== null && isWithheld(row.withhold, today)) withheld.add(ref);
  }
  const { reference, pack: pinned } = request;
  return { pack, pinned, reference, about: { case: caseFacts(loaded, withheld) } };
};

/** `withheld`: disclosures of which the reader is to learn nothing. */
function caseFacts({ request, pack, history }: LoadedCase, withheld: ReadonlySet<string>) {
  const { phase, identity } = request;
  const closed = phase.status === 'closed' ? phase : null;
  return {
    ref: request.ref,
    type: request.type,
    clause: typeRules(pack, request.type).clause,
    customer: maskedCustomer(request),
    scope: request.scope,
    receivedAt: request.receivedAt,
    via: request.via,
    loggedAt: request.loggedAt,
    loggedBy: request.loggedBy.person,
    owner: request.owner,
    status: phase.status,
    outcome: closed?.outcome ?? resolutionOf(request)?.outcome ?? null,
    closedAt: closed?.closedAt ?? null,
    identity: {
      needed: identity.needed,
      state: identity.state,
      attempts: identity.attempts,
      verifiedAt: identity.verifiedAt,
    },
    freeze: request.freeze,
    dates: datesOf(request, pack),
    checklist: Object.fromEntries(
      Object.entries(request.checklist).map(([category, { result }]) => [category, result]),
    ),
    decisions: decisionsOf(request, pack, history),
    retentions: request.retentions.map((kept) => ({
      categories: kept.categories,
      law: law(kept.law, request),
      until: kept.until,
      explainedOn: kept.explained?.day ?? null,
      consentOn: kept.consent?.day ?? null,
      ended: kept.ended,
      clause: pack.retention.clause,
    })),
    notices: request.notices.map(({ kind, via, sentAt }) => ({ kind, via, sentAt })),
    recipients: recipientsOf(request, withheld),
  };
}

function datesOf(request: PrivacyRequest, pack: Pack) {
  const { dates, type, extension } = request;
  const rules = typeRules(pack, type);
  const { due } = rules;
  return {
    zone: pack.zone,
    received: dates.receiptDay,
    acknowledgeBy: { day: dates.ackDue, clause: rules.acknowledge.clause ?? null },
    actBy: dates.actDue === null ? null : { day: dates.actDue, clause: rules.act?.clause ?? null },
    due: { day: dates.due, clause: due.clause },
    target: dates.target,
    extension:
      extension === null
        ? null
        : { ...extension, clause: due.extension === 'none' ? null : due.extension.clause },
    computed: datesWithSteps(request, pack).steps.map((step) => ({
      day: formatDay(step.day),
      what: dateStepWords(step).what,
      clause: step.clause,
    })),
  };
}

type Verdict = EventOf<'proposal_approved' | 'proposal_returned' | 'request_refused'>;

const isVerdict = (event: StampedEvent['event']): event is Verdict =>
  ['proposal_approved', 'proposal_returned', 'request_refused'].includes(event.type);

const VERDICTS: Readonly<Record<Verdict['type'], string>> = {
  proposal_approved: 'approved',
  proposal_returned: 'returned',
  request_refused: 'refused',
};

/** Each verdict with the proposal it was on; a proposal that needs no officer is its own decision. */
function decisionsOf(request: PrivacyRequest, pack: Pack, history: readonly StampedEvent[]) {
  const proposals = new Map<number, StampedEvent & { readonly event: EventOf<'outcome_proposed'> }>();
  return history.flatMap((stamped) => {
    const { event, seq, at, actor } = stamped;
    if (event.type === 'outcome_proposed') proposals.set(event.number, { ...stamped, event });
    if (event.type !== 'outcome_proposed' && !isVerdict(event)) return [];
    if (event.type === 'outcome_proposed' && !event.settled) return [];
    const proposal = proposals.get(event.number);
    const refusal = event.type === 'request_refused' ? event : null;
    const ground = refusal?.ground ?? proposal?.event.ground ?? null;
    return [
      {
        entry: seq,
        verdict: isVerdict(event) ? VERDICTS[event.type] : 'settled without an officer',
        by: actor.person,
        at,
        proposed: proposal?.event.outcome ?? null,
        proposedBy: proposal?.actor.person ?? null,
        proposedAt: proposal?.at ?? null,
        ground,
        clause:
          (ground === null ? null : groundRule(pack, request.type, ground)?.clause) ??
          typeRules(pack, request.type).clause,
        law: law((refusal ?? proposal?.event)?.personal?.law ?? null, request),
      },
    ];
  });
}

/** A provision of a law or of the terms, the customer's reference masked should it stand in it. */
const law = (text: string | null, { reference }: PrivacyRequest): string | null =>
  text === null ? null : maskedText(text, reference);

function recipientsOf(request: PrivacyRequest, withheld: ReadonlySet<string>) {
  return request.recipients.flatMap(({ recipient, disclosures, due, state }) => {
    const shown = disclosures.filter((ref) => !withheld.has(ref));
    return shown.length === 0
      ? []
      : [{ recipient: maskedText(recipient, request.reference), disclosures: shown, due, state }];
  });
}
