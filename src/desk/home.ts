import { button } from '../chat/card.js';
import { HOME_SHOWN, type HomeLine, type HomeOf } from '../chat/home.js';
import type { SamePerson } from '../domain/people.js';
import { proposersOf } from '../domain/requests/proposal-guards.js';
import { mayRead, type Reader } from '../domain/requests/reading.js';
import { HINTS } from '../language/en/home.js';
import { STATUS_SHORT } from '../language/en/requests.js';
import { addDays, civilDay } from '../policy/calendar.js';
import { mayDo } from '../policy/permissions.js';
import { rawStream } from '../record/audit-checkpoints.js';
import { replay } from '../record/load.js';
import { memberOf, peopleOf } from '../record/people.js';
import type { RequestRow } from '../record/rows.js';
import type { Store, Tx } from '../record/store.js';
import type { Permission } from '../vocabulary/permissions.js';
import type { Instant, Person } from '../vocabulary/values.js';
import type { ActivePack } from './front/plan.js';
import { requests } from './requests/kind.js';
import { readable } from './requests/readable.js';
import { dueWords, maskedOrErased, TYPE_TITLES } from './tell/words.js';

const WEEK_DAYS = 7;

export function createHome(deps: {
  readonly store: Store;
  readonly clock: () => Instant;
  readonly active: ActivePack;
}): HomeOf {
  const { pack } = deps.active;
  return (account) =>
    deps.store.transact(async (tx) => {
      const member = await memberOf(tx, account);
      if (member === null || !member.active) return null;
      const today = civilDay(deps.clock(), pack.zone);
      const linesOf = async (rows: readonly RequestRow[]): Promise<readonly HomeLine[]> => {
        const lines: HomeLine[] = [];
        for (const [index, row] of rows.entries()) lines.push(await lineOf(row, index < HOME_SHOWN));
        return lines;
      };
      const lineOf = async (row: RequestRow, shown: boolean): Promise<HomeLine> => {
        const customer = shown ? maskedOrErased(await tx.reference(row.subjectId)) : '';
        const owner = row.owner === null ? 'nobody yet' : `@${row.owner}`;
        const words = [row.ref, TYPE_TITLES[row.type], customer, owner, STATUS_SHORT[row.status]];
        return {
          text: [...words, dueWords(row.due, today)].join(' · '),
          open: button('Open', 'plain', { command: 'privacy', verb: 'show', fields: { case: row.ref } }),
        };
      };
      const may = (permission: Parameters<typeof mayDo>[2]) => mayDo(pack, member.roles, permission);
      const { same } = await peopleOf(tx, today);
      if (!may('request.list')) return { groups: [], hint: hintFor(may) };
      const reader = { person: member.person, roles: member.roles, same };
      const mine = await readable(tx, await tx.requests({ open: true, owner: member.person }), reader);
      const due = await tx.requests({ open: true, dueBy: addDays(today, WEEK_DAYS) });
      const soon = await readable(tx, due, reader);
      const asked = may('request.decide') ? await linesOf(await decidable(tx, reader)) : [];
      const toDisclose = may('disclosure.decide') ? await disclosures(tx, member.person, same) : [];
      return {
        groups: [
          ...(may('request.decide') || may('disclosure.decide')
            ? [
                {
                  title: 'Waiting for my decision',
                  lines: [...asked, ...toDisclose],
                  empty: 'Nothing waits for you.',
                  more: '/privacy list awaiting_decision',
                },
              ]
            : []),
          {
            title: 'Mine',
            lines: await linesOf(mine),
            empty: 'No open case is yours.',
            more: '/privacy list mine',
          },
          {
            title: 'Due this week',
            lines: await linesOf(soon),
            empty: 'Nothing is due within a week.',
            more: '/privacy list due',
          },
        ],
        hint: hintFor(may),
      };
    });

  /** Disclosures somebody else asked for, oldest first; blocked ones wait for a freeze and not for a person. */
  async function disclosures(tx: Tx, person: Person, same: SamePerson): Promise<readonly HomeLine[]> {
    const lines: HomeLine[] = [];
    for (const row of await tx.disclosures({ statuses: ['requested'] })) {
      if (same(row.requestedBy, person)) continue;
      const shown = lines.length < HOME_SHOWN;
      const customer = shown ? maskedOrErased(await tx.reference(row.subjectId)) : '';
      lines.push({
        text: [row.ref, customer, `to ${row.recipient}`, row.categories.join(', '), row.basis].join(' · '),
        open: button('Open', 'plain', {
          command: 'disclosure',
          verb: 'show',
          fields: { disclosure: row.ref },
        }),
      });
    }
    return lines;
  }

  /** Proposals this person may rule on: not their own, and not about them (domain.md, "Who may do what"). */
  async function decidable(tx: Tx, reader: Reader): Promise<readonly RequestRow[]> {
    const rows = await tx.requests({ open: true, status: 'awaiting_decision' });
    const found: RequestRow[] = [];
    for (const row of rows) {
      // Who proposed and whom it is about stands in the clear: nothing sealed is opened for it.
      const entries = (await rawStream(tx, row.ref)).map((entry) => ({ ...entry, personal: null }));
      const request = replay(requests, row.ref, entries)?.state;
      if (request?.phase.status !== 'awaiting_decision') continue;
      const proposers = proposersOf(request, request.phase.proposal);
      const isOwn = proposers.some((other) => reader.same(other, reader.person));
      if (!isOwn && mayRead(request, reader)) found.push(row);
    }
    return found;
  }
}

/** Only what this person may do. */
function hintFor(may: (permission: Permission) => boolean): string {
  if (may('request.log')) return HINTS.log;
  return may('desk.staff') ? HINTS.administer : HINTS.read;
}
