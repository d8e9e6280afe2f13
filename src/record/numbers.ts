/** References numbered per year of logging in the policy's zone: `PR-2026-0001`. Must not know: what they number. */
import type { Day } from '../vocabulary/values.js';
import type { Tx } from './store.js';

/** Takes the next number of the series; it is given back when the transaction fails. */
export async function numberOf(tx: Tx, series: 'PR' | 'DR' | 'CO', today: Day): Promise<string> {
  const year = today.slice(0, 4);
  const number = await tx.nextNumber(`${series}-${year}`);
  return `${series}-${year}-${String(number).padStart(4, '0')}`;
}
