/**
 * A case as its evidence file tells it: where it stands, its dates with their clauses, who decided what when and on which
 * ground, and every pointer to evidence. The customer's own words stay out. Must not know: files, the ledger's hashes.
 */
import { contactsOf, decisionsOf, evidenceOf } from '../../domain/requests/evidence.js';
import { type PrivacyRequest, resolutionOf } from '../../domain/requests/request.js';
import { datesWithSteps, groundRule, typeRules } from '../../domain/requests/rules.js';
import { dateStepWords } from '../../language/en/date-steps.js';
import { dayWords } from '../../language/en/dates.js';
import { decisionWords, historyWords, stepWords } from '../../language/en/history.js';
import { personWords } from '../../language/en/people.js';
import type { Pack } from '../../policy/schema.js';
import { maskedText } from '../../vocabulary/mask.js';
import { refusalsOf } from '../tell/attempts.js';
import { maskedCustomer } from '../tell/words.js';
import type { LoadedCase } from './on-request.js';

export type CaseFacts = ReturnType<typeof caseFacts>;

/**
 * `withheld`: disclosures of which the reader is to learn nothing. `whole`: for the company, with its pointers to evidence, the
 * reasons and the history; the customer's own copy leaves them out.
 */
export function caseFacts(loaded: LoadedCase, withheld: ReadonlySet<string>, whole: boolean) {
  const { request, pack } = loaded;
  const { phase, identity } = request;
  const closed = phase.status === 'closed' ? phase : null;
  return {
    ref: request.ref,
    type: request.type,
    clause: typeRules(pack, request.type).clause,
    customer: maskedCustomer(request),
    customerId: request.subjectId,
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
    decisions: decisionsFor(loaded, whole),
    retentions: request.retentions.map((kept) => ({
      categories: kept.categories,
      law: masked(kept.law, request),
      until: kept.until,
      explainedOn: kept.explained?.day ?? null,
      consentOn: kept.consent?.day ?? null,
      ended: kept.ended,
      clause: pack.retention.clause,
    })),
    identityChecks: identityChecksOf(loaded, whole),
    notices: noticesOf(loaded, whole),
    recipients: recipientsOf(request, withheld),
    ...(whole
      ? {
          contacts: contactsFor(loaded),
          refusals: refusalsOf(loaded.history),
          evidence: evidenceFor(loaded),
          history: historyFor(loaded),
        }
      : {}),
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
      on: step.day,
      day: dayWords(step.day),
      what: dateStepWords(step).what,
      clause: step.clause,
    })),
  };
}

/** Each verdict with the proposal it was on; a proposal that needs no officer is its own decision. */
function decisionsFor({ request, pack, history }: LoadedCase, whole: boolean) {
  return decisionsOf(history).map((each) => ({
    entry: each.entry,
    verdict: each.verdict === 'settled' ? 'settled without an officer' : each.verdict,
    decision: decisionWords(each.verdict, each.outcome),
    outcome: each.outcome,
    by: each.by.person,
    at: each.at,
    proposed: each.proposed,
    proposedBy: each.proposedBy?.person ?? null,
    proposedAt: each.proposedAt,
    ground: each.ground,
    clause:
      (each.ground === null ? null : groundRule(pack, request.type, each.ground)?.clause) ??
      typeRules(pack, request.type).clause,
    law: masked(each.law, request),
    until: each.until,
    ...(whole ? { reason: masked(each.reason, request) } : {}),
  }));
}

/** Every pointer into the company's own system, with its step, who put it on record and when. */
const evidenceFor = ({ request, pack, history }: LoadedCase) =>
  evidenceOf(history).map((line) => ({
    entry: line.entry,
    step: stepWords(line, pack.zone, (name) => name),
    ref: masked(line.ref, request),
    by: line.by.person ?? line.by.account,
    at: line.at,
  }));

/** `whole`: with where each is on record in the company's own system. */
const identityChecksOf = ({ request, history }: LoadedCase, whole: boolean) =>
  history.flatMap(({ seq: entry, at, actor, event }) => {
    if (event.type !== 'identity_checked' && event.type !== 'identity_revoked') return [];
    const checked = event.type === 'identity_checked' ? event : null;
    const ref = checked?.personal?.ref ?? null;
    const reason = event.type === 'identity_revoked' ? (event.personal?.reason ?? null) : null;
    return [
      {
        entry,
        method: checked?.method ?? null,
        result: checked?.result ?? 'revoked',
        attempt: checked?.attempt ?? null,
        by: actor.person ?? actor.account,
        at,
        ref: whole ? masked(ref, request) : null,
        reason: whole ? masked(reason, request) : null,
      },
    ];
  });

const noticesOf = ({ request, history }: LoadedCase, whole: boolean) =>
  history.flatMap(({ seq: entry, actor, event }) => {
    if (event.type !== 'notice_recorded') return [];
    const { kind, via, sentAt, personal } = event;
    const by = actor.person ?? actor.account;
    return [{ entry, kind, via, sentAt, by, ref: whole ? masked(personal?.ref ?? null, request) : null }];
  });

const contactsFor = ({ request, history }: LoadedCase) =>
  contactsOf(history).map((each) => ({
    receivedAt: each.receivedAt,
    via: each.via,
    ref: masked(each.ref, request),
    by: each.by.person,
  }));

const historyFor = ({ request, pack, history }: LoadedCase) =>
  history.map(({ seq, at, actor, event }) => ({
    entry: seq,
    at,
    who: personWords(actor),
    what: historyWords(event, {
      zone: pack.zone,
      shown: (value) => masked(value, request) ?? '',
      recipient: (name) => name,
    }),
  }));

/** With the customer's reference masked should it stand in it. */
const masked = (text: string | null, { reference }: PrivacyRequest): string | null =>
  text === null ? null : maskedText(text, reference);

function recipientsOf(request: PrivacyRequest, withheld: ReadonlySet<string>) {
  return request.recipients.flatMap(({ recipient, disclosures, due, state }) => {
    const shown = disclosures.filter((ref) => !withheld.has(ref));
    return shown.length === 0
      ? []
      : [{ recipient: maskedText(recipient, request.reference), disclosures: shown, due, state }];
  });
}
