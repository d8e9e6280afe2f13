/** The next step of a refusal, where whoever asked may take it. Must not know: what was asked, any surface. */

import type { Registry } from '../../chat/command.js';
import { refusalWords } from '../../language/refusals.js';
import type { Words } from '../../language/words.js';
import type { StaffRow } from '../../record/rows.js';
import type { Step } from '../../vocabulary/step.js';
import type { Day } from '../../vocabulary/values.js';
import { permitRefusal } from './permit.js';
import type { ActivePack, DeskCommand, Planned } from './plan.js';

export type Advised = Omit<Words, 'step'> & { readonly step: Step | null };

export function advisedBy(
  { refusal, onward = null }: Extract<Planned, { kind: 'refused' }>,
  member: StaffRow | null,
  {
    active,
    registry,
    today,
  }: { readonly active: ActivePack; readonly registry: Registry<DeskCommand>; readonly today: Day },
): Advised {
  const { step = null, ...words } = refusalWords(refusal);
  const found = step === 'onward' ? onward : step;
  const permission = found === null ? null : (registry.lookup(found.command, found.verb)?.permission ?? null);
  const may =
    member !== null && permission !== null && permitRefusal(active.pack, permission, member, today) === null;
  return { ...words, step: may ? found : null };
}
