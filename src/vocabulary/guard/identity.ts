/**
 * National ID, tax and passport numbers in a plain text: by their check digits, by their form where they have none, or by the
 * word before them. Must not know: what is said to the person who typed them.
 */
import validator from 'validator';
import { digitsOf, GONE, without } from './plain.js';

type Form = readonly [form: RegExp, holds: (found: string) => boolean];

const compact = (found: string): string => found.replaceAll(/[ .-]/g, '').toUpperCase();
const isId = (locale: validator.IdentityCardLocale) => (found: string) =>
  validator.isIdentityCard(compact(found), locale);
const isTax = (locale: string) => (found: string) => validator.isTaxID(compact(found), locale);

const sumOf = (digits: string, weights: readonly number[]): number =>
  weights.reduce((total, weight, at) => total + weight * Number(digits[at] ?? 0), 0);

/** Day and month as they stand in a number; the year may be any. */
function isDate(month: string, day: string): boolean {
  return Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31;
}

/**
 * Resident registration number: YYMMDD, sex and century, then a check digit (weights 2…9, 2…5, modulo 11), which numbers given
 * since October 2020 no longer have: those of people born since are taken by their form, written with its dash.
 */
function isKoreanId(found: string): boolean {
  const digits = digitsOf(found);
  if (!isDate(digits.slice(2, 4), digits.slice(4, 6))) return false;
  const sum = sumOf(digits, [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]);
  if ((11 - (sum % 11)) % 10 === Number(digits[12])) return true;
  return found.includes('-') && /^2/.test(digits) && /[3478]/.test(digits[6] ?? '');
}

/** My Number: the last of twelve digits is a check digit (weights 6…2, 7…2, modulo 11). */
function isMyNumber(found: string): boolean {
  const digits = digitsOf(found);
  const rest = sumOf(digits, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
  return Number(digits[11]) === (rest <= 1 ? 0 : 11 - rest);
}

/** Numéro de sécurité sociale: the last two of fifteen complete the others modulo 97; Corsica's 2A and 2B count as 19 and 18. */
function isFrenchId(found: string): boolean {
  const plain = compact(found);
  const number = BigInt(plain.slice(0, 13).replace('2A', '19').replace('2B', '18'));
  return Number(97n - (number % 97n)) === Number(plain.slice(13));
}

/** Personnummer: a date, and a Luhn digit over the last ten. */
function isSwedishId(found: string): boolean {
  const ten = digitsOf(found).slice(-10);
  return isDate(ten.slice(2, 4), ten.slice(4, 6)) && validator.isLuhnNumber(ten);
}

function isDanishId(found: string): boolean {
  const digits = digitsOf(found);
  return (
    isDate(digits.slice(2, 4), digits.slice(0, 2)) && sumOf(digits, [4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0
  );
}

function isFinnishId(found: string): boolean {
  const digits = digitsOf(found.slice(0, -1));
  return '0123456789ABCDEFHJKLMNPRSTUVWXY'[Number(digits) % 31] === found.slice(-1).toUpperCase();
}

function isBelgianId(found: string): boolean {
  const digits = digitsOf(found);
  const check = Number(digits.slice(9));
  return [digits.slice(0, 9), `2${digits.slice(0, 9)}`].some((first) => 97 - (Number(first) % 97) === check);
}

function isPesel(found: string): boolean {
  return isDate(String(Number(found.slice(2, 4)) % 20), found.slice(4, 6)) && isId('PL')(found);
}

const notYear = (found: string): boolean => !/^\D{1,2}(?:19|20)\d\d/.test(found);

/** Provinces as the first two digits of a Chinese ID number name them. */
const PROVINCE = '(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])';

const NATIONAL: readonly Form[] = [
  // China: eighteen with a check digit; fifteen before 1999, without one.
  [/(?<!\d)[1-8](?:[ -]?\d){16}[ -]?[\dXx](?!\d)/g, isId('zh-CN')],
  [
    new RegExp(
      `(?<![\\p{L}\\d#-])${PROVINCE}\\d{6}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])\\d{3}(?![\\d-])`,
      'gu',
    ),
    () => true,
  ],
  // Hong Kong, with or without the brackets; Taiwan.
  [/(?<![A-Za-z\d])[A-Z]{1,2}\d{6}\([\dA]\)/g, isId('zh-HK')],
  [
    /(?<![A-Za-z\d#-])[A-Z]{1,2}\d{6}[\dA](?![A-Za-z\d-])/g,
    (found) => notYear(found) && isId('zh-HK')(found),
  ],
  [/(?<![A-Za-z\d])[A-Z][1289]\d{8}(?!\d)/g, isId('zh-TW')],
  [/(?<!\d)\d{6}[ -]?[1-8]\d{6}(?!\d)/g, isKoreanId],
  // Twelve digits in three groups: Japan's My Number, India's Aadhaar.
  [/(?<!\d[ -]?|-)\d{4}([ -])\d{4}\1\d{4}(?![ -]?\d)/g, (found) => isMyNumber(found) || isId('IN')(found)],
  // India's permanent account number: the fourth letter is the kind of holder.
  [/(?<![A-Z\d])[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z](?![A-Z\d])/g, () => true],
  // United States: social security and individual taxpayer numbers.
  [/(?<![\p{L}\d-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\d-])/gu, () => true],
  [/(?<![\p{L}\d-])9\d{2}-(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])-\d{4}(?![\d-])/gu, () => true],
  // United Kingdom: national insurance; QQ is what official examples begin with.
  [
    /(?<![A-Z\d])(?!BG|GB|NK|KN|TN|NT|ZZ)(?:[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]|QQ) ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![A-Z\d])/gi,
    () => true,
  ],
  // Brazil: CPF, with two check digits.
  [/(?<!\d)\d{3}\.\d{3}\.\d{3}-\d{2}(?!\d)/g, isTax('pt-BR')],
  [
    /(?<![\p{L}\d.#-])\d{11}(?![\d-])/gu,
    (found) => isTax('pt-BR')(found) || isPesel(found) || isId('NO')(found),
  ],
  // Europe.
  [/(?<!\d)\d{2} \d{3} \d{3} \d{3}(?! ?\d)/g, isTax('de-DE')],
  [/(?<!\d)[12] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}(?!\d)/g, isFrenchId],
  [/(?<![A-Za-z\d])(?:\d{8}|[XYZ]-?\d{7})[ -]?[A-Z](?![A-Za-z\d])/g, isId('ES')],
  [/(?<![A-Z\d])[A-Z]{6}\d{2}[ABCDEHLMPRST]\d{2}[A-Z]\d{3}[A-Z](?![A-Z\d])/gi, () => true],
  [
    /(?<![\p{L}\d#-])(?:19|20[01])?\d{6}[-+]\d{4}(?![\d-])/gu,
    (found) => isSwedishId(found) || isDanishId(found),
  ],
  [/(?<!\d)\d{6}[-+A-FU-Y]\d{3}[\dA-FHJ-NPR-Y](?![A-Za-z\d-])/g, isFinnishId],
  [/(?<!\d)\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}(?!\d)/g, isBelgianId],
  [/(?<!\d)\d{6} \d{5}(?![ ]?\d)/g, isId('NO')],
];

/** What stands between such a word and its number. */
const BETWEEN =
  '[\'"”)]?\\s{0,3}(?:(?:no|nr|num|number|nummer|número|numéro|n[º°])\\b\\.?|号码|號碼|号|號|番号|번호)?\\s{0,3}(?:[:=#]|is\\b|was\\b|ist\\b|est\\b|es\\b|é\\b|[是为は은는])?\\s{0,3}["\'“「]?';
const NAMED_NATIONAL = new RegExp(
  `(?:\\b(?:SSN|ITIN|NINO|NHS|CPF|DNI|NIE|NIF|PESEL|BSN|PPSN?|AMKA|CNP|NIR|EGN|OIB|CPR)\\b|social security|national insurance|national ID|\\bID[ -]?card|identity card|tax ID|aadhaa?r|आधार|steuer-?id(?:nr)?|idnr|steueridentifikationsnummer|personalausweis(?:nummer)?|ausweis(?:nummer|-nr)|codice fiscale|personnummer|burgerservicenummer|sécurité sociale|身份证|身分證|公民身份|マイナンバー|個人番号|my ?number|주민등록번호|외국인등록번호)${BETWEEN}((?=(?:[^\\d\\s|]{0,3}[\\d .-]){6})[A-Z\\d][A-Z\\d .-]{4,20}[A-Z\\d])(?![A-Za-z\\d])`,
  'giu',
);

const PASSPORT_WORD =
  'passports?|护照|護照|パスポート|旅券|여권|passeport|reisepass|pasaporte|passaporte|passaporto|paszport|pasport|पासपोर्ट';
const NAMED_PASSPORT = new RegExp(
  `(?:${PASSPORT_WORD})(?:nummer)?${BETWEEN}([A-Z]{0,3} ?\\d{2}[A-Z\\d]{0,2} ?\\d{3,6}[A-Z]?|[CFGHJKLMNPRTVWXYZ][\\dCFGHJKLMNPRTVWXYZ]{8,9})(?![A-Za-z\\d])`,
  'giu',
);
const PASSPORTS: readonly Form[] = [
  // Chinese passports; one whose digits begin like a date is an order number.
  [/(?<![A-Za-z\d#-])E[A-HJ-NP-Z]\d{7}(?![A-Za-z\d-])/g, () => true],
  [/(?<![A-Za-z\d#-])[EG]\d{8}(?![A-Za-z\d-])/g, notYear],
  // The two lines that machines read.
  [/\bP[<A-Z][A-Z]{3}[A-Z<]{5,60}<</g, () => true],
];

/** Six digits at least, and no date: `ID card: 2026-11-20`. */
const isNumber = (value: string): boolean =>
  digitsOf(value).length >= 6 && !/^(?:19|20)\d\d[-.]?[01]\d[-.]?[0-3]\d/.test(value);

function withoutNamed(text: string, form: RegExp): string {
  return text.replaceAll(form, (found, value: string) => (isNumber(value) ? GONE : found));
}

export function withoutNationalIds(text: string): string {
  const rest = withoutNamed(text, NAMED_NATIONAL);
  return NATIONAL.reduce((left, [form, holds]) => without(left, form, holds), rest);
}

export function withoutPassports(text: string): string {
  const rest = withoutNamed(text, NAMED_PASSPORT);
  return PASSPORTS.reduce((left, [form, holds]) => without(left, form, holds), rest);
}
