/**
 * Rule 2 read from a record's open entries: nobody decided what they proposed, asked or recorded themselves, in whichever name.
 * Must not know: roles, who verifies, wording.
 */
import * as z from 'zod/mini';
import type { OpenEntry } from './document.js';

const numbered = z.looseObject({ number: z.int() });
const kept = z.looseObject({ categories: z.array(z.string()) });
const approval = z.looseObject({ by: z.string(), standing: z.nullable(z.int()) });

/** The entry that decides, and the one before it by the same human. */
export type OwnDecision = { readonly seq: number; readonly of: number; readonly by: string };

type Asked = { readonly seq: number; readonly by: string };

/** `people`: names that are one human's. Throws where an entry is not in its form. */
export function ownDecisions(
  entries: readonly OpenEntry[],
  people: readonly (readonly string[])[],
): readonly OwnDecision[] {
  const humanOf = (name: string): string => people.find((names) => names.includes(name))?.[0] ?? name;
  const proposals = new Map<number, Asked>();
  let retained: (Asked & { readonly categories: readonly string[] })[] = [];
  const askers: Asked[] = [];
  const found: OwnDecision[] = [];
  const judge = (seq: number, by: string | null, asked: readonly (Asked | undefined)[]): void => {
    const own =
      by === null ? undefined : asked.find((one) => one !== undefined && humanOf(one.by) === humanOf(by));
    if (own !== undefined && by !== null) found.push({ seq, of: own.seq, by });
  };
  for (const { seq, type, actor, body, leftOut } of entries) {
    const by = actor.person;
    const own = by === null ? [] : [{ seq, by }];
    switch (type.replace(/@\d+$/, '')) {
      case 'outcome_proposed':
        for (const one of own) proposals.set(numbered.parse(body).number, one);
        break;
      case 'retention_recorded':
        for (const one of own) retained.push({ ...one, categories: kept.parse(body).categories });
        break;
      case 'retention_ended': {
        const { categories } = kept.parse(body);
        retained = retained.filter((one) => !one.categories.every((each) => categories.includes(each)));
        break;
      }
      case 'reopened':
        retained = [];
        break;
      case 'proposal_approved':
      case 'proposal_returned':
      case 'request_refused':
        judge(seq, by, [proposals.get(numbered.parse(body).number), ...retained]);
        break;
      case 'disclosure_requested':
      case 'disclosure_amended':
        askers.push(...own);
        break;
      case 'disclosure_approved':
        if (leftOut === undefined) judge(seq, approval.parse(body).by, askers);
        break;
      case 'disclosure_denied':
        judge(seq, by, askers);
        break;
      default:
    }
  }
  return found;
}
