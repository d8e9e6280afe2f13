/** What comes next once a checklist is answered is what the desk would accept (domain.md, "Settled points"). */
import { expect, it } from 'vitest';
import type { RequestEvent } from '../../src/domain/requests/events.js';
import { nextStep } from '../../src/domain/requests/next.js';
import { circumstances, given, LOGGED_AT } from '../support/given.js';
import { checked, kept, logged, verified } from '../support/request-words.js';

const next = (...happened: readonly RequestEvent[]) =>
  nextStep(given(...happened).request, circumstances(LOGGED_AT, 'mei'));
const deletion = logged('deletion', { scope: ['email', 'payment'] });

it('is the identity check first', () => {
  expect(next(deletion, checked('done', 'email', 'payment'))).toEqual({ verb: 'verify', method: 'callback' });
});

it('is what the answers allow', () => {
  expect(next(deletion, verified, checked('done', 'email', 'payment'))).toMatchObject({
    outcome: 'fulfilled',
  });
  expect(next(deletion, verified, checked('none_held', 'email', 'payment'))).toMatchObject({
    outcome: 'no_data_held',
  });
});

it('is recording why something is kept, where a deletion keeps it, and then the partial outcome', () => {
  const answers = [verified, checked('done', 'email'), checked('retained', 'payment')] as const;
  expect(next(deletion, ...answers)).toEqual({ verb: 'retain', categories: ['payment'] });
  expect(next(deletion, ...answers, kept('2031-12-31', 'payment'))).toMatchObject({
    outcome: 'partially_fulfilled',
    ground: 'LAW_REQUIRES_RETENTION',
  });
});

it('is a ground of its type, where an access gives less than everything', () => {
  const access = logged('access', { scope: ['email', 'sensitive'] });
  expect(next(access, verified, checked('done', 'email'), checked('retained', 'sensitive'))).toMatchObject({
    outcome: 'partially_fulfilled',
    ground: 'LAW_PROHIBITS_ACCESS',
    asks: ['law'],
  });
});
