/** `/privacy log`: a customer's request goes on the record (domain.md section 3). Must not know: any surface. */

import { z } from 'zod';
import { type Card, card, facts, text } from '../../../chat/card.js';
import { moment } from '../../../chat/fields/dates.js';
import {
  categoryList,
  choice,
  customer,
  text as freeText,
  person,
  reference,
  yes,
} from '../../../chat/fields/kinds.js';
import { consentRefs } from '../../../chat/fields/references.js';
import { nearest } from '../../../chat/nearest.js';
import { type Problem, saidProblem } from '../../../chat/problem.js';
import { no, type Refusal } from '../../../domain/refusal.js';
import { addedBy, contactOf, isCarriedOut } from '../../../domain/requests/contact.js';
import { contactRefusal, decideLog, type LogInput } from '../../../domain/requests/log.js';
import { mayRead } from '../../../domain/requests/reading.js';
import { type PrivacyRequest, statusOf } from '../../../domain/requests/request.js';
import { PRIVACY } from '../../../language/en/commands/privacy.js';
import { CONTACT_LABELS, CONTACT_OTHERWISE, contactSays, LOGGED } from '../../../language/en/contacts.js';
import { dayWords } from '../../../language/en/dates.js';
import { commas } from '../../../language/en/lists.js';
import { requesterWords } from '../../../language/en/requests.js';
import { civilDay } from '../../../policy/calendar.js';
import { beginning, behind, nextReference, record } from '../../../record/record.js';
import type { RequestRow } from '../../../record/rows.js';
import {
  CATEGORIES,
  type Category,
  type Person,
  REQUEST_TYPES,
  REQUESTERS,
  type Role,
  type SubjectId,
} from '../../../vocabulary/values.js';
import { resolvePerson } from '../../front/people.js';
import { defineCommand, type PlanContext, type Planned } from '../../front/plan.js';
import { officersFor } from '../../front/roles.js';
import { placeMoment } from '../../tell/moments.js';
import { dueWords, TYPE_TITLES } from '../../tell/words.js';
import { freezeLine, lateLogging, titleOf } from '../cards/head.js';
import { nextBlocks } from '../cards/view.js';
import { requests } from '../kind.js';
import { circumstancesOf, isAbout, keptFromYou, type LoadedCase, loadCase, readerOf } from '../on-request.js';
import { readable } from '../readable.js';
import { consentsWithdrawn } from '../recipients.js';
import { allOr } from './common.js';

export const CHANNELS_OF_RECEIPT = ['service_center', 'phone', 'email', 'written', 'chat', 'other'] as const;

export const log = defineCommand({
  command: 'privacy',
  verb: 'log',
  words: PRIVACY.log,
  permission: 'request.log',
  input: z.strictObject({
    type: choice(REQUEST_TYPES),
    customer: customer(),
    scope: categoryList().optional(),
    via: choice(CHANNELS_OF_RECEIPT).optional(),
    received: moment().optional(),
    ref: reference().optional(),
    note: freeText({ multiline: true }).optional(),
    about_officer: person('officers').optional(),
    requester: choice(REQUESTERS).optional(),
    mandate: reference().optional(),
    consent: consentRefs().optional(),
    force: freeText({ max: 500 }).optional(),
    sure: yes().optional(),
  }),
  examples: [
    '/privacy log deletion C-10812',
    '/privacy log correction C-10812 scope:mobile_phone,email via:phone received:2026-11-20T14:30 ref:T-4711',
    '/privacy log complaint C-10812 about_officer:yes note:"No answer for two weeks"',
  ],
  plan: async (context, input) => {
    const about = aboutWhom(context, input.about_officer);
    if ('problem' in about) return { kind: 'problems', problems: [about.problem] };
    const asked: LogInput = {
      type: input.type,
      customer: input.customer,
      scope: allOr(input.scope ?? []).length === 0 ? 'all' : allOr(input.scope ?? []),
      via: input.via ?? 'chat',
      receivedAt:
        input.received === undefined ? context.now : placeMoment(input.received, context.active.pack.zone),
      ref: input.ref ?? null,
      note: input.note ?? null,
      aboutOfficer: about.people.length > 0,
      force: input.force ?? null,
      requester: input.requester ?? 'self',
      mandate: input.mandate ?? null,
      consents: input.consent ?? null,
      sure: input.sure ?? false,
    };
    const refusal = contactRefusal(
      asked,
      { looksLikeAnother: await context.tx.drawnLikeAnother(asked.customer) },
      { now: context.now, pack: context.active.pack },
    );
    if (refusal !== null) return { kind: 'refused', refusal, about: null };
    const subjectId = await context.tx.subject(asked.customer, context.now);
    const named = await namedConsents(context, asked, subjectId);
    if (named !== null && 'refusal' in named) return { kind: 'refused', refusal: named.refusal, about: null };
    const whole = named === null ? asked : { ...asked, scope: named.scope };
    const cases = await context.tx.requests({ subjectId });
    const open = cases.filter((row) => row.status !== 'closed');
    const alike = open.filter((row) => row.type === asked.type);
    const aboutYou = await complaintAbout(context, alike);
    // Not even `force` is a way to a complaint about oneself.
    if (aboutYou !== null) return keptFromYou(aboutYou, context.active.pack);
    const same = alike.at(-1);
    const known = same === undefined || asked.force !== null ? null : await loadCase(context, same.ref);
    if (known !== null && !(isCarriedOut(known.request) && addedBy(known.request, whole.scope).length > 0))
      return addContact(context, known, whole, cases, about.people);
    return openCase(context, whole, subjectId, cases, about.people);
  },
});

/** Whom a complaint is about: `yes` is whoever is officer now; an officer or the deputy can be named. Nobody where it is left out. */
export function aboutWhom(
  context: PlanContext,
  said: string | undefined,
): { readonly people: readonly Person[] } | { readonly problem: Problem } {
  const active = context.staff.filter((member) => member.active);
  const withRole = (...roles: readonly Role[]) =>
    active
      .filter((member) => member.roles.some((role) => roles.includes(role)))
      .map(({ person: who }) => who);
  if (said === undefined || /^no$/i.test(said)) return { people: [] };
  if (/^(?:yes|true)$/i.test(said)) return { people: withRole('officer') };
  const found = resolvePerson(context, 'about_officer', said);
  const officers = withRole('officer', 'deputy');
  if ('member' in found && officers.includes(found.member.person)) return { people: [found.member.person] };
  const allowed = ['yes', ...officers];
  const suggestion = nearest(said.replace(/^@/, ''), allowed);
  const says = `must be yes, or the name of an officer or deputy: ${commas(officers)}`;
  return {
    problem: saidProblem('about_officer', { code: 'invalid-value', says, read: said, allowed, suggestion }),
  };
}

/** An open complaint of this customer that is about whoever logs another. */
async function complaintAbout(
  context: PlanContext,
  alike: readonly RequestRow[],
): Promise<PrivacyRequest | null> {
  for (const { ref } of alike) {
    const request = (await loadCase(context, ref))?.request;
    if (request !== undefined && isAbout(request, context)) return request;
  }
  return null;
}

/** The consents a withdrawal names, and what they give: its scope, as far as none was typed. */
async function namedConsents(
  { tx }: PlanContext,
  asked: LogInput,
  subjectId: SubjectId,
): Promise<{ readonly scope: readonly Category[] } | { readonly refusal: Refusal } | null> {
  const { consents = null } = asked;
  if (consents === null) return null;
  const rows = await tx.consents(subjectId);
  const found = rows.filter(({ ref }) => consents.includes(ref));
  const unknown = consents.filter((ref) => !found.some((row) => row.ref === ref));
  const given = CATEGORIES.filter((category) =>
    found.some(({ categories }) => categories.includes(category)),
  );
  const scope = asked.scope === 'all' ? given : asked.scope.filter((category) => given.includes(category));
  const apart = scope.length === 0 ? consents : unknown;
  if (apart.length === 0) return { scope };
  return { refusal: no('invalid-value', 'consent-not-of-customer', null, { consents: apart }) };
}

/** What a withdrawal of this scope takes, of the consents named where some were. */
async function withdrawnBy(
  { tx }: PlanContext,
  asked: LogInput,
  subjectId: SubjectId,
  scope: readonly Category[],
  zone: string,
): Promise<readonly string[]> {
  if (asked.type !== 'consent_withdrawal') return [];
  const { receivedAt, consents = null } = asked;
  const withdrawn = await consentsWithdrawn(tx, subjectId, scope, { receivedAt, zone });
  return consents === null ? withdrawn : withdrawn.filter((ref) => consents.includes(ref));
}

async function openCase(
  context: PlanContext,
  asked: LogInput,
  subjectId: RequestRow['subjectId'],
  cases: readonly RequestRow[],
  officers: readonly Person[],
): Promise<Planned> {
  const { active } = context;
  const ref = await nextReference(context.tx, requests, context.today);
  const scope = asked.scope === 'all' ? CATEGORIES : asked.scope;
  const withdraws = await withdrawnBy(context, asked, subjectId, scope, active.pack.zone);
  const decision = decideLog(
    asked,
    {
      ref,
      subjectId,
      officers,
      withdraws,
      pack: { name: active.name, hash: active.hash },
    },
    { now: context.now, pack: active.pack },
  );
  if (decision.kind === 'refused') return { kind: 'refused', refusal: decision.refusal, about: null };
  const request = await record(context, requests, beginning(ref), decision.events);
  const seen = await readable(context.tx, cases, readerOf(context));
  return { kind: 'answer', card: loggedCard(context, asked, request, seen, cases.length === 0) };
}

/** The same request again: the open case, wider and earlier where this contact makes it so; no second card. */
async function addContact(
  context: PlanContext,
  { request, pack }: LoadedCase,
  asked: LogInput,
  cases: readonly RequestRow[],
  officers: readonly Person[],
): Promise<Planned> {
  const adds = addedBy(request, asked.scope);
  // A named consent more, or all of them where only some were named, is asked for what the case covers already, too.
  const again = request.named !== null || (asked.consents ?? null) !== null;
  const scope = again && asked.scope !== 'all' ? asked.scope : again ? CATEGORIES : adds;
  const withdraws = await withdrawnBy(context, asked, request.subjectId, scope, pack.zone);
  const contact = contactOf(request, asked, { withdraws, about: officers }, pack);
  const after = await record(context, requests, behind(request), [contact]);
  const owner = after.owner === null ? 'nobody yet' : `@${after.owner}`;
  if (!mayRead(after, readerOf(context))) return { kind: 'answer', card: keptContactCard(after.ref) };
  const seen = await readable(context.tx, cases, readerOf(context));
  return {
    kind: 'answer',
    card: card(
      titleOf(after),
      'neutral',
      [
        text(contactSays(request, contact)),
        facts(
          [
            CONTACT_LABELS.requester,
            contact.requester === undefined ? null : requesterWords(contact.requester),
          ],
          [CONTACT_LABELS.scope, contact.adds?.join(', ') ?? null],
          [CONTACT_LABELS.due, dueWords(after.dates.due, context.today)],
          [CONTACT_LABELS.freeze, adds.length > 0 ? freezeLine(after) : null],
          [CONTACT_LABELS.withdraws, contact.withdraws?.join(', ') ?? null],
          [CONTACT_LABELS.owner, owner],
          ...relatedTo(after, seen),
        ),
        text(CONTACT_OTHERWISE),
      ],
      { ref: request.ref },
    ),
  };
}

/** What somebody is told who recorded one more contact in a complaint they may not read. */
const keptContactCard = (ref: string): Card =>
  card(
    ref,
    'neutral',
    [text('This customer has an open complaint that others handle. This contact was added to it.')],
    { ref },
  );

function loggedCard(
  context: PlanContext,
  asked: LogInput,
  request: PrivacyRequest,
  cases: readonly RequestRow[],
  isFirst: boolean,
): ReturnType<typeof card> {
  const unbound = context.channels.some((channel) => channel.uses.includes('cases'))
    ? []
    : [
        text(
          'No channel is bound for cases yet, so only you see this. An administrator binds one: /desk channel use:cases',
        ),
      ];
  const { pack } = context.active;
  return card(
    titleOf(request),
    'good',
    [
      text(`Logged as ${request.ref}.`),
      facts(
        // Everything is a lot to correct: whoever named no scope reads what that froze.
        ['Scope', request.type === 'correction' && asked.scope === 'all' ? LOGGED.wholeScope : null],
        ['Asked by', asked.requester === 'self' ? null : requesterWords(asked.requester ?? 'self')],
        ['Due', dueWords(request.dates.due, context.today)],
        ['Target', dayWords(request.dates.target)],
        ['Acknowledge by', dayWords(request.dates.ackDue)],
        ['Act by', request.dates.actDue === null ? null : dayWords(request.dates.actDue)],
        ['Freeze', freezeLine(request)],
        ['Consents withdrawn', request.withdraws.join(', ') || null],
        ['Note', lateLogging(request, civilDay(request.loggedAt, pack.zone))],
        ...relatedTo(request, cases),
        ['Customer', isFirst ? LOGGED.firstCase : null],
      ),
      ...(statusOf(request) === 'identity_pending'
        ? []
        : [text(answeredBy(request, officersFor(context, request.about)))]),
      ...nextBlocks(request, circumstancesOf(context, pack)),
      ...unbound,
    ],
    { ref: request.ref },
  );
}

/** Who answers a complaint: the officer, or whoever stands in where it is about the officer. */
function answeredBy({ dates }: PrivacyRequest, officers: readonly { readonly person: Person }[]): string {
  const names = officers.map(({ person }) => `@${person}`).join(' or ');
  return names === ''
    ? `Nobody may answer it yet: an administrator adds a deputy. It is to be answered by ${dayWords(dates.due)}.`
    : `${names} answers by ${dayWords(dates.due)}.`;
}

/** Sibling (open) and earlier (closed) cases of the same customer, by number. */
function relatedTo(
  request: PrivacyRequest,
  cases: readonly RequestRow[],
): readonly (readonly [string, string | null])[] {
  const words = (row: RequestRow) => `${row.ref} (${TYPE_TITLES[row.type].toLowerCase()})`;
  const others = cases.filter((row) => row.ref !== request.ref);
  return [
    [
      'Also open',
      others
        .filter((row) => row.status !== 'closed')
        .map(words)
        .join(', ') || null,
    ],
    [
      'Earlier',
      others
        .filter((row) => row.status === 'closed')
        .map(words)
        .join(', ') || null,
    ],
  ];
}
