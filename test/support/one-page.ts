/** A long read inside the one transaction a test is in. Must not know: what is read. */
import type { Page, Reading } from '../../src/record/kind.js';

export const onePage =
  (reading: Reading): Page =>
  (work) =>
    work(reading);
