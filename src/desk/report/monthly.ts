/**
 * The month's report by itself: to each officer's channel, once, from the digest's hour of the next month's first working
 * day; after downtime on the day the desk is back. Must not know: timers, what a report says.
 */
import { monthBefore, spanOf } from '../../domain/report.js';
import { calendarOf, civilDay, compareInstants, dayOf, localTime } from '../../policy/calendar.js';
import type { Pack } from '../../policy/schema.js';
import { STREAMS, TICKER } from '../../record/entry.js';
import { note } from '../../record/record.js';
import type { ChannelRow } from '../../record/rows.js';
import type { Store, Tx } from '../../record/store.js';
import type { Instant } from '../../vocabulary/values.js';
import { reports } from './kind.js';
import { monthlyKey, monthlyParts } from './posts.js';
import { firstRecord, readReport } from './read.js';

export async function postMonthlyReport(store: Store, pack: Pack, now: Instant): Promise<void> {
  const { zone, digest } = pack;
  const present = civilDay(now, zone).slice(0, 7);
  const day = calendarOf(pack).firstWorkingDayOnOrAfter(dayOf(`${present}-01`));
  if (compareInstants(localTime(day, digest.at, zone), now) > 0) return;
  const month = monthBefore(present);
  const wanted = await store.transact(async (tx) => {
    if ((await without(tx, month)).length === 0) return false;
    // A desk that had nothing on record by then has nothing to tell of that month.
    const begun = await firstRecord(tx);
    return begun !== null && compareInstants(begun, spanOf(month, zone, now).end) < 0;
  });
  if (!wanted) return;
  const report = await readReport((work) => store.transact(work), { month, zone, now });
  await store.transact(async (tx) => {
    const channels = await without(tx, month);
    if (channels.length === 0) return;
    const seq = await note({ tx, now, actor: TICKER }, reports, STREAMS.reports, {
      type: 'report_made',
      report,
    });
    for (const channel of channels)
      for (const post of monthlyParts(seq, report, channel)) await tx.enqueue(post, now);
  });
}

/** The officers' channels that did not get it yet. */
async function without(tx: Tx, month: string): Promise<readonly ChannelRow[]> {
  const missing: ChannelRow[] = [];
  for (const row of (await tx.channels()).filter(({ uses }) => uses.includes('officer')))
    if (!(await tx.hasPost(`${monthlyKey(month)}@${row.surface}:${row.channel}`))) missing.push(row);
  return missing;
}
