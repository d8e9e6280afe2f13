/**
 * What somebody asked, as far as it could be read: the command, its fields, and what they mean. Must not know: who may ask it,
 * what becomes of it.
 */
import { decodeAction } from '../../chat/action.js';
import { fieldsInFull, type RawFields, type Reading, type Registry } from '../../chat/command.js';
import { parseCommand } from '../../chat/grammar/line.js';
import { type Problem, problemOf } from '../../chat/problem.js';
import type { ReadingPlace } from '../../chat/reading-place.js';
import type { Invocation } from '../../chat/surface.js';
import { hasThread, suppliedBy, threadRefIn } from '../../vocabulary/references.js';
import type { DeskCommand, PlanContext, Planned, Reads } from './plan.js';

/** What was asked, as far as it could be read. */
export type Asked = {
  readonly command: DeskCommand | null;
  readonly fields: RawFields;
  readonly shown: number | null;
  /** As a whole, and nothing of it settled by a button or a form's earlier page. */
  readonly typed: boolean;
  readonly reading: Reading<PlanContext, Planned | Reads>;
};

export function readAsked(
  invocation: Invocation,
  registry: Registry<DeskCommand>,
  place: ReadingPlace,
): Asked {
  const { ask } = invocation;
  // The thread a command is said in supplies its case or disclosure.
  const supplied = suppliedBy(invocation.threadRef);
  if (ask.kind === 'line') {
    const line = parseCommand(registry, ask.line, place, supplied);
    if (line.ok)
      return {
        command: line.command,
        fields: line.fields,
        shown: null,
        typed: true,
        reading: line.reading,
      };
    return {
      ...unread(line.problems),
      command: line.partial?.command ?? null,
      fields: line.partial?.fields ?? {},
    };
  }
  const saved = ask.kind === 'press' ? decodeAction(ask.code) : ask;
  const command = saved === null ? null : registry.lookup(saved.command, saved.verb);
  if (saved === null || command === null)
    return unread([problemOf(null, { code: 'unknown-command', reason: 'older-button', facts: {} })]);
  const own = Object.entries(supplied).filter(([name]) =>
    command.fields.some((field) => field.name === name),
  );
  const written = {
    ...Object.fromEntries(own),
    ...saved.fields,
    ...(ask.kind === 'press' ? ask.fields : {}),
  };
  const fields = fieldsInFull(command, written, place);
  const typed = ask.kind === 'fields' && ask.filled !== true;
  return { command, fields, shown: saved.shown, typed, reading: command.read(fields, place) };
}

/** Characters of what somebody wrote. */
export function lengthOf(ask: Invocation['ask']): number {
  if (ask.kind === 'line') return ask.line.length;
  return Object.values(ask.fields).reduce((sum, value) => sum + value.length, 0);
}

export const unread = (problems: readonly Problem[]): Asked => ({
  command: null,
  fields: {},
  shown: null,
  typed: true,
  reading: { ok: false, problems },
});

/** The case or disclosure it is about, where one is named. */
export function refIn(asked: Asked): string | null {
  const ref = threadRefIn(asked.fields);
  return ref !== undefined && hasThread(ref) ? ref : null;
}
