/**
 * Deciding how a case ends: extend, done, notices, recipients, close, reopen (domain.md section 3).
 * Pure: state + command + circumstances → events or a refusal. Must not know: storage, surfaces, the clock.
 */
import { calendarOf, compareInstants, formatDay } from '../../policy/calendar.js';
import { extensionAllowed } from '../../policy/dates.js';
import { sameWords } from '../../vocabulary/spelling.js';
import type { Day, Instant, NoticeKind } from '../../vocabulary/values.js';
import { done, inWords, refused } from '../refusal.js';
import type { EarlyOutcome, Told } from './events.js';
import { type Circumstances, type RequestDecision, statusWords, wrongState } from './handling.js';
import { toldRefusal } from './proposal-guards.js';
import { isOpen, type PrivacyRequest, resolutionOf, retainedCategories, statusOf } from './request.js';
import { freezeAfter, noticesNeeded, requestDatesOf, typeRules } from './rules.js';

/** Longer than the policy's term: only by an officer, explained and agreed before the due day passed (clause 4.2). */
export function decideExtend(
  request: PrivacyRequest,
  input: {
    readonly until: Day;
    readonly reason: string;
    readonly explained: Told | null;
    readonly consent: Told | null;
  },
  circumstances: Circumstances,
): RequestDecision {
  const { pack } = circumstances;
  const status = statusOf(request);
  if (status === 'closed' || status === 'notifying_recipients' || status === 'decided')
    return wrongState(request, 'there is nothing left to extend');
  const rule = typeRules(pack, request.type).due.extension;
  if (rule === 'none')
    return inWords(
      'extension-not-allowed',
      typeRules(pack, request.type).due.clause,
      `The policy gives no extension for a ${request.type}.`,
    );
  const word = /^[a-z_]+/.exec(input.reason)?.[0] ?? '';
  if (!rule.reasons.includes(word))
    return inWords(
      'extension-not-allowed',
      rule.clause,
      `A case is extended for ${rule.reasons.join(' or ')} only.`,
      `Begin the reason with one of them, e.g. reason:${rule.reasons[0]}`,
    );
  if (input.until <= request.dates.due)
    return inWords(
      'extension-not-allowed',
      rule.clause,
      `${formatDay(input.until)} is no later than the due date ${formatDay(request.dates.due)}.`,
      'Give a later day with until:YYYY-MM-DD.',
    );
  const told =
    rule.requires.length > 0
      ? toldRefusal(`Going past ${formatDay(request.dates.due)}`, input, circumstances)
      : null;
  if (told !== null) return refused(told);
  const refusal = extensionAllowed(pack, request.type, {
    startDay: request.dates.receiptDay,
    due: request.dates.due,
    today: circumstances.today,
    until: input.until,
    reason: word,
    explained: input.explained?.day ?? null,
    consent: input.consent?.day ?? null,
  });
  if (refusal !== null) return inWords('extension-not-allowed', rule.clause, refusal.why);
  const dates = requestDatesOf({ ...request, extension: { until: input.until, reason: word } }, pack);
  return done({
    type: 'extended',
    from: request.dates.due,
    dates,
    reason: word,
    explainedOn: input.explained?.day ?? circumstances.today,
    consentOn: input.consent?.day ?? circumstances.today,
    personal: {
      reason: input.reason,
      explainedRef: input.explained?.ref ?? null,
      consentRef: input.consent?.ref ?? null,
    },
  });
}

/** A recipient who got data in the case's scope, from the disclosure register. */
export type Received = { readonly recipient: string; readonly disclosures: readonly string[] };

/** `done`: carried out; opens one task for each recipient (P-3.1e). On a closed case it settles an ended retention. */
export function decideDone(
  request: PrivacyRequest,
  evidence: string,
  received: readonly Received[],
  { pack, today }: Circumstances,
): RequestDecision {
  if (statusOf(request) === 'closed') {
    const over = request.retentions.filter((kept) => !kept.ended && kept.until <= today);
    if (over.length === 0) return wrongState(request, 'there is nothing to carry out');
    return done({
      type: 'retention_ended',
      categories: over.flatMap((kept) => [...kept.categories]),
      personal: { evidence },
    });
  }
  if (statusOf(request) !== 'action_approved') {
    const next =
      statusOf(request) === 'in_progress' || statusOf(request) === 'identity_pending'
        ? `First: /privacy propose ${request.ref} outcome:fulfilled`
        : statusOf(request) === 'decided'
          ? `Next: /privacy notice ${request.ref} kind:refusal ref:…`
          : null;
    return wrongState(request, 'it cannot be marked done', next);
  }
  const rules = typeRules(pack, request.type);
  const due = calendarOf(pack).addWorkingDays(today, pack.recipients.workingDays);
  const recipients = rules.notifyRecipients.required
    ? received.map((each) => ({ recipient: each.recipient, disclosures: [...each.disclosures], due }))
    : [];
  return done({ type: 'completed', recipients, personal: { evidence } });
}

export function decideNotice(
  _request: PrivacyRequest,
  input: {
    readonly kind: NoticeKind;
    readonly via: string | null;
    readonly sentAt: Instant;
    readonly ref: string;
  },
  { now }: Circumstances,
): RequestDecision {
  if (compareInstants(input.sentAt, now) > 0)
    return inWords('future', null, 'sent: a notice cannot have been sent in the future.');
  return done({
    type: 'notice_recorded',
    kind: input.kind,
    via: input.via,
    sentAt: input.sentAt,
    personal: { ref: input.ref },
  });
}

/** A recipient told of the result, or excused by an officer with a reason (P-3.1e). */
export function decideNotified(
  request: PrivacyRequest,
  input: {
    readonly recipient: string;
    readonly via: string | null;
    readonly ref: string | null;
    readonly excuse: string | null;
  },
  { may, pack }: Circumstances,
): RequestDecision {
  if (statusOf(request) !== 'notifying_recipients')
    return wrongState(
      request,
      'there are no recipients to notify',
      isOpen(request) ? `First: /privacy done ${request.ref} evidence:…` : null,
    );
  const task = request.recipients.find((each) => sameWords(each.recipient, input.recipient));
  if (task === undefined)
    return inWords(
      'not-found',
      pack.recipients.clause,
      `${request.ref} has no recipient of that name.`,
      request.recipients.length === 0
        ? 'It has no recipients to notify.'
        : `Its recipients: ${request.recipients.map((each) => each.recipient).join(', ')}.`,
    );
  if (input.excuse !== null) {
    if (!may('request.excuse'))
      return inWords(
        'not-permitted',
        pack.recipients.clause,
        'Only a privacy officer may excuse a recipient notice.',
        'Notify the recipient, or ask the officer.',
      );
    if (task.state !== 'open') return wrongState(request, `${task.recipient} is ${task.state} already`);
    return done({ type: 'recipient_excused', recipient: task.recipient, personal: { reason: input.excuse } });
  }
  if (task.state === 'acknowledged' || task.state === 'excused')
    return wrongState(request, `${task.recipient} is ${task.state} already`);
  return done({
    type: 'recipient_notified',
    recipient: task.recipient,
    // A second word about a notified recipient is its acknowledgement.
    how: task.state === 'notified' ? 'acknowledged' : 'notified',
    via: input.via,
    personal: { ref: input.ref },
  });
}

export function decideClose(
  request: PrivacyRequest,
  outcome: EarlyOutcome | null,
  circumstances: Circumstances,
): RequestDecision {
  if (!isOpen(request)) return wrongState(request, 'it cannot be closed again');
  if (outcome !== null) return closeEarly(request, outcome, circumstances);
  const { phase } = request;
  const rules = typeRules(circumstances.pack, request.type);
  // Where no data is held there is nothing to carry out, so approval is enough.
  const nothingToDo = phase.status === 'action_approved' && phase.resolution.outcome === 'no_data_held';
  if (phase.status !== 'decided' && phase.status !== 'notifying_recipients' && !nothingToDo)
    return inWords(
      'not-ready-to-close',
      rules.clause,
      `${request.ref} is ${statusWords(request)}; it closes once it is decided and carried out.`,
      `See what is left: /privacy show ${request.ref}. To end it early: close ${request.ref} outcome:withdrawn_by_subject (or duplicate, not_controller).`,
    );
  const pending = request.recipients.filter((task) => task.state === 'open');
  if (pending.length > 0)
    return inWords(
      'recipients-pending',
      circumstances.pack.recipients.clause,
      `${pending.length} recipient${pending.length === 1 ? ' has' : 's have'} not been told the result: ${pending.map((task) => task.recipient).join(', ')}.`,
      `Next: /privacy notified ${request.ref} "${pending[0]?.recipient ?? ''}" ref:…`,
    );
  const missing = missingNotices(request, circumstances);
  if (missing.length > 0)
    return inWords(
      'notice-missing',
      rules.clause,
      `The customer has not been told: ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not on record.`,
      `Next: /privacy notice ${request.ref} kind:${missing[0]} ref:…`,
    );
  const { outcome: result } = phase.resolution;
  const granted = result === 'fulfilled' || result === 'partially_fulfilled';
  return done({ type: 'closed', outcome: result, freeze: freezeAfter(rules, granted) });
}

/** Notices still to be recorded before this decided case may close; empty while nothing is decided. */
export function missingNotices(
  request: PrivacyRequest,
  { pack }: Pick<Circumstances, 'pack'>,
): readonly NoticeKind[] {
  const resolution = resolutionOf(request);
  if (resolution === null) return [];
  const rules = typeRules(pack, request.type);
  const needed = noticesNeeded(rules, resolution.outcome, {
    kept: retainedCategories(request).length > 0,
    liftsFreeze: request.freeze === 'active' && resolution.outcome === 'refused',
  });
  const told = request.notices
    .filter((notice) => notice.round === request.round)
    .map((notice) => notice.kind);
  return needed.filter((kind) => !told.includes(kind));
}

function closeEarly(
  request: PrivacyRequest,
  outcome: EarlyOutcome,
  { pack, may }: Circumstances,
): RequestDecision {
  const status = statusOf(request);
  if (status === 'decided' || status === 'notifying_recipients')
    return wrongState(
      request,
      'it can no longer end early',
      `Record its notices, then: /privacy close ${request.ref}`,
    );
  if (outcome === 'identity_not_verified') {
    if (!may('request.close_unverified'))
      return inWords(
        'not-permitted',
        pack.identity.clause,
        'Only a privacy officer closes a case whose identity could not be verified.',
        'Ask the officer.',
      );
    if (request.identity.state !== 'failed')
      return inWords(
        'not-ready-to-close',
        pack.identity.clause,
        `${request.identity.attempts} of ${pack.identity.attempts} identity attempts were made; it closes this way after the last one fails.`,
        request.identity.state === 'verified'
          ? 'Its identity is verified.'
          : `Next: /privacy verify ${request.ref} …`,
      );
  }
  return done({ type: 'closed', outcome, freeze: freezeAfter(typeRules(pack, request.type), false) });
}

export function decideReopen(request: PrivacyRequest, reason: string): RequestDecision {
  if (isOpen(request)) return wrongState(request, 'it is open already');
  return done({ type: 'reopened', personal: { reason } });
}
