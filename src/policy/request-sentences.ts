/**
 * What a pack says about one request type, in plain sentences.
 * Must not know: cases, dates of any particular request.
 */
import type { RequestType } from '../vocabulary/values.js';
import { type Period, periodOf, periodWords } from './period.js';
import type { FreezeRestRule, Pack, RequestRule } from './schema.js';
import { cite, either, groupedBy, listed, spoken, typeName } from './words.js';

export function requestSentences(pack: Pack, type: RequestType): readonly string[] {
  const rule = pack.requests[type];
  const name = typeName(type);
  return [
    cite(`${name}: ${rule.means}.`, rule.clause),
    ...dueSentences(name, rule),
    cite(
      `${name} is acknowledged within ${workingDays(rule.acknowledge.workingDays)}.`,
      rule.acknowledge.clause,
    ),
    ...(rule.act === null
      ? []
      : [cite(`${name} is acted on within ${workingDays(rule.act.workingDays)}.`, rule.act.clause)]),
    ...(rule.reminderDays === undefined
      ? []
      : [cite(`${name} has its own reminders, ${listed(rule.reminderDays.map(String))} days before.`, null)]),
    handling(name, rule),
    cite(
      `${name}: recipients of the data are ${rule.notifyRecipients.required ? '' : 'not '}told of the result.`,
      rule.notifyRecipients.clause,
    ),
    ...rule.never.map(({ category, ground, clause }) =>
      cite(`${name} of ${category} is never possible: ground ${ground}.`, clause),
    ),
    ...rule.evidenced.map(({ category, field, ground, clause }) =>
      cite(`${name} of ${category} needs ${spoken(field)}; without it: ground ${ground}.`, clause),
    ),
    ...freezeSentences(name, rule),
    noticeSentence(name, rule),
  ];
}

function dueSentences(name: string, { due, target }: RequestRule): string[] {
  const start = due.start === 'receipt' ? 'receipt' : 'the proof of identity';
  const count = due.count === 'after' ? 'that day not counted' : 'beginning with that day';
  const roll = due.roll === 'none' ? 'on whatever day it falls' : 'moved on to a working day';
  const { pause, extension } = due;
  const sentences = [
    cite(`${name} is due ${periodWords(periodOf(due.add))} after ${start}, ${count}, ${roll}.`, due.clause),
    cite(
      target === 'last_working_day_on_or_before_due'
        ? `${name}: the target is the last working day on or before the due day.`
        : `${name}: the target is the last working day within ${periodWords(periodOf(target))}.`,
      null,
    ),
    pause === 'none'
      ? cite(`${name}: the clock never stops.`, due.clause)
      : cite(
          `${name}: the clock stops for ${either(pause.reasons.map(spoken))}, ${pause.count === 'inclusive' ? 'first and last day counted' : 'the first day not counted'}.`,
          due.clause,
        ),
  ];
  if (extension === 'none') return [...sentences, cite(`${name} is never extended.`, due.clause)];
  const most = extension.add === undefined ? '' : ` by ${periodWords(periodOf(extension.add))} at most`;
  const needs = extension.requires.map((what) =>
    what === 'explained' ? 'an explanation' : "the customer's consent",
  );
  const { from, to } = extension.window;
  const begins = from === undefined ? '' : ` from ${periodWords(periodOf(from))} after the start`;
  const ends = to === 'due' ? 'the due day' : `${periodWords(periodOf(to))} after the start`;
  return [
    ...sentences,
    cite(
      `${name} may be extended${most} for ${either(extension.reasons.map(spoken))}${needs.length === 0 ? '' : `, with ${listed(needs)}`}, ${extension.window.of === 'recording' ? 'recorded' : 'both given'}${begins} up to ${ends}.`,
      extension.clause,
    ),
  ];
}

function handling(name: string, rule: RequestRule): string {
  const parts = [
    rule.identity ? 'identity is verified first' : 'identity need not be verified',
    rule.checklist ? 'every category in scope is answered for' : 'there is no checklist',
    rule.decision === 'officer'
      ? 'the officer decides'
      : 'an agent may fulfil it, the officer decides anything less',
  ];
  return cite(`${name}: ${listed(parts)}.`, rule.clause);
}

function freezeSentences(name: string, { freezes, freeze, clause }: RequestRule): string[] {
  if (!freezes) return [cite(`${name} freezes nothing.`, clause)];
  const say = (when: string, bases: NonNullable<RequestRule['freeze']['rest']>) => {
    const bySaying = groupedBy(Object.entries(bases), ([, { rule, clause, note }]) =>
      cite(`${ruleWords(rule)}${note === undefined ? '' : `: ${note}`}.`, clause),
    );
    return [...bySaying].map(
      ([saying, entries]) =>
        `${name}, ${when}: disclosure by ${either(entries.map(([basis]) => spoken(basis)))} is ${saying}`,
    );
  };
  return [
    cite(`${name} freezes its data from the moment of logging.`, clause),
    ...say('while open', freeze.open),
    cite(`${name}: once fulfilled, the freeze is ${spoken(freeze.after)}.`, clause),
    ...(freeze.rest === null ? [] : say('once fulfilled', freeze.rest)),
    ...(freeze.retained === null ? [] : say('for what is kept', freeze.retained)),
  ];
}

function ruleWords(rule: FreezeRestRule): string {
  switch (rule) {
    case 'allowed':
      return 'allowed';
    case 'blocked':
      return 'blocked';
    case 'officer_with_evidence':
      return "the officer's to decide, with the authority's evidence";
    case 'if_newer':
      return 'allowed only if it was given afterwards';
    case 'officer_if_newer':
      return "the officer's to decide, and only if it was given afterwards";
  }
}

function noticeSentence(name: string, { notices, clause }: RequestRule): string {
  const when = {
    always: '',
    kept: ' (where something is kept)',
    freeze_lifted: ' (where a freeze is lifted)',
  };
  const byOutcome = Object.entries(notices)
    .filter(([, list]) => list.length > 0)
    .map(
      ([outcome, list]) =>
        `${spoken(outcome)} needs ${listed(list.map((notice) => `${spoken(notice.kind)}${when[notice.when]}`))}`,
    );
  return cite(`${name}, notices before closing: ${byOutcome.join('; ')}.`, clause);
}

function workingDays(n: number): string {
  const period: Period = { unit: 'working_days', n };
  return periodWords(period);
}
