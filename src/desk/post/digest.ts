/**
 * What a digest says on a day: gathered from the rows at sending time (dates.md, "One digest per channel per local day").
 * Must not know: wording, when it is posted.
 */

import { isWithheld, readsWithheld } from '../../domain/disclosures/withheld.js';
import type { Reader } from '../../domain/requests/reading.js';
import { WITH_THE_OFFICER } from '../../language/en/disclosure-cards.js';
import { daysBetween } from '../../policy/calendar.js';
import type { Pack } from '../../policy/schema.js';
import { latestCheckpoint } from '../../record/checkpoints.js';
import type { DisclosureRow, RequestRow } from '../../record/rows.js';
import type { Tx } from '../../record/store.js';
import type { Day } from '../../vocabulary/values.js';
import { maskReference } from '../../vocabulary/values.js';
import { readable } from '../requests/readable.js';

export type DigestLine = RequestRow & { readonly customer: string; readonly left: number };

export type DisclosureLine = DisclosureRow & { readonly customer: string };

export type DigestFacts = {
  readonly day: Day;
  readonly officer: boolean;
  readonly overdue: readonly DigestLine[];
  readonly today: readonly DigestLine[];
  /** One group for each `within` of the pack: due in at most that many days and in no earlier group. */
  readonly within: readonly { readonly days: number; readonly lines: readonly DigestLine[] }[];
  /** Cases nobody owns, whenever they are due. */
  readonly unowned: readonly DigestLine[];
  readonly awaitingDecision: readonly DigestLine[];
  readonly unacknowledged: readonly DigestLine[];
  readonly recipients: readonly DigestLine[];
  /** Kept data whose term has ended: to be deleted (P-4). */
  readonly retentionEnded: readonly DigestLine[];
  /** Disclosures an officer has not decided; and those a lifted freeze lets be offered again. */
  readonly undecided: readonly DisclosureLine[];
  readonly offerable: readonly DisclosureLine[];
  /** Sent, and withheld from the customer until this day: who audits is told, and the customer may be. */
  readonly withholdingEnds: readonly DisclosureLine[];
  readonly open: number;
  readonly checkpoint: { readonly number: number; readonly root: string; readonly streams: number } | null;
};

/** Rows a digest shows in a group before the rest is counted: ten groups of them fit in a Slack message. */
export const DIGEST_SHOWN = 10;
/** The most cases a digest reads; beyond it the digest says how many there are. */
const MOST = 2000;

/** `reader` null: a channel, where nothing stands that is kept from any of its readers. */
export async function digestFacts(
  tx: Tx,
  pack: Pack,
  {
    day,
    officer,
    reader,
  }: { readonly day: string; readonly officer: boolean; readonly reader: Reader | null },
): Promise<DigestFacts> {
  const today = day as Day;
  const leftOf = (row: RequestRow): number => daysBetween(today, row.due);
  // Whom a line beyond these is about nobody reads; looking two thousand up takes seconds.
  const customerOf = async (row: RequestRow | DisclosureRow, index: number): Promise<string> =>
    index < DIGEST_SHOWN ? maskReference((await tx.reference(row.subjectId)) ?? '') : '';
  const linesOf = async (rows: readonly RequestRow[]): Promise<readonly DigestLine[]> => {
    const lines: DigestLine[] = [];
    for (const [index, row] of rows.entries())
      lines.push({ ...row, customer: await customerOf(row, index), left: leftOf(row) });
    return lines;
  };
  const open = await readable(tx, await tx.requests({ open: true, limit: MOST }), reader);
  const dueIn = (from: number, to: number) =>
    open.filter((row) => {
      const left = daysBetween(today, row.due);
      return left >= from && left <= to;
    });
  const bounds = [...pack.digest.within].sort((one, other) => one - other);
  const within: { days: number; lines: readonly DigestLine[] }[] = [];
  for (const [index, days] of bounds.entries())
    within.push({ days, lines: await linesOf(dueIn((bounds[index - 1] ?? 0) + 1, days)) });
  const ended = (await tx.requests({ retainedUntilBy: today, limit: MOST })).filter(
    (row) => row.status === 'closed',
  );
  const disclosureLines = async (rows: readonly DisclosureRow[]): Promise<readonly DisclosureLine[]> => {
    const lines: DisclosureLine[] = [];
    for (const [index, row] of rows.entries()) {
      const sees = officer || (reader !== null && readsWithheld([row.requestedBy], reader));
      const recipient = isWithheld(row.withhold, today) && !sees ? WITH_THE_OFFICER : row.recipient;
      lines.push({ ...row, recipient, customer: await customerOf(row, index) });
    }
    return lines;
  };
  return {
    day: today,
    officer,
    overdue: await linesOf(dueIn(Number.NEGATIVE_INFINITY, -1)),
    today: await linesOf(dueIn(0, 0)),
    within,
    unowned: await linesOf(open.filter((row) => row.owner === null)),
    awaitingDecision: await linesOf(open.filter((row) => row.status === 'awaiting_decision')),
    unacknowledged: await linesOf(open.filter((row) => !row.acknowledged && row.ackDue <= today)),
    recipients: await linesOf(open.filter((row) => row.openRecipients > 0)),
    retentionEnded: await linesOf(ended),
    undecided: await disclosureLines(await tx.disclosures({ statuses: ['requested'], limit: MOST })),
    offerable: await disclosureLines(await tx.disclosures({ offered: true, limit: MOST })),
    withholdingEnds: officer
      ? await disclosureLines(
          (await tx.disclosures({ limit: MOST, latestFirst: true })).filter(
            ({ withhold }) => withhold === today,
          ),
        )
      : [],
    open: open.length,
    checkpoint: officer ? await latestCheckpoint(tx) : null,
  };
}
