/**
 * What each ending needs and leaves behind: the notices to close, and the freeze afterwards (domain.md, "Settled points").
 */
import { describe, expect, it } from 'vitest';
import type { NoticeKind, RequestType } from '../../src/vocabulary/values.js';
import { REQUEST_TYPES } from '../../src/vocabulary/values.js';
import { given, givenCase } from '../support/given.js';
import {
  carriedOut,
  checked,
  close,
  decided,
  type Ending,
  logged,
  noticed,
  proposed,
  reopen,
} from '../support/request-words.js';

describe('notices needed to close', () => {
  const table: readonly (readonly [RequestType, Ending, boolean, readonly NoticeKind[]])[] =
    REQUEST_TYPES.flatMap((type) => {
      const done: readonly NoticeKind[] =
        type === 'complaint'
          ? ['complaint_answer']
          : type === 'consent_withdrawal'
            ? ['completion', 'service_impact']
            : ['completion'];
      const frozen = type !== 'access' && type !== 'complaint';
      const rows: (readonly [RequestType, Ending, boolean, readonly NoticeKind[]])[] = [
        [type, 'fulfilled', false, done],
        [type, 'no_data_held', false, done],
        [type, 'partially_fulfilled', false, ['partial']],
        [type, 'refused', false, frozen ? ['refusal', 'pre_lift'] : ['refusal']],
      ];
      if (frozen) rows.push([type, 'partially_fulfilled', true, ['partial', 'retention_explanation']]);
      return rows;
    });

  it.each(table)('%s, %s, something kept: %s: %j', (type, ending, keeps, needed) => {
    const events = decided(type, ending, keeps);
    for (const left of needed) {
      const others = noticed(...needed.filter((kind) => kind !== left), 'acknowledgement');
      given(...events, ...others)
        .when(close())
        .refuses('notice-missing', undefined, new RegExp(left));
    }
    given(...events, ...noticed(...needed))
      .when(close())
      .records({ type: 'closed', outcome: ending });
  });

  it('are those of this round: a reopened case tells the customer again', () => {
    const closed = given(...decided('access', 'fulfilled'), ...noticed('completion'))
      .when(close())
      .records({ type: 'closed' });
    const open = givenCase(closed).by('lyon').when(reopen).records({ type: 'reopened' });
    expect([open.phase.status, open.round, open.checklist]).toEqual(['in_progress', 2, {}]);
    const again = [
      checked('done', 'email'),
      proposed('fulfilled', null, { number: 2, settled: true }),
      carriedOut(),
    ];
    const events = [...decided('access', 'fulfilled'), ...noticed('completion')];
    const closing = { type: 'closed', outcome: 'fulfilled', freeze: 'none' } as const;
    const reopening = { type: 'reopened', personal: { reason: 'x' } } as const;
    given(...events, closing, reopening, ...again)
      .when(close())
      .refuses('notice-missing', undefined, /completion/);
  });
});

describe('the freeze once it is closed', () => {
  it.each([
    ['access', 'none', 'none'],
    ['correction', 'lifted', 'lifted'],
    ['deletion', 'erased', 'lifted'],
    ['stop_handling', 'objection', 'lifted'],
    ['consent_withdrawal', 'consent_blocked', 'lifted'],
    ['complaint', 'none', 'none'],
  ] as const)('%s: granted %s, refused %s', (type, granted, refused) => {
    const every = noticed(
      'completion',
      'service_impact',
      'complaint_answer',
      'partial',
      'refusal',
      'pre_lift',
      'retention_explanation',
    );
    for (const ending of ['fulfilled', 'partially_fulfilled'] as const)
      expect(
        given(...decided(type, ending), ...every)
          .when(close())
          .records({ freeze: granted }).freeze,
      ).toBe(granted);
    for (const ending of ['refused', 'no_data_held'] as const)
      given(...decided(type, ending), ...every)
        .when(close())
        .records({ freeze: refused });
  });

  it.each(REQUEST_TYPES)('%s: lifted when it ends early, and back when it is reopened', (type) => {
    const frozen = type !== 'access' && type !== 'complaint';
    for (const outcome of ['withdrawn_by_subject', 'duplicate', 'not_controller'] as const) {
      const closed = given(logged(type))
        .by('lyon')
        .when(close(outcome))
        .records({ outcome, freeze: frozen ? 'lifted' : 'none' });
      const open = givenCase(closed)
        .at('2026-12-30T02:00:00Z')
        .by('lyon')
        .when(reopen)
        .records({ type: 'reopened' });
      expect([open.freeze, open.dates]).toEqual([
        frozen ? 'active' : 'none',
        given(logged(type)).request.dates,
      ]);
      expect(open.phase.status).toBe(type === 'complaint' ? 'in_progress' : 'identity_pending');
    }
  });
});
