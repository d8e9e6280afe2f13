/** A disclosure as a line of a digest, a list or a home. Must not know: which list it stands in, any surface. */
import { type Action, button, type Row } from '../../../chat/card.js';
import { DIGEST, DIGEST_BUTTONS, undecidedFor } from '../../../language/en/digest.js';
import { civilDay, daysBetween } from '../../../policy/calendar.js';
import type { DisclosureRow } from '../../../record/rows.js';
import type { Tx } from '../../../record/store.js';
import { type Day, type Instant, type MessageRef, maskReference } from '../../../vocabulary/values.js';

/** Whoever reads it may decide it, or it is theirs to go on with. */
export async function disclosureRow(
  means: {
    readonly tx: Pick<Tx, 'reference'>;
    readonly today: Day;
    readonly zone: string;
    readonly headOf: (ref: string) => Promise<MessageRef | null>;
  },
  row: DisclosureRow,
): Promise<Row> {
  const customer = await means.tx.reference(row.subjectId);
  const asked = row.status === 'requested';
  return {
    ref: row.ref,
    at: await means.headOf(row.ref),
    when: asked ? undecidedFor(daysOf(row.askedAt, means)) : '',
    tone: 'neutral',
    words: [
      customer === null ? '' : maskReference(customer),
      DIGEST.asked(row.recipient),
      row.requestedBy === null ? '' : `@${row.requestedBy}`,
    ].filter((word) => word !== ''),
    waits: asked ? DIGEST.decision : '',
    action: show(asked ? DIGEST_BUTTONS.decide : DIGEST_BUTTONS.open, asked ? 'primary' : 'plain', row.ref),
  };
}

const show = (label: string, style: Action['style'], ref: string): Action =>
  button(label, style, { command: 'disclosure', verb: 'show', fields: { disclosure: ref } });

const daysOf = (at: Instant, { today, zone }: { readonly today: Day; readonly zone: string }): number =>
  daysBetween(civilDay(at, zone), today);
