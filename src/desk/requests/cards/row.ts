/**
 * A case as a line of a digest, a list or a home: what is to be seen first, and beside it the one button that goes on with it
 * for this reader. Must not know: which list it stands in, any surface.
 */
import { type Action, button, type Row, type Tone } from '../../../chat/card.js';
import { isUnheard } from '../../../domain/requests/reminding.js';
import {
  acknowledgeLate,
  DIGEST_BUTTONS,
  leftShort,
  NOBODY,
  ROW_BUTTONS,
  waitsWords,
} from '../../../language/en/digest.js';
import { BUTTONS } from '../../../language/en/requests.js';
import { daysBetween } from '../../../policy/calendar.js';
import type { RequestRow } from '../../../record/rows.js';
import { maskReference } from '../../../vocabulary/values.js';
import { TYPE_TITLES } from '../../tell/words.js';
import { caseInList, type LoadedCase, type RowMeans } from '../on-request.js';
import { caseButtons, rulingButtons } from './buttons.js';

/** Of several buttons that work, the one that brings the case furthest. */
const FURTHEST: readonly string[] = [
  BUTTONS.take,
  BUTTONS.close,
  BUTTONS.done,
  BUTTONS.propose,
  BUTTONS.recipient,
  BUTTONS.notice,
  BUTTONS.resume,
  BUTTONS.verified,
  BUTTONS.check,
  BUTTONS.acknowledge,
];

const shows = (label: string, style: Action['style'], ref: string): Action =>
  button(label, style, { command: 'privacy', verb: 'show', fields: { case: ref } });

/** Whoever may rule on what is proposed sees what they rule on first. */
export const mayRule = ({ request, pack }: LoadedCase, reader: RowMeans['reader']): boolean =>
  rulingButtons(request, reader(pack)).length > 0;

function nextAct(loaded: LoadedCase, reader: RowMeans['reader']): Action {
  const { request, pack } = loaded;
  if (mayRule(loaded, reader)) return shows(DIGEST_BUTTONS.decide, 'primary', request.ref);
  const offered = caseButtons(request, reader(pack));
  const [first] = FURTHEST.flatMap((label) => offered.find((one) => one.label === label) ?? []);
  if (first === undefined) return shows(DIGEST_BUTTONS.open, 'plain', request.ref);
  return { ...first, label: ROW_BUTTONS[first.label] ?? first.label, style: 'plain' };
}

const toneOf = (left: number): Tone => (left < 0 ? 'bad' : left === 0 ? 'warning' : 'neutral');

export async function caseRow(means: RowMeans, row: RequestRow): Promise<Row> {
  const { tx, today } = means;
  const loaded = await caseInList(means, row.ref);
  const customer = await tx.reference(row.subjectId);
  const left = daysBetween(today, row.due);
  const closed = row.status === 'closed';
  const late = !closed && isUnheard(row) ? daysBetween(row.ackDue, today) : -1;
  const act =
    loaded === null || closed ? shows(DIGEST_BUTTONS.open, 'plain', row.ref) : nextAct(loaded, means.reader);
  return {
    ref: row.ref,
    at: await means.headOf(row.ref),
    when: closed ? '' : leftShort(left),
    tone: closed ? 'neutral' : toneOf(left),
    words: [
      TYPE_TITLES[row.type],
      customer === null ? '' : maskReference(customer),
      row.owner === null ? (closed ? '' : NOBODY) : `@${row.owner}`,
      ...(late >= 0 ? [acknowledgeLate(late)] : []),
    ].filter((word) => word !== ''),
    waits: waitsWords(row.status, row.type),
    action: act,
  };
}
