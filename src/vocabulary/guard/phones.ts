/** Phone numbers in a plain text, in the forms people write them. Must not know: whose numbers they are. */
import { findPhoneNumbersInText, isSupportedCountry } from 'libphonenumber-js/max';
import { digitsOf, OF_A_THING } from './plain.js';

/** Written as people write numbers to call, whatever stands before them. */
const SURE_FORMS: readonly RegExp[] = [
  // A mainland mobile number, with or without spacing and country code.
  /(?<!\d)(?:(?:\+|00)?86[ ._-]?)?1[3-9]\d(?:[ ._-]?\d{4}){2}(?!\d)/,
  /(?<![\d-])1[3-9]\d(?:[ ._-]?\d){8}(?![\d-])/,
  // International: a plus sign and 8 to 15 digits.
  /\+[ ]?[1-9](?:[ ._()-]{0,2}\d){7,14}(?!\d)/,
];

/** The same, but numbers of orders and parcels are written so too. */
const LIKELY_FORMS: readonly RegExp[] = [
  // National with the trunk zero, 9 to 12 digits in all, perhaps with an extension.
  /(?<![\p{L}\d#/.-])\(?0[1-9](?:[ ._()-]{0,2}\d){7,10}(?:-\d{1,6})?(?![\d-])/gu,
  // North America: area code, exchange, line.
  /(?<!\d)(?:\([2-9]\d{2}\)[ .-]?|[2-9]\d{2}[ ._-])[1-9]\d{2}[ ._-]\d{4}(?![\d-])/g,
  // Brazil: area code, a nine and eight digits, or eight of a fixed line.
  /(?<![\d-])\(?[1-9]\d\)?[ ](?:9\d{4}|[2-5]\d{3})[ -]\d{4}(?![\d-])/g,
  // India: five and five.
  /(?<![\d-])[6-9]\d{4}[ -]\d{5}(?![\d-])/g,
  // Hong Kong and Singapore, local: four and four.
  /(?<![\d-] ?)[5689]\d{3} \d{4}(?! ?[\d-])/g,
];

/** Seven digits or more right behind a word for a phone. */
const NAMED =
  /(?:\btel\b\.?|\btelephone|\bphone|\bmobile|\bcell\b|whats ?app|\bfax\b|电话|手机|電話|携帯|전화|휴대폰|핸드폰|연락처|\btelefon|\bhandy\b|\bcelular|\btéléphone|\bteléfono|\bmóvil|\btelefone|फ़?ोन)(?:nummer|番号|번호|号码?|號碼?| (?:no|number|nr)\b\.?)?\s{0,3}(?:[:=#]|is\b|[是为は은는])?\s{0,3}\(?\+?((?:\d[ ().-]{0,2}){7,15})/giu;

/** No country's numbers are shorter with their country code (Niue: +683 and four digits); most texts hold fewer digits. */
const PHONE_DIGITS = 7;

/** `country` decides how national numbers are read; null: those of no country in particular. */
export function hasPhone(text: string, country: string | null): boolean {
  if (digitsOf(text).length < PHONE_DIGITS) return false;
  if (SURE_FORMS.some((form) => form.test(text))) return true;
  if (LIKELY_FORMS.some((form) => [...text.matchAll(form)].some(({ index }) => !isOfAThing(text, index))))
    return true;
  if ([...text.matchAll(NAMED)].some(([, number = '']) => isDialled(digitsOf(number)))) return true;
  const read = country !== null && isSupportedCountry(country) ? { defaultCountry: country } : {};
  return findPhoneNumbersInText(text, read).some(({ number, startsAt }) => {
    if (!number.isValid() || isOfAThing(text, startsAt)) return false;
    const kind = number.getType();
    // Without a plus, a bracket or a trunk zero a fixed-line number cannot be told from an order number.
    return /[+(0]/.test(text[startsAt] ?? '') || kind === 'MOBILE' || kind === 'FIXED_LINE_OR_MOBILE';
  });
}

const isOfAThing = (text: string, at: number): boolean =>
  OF_A_THING.test(text.slice(Math.max(0, at - 40), at));

/** Not a date in one piece. */
const isDialled = (digits: string): boolean =>
  digits.length >= PHONE_DIGITS && !/^(?:19|20)\d\d[01]\d[0-3]\d/.test(digits);
