/**
 * Who got a customer's data, from the disclosure register: they are told the result of a correction (P-3.1e).
 * Must not know: how a task is shown or closed.
 */
import type { Received } from '../domain/request/ending.js';
import type { PrivacyRequest } from '../domain/request/request.js';
import type { Tx } from './store.js';

/** Recipients of executed disclosures whose categories intersect the case's scope. */
export async function recipientsOf(_tx: Tx, _request: PrivacyRequest): Promise<readonly Received[]> {
  return [];
}
