/**
 * What any store must do, whichever database is under it. Run by store.test.ts over both.
 */
import { describe } from 'vitest';
import { disclosureContract } from './store-contract-disclosures.js';
import { ledgerContract } from './store-contract-ledger.js';
import { lifecycleContract } from './store-contract-lifecycle.js';
import { logContract } from './store-contract-log.js';
import { outboxContract } from './store-contract-outbox.js';
import { rowsContract } from './store-contract-rows.js';
import { subjectContract } from './store-contract-subjects.js';
import type { MakeHarness } from './store-fixtures.js';

export function storeContract(name: string, make: MakeHarness): void {
  describe(name, () => {
    describe('ledger', () => ledgerContract(make));
    describe('log', () => logContract(make));
    describe('subjects', () => subjectContract(make));
    describe('rows', () => rowsContract(make));
    describe('disclosures', () => disclosureContract(make));
    describe('outbox', () => outboxContract(make));
    describe('lifecycle', () => lifecycleContract(make));
  });
}
