/** What no terms may go beyond: sensitive data (P-1.6) and a template's categories (P-2.2). Must not know: freezes, consents. */
import type { Pack } from '../../policy/schema.js';
import type { Category, LegalBasis } from '../../vocabulary/values.js';
import { inWords, type Worded } from '../refusal.js';
import type { Terms } from './disclosure.js';
export const noInWords = (...reason: Parameters<typeof inWords>): Worded => inWords(...reason).refusal;
export const list = (items: readonly string[]): string => items.join(', ');
export const are = (items: readonly string[]): string => (items.length === 1 ? 'is' : 'are');

export function sensitiveRefusal(
  categories: readonly Category[],
  basis: LegalBasis,
  pack: Pack,
): Worded | null {
  const { sensitive } = pack.disclosures;
  if (!categories.includes('sensitive') || sensitive.bases.includes(basis)) return null;
  return noInWords(
    'sensitive',
    sensitive.clause,
    `Sensitive data is never disclosed on the basis ${basis}.`,
    `Ask without it, or on ${sensitive.bases.join(' or ')}.`,
  );
}

/** P-2.2: what the transaction needs, and no more than that. */
export function templateRefusal({ basis, evidence, categories }: Terms, pack: Pack): Worded | null {
  if (basis !== 'transaction') return null;
  const name = evidence.template ?? '';
  const template = pack.disclosures.templates[name];
  if (template === undefined)
    return noInWords(
      'beyond-template',
      pack.disclosures.bases.transaction.clause,
      `The policy has no template ${name}.`,
      `It has: ${list(Object.keys(pack.disclosures.templates))}.`,
    );
  const beyond = categories.filter((category) => !template.categories.includes(category));
  if (beyond.length === 0) return null;
  return noInWords(
    'beyond-template',
    template.clause,
    `${list(beyond)} ${are(beyond)} beyond what ${name} needs: ${list(template.categories)}.`,
    `Ask without ${beyond.length === 1 ? 'it' : 'them'}, or on another basis.`,
  );
}
