/** Where tests read what is typed: under the default policy pack, on Monday 23 November 2026 at ten in the morning. */
import type { ReadingPlace } from '../../src/chat/reading-place.js';
import { peopleSay } from '../../src/language/en/people-say.js';
import type { Instant } from '../../src/vocabulary/values.js';

export const HERE: ReadingPlace = {
  now: '2026-11-23T02:00:00Z' as Instant,
  zone: 'Asia/Shanghai',
  country: 'CN',
  customerPattern: null,
  said: peopleSay,
};
