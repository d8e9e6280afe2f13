/**
 * What a form that is not filled in yet could be sent with: one text for each field it needs, so that the decision behind it can
 * be asked before anybody fills it in. Nothing of it is ever kept. Must not know: what a command does, any surface.
 */
import { askedField } from '../../chat/card.js';
import type { CommandFacts, FieldSpec, RawFields } from '../../chat/command.js';

/** Each is one decision, and a press must be answered within a second or two. */
const MOST = 12;

/**
 * The fields as given, with every choice of what must still be chosen. Where a needed field can only be filled in by a person,
 * the fields as given alone: then at least who asks is known.
 */
export function probesOf(
  command: CommandFacts,
  given: RawFields,
  asks: readonly string[] | null,
): readonly RawFields[] {
  const asked = new Map((asks ?? []).map(askedField).map(({ name, required }) => [name, required]));
  let probes: readonly RawFields[] = [given];
  for (const spec of command.fields) {
    const { name } = spec;
    if (Object.hasOwn(given, name) || !(spec.required || asked.has(name))) continue;
    const needed = spec.required || asked.get(name) === true;
    const texts = textsFor(spec);
    if (needed && texts.length === 0) return [given];
    const tried = needed ? texts : texts.slice(0, 1);
    if (tried.length > 0)
      probes = probes.flatMap((probe) => tried.map((text) => ({ ...probe, [name]: text })));
  }
  return probes.slice(0, MOST);
}

function textsFor({ kind, direction, choices, many }: FieldSpec): readonly string[] {
  switch (kind) {
    case 'text':
    case 'reference':
    case 'word':
    case 'number':
      return ['1'];
    case 'choice':
      return many ? (choices ?? []).slice(0, 1) : (choices ?? []);
    case 'categories':
      return ['all'];
    case 'day':
      return [direction === 'future' ? '+365d' : 'today'];
    case 'moment':
    case 'dated':
      return ['today'];
    case 'yes':
      return ['yes'];
    case 'case':
    case 'disclosure':
    case 'consent':
    case 'customer':
    case 'person':
    case 'account':
    case 'month':
      return [];
    default:
      return kind satisfies never;
  }
}
