/**
 * What the customer was told and agreed to before data is kept or a day passes: what the pack requires, and how it is recorded.
 * What was not given is not recorded. Must not know: storage, wording.
 */
import type { ToldField, ToldObstacle } from '../../policy/extension.js';
import type { Day } from '../../vocabulary/values.js';
import { no, type Refusal } from '../refusal.js';
import type { Told } from './events.js';

type Given = { readonly explained: Told | null; readonly consent: Told | null };

export function toldRefusal(
  what: 'retain' | 'extend',
  obstacle: ToldObstacle,
  clause: string,
  { due, requires }: { readonly due: Day; readonly requires: readonly ToldField[] },
): Refusal {
  switch (obstacle.what) {
    case 'missing':
      return no('explanation-or-consent-missing', 'not-told', clause, {
        what,
        due,
        missing: obstacle.missing,
        requires,
      });
    case 'future':
      return no('future', 'told-in-future', clause, { field: obstacle.field, day: obstacle.day });
    case 'order':
      return no('invalid-value', 'agreed-before-explained', clause, {
        explained: obstacle.explained,
        consent: obstacle.consent,
      });
    default:
      return obstacle satisfies never;
  }
}

/** The days as an event carries them. */
export function toldDays({ explained, consent }: Given): {
  readonly explainedOn?: Day;
  readonly consentOn?: Day;
} {
  return {
    ...(explained === null ? {} : { explainedOn: explained.day }),
    ...(consent === null ? {} : { consentOn: consent.day }),
  };
}

/** Where they are on record, as an event's sealed part carries it. */
export const toldRefs = ({ explained, consent }: Given) => ({
  explainedRef: explained?.ref ?? null,
  consentRef: consent?.ref ?? null,
});
