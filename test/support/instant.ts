/** An instant as a test writes it, with any offset. Must not know: what happens then. */
import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../../src/vocabulary/values.js';

/** In UTC, as the desk keeps it. RangeError unless it is one. */
export const instantOf = (text: string): Instant => Temporal.Instant.from(text).toString() as Instant;
