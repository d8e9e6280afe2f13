/** What no terms may go beyond: sensitive data (P-1.6) and a template's categories (P-2.2). Must not know: freezes, consents. */
import type { Pack } from '../../policy/schema.js';
import type { Category, LegalBasis } from '../../vocabulary/values.js';
import { no, type Refusal } from '../refusal.js';
import type { Terms } from './disclosure.js';

export function sensitiveRefusal(
  categories: readonly Category[],
  basis: LegalBasis,
  pack: Pack,
): Refusal | null {
  const { bases: allowed, clause } = pack.disclosures.sensitive;
  if (!categories.includes('sensitive') || allowed.includes(basis)) return null;
  return no('sensitive', 'sensitive-on-basis', clause, { basis, allowed });
}

/** P-2.2: what the transaction needs, and no more than that. */
export function templateRefusal({ basis, evidence, categories }: Terms, pack: Pack): Refusal | null {
  if (basis !== 'transaction') return null;
  const template = evidence.template ?? '';
  const { templates, bases } = pack.disclosures;
  const rule = templates[template];
  if (rule === undefined)
    return no('beyond-template', 'no-such-template', bases.transaction.clause, {
      template,
      templates: Object.keys(templates),
    });
  const { categories: allowed, clause } = rule;
  const beyond = categories.filter((category) => !allowed.includes(category));
  if (beyond.length === 0) return null;
  return no('beyond-template', 'beyond-the-template', clause, { template, beyond, allowed });
}
