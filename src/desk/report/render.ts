/**
 * A part of a recorded report made from its entry: the card, the picture or the table, and to where it goes.
 * Must not know: how it was counted, any surface.
 */

import { DeliveryFailure, type Place, type UploadFile } from '../../chat/surface.js';
import type { ReportFigures } from '../../domain/report.js';
import { mayDo } from '../../policy/permissions.js';
import { fromEntry, STREAMS } from '../../record/entry.js';
import { memberOf } from '../../record/people.js';
import type { Render, RenderMeans } from '../tell/kinds.js';
import { reportCard } from './card.js';
import { reports } from './kind.js';
import { PICTURE_WIDTH, pictureSpec } from './picture-spec.js';
import { reportTable } from './table.js';

export const renderReport: Render = async (means, effect) => {
  if (effect.kind !== 'report') return null;
  const { report, place } = await recordedReport(means, effect.seq);
  switch (effect.part) {
    case 'card':
      return { card: reportCard(report) };
    case 'picture':
      return { drawn: () => picture(report), place };
    case 'table':
      return { drawn: async () => table(report), place };
    default:
      return effect.part satisfies never;
  }
};

/** With the one account that asked, while it may still have it; null: nobody did, the clock made it. */
async function recordedReport(
  { tx, pack }: RenderMeans,
  seq: number,
): Promise<{ readonly report: ReportFigures; readonly place: Place | null }> {
  const [raw] = await tx.rawEntries({ after: { stream: STREAMS.reports, seq: seq - 1 }, take: 1 });
  if (raw?.stream !== STREAMS.reports || raw.seq !== seq)
    throw new Error(`no entry ${seq} of the reports' stream`);
  const { report } = fromEntry(reports.events, { ...raw, personal: null });
  const { person, account } = raw.actor;
  if (person === null) return { report, place: null };
  const member = await memberOf(tx, account);
  if (member?.active !== true || !mayDo(pack, member.roles, 'desk.report'))
    throw new DeliveryFailure(`@${person} may not have the report any more`, {
      retryable: false,
      sent: 'no',
    });
  return { report, place: { kind: 'person', person, accounts: [account] } };
}

async function picture(report: ReportFigures): Promise<UploadFile> {
  const { pictureOf } = await import('./picture.js');
  const bytes = await pictureOf(pictureSpec(report), PICTURE_WIDTH);
  return { name: `report-${report.month.month}.png`, type: 'image/png', bytes };
}

const table = (report: ReportFigures): UploadFile => ({
  name: `report-${report.month.month}.csv`,
  type: 'text/csv',
  bytes: Buffer.from(reportTable(report)),
});
