/** Where tests read what is typed: under the default policy pack. */
import type { ReadingPlace } from '../../src/chat/fields/field.js';

export const HERE: ReadingPlace = { country: 'CN' };
