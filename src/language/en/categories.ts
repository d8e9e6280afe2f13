/** Categories of data in English. Must not know: which are asked for. */
import { CATEGORIES, type Category } from '../../vocabulary/values.js';
import { commas } from './lists.js';

/** `all 14 categories`, or their names. */
export function scopeWords(scope: readonly Category[]): string {
  return scope.length === CATEGORIES.length ? `all ${CATEGORIES.length} categories` : commas(scope);
}
