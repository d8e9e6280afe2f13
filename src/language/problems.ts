/** A problem with what was typed, in words: the field, what is wrong, what was read, the nearest match. Must not know: surfaces. */
import type { ProblemSaid } from '../vocabulary/problems.js';
import { meantWords, readWords, reasonWords, unclosedLine } from './en/problems.js';

/** What of a problem its words need. */
type Told = ProblemSaid & {
  readonly field: string | null;
  readonly read: string | null;
  readonly suggestion: string | null;
};

function problemMessage(problem: Told): string {
  const { field, read, suggestion, reason } = problem;
  const says =
    field === null && reason === 'quote-not-closed'
      ? unclosedLine(problem.facts.closer)
      : reasonWords(problem);
  const named = field === null || reason === 'no-such-option' ? says : `${field} ${says}`;
  return [
    `${named}.`,
    read === null ? '' : readWords(read),
    suggestion === null ? '' : meantWords(suggestion),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** A problem with its words. */
export const worded = <P extends Told>(problem: P): P & { readonly message: string } => ({
  ...problem,
  message: problemMessage(problem),
});
