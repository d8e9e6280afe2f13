/** `may`: each reason why not, alone and together, and what asking would need (commands.md). */
import { describe, expect, it } from 'vitest';
import type { Consent } from '../../src/domain/disclosures/consent.js';
import { mayDisclose } from '../../src/domain/disclosures/may.js';
import type { FrozenCase } from '../../src/domain/freeze.js';
import type { Category, Instant, LegalBasis } from '../../src/vocabulary/values.js';
import { oneCustomer } from '../support/disclosure-given.js';
import { defaultPack as pack } from './policy-packs.js';

const NOW = '2026-11-23T02:00:00Z' as Instant;

const consentFor = async (
  categories: readonly Category[],
  recipient: string | null = 'Bank',
): Promise<Consent> => {
  const one = await oneCustomer(pack).consent(categories, recipient);
  if (one === null) throw new Error('no consent');
  return one;
};
const frozen: FrozenCase = {
  ref: 'PR-1',
  type: 'correction',
  scope: ['name'],
  named: null,
  retained: [],
  freeze: 'active',
  receivedAt: NOW,
  completedAt: null,
  rules: pack.requests.correction,
  zone: pack.zone,
};

function may(
  basis: LegalBasis,
  categories: readonly Category[],
  { consents = [], cases = [] }: { consents?: readonly Consent[]; cases?: readonly FrozenCase[] } = {},
) {
  const answer = mayDisclose({ recipient: 'Bank', categories, basis }, { cases, consents, now: NOW }, pack);
  return { ...answer, why: answer.reasons.map(({ reason }) => reason) };
}

describe('a transaction', () => {
  it('is allowed within a template, which is named', () => {
    expect(may('transaction', ['name', 'delivery'])).toMatchObject({
      allowed: true,
      why: [],
      needs: { templates: ['delivery'] },
    });
  });

  it.each([
    ['beyond every template', ['payment'], [], ['beyond-every-template']],
    ['of sensitive data', ['sensitive'], [], ['sensitive-on-basis']],
    ['of frozen data', ['name'], [frozen], ['data-frozen']],
    ['of frozen and sensitive data', ['name', 'sensitive'], [frozen], ['data-frozen', 'sensitive-on-basis']],
  ] as const)('is not: %s', (_words, categories, cases, why) => {
    expect(may('transaction', categories, { cases })).toMatchObject({ allowed: false, why });
  });
});

describe('on consent', () => {
  it('is allowed by one that covers all of it', async () => {
    const consents = [await consentFor(['email', 'name'])];
    expect(may('consent', ['email'], { consents })).toMatchObject({
      allowed: true,
      needs: { consents: ['CO-1'] },
    });
  });

  it('needs one for this recipient, for all of it, not withdrawn', async () => {
    const why = (consents: readonly Consent[]) => may('consent', ['email'], { consents }).why;
    const gone: Consent = {
      ...(await consentFor(['email'])),
      withdrawals: [{ case: 'PR-1', at: NOW, categories: ['email'] }],
    };
    expect(why([])).toEqual(['no-consent-for-recipient']);
    expect(why([await consentFor(['email'], 'Other Bank')])).toEqual(['no-consent-for-recipient']);
    expect(why([await consentFor(['name'])])).toEqual(['no-consent-for-all']);
    expect(why([gone])).toEqual(['consent-withdrawn']);
  });
});

it('by law nothing but its evidence is needed', () => {
  expect(may('required_by_law', ['sensitive'])).toMatchObject({
    allowed: true,
    needs: { basis: 'required_by_law', evidence: pack.disclosures.bases.required_by_law.evidence },
  });
});
