/**
 * The same request again (domain.md, "Settled points"): one case, wider by what is new, earlier where it was received earlier.
 */
import { describe, expect, it } from 'vitest';
import { done } from '../../src/domain/refusal.js';
import { contactOf } from '../../src/domain/requests/contact.js';
import type { Category, Instant } from '../../src/vocabulary/values.js';
import { type Command, given, PACK } from '../support/given.js';
import { approved, checked, logged, proposed, verified } from '../support/request-words.js';

const again =
  (
    scope: readonly Category[] | 'all',
    more: { readonly receivedAt?: string; readonly withdraws?: readonly string[] } = {},
  ): Command =>
  (request, { now }) =>
    done(
      contactOf(
        request,
        {
          scope,
          via: 'written',
          // Branded: the tests write instants in their form.
          receivedAt: (more.receivedAt ?? now) as Instant,
          ref: 'LETTER-7',
          note: null,
        },
        { withdraws: more.withdraws ?? [], about: [] },
        PACK,
      ),
    );

describe('the same request again', () => {
  const email = logged('deletion', { scope: ['email'] });

  it('adds what is new to scope and freeze, and keeps the contact', () => {
    const request = given(email)
      .when(again(['email', 'name']))
      .records({ type: 'contact_added', adds: ['name'] });
    expect(request).toMatchObject({ scope: ['email', 'name'], freeze: 'active' });
    expect(request.contacts).toMatchObject([{}, { via: 'written', ref: 'LETTER-7' }]);
  });

  it('adds nothing where nothing is new', () => {
    const before = given(email, verified, checked('done', 'email'), proposed('fulfilled')).request;
    const request = given(email, verified, checked('done', 'email'), proposed('fulfilled'))
      .when(again(['email']))
      .records({ type: 'contact_added' });
    expect(request.scope).toEqual(before.scope);
    expect(request.phase.status).toBe('awaiting_decision');
  });

  it.each([
    ['a pending proposal', [proposed('fulfilled')]],
    ['a decision not carried out', [proposed('fulfilled'), approved(1)]],
  ] as const)('brings %s back where there is more to decide', (_, further) => {
    const request = given(email, verified, checked('done', 'email'), ...further)
      .when(again(['payment']))
      .records({ type: 'contact_added', adds: ['payment'], returns: true });
    expect(request.phase.status).toBe('in_progress');
    expect(request.checklist).not.toHaveProperty('payment');
  });

  it('moves the dates to an earlier receipt, and never to a later one', () => {
    const earlier = given(email)
      .when(again(['email'], { receivedAt: '2026-11-20T02:00:00Z' }))
      .records({ type: 'contact_added' });
    expect(earlier.dates.due).toBe('2026-12-20');
    const later = given(email)
      .at('2026-11-25T02:00:00Z')
      .when(again(['email'], { receivedAt: '2026-11-25T02:00:00Z' }))
      .records({ type: 'contact_added' });
    expect(later.dates.due).toBe('2026-12-23');
  });

  it('names the consents in what is new, each once', () => {
    const withdrawal = { ...logged('consent_withdrawal', { scope: ['email'] }), withdraws: ['CO-2026-0001'] };
    // The helper's event is of any type; this one is a logging.
    const request = given(withdrawal as typeof email)
      .when(again(['name'], { withdraws: ['CO-2026-0001', 'CO-2026-0002'] }))
      .records({ type: 'contact_added', withdraws: ['CO-2026-0002'] });
    expect(request.withdraws).toEqual(['CO-2026-0001', 'CO-2026-0002']);
  });
});
