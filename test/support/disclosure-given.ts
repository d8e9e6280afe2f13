/**
 * The words of the disclosure deciders' tests: terms on each basis, and one customer's world to use them in.
 * Must not know: what is expected.
 */
import {
  type Disclosure,
  type Evidence,
  NO_EVIDENCE,
  type Terms,
} from '../../src/domain/disclosures/disclosure.js';
import { decideClose } from '../../src/domain/requests/ending.js';
import { decideLog } from '../../src/domain/requests/log.js';
import type { Pack } from '../../src/policy/schema.js';
import type { Category, RequestType } from '../../src/vocabulary/values.js';
import { type Name, subjectOf, World } from './disclosure-world.js';
import { earlyEnd } from './request-words.js';

export const C = 'C-10812';
export const transaction = (categories: readonly Category[], more: Partial<Evidence> = {}): Terms => ({
  recipient: 'Swift Courier',
  purpose: 'bring the order',
  categories,
  basis: 'transaction',
  evidence: { ...NO_EVIDENCE, order: 'SO-1', template: 'delivery', ...more },
  withhold: null,
});
export const byLaw = (categories: readonly Category[], more: Partial<Terms> = {}): Terms => ({
  recipient: 'City Court',
  purpose: 'evidence',
  categories,
  basis: 'required_by_law',
  evidence: { ...NO_EVIDENCE, authority: 'City Court', law: 'Act 64', instrument: '2026-1', evidence: 'L-9' },
  withhold: null,
  ...more,
});
export const onConsent = (
  consent: string | null,
  categories: readonly Category[] = ['email'],
  more: Partial<Terms> = {},
): Terms => ({
  recipient: 'Bank',
  purpose: 'newsletter',
  categories,
  basis: 'consent',
  evidence: { ...NO_EVIDENCE, consent },
  withhold: null,
  ...more,
});

/** One customer's world; each call is a new one. */
export function oneCustomer(pack: Pack) {
  const world = new World(pack);
  const freeze = async (
    type: RequestType,
    scope: readonly Category[],
    withdraws: readonly string[] = [],
  ): Promise<string> => {
    const ref = `PR-${world.requests.size + 1}`;
    const input = {
      type,
      customer: C,
      scope,
      via: 'chat',
      receivedAt: world.now,
      ref: null,
      note: null,
      aboutOfficer: false,
      force: null,
    };
    const facts = { ref, subjectId: subjectOf(C), officers: [], withdraws, pack: { name: 'p', hash: 'h' } };
    await world.onRequest('mei', null, () => decideLog(input, facts, world));
    return ref;
  };
  const lift = async (ref: string): Promise<void> => {
    await world.onRequest('mei', ref, (state) => {
      if (state === null) throw new Error(`no ${ref}`);
      return decideClose(state, earlyEnd(state, 'withdrawn_by_subject'), world.circumstances('lyon'));
    });
  };
  const consent = (categories: readonly Category[] = ['email', 'name'], recipient: string | null = 'Bank') =>
    world.consent('mei', C, { recipient, purpose: 'newsletter', categories, grantedAt: world.now });
  const asked = async (terms: Terms, who: Name = 'mei'): Promise<string> => {
    const disclosure = await world.ask(who, C, terms);
    if (disclosure === null) throw new Error(`refused: ${world.refusals.at(-1)}`);
    return disclosure.ref;
  };
  const state = (ref: string): Disclosure => {
    const one = world.disclosures.get(ref);
    if (one === undefined) throw new Error(`no ${ref}`);
    return one.state;
  };
  const statusOf = (ref: string): string => state(ref).phase.status;
  const events = (ref: string): readonly string[] =>
    world.disclosures.get(ref)?.log.map(({ event }) => event.type) ?? [];
  const last = (): string | undefined => world.refusals.at(-1);
  return { world, freeze, lift, consent, asked, state, statusOf, events, last };
}
