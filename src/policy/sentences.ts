/**
 * What a pack means, in plain sentences with the clause behind each: for `/desk policy` and `npm run policy`.
 * Must not know: open cases, or what another pack would change.
 */
import { REQUEST_TYPES, ROLES } from '../vocabulary/values.js';
import { packName } from './pack.js';
import { periodOf, periodWords } from './period.js';
import { requestSentences } from './request-sentences.js';
import type { Pack } from './schema.js';
import { capital, cite, either, groupedBy, listed, spoken } from './words.js';

/** Every rule of the pack, one sentence each; `(clause 4.2)` at the end, or `(the desk's own rule)`. */
export function policySentences(pack: Pack): readonly string[] {
  return [
    ...identityOf(pack),
    ...Object.entries(pack.clauses)
      .sort(([one], [other]) => one.localeCompare(other, 'en', { numeric: true }))
      .map(([clause, says]) => cite(`${capital(says)}.`, clause)),
    ...calendarSentences(pack),
    ...REQUEST_TYPES.flatMap((type) => requestSentences(pack, type)),
    ...groundSentences(pack),
    ...handlingSentences(pack),
    ...reminderSentences(pack),
    ...disclosureSentences(pack),
    ...peopleSentences(pack),
  ];
}

function identityOf(pack: Pack): string[] {
  const { name, title, department, channels, deputy, person, clause } = pack.officer;
  const reach = channels.map(({ kind, address }) => `${spoken(kind)} ${address}`);
  return [
    cite(`This is ${packName(pack)}: ${pack.title}, notified on ${pack.notified}.`, null),
    cite(`All dates are civil dates in ${pack.zone}.`, null),
    cite(`The privacy officer is ${name}, ${title}, ${department}: ${listed(reach)}.`, clause),
    cite(
      `${person} decides; ${deputy} is the deputy and takes complaints about the officer.`,
      pack.requests.complaint.clause,
    ),
  ];
}

function calendarSentences(pack: Pack): string[] {
  const years = Object.entries(pack.calendar.years).map(([year, { add, remove, working }]) => {
    const days = (list: typeof add) => listed(list.map(({ days }) => days.replace('/', ' to ')));
    const sources = [...new Set([...add, ...remove, ...working].map(({ source }) => source))];
    const parts = [
      ...(add.length > 0 ? [`days off are ${days(add)}`] : []),
      ...(remove.length > 0 ? [`no days off are ${days(remove)}`] : []),
      ...(working.length > 0 ? [`people work on ${days(working)}`] : []),
    ];
    return cite(`In ${year} ${parts.join('; ')} (source: ${listed(sources)}).`, null);
  });
  const never = pack.calendar.never.map(({ day, source }) =>
    cite(`${day} is never a day off: ${source}.`, null),
  );
  return [
    cite(`Public holidays of ${pack.calendar.country} are days off when they last the whole day.`, null),
    ...never,
    ...years,
  ];
}

function groundSentences(pack: Pack): string[] {
  return pack.grounds.map(({ code, types, means, fields, covers, outcomes, clause }) => {
    const of = types === 'all' ? 'every request' : listed(types.map(spoken));
    const needs = fields.length === 0 ? 'it needs nothing more' : `it needs ${listed(fields)}`;
    const what = covers === 'all' ? '' : `, for ${listed(covers)} only`;
    return cite(
      `Ground ${code} of ${of}: ${means}${what}; ${needs} and may end in ${either(outcomes.map(spoken))}.`,
      clause,
    );
  });
}

function handlingSentences(pack: Pack): string[] {
  const { identity, recipients, retention } = pack;
  const needs = retention.requires.map((what) =>
    what === 'explained' ? 'an explanation to the customer' : "the customer's consent",
  );
  return [
    cite(
      `Identity is verified by ${listed(identity.methods.map(spoken))}, in at most ${identity.attempts} attempts.`,
      identity.clause,
    ),
    cite(
      `Recipients are told of the result within ${periodWords({ unit: 'working_days', n: recipients.workingDays })} after completion.`,
      recipients.clause,
    ),
    cite(
      `Keeping data that was to go needs ${needs.length === 0 ? 'nothing more' : listed(needs)}.`,
      retention.clause,
    ),
  ];
}

function reminderSentences(pack: Pack): string[] {
  const { days, at, overdue, dayOff, escalations, disclosures } = pack.reminders;
  const early = dayOff === 'working_day_before' ? 'on the working day before' : 'all the same';
  return [
    cite(
      `Reminders come ${listed(days.map(String))} days before the due day at ${at}${overdue === 'daily' ? ', then every day it is overdue' : ''}.`,
      null,
    ),
    cite(
      `A reminder that falls on a day off is posted ${early}; the due day's and later ones are never moved.`,
      null,
    ),
    ...escalations.map(({ overdueDay, to }) =>
      cite(`On overdue day ${overdueDay} the ${to} is pinged.`, null),
    ),
    ...disclosures.map(({ undecidedHours, to }) =>
      cite(`A disclosure undecided for ${undecidedHours} hours pings the ${to}.`, null),
    ),
    cite(
      `The digest comes at ${pack.digest.at}: overdue, today, within ${listed(pack.digest.within.map(String))} days.`,
      null,
    ),
  ];
}

function disclosureSentences(pack: Pack): string[] {
  const { clause, bases, closedList, templates, approvalDays, standingDays, sensitive } = pack.disclosures;
  return [
    cite('Nothing goes to a third party without a disclosure request that an officer decided.', clause),
    ...Object.entries(bases).map(([basis, rule]) =>
      cite(
        `A disclosure may rest on ${spoken(basis)}: ${rule.means}; its evidence: ${listed(rule.evidence)}.`,
        rule.clause,
      ),
    ),
    cite('There is no other legal basis for a disclosure.', closedList.clause),
    ...Object.entries(templates).map(([name, template]) =>
      cite(
        `Template ${name}, ${template.means}: ${listed(template.categories)}, nothing else.`,
        template.clause,
      ),
    ),
    cite(
      `Sensitive data goes out only on the basis of ${either(sensitive.bases.map(spoken))}.`,
      sensitive.clause,
    ),
    cite(`An approval not used within ${approvalDays} days expires.`, null),
    cite(`A standing approval lasts ${standingDays} days at most.`, null),
  ];
}

function peopleSentences(pack: Pack): string[] {
  const { required, validity, exempt, clause } = pack.training;
  const byWords = [...groupedBy(ROLES, (role) => listed(pack.roles[role]))];
  return [
    ...byWords.map(([words, roles]) => cite(`The role ${listed(roles)} may ${words}.`, clause)),
    cite(
      required
        ? `Whoever handles data is trained, for ${periodWords(periodOf(validity))} at a time; without training: ${listed(exempt)}.`
        : 'No training is asked for.',
      clause,
    ),
  ];
}
