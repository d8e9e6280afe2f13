/**
 * `/desk staff action:review`: who may do what, who was here last, and who looked at how many customers (P-7.2). It reads the whole
 * ledger, in pages, and changes nothing. Must not know: how it is worded.
 */

import { afterSeconds, compareInstants } from '../../../policy/calendar.js';
import { STREAMS } from '../../../record/entry.js';
import { stampedOf } from '../../../record/load.js';
import type { Instant, Person } from '../../../vocabulary/values.js';
import type { Reads } from '../../front/plan.js';
import { lookups } from '../../lookups/kind.js';
import { type Reviewed, reviewCard } from '../cards/review.js';

/** As long as an auditor's month. */
const DAYS = 30;
const SPAN = 5000;
const PAGE = 500;

export const review: Reads = {
  kind: 'reads',
  run: async (page) => {
    const last = new Map<Person, Instant>();
    for (let after: number | null = 0; after !== null; ) {
      const from: number = after;
      const found = await page(({ tx }) => tx.lastActive({ after: from, span: SPAN }));
      for (const [person, at] of found.at) {
        const before = last.get(person);
        if (before === undefined || compareInstants(before, at) < 0) last.set(person, at);
      }
      after = found.next;
    }
    const looked = new Map<Person, Set<string>>();
    for (let seq = 0; ; ) {
      const from = { stream: STREAMS.lookups, seq };
      const read = await page(async ({ tx, now }) => {
        const entries = await tx.rawEntries({ after: from, take: PAGE });
        const own = entries.filter(({ stream }) => stream === STREAMS.lookups);
        const since = afterSeconds(now, -DAYS * 86_400);
        for (const entry of own) {
          const { at, actor, event } = stampedOf(lookups, { ...entry, personal: null });
          if (actor.person === null || compareInstants(at, since) < 0) continue;
          looked.set(actor.person, (looked.get(actor.person) ?? new Set()).add(event.customer));
        }
        return own;
      });
      if (read.length < PAGE) break;
      seq = read.at(-1)?.seq ?? seq;
    }
    return page(async ({ staff, active, today }) => {
      const rows = staff.map((member): Reviewed => {
        const names = [member.person, ...member.names];
        const times = names.flatMap((name) => last.get(name) ?? []).sort(compareInstants);
        const customers = new Set(names.flatMap((name) => [...(looked.get(name) ?? [])]));
        return { member, lastActive: times.at(-1) ?? null, customers: customers.size };
      });
      return { kind: 'answer', card: reviewCard(rows, active.pack, today, DAYS) };
    });
  },
};
