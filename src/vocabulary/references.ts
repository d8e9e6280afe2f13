/**
 * The desk's own references, `PR-2026-0001`: how they are written, and which command and field each kind belongs to. The one
 * place that looks at the letters of a reference. Must not know: what is numbered, where it is kept.
 */
import type { Step } from './step.js';

/** `shows`: the command that shows one; null where nothing has a card and a thread of its own. */
type Series = { readonly field: string; readonly shows: string | null };

const SERIES: Readonly<Record<'PR' | 'DR' | 'CO', Series>> = {
  PR: { field: 'case', shows: 'privacy' },
  DR: { field: 'disclosure', shows: 'disclosure' },
  CO: { field: 'consent', shows: null },
};
const KNOWN: ReadonlyMap<string, Series> = new Map(Object.entries(SERIES));

/** Which references a field of this kind takes. */
export const prefixesOf = (field: string): readonly string[] =>
  [...KNOWN].filter(([, series]) => series.field === field).map(([prefix]) => prefix);

/** The letters, the year and the number of a reference in its proper form; null: it is none. */
export function partsOf(
  text: string,
): { readonly prefix: string; readonly series: string; readonly number: number } | null {
  const [, prefix, year, number] = /^([A-Z]{2})-(\d{4})-(\d{4,})$/.exec(text) ?? [];
  if (prefix === undefined || year === undefined || number === undefined) return null;
  return { prefix, series: `${prefix}-${year}`, number: Number(number) };
}

/** `PR-2026` and 1 are `PR-2026-0001`. */
export const referenceOf = (series: string, number: number): string =>
  `${series}-${String(number).padStart(4, '0')}`;

const seriesOf = (ref: string | null | undefined): Series | null =>
  KNOWN.get(partsOf(ref ?? '')?.prefix ?? '') ?? null;

/** A case, disclosure or consent of this desk, by its form. */
export const isReference = (text: string): boolean => seriesOf(text) !== null;

/** Something with a card and a thread of its own. */
export const hasThread = (text: string): boolean => (seriesOf(text)?.shows ?? null) !== null;

/** What a thread about `ref` supplies to a command said in it: `{ case: 'PR-2026-0001' }`. */
export function suppliedBy(ref: string | null | undefined): Record<string, string> {
  const series = seriesOf(ref);
  return series === null || series.shows === null ? {} : { [series.field]: ref ?? '' };
}

/** The first field that names something with a thread, as it was typed. */
export function threadRefIn(fields: Readonly<Record<string, string | undefined>>): string | undefined {
  const own = [...KNOWN.values()].filter(({ shows }) => shows !== null);
  return own.map(({ field }) => fields[field]?.toUpperCase()).find((ref) => ref !== undefined);
}

/** The command that shows what has this reference. */
export function showStep(ref: string): Step | null {
  const series = seriesOf(ref);
  return series === null || series.shows === null
    ? null
    : { command: series.shows, verb: 'show', fields: { [series.field]: ref } };
}

/** `privacy`: the command whose `show` shows it; `fallback` for what has none. */
export const showCommand = (ref: string): string => seriesOf(ref)?.shows ?? 'privacy';

const ANY = [...KNOWN.keys()].join('|');

/** Without the desk's own references, whatever their length and case. */
export const withoutReferences = (text: string): string =>
  text.replaceAll(new RegExp(`\\b(?:${ANY})-\\d{4}-\\d+\\b`, 'gi'), '');
