/**
 * What becomes of a case (domain.md section 3): retain, propose and decide, with every ground and guard.
 */
import { describe, expect, it } from 'vitest';
import { groundsFor } from '../../src/domain/requests/rules.js';
import type { RequestType } from '../../src/vocabulary/values.js';
import { given, PACK } from '../support/given.js';
import {
  approved,
  checked,
  kept,
  logged,
  propose,
  proposed,
  ready,
  retain,
  returned,
  told,
  verified,
} from '../support/request-words.js';

const FROZEN = ['correction', 'deletion', 'stop_handling', 'consent_withdrawal'] as const;
const BY_AGENT = ['access', 'complaint'] as const;

describe('retain', () => {
  const open = [logged('deletion', { scope: ['email', 'payment'] }), verified] as const;

  it('records what is kept, why and until when, once explained and agreed', () => {
    const request = given(...open)
      .when(retain(['payment'], { explained: told('2026-11-22'), consent: told('2026-11-23', null) }))
      .records({
        type: 'retention_recorded',
        categories: ['payment'],
        explainedOn: '2026-11-22',
        consentOn: '2026-11-23',
      });
    expect(request.retentions).toMatchObject([
      { until: '2031-12-31', ended: false, law: 'Accounting Act art. 12' },
    ]);
  });

  it.each([
    [{ explained: null }, 'explanation-or-consent-missing', /the explanation/],
    [{ consent: null }, 'explanation-or-consent-missing', /the customer's consent/],
    [
      { explained: null, consent: null },
      'explanation-or-consent-missing',
      /explanation and the customer's consent/,
    ],
    [{ explained: told('2026-11-24') }, 'future', /explained/],
    [{ consent: told('2026-11-24') }, 'future', /consent/],
    [
      { explained: told('2026-11-23'), consent: told('2026-11-22') },
      'invalid-value',
      /before the explanation/,
    ],
    [{ until: '2026-11-23' }, 'invalid-value', /until/],
  ] as const)('refuses %j', (keeping, code, says) => {
    given(...open)
      .when(retain(['payment'], keeping))
      .refuses(code, '4.2', says);
  });

  it('is for what is asked, verified, frozen and not yet proposed', () => {
    given(...open)
      .when(retain(['name']))
      .refuses('invalid-value', null, /name is not in the scope/);
    given(logged('deletion'))
      .when(retain(['email']))
      .refuses('identity-not-verified', '3.3');
    for (const type of BY_AGENT)
      given(logged(type), verified)
        .when(retain(['email']))
        .refuses('wrong-state');
    given(...ready('deletion'), proposed('fulfilled'))
      .when(retain(['email']))
      .refuses('wrong-state');
  });
});

describe('propose', () => {
  it.each(FROZEN)('%s: the officer decides whatever is proposed', (type) => {
    const request = given(...ready(type))
      .when(propose('fulfilled'))
      .records({ type: 'outcome_proposed', settled: false });
    expect(request.phase).toMatchObject({ status: 'awaiting_decision', proposal: { number: 1 } });
  });

  it.each(BY_AGENT)('%s: the agent fulfils, and only a refusal or a part goes to the officer', (type) => {
    const before = type === 'complaint' ? [logged(type)] : ready(type);
    expect(
      given(...before)
        .when(propose('fulfilled'))
        .records({ settled: true }).phase.status,
    ).toBe('action_approved');
    const refusal = propose('refused', { ground: 'NOT_CONTROLLER' });
    expect(
      given(...before)
        .when(refusal)
        .records({ settled: false }).phase.status,
    ).toBe('awaiting_decision');
  });

  it('needs a verified identity, and every category answered', () => {
    given(logged('access'), checked('done', 'email'))
      .when(propose('fulfilled'))
      .refuses('identity-not-verified', '3.3');
    const two = logged('access', { scope: ['email', 'payment'] });
    for (const outcome of ['fulfilled', 'partially_fulfilled', 'refused', 'no_data_held'] as const)
      given(two, verified, checked('done', 'email'))
        .when(propose(outcome))
        .refuses('checklist-incomplete', '1.5', /payment/);
  });

  it('comes once at a time, from a case in progress', () => {
    given(...ready('deletion'), proposed('fulfilled'))
      .when(propose('fulfilled'))
      .refuses('wrong-state', null, /can return it/);
    given(...ready('deletion'), { type: 'paused', stops: null, personal: { reason: 'x' } })
      .when(propose('fulfilled'))
      .refuses('wrong-state', null, /resume/);
    given(...ready('deletion'), proposed('fulfilled'), approved())
      .when(propose('fulfilled'))
      .refuses('wrong-state');
    const again = given(...ready('deletion'), proposed('fulfilled'), returned()).when(propose('fulfilled'));
    again.records({ type: 'outcome_proposed', number: 2 });
  });

  it('holds no data only where the checklist says so', () => {
    given(...ready('deletion', 'none_held'))
      .when(propose('no_data_held'))
      .records({ outcome: 'no_data_held' });
    for (const result of ['done', 'retained'] as const)
      given(...ready('deletion', result))
        .when(propose('no_data_held'))
        .refuses('checklist-incomplete', '1.5', /email/);
  });

  it('keeps what is retained covered, and calls it a part', () => {
    const both = ['email', 'payment'] as const;
    const before = [
      logged('deletion', { scope: [...both] }),
      verified,
      checked('done', 'email'),
      checked('retained', 'payment'),
    ] as const;
    const part = propose('partially_fulfilled', {
      ground: 'LAW_REQUIRES_RETENTION',
      law: 'X',
      until: '2031-12-31' as never,
    });
    given(...before)
      .when(part)
      .refuses('retention-not-covered', '4.2', /payment/);
    given(...before)
      .when(propose('fulfilled'))
      .refuses('retention-not-covered', '4.2');
    given(...before, kept('2031-12-31', 'payment'))
      .when(propose('fulfilled'))
      .refuses('checklist-incomplete', '4.2');
    given(...before, kept('2031-12-31', 'payment'))
      .when(part)
      .records({ outcome: 'partially_fulfilled' });
    // What retain recorded need not be typed again.
    const short = propose('partially_fulfilled', { ground: 'LAW_REQUIRES_RETENTION' });
    given(...before, kept('2031-12-31', 'payment'))
      .when(short)
      .records({ until: '2031-12-31' });
  });

  it('never corrects an account id, and a name only with evidence', () => {
    const id = ready('correction', 'done', ['account_id', 'email']);
    given(...id)
      .when(propose('fulfilled'))
      .refuses('id-not-correctable', '3.1');
    const part = { ground: 'ID_NOT_CORRECTABLE' };
    given(...id)
      .when(propose('partially_fulfilled', part))
      .records({ ground: 'ID_NOT_CORRECTABLE' });
    given(...ready('correction', 'done', ['account_id']))
      .when(propose('refused', part))
      .records({ outcome: 'refused' });
    const name = ready('correction', 'done', ['name']);
    given(...name)
      .when(propose('fulfilled'))
      .refuses('name-change-not-evidenced', '3.1');
    given(...name)
      .when(propose('fulfilled', { nameEvidence: 'REG-5' }))
      .records({ outcome: 'fulfilled' });
    given(...name)
      .when(propose('refused', { ground: 'NAME_CHANGE_NOT_EVIDENCED' }))
      .records({ outcome: 'refused' });
    given(...ready('deletion', 'done', ['account_id', 'name']))
      .when(propose('fulfilled'))
      .records({ outcome: 'fulfilled' });
  });
});

describe('grounds', () => {
  /** domain.md, "Grounds": the closed lists, each with its required fields. */
  const LISTS = {
    access: { LAW_PROHIBITS_ACCESS: ['law'] },
    correction: {
      ID_NOT_CORRECTABLE: [],
      NAME_CHANGE_NOT_EVIDENCED: [],
      LAW_PROHIBITS_CORRECTION_OR_REMOVAL: ['law'],
      DATA_ALREADY_ACCURATE: ['evidence'],
    },
    deletion: {
      LAW_REQUIRES_RETENTION: ['law', 'until'],
      OTHER_SIGNIFICANT_REASON: ['explained', 'consent'],
    },
    stop_handling: { STOP_LEGAL_OBLIGATION: ['law'], STOP_HARM_TO_OTHERS: ['facts'] },
    consent_withdrawal: { RETENTION_REQUIRED: ['law'] },
    complaint: {},
  } as const;
  const EVERY_TYPE = ['IDENTITY_NOT_VERIFIED', 'NO_DATA_HELD', 'NOT_CONTROLLER'];
  const ALL = Object.entries(LISTS).flatMap(([type, grounds]) =>
    Object.entries(grounds).map(
      ([ground, fields]) => [type as RequestType, ground, fields as readonly string[]] as const,
    ),
  );
  const GIVEN = { law: 'Act 12', facts: 'a threat', evidence: 'T-9', until: '2031-12-31' as never };
  const opened = (type: RequestType) => (type === 'complaint' ? [logged(type)] : ready(type));

  it.each(Object.entries(LISTS))('%s has its own and the three of every type', (type, grounds) => {
    const codes = groundsFor(PACK, type as RequestType).map(({ code }) => code);
    expect(codes.sort()).toEqual([...Object.keys(grounds), ...EVERY_TYPE].sort());
  });

  it.each(ALL)('%s %s needs %j', (type, ground, fields) => {
    const outcome = ['deletion', 'consent_withdrawal'].includes(type) ? 'partially_fulfilled' : 'refused';
    for (const field of fields)
      given(...opened(type))
        .when(propose(outcome, { ground, ...GIVEN, [field]: null }))
        .refuses('ground-field-missing', undefined, new RegExp(field));
    if (fields.includes('explained')) return;
    given(...opened(type))
      .when(propose(outcome, { ground, ...GIVEN }))
      .records({ ground });
  });

  it('are taken from the type’s own list only', () => {
    for (const [type] of Object.entries(LISTS))
      for (const [other, ground] of ALL)
        if (other !== type)
          given(...opened(type as RequestType))
            .when(propose('refused', { ground, ...GIVEN }))
            .refuses('ground-not-allowed');
    given(...ready('stop_handling'))
      .when(propose('refused', { ground: 'BUSY' }))
      .refuses('ground-not-allowed', '3.2');
    given(...ready('stop_handling'))
      .when(propose('refused'))
      .refuses('ground-field-missing', '3.2', /STOP_HARM_TO_OTHERS/);
  });

  it('of deletion and withdrawal never refuse plainly', () => {
    for (const [type, ground] of ALL.filter(([each]) => each === 'deletion' || each === 'consent_withdrawal'))
      given(...ready(type), kept('2031-12-31', 'email'))
        .when(propose('refused', { ground, ...GIVEN }))
        .refuses('never-refused', type === 'deletion' ? '4.2' : '3.3');
  });

  it('explained and agreed are what retain recorded', () => {
    const part = propose('partially_fulfilled', { ground: 'OTHER_SIGNIFICANT_REASON' });
    given(...ready('deletion'))
      .when(part)
      .refuses('ground-field-missing', '4.2', /retain/);
    given(...ready('deletion'), kept('2031-12-31', 'email'))
      .when(part)
      .records({ outcome: 'partially_fulfilled' });
  });
});
