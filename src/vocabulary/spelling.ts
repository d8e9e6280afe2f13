/**
 * The one rule by which two spellings are the same reference, recipient or purpose, and which other script's letters only look
 * like Latin ones. Must not know: where a text was typed, what is looked up with it.
 */

/** Nothing of these is seen: format characters, variation selectors, fillers. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}|\p{Cf}/gu;
/** Every dash, and the signs of other uses that look like one. */
const DASHES = /[\p{Pd}\u02d7\u2043\u2212\u2796]/gu;
const SENTENCE_END = /[.,;:!?。、]+$/u;
/** What chat programs put around a word to format it. */
const MARKS: readonly string[] = ['_', '*', '~', '`'];

/** Compatibility letters and digits as the ordinary ones, nothing invisible, one kind of dash, single spaces. */
export function plainSpelling(text: string): string {
  return text
    .replaceAll(INVISIBLE, '')
    .normalize('NFKC')
    .replaceAll(INVISIBLE, '')
    .replaceAll(DASHES, '-')
    .replaceAll(/\s+/gu, ' ')
    .trim();
}

/** The plain spelling without formatting marks around it and without the punctuation of the sentence it stood in. Case is kept. */
export function tidied(text: string): string {
  let rest = plainSpelling(text);
  for (;;) {
    const next = withoutMarks(rest.replace(SENTENCE_END, '').trim());
    if (next === '' || next === rest) return rest;
    rest = next;
  }
}

function withoutMarks(text: string): string {
  const mark = text.charAt(0);
  const isPair = text.length > 2 && MARKS.includes(mark) && text.endsWith(mark);
  return isPair ? text.slice(1, -1).trim() : text;
}

/** The form under which two spellings are one customer, one recipient, one purpose. */
export function normalised(text: string): string {
  return tidied(text).toLowerCase().normalize('NFKC');
}

/** Whether both name the same thing. */
export const sameWords = (one: string, other: string): boolean => normalised(one) === normalised(other);

/**
 * Lower-case letters of other scripts and the Latin letter each is drawn like: the pairs of Unicode's confusables.txt (UTS #39,
 * version 16) between Latin and the Cyrillic, Greek, Armenian and Cherokee letters that keyboards and phones offer. Upper case
 * is looked at as well, since С and С-10812 are typed in capitals.
 */
const LOOKS_LIKE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    // Cyrillic
    а: 'a',
    с: 'c',
    ԁ: 'd',
    е: 'e',
    һ: 'h',
    і: 'i',
    ј: 'j',
    ӏ: 'l',
    о: 'o',
    р: 'p',
    ԛ: 'q',
    г: 'r',
    ѕ: 's',
    ѵ: 'v',
    ԝ: 'w',
    х: 'x',
    у: 'y',
    ү: 'y',
    А: 'a',
    В: 'b',
    С: 'c',
    Е: 'e',
    Ԍ: 'g',
    Н: 'h',
    І: 'i',
    Ј: 'j',
    К: 'k',
    М: 'm',
    О: 'o',
    Р: 'p',
    Ԛ: 'q',
    Ѕ: 's',
    Т: 't',
    Ѵ: 'v',
    Ԝ: 'w',
    Х: 'x',
    У: 'y',
    Ү: 'y',
    // Greek
    α: 'a',
    γ: 'y',
    ι: 'i',
    ν: 'v',
    ο: 'o',
    ρ: 'p',
    σ: 'o',
    υ: 'u',
    ϲ: 'c',
    ϳ: 'j',
    Α: 'a',
    Β: 'b',
    Ε: 'e',
    Ζ: 'z',
    Η: 'h',
    Ι: 'i',
    Κ: 'k',
    Μ: 'm',
    Ν: 'n',
    Ο: 'o',
    Ρ: 'p',
    Τ: 't',
    Υ: 'y',
    Χ: 'x',
    Ϲ: 'c',
    Ϳ: 'j',
    // Armenian
    օ: 'o',
    ս: 'u',
    հ: 'h',
    ց: 'g',
    զ: 'q',
    ո: 'n',
    Ս: 'u',
    Օ: 'o',
    Ց: 'g',
    Լ: 'l',
    // Cherokee
    Ꭰ: 'd',
    Ꭱ: 'r',
    Ꭲ: 't',
    Ꭺ: 'a',
    Ꭻ: 'j',
    Ꭼ: 'e',
    Ꮃ: 'w',
    Ꮇ: 'm',
    Ꮋ: 'h',
    Ꮐ: 'g',
    Ꮓ: 'z',
    Ꮢ: 'r',
    Ꮪ: 's',
    Ꮩ: 'v',
    Ꮮ: 'l',
    Ꮯ: 'c',
    Ꮲ: 'p',
    Ꮶ: 'k',
    Ᏼ: 'b',
    // Latin letters that are drawn like plain ones
    ı: 'i',
    ɑ: 'a',
    ɡ: 'g',
    ɩ: 'i',
    ʏ: 'y',
    ᴏ: 'o',
    ᴄ: 'c',
    ᴠ: 'v',
    ᴡ: 'w',
    ᴢ: 'z',
  }),
);

/**
 * How a reference looks: its normalised form with every look-alike of another script as the Latin letter. Where it differs from
 * `normalised`, the reference can be mistaken for the one that is spelled like this, which may be another customer's.
 */
export function skeleton(reference: string): string {
  const drawn = [...tidied(reference)].map((char) => LOOKS_LIKE.get(char) ?? char).join('');
  return normalised(drawn);
}

/**
 * What version 0.1 kept apart and this rule reads as one: its references kept a full stop and underscores around them. Customers
 * put on record under such a spelling are found by these, in the form they were looked up by.
 */
export function formerSpellings(reference: string): readonly string[] {
  const form = normalised(reference);
  return [`${form}.`, `_${form}_`];
}
