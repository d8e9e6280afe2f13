import { type Card, card, text } from '../../../chat/card.js';

export type Diagnosis = {
  /** Whole sentences, each with what to do. */
  readonly warnings: readonly string[];
  readonly facts: readonly (readonly [label: string, value: string])[];
};

export function doctorCard({ warnings, facts }: Diagnosis): Card {
  const count = `${warnings.length} thing${warnings.length === 1 ? '' : 's'} to mend`;
  return card(
    warnings.length === 0 ? 'The desk is well' : `The desk: ${count}`,
    warnings.length === 0 ? 'good' : 'warning',
    [...warnings.map((warning) => text(`⚠ ${warning}`)), { kind: 'facts', facts }],
  );
}
