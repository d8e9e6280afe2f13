/**
 * The rules of domain.md section 5 that concern requests, over random lives of cases on the pure deciders. The same rules on
 * the whole desk: rules-desk.property.test.ts.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requestRowOf } from '../../src/desk/requests/kind.js';
import { missingNotices } from '../../src/domain/requests/ending.js';
import { EARLY_OUTCOMES, requestEvent } from '../../src/domain/requests/events.js';
import { requestFrom } from '../../src/domain/requests/replay.js';
import type { StampedEvent } from '../../src/domain/requests/request.js';
import { requestDatesOf } from '../../src/domain/requests/rules.js';
import type { Pack } from '../../src/policy/schema.js';
import { OUTCOMES, type RequestType } from '../../src/vocabulary/values.js';
import { PACK } from '../support/given.js';
import { type Life, type Lived, life, live } from '../support/request-life.js';

const RUNS = { numRuns: 500 };

/** The default rules with clocks that pause: otherwise no date would ever move by one. */
const pausing = (type: RequestType) => ({
  ...PACK.requests[type],
  due: { ...PACK.requests[type].due, pause: { reasons: ['identity'], count: 'exclusive' as const } },
});
const PACKS = {
  default: PACK,
  pausing: {
    ...PACK,
    requests: {
      access: pausing('access'),
      correction: pausing('correction'),
      deletion: pausing('deletion'),
      stop_handling: pausing('stop_handling'),
      consent_withdrawal: pausing('consent_withdrawal'),
      complaint: pausing('complaint'),
    },
  },
} satisfies Record<string, Pack>;

const always = (see: (lived: Lived, pack: Pack) => void): void =>
  fc.assert(
    fc.property(life, fc.constantFrom('default', 'pausing'), (one, name) => {
      live(one, PACKS[name], (lived) => see(lived, PACKS[name]));
    }),
    RUNS,
  );

describe('over random lives of a case', () => {
  it('reaches every state and most refusals: the lives are worth looking at', () => {
    const states = new Set<string>();
    const codes = new Set<string>();
    for (const one of fc.sample(life, { numRuns: 500, seed: 7 }))
      live(one, PACK, ({ request, refusals }) => {
        states.add(request.phase.status);
        for (const code of refusals) codes.add(code);
      });
    expect(states.size).toBe(8);
    expect(codes.size).toBeGreaterThan(15);
  });

  it('rule 2: who decides is not who proposed', () => {
    always(({ history }) => {
      const proposers = new Map<number, string | null>();
      for (const { event, actor } of history) {
        if (event.type === 'outcome_proposed') proposers.set(event.number, actor.person);
        if (
          event.type === 'proposal_approved' ||
          event.type === 'proposal_returned' ||
          event.type === 'request_refused'
        )
          expect(actor.person).not.toBe(proposers.get(event.number));
      }
    });
  });

  it('rule 2: nothing that needs an officer is carried out without one', () => {
    always(({ request, history }, pack) => {
      if (request.phase.status !== 'notifying_recipients') return;
      const { resolution } = request.phase;
      if (resolution.decidedBy !== null) return;
      expect(pack.requests[request.type].decision).toBe('agent');
      expect(['fulfilled', 'no_data_held']).toContain(resolution.outcome);
      expect(history.some(({ event }) => event.type === 'outcome_proposed' && event.settled)).toBe(true);
    });
  });

  it('rule 3: the dates follow from receipt, pauses, extension and pack, whatever else happened', () => {
    always(({ request }, pack) => {
      // While a case is paused its dates are those of before; they follow when it is resumed.
      if (request.phase.status === 'awaiting_subject') return;
      expect(request.dates).toEqual(requestDatesOf(request, pack));
      expect(request.dates.receiptDay).toBe('2026-11-23');
    });
  });

  it('rule 9: a closed case has an outcome, its notices, no freeze in force and no recipient waiting', () => {
    let closed = 0;
    always(({ request }, pack) => {
      if (request.phase.status !== 'closed') return;
      closed += 1;
      const { outcome } = request.phase;
      expect(OUTCOMES).toContain(outcome);
      expect(request.freeze).not.toBe('active');
      expect(request.recipients.filter(({ state }) => state === 'open')).toEqual([]);
      // Early endings need no notice, whatever was decided before.
      if (!EARLY_OUTCOMES.some((early) => early === outcome))
        expect(missingNotices(request, { pack })).toEqual([]);
    });
    expect(closed).toBeGreaterThan(50);
  });

  it('before it is verified nothing irreversible happens, and a frozen case stays frozen until it is closed', () => {
    always(({ request, history }) => {
      const done = history.some(({ event }) => event.type === 'completed');
      if (done && request.identity.needed) expect(request.identity.state).toBe('verified');
      const lifted = request.phase.status === 'closed' || request.identity.state === 'failed';
      if (request.freezes && !lifted) expect(request.freeze).toBe('active');
    });
  });

  it('rule 10: the stream alone, as it is stored, gives the case and its row again', () => {
    fc.assert(
      fc.property(life, (one) => {
        const { request, history } = live(one, PACK);
        const stored: readonly StampedEvent[] = history.map((entry) => ({
          ...entry,
          event: requestEvent.parse(JSON.parse(JSON.stringify(entry.event))),
        }));
        const again = requestFrom(stored);
        expect(again).toEqual(request);
        expect(requestRowOf(again, PACK)).toEqual(requestRowOf(request, PACK));
      }),
      RUNS,
    );
  });

  it('the same commands at the same moments give the same case', () => {
    fc.assert(
      fc.property(life, (one: Life) => {
        expect(live(one, PACK)).toEqual(live(one, PACK));
      }),
      { numRuns: 200 },
    );
  });
});
