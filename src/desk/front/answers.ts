/**
 * Answers that are no decision: a problem, a form to fill in, a fault. Must not know: what was asked, any surface.
 */
import type { Logger } from 'pino';
import { type Block, type Card, card, text } from '../../chat/card.js';
import type { WordedProblem } from '../../chat/command.js';
import type { Answer, Form } from '../../chat/form.js';
import { refusalCard } from '../../chat/refusal-card.js';
import { NOTHING_CHANGED, PLEASE_CHECK } from '../../language/en/problems.js';
import { CUSTOMER_DAMAGED } from '../../language/en/tampering.js';
import { LedgerDamage, NewerEntry, StoreConflict, StoreProblem, SubjectDamage } from '../../record/store.js';

export function errorAnswer(
  card: Answer['card'],
  code: string,
  clause: string | null,
  form: Form | null,
): Answer {
  return { kind: 'error', card, code, clause, form };
}

/** What is wrong with what was typed, all of it; `clauseOf`: the clause the pack gives for a problem, null when it gives none. */
export function problemCard(
  problems: readonly WordedProblem[],
  ref: string | null,
  clauseOf: (problem: WordedProblem) => string | null,
): Card {
  const lines = problems.map((problem) => {
    const clause = clauseOf(problem);
    return text(clause === null ? problem.message : `${problem.message} (clause ${clause})`);
  });
  const next = problems.flatMap(({ next: step }): Block[] =>
    step === undefined ? [] : [{ kind: 'next', step }],
  );
  return card(PLEASE_CHECK, 'warning', [...lines, text(NOTHING_CHANGED), ...next], { ref });
}

/** The form of a button that asks. */
export function formAnswer(form: Form): Answer {
  const asks = form.fields.map(({ label }) => label).join(', ');
  return errorAnswer(
    card(form.title, 'neutral', [
      ...(form.says === null ? [] : [text(form.says)]),
      text(`To fill in: ${asks}.`),
    ]),
    'missing-field',
    null,
    form,
  );
}

/** What was asked failed: nothing of it was kept. A bug is told by its reference, which the log has too. */
export function faultAnswer(
  error: unknown,
  { log, faultRef }: { readonly log: Logger; readonly faultRef: () => string },
): Answer {
  if (error instanceof StoreConflict)
    return errorAnswer(
      refusalCard(
        {
          says: 'Somebody changed this at the same moment. Nothing of yours was done.',
          hint: 'Look at it again and repeat your command.',
        },
        null,
      ),
      'changed-meanwhile',
      null,
      null,
    );
  if (error instanceof LedgerDamage) {
    log.error({ err: error }, 'the ledger is damaged');
    const says = `Entry ${error.seq} of ${error.stream} cannot be read: it was altered or damaged. Nothing was changed.`;
    return errorAnswer(
      refusalCard({ says, hint: `Tell an auditor: /desk audit ${error.stream}` }, null, error.stream),
      'ledger-broken',
      null,
      null,
    );
  }
  if (error instanceof SubjectDamage) {
    log.error({ err: error }, 'the row of a customer is damaged');
    return errorAnswer(refusalCard(CUSTOMER_DAMAGED, null), 'ledger-broken', null, null);
  }
  if (error instanceof NewerEntry) {
    log.error({ err: error }, 'the ledger was written by a newer version of the desk');
    const says = `Entry ${error.seq} of ${error.stream} was written by a newer version of the desk. It is whole, and nothing was changed.`;
    const hint = 'An administrator upgrades this desk to that version or a later one.';
    return errorAnswer(refusalCard({ says, hint }, null, error.stream), 'newer-version', null, null);
  }
  const ref = faultRef();
  log.error({ err: error, ref }, 'command failed');
  const says =
    error instanceof StoreProblem
      ? `${error.message} (ref ${ref})`
      : `Something broke on our side (ref ${ref}). Nothing was changed.`;
  return errorAnswer(
    refusalCard({ says, hint: 'Try again; if it stays, show the reference to your administrator.' }, null),
    'fault',
    null,
    null,
  );
}
