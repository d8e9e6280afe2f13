/** The guard measured on a list of its own: how much it finds, and how often it is wrong. Both figures are printed. */
import { describe, expect, it } from 'vitest';
import { personalDataKinds } from '../../src/vocabulary/personal-data.js';
import { FALSE_EXAMPLES, TRUE_EXAMPLES } from './personal-data-samples.js';

const found = (text: string): boolean => personalDataKinds(text, 'CN').length > 0;
const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;

describe('the guard, measured', () => {
  it('has enough to be measured on, each once', () => {
    expect(TRUE_EXAMPLES.length).toBeGreaterThanOrEqual(120);
    expect(FALSE_EXAMPLES.length).toBeGreaterThanOrEqual(120);
    const all = [...TRUE_EXAMPLES, ...FALSE_EXAMPLES];
    expect(new Set(all).size).toBe(all.length);
  });

  it('finds at least 95 % of what is personal, alone and in a sentence', () => {
    const missed = TRUE_EXAMPLES.filter((text) => !found(text) || !found(`she says: ${text} (by chat)`));
    const rate = (TRUE_EXAMPLES.length - missed.length) / TRUE_EXAMPLES.length;
    console.info(
      `guard: ${percent(rate, 1)} of ${TRUE_EXAMPLES.length} found; missed: ${missed.join(' · ') || 'none'}`,
    );
    expect(rate).toBeGreaterThanOrEqual(0.95);
  });

  it('is wrong about at most 3 % of what is not', () => {
    const wrong = FALSE_EXAMPLES.filter((text) => found(text) || found(`noted: ${text} (by chat)`));
    const rate = wrong.length / FALSE_EXAMPLES.length;
    console.info(
      `guard: ${percent(rate, 1)} of ${FALSE_EXAMPLES.length} false alarms: ${wrong.join(' · ') || 'none'}`,
    );
    expect(rate).toBeLessThanOrEqual(0.03);
  });

  it('names every kind in a text, each once', () => {
    expect(
      personalDataKinds('wang@example.com, wei@example.com or 13812345678, password: hunter2', 'CN'),
    ).toEqual(['email', 'password', 'phone']);
  });

  it('takes a number for one thing only', () => {
    expect(personalDataKinds('310104198807143273', 'CN')).toEqual(['national-id']);
    expect(personalDataKinds('DE44 5001 0517 5407 3249 31', 'CN')).toEqual(['bank-account']);
    expect(personalDataKinds('4539 0451 4822 8940', 'CN')).toEqual(['bank-card']);
  });
});
