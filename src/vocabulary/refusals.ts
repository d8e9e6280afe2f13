/**
 * The desk's own "no", as a value: a stable code (commands.md, "Codes"), the clause behind it, one sentence and the next step.
 * Must not know: how it is shown.
 */

export const REFUSAL_CODES = [
  'not-on-staff',
  'not-permitted',
  'training-expired',
  'same-person',
  'about-officer',
  'identity-not-verified',
  'attempts-used',
  'checklist-incomplete',
  'ground-not-allowed',
  'ground-field-missing',
  'id-not-correctable',
  'name-change-not-evidenced',
  'never-refused',
  'retention-not-covered',
  'explanation-or-consent-missing',
  'extension-not-allowed',
  'reason-missing',
  'recipients-pending',
  'notice-missing',
  'not-ready-to-close',
  'wrong-state',
  'already-decided',
  'too-far',
  'frozen',
  'beyond-template',
  'sensitive',
  'consent-not-valid',
  'evidence-missing',
  'too-many-categories',
  'not-approved',
  'approval-expired',
  'standing-too-long',
  'future',
  'invalid-value',
  'not-found',
  'ledger-broken',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

export type Refusal = {
  readonly code: RefusalCode;
  /** Bare clause number of the policy, e.g. `4.2`; null when no clause is behind it. */
  readonly clause: string | null;
  /** One sentence: what is refused and why. */
  readonly says: string;
  /** Who can, or when, or what to do next. */
  readonly next: string | null;
};

/** What a decider returns: the events to record, or the refusal. */
export type Decision<E> =
  | { readonly kind: 'done'; readonly events: readonly E[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export function done<E>(...events: readonly E[]): Decision<E> {
  return { kind: 'done', events };
}

export function refused(
  code: RefusalCode,
  clause: string | null,
  says: string,
  next: string | null = null,
): { readonly kind: 'refused'; readonly refusal: Refusal } {
  return { kind: 'refused', refusal: { code, clause, says, next } };
}
