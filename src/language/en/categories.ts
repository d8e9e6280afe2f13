/** Categories of data in English. Must not know: which are asked for. */
import { CATEGORIES, type Category } from '../../vocabulary/values.js';
import { commas } from './lists.js';

/** `all 14 categories`, `all but sensitive`, or their names. */
export function scopeWords(scope: readonly Category[]): string {
  if (scope.length === CATEGORIES.length) return `all ${CATEGORIES.length} categories`;
  const isAllButOne = scope.length === CATEGORIES.length - 1 && !scope.includes('sensitive');
  return isAllButOne ? 'all categories but sensitive' : commas(scope);
}
