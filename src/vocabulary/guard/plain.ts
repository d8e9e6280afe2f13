/**
 * A text as the guard reads it: whatever script, width or invisible letter its digits hide behind. Must not know: what is
 * looked for in it.
 */

/** No field takes more; a longer text is refused for its length, so its end is never kept. */
const LOOK_MAX = 4000;

/** What a find is replaced by, so that no other kind is seen in it; no form of a number or a word goes across it. */
export const GONE = '|';

const CHINESE_DIGITS: ReadonlyMap<string, string> = new Map(
  [...'〇零○一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖'].map((char, at) => [
    char,
    [...('000123456789' + '12' + '123456789')][at] ?? char,
  ]),
);
/** Seven digits in a row are read out as a number to call; fewer are a quantity. */
const CHINESE_NUMBER = new RegExp(`[${[...CHINESE_DIGITS.keys()].join('')}]{7,}`, 'gu');

/** NFKC, without format characters and variation selectors, every decimal digit as ASCII, a number in Chinese numerals too. */
export function plainOf(text: string): string {
  return text
    .slice(0, LOOK_MAX)
    .normalize('NFKC')
    .replaceAll(/\p{Cf}|\p{Variation_Selector}/gu, '')
    .replaceAll(/\p{Nd}/gu, asciiDigit)
    .replaceAll(CHINESE_NUMBER, (number) =>
      [...number].map((char) => CHINESE_DIGITS.get(char) ?? char).join(''),
    );
}

/** Unicode keeps each script's digits as ten neighbours from zero up, so a digit's value is its place in the run. */
function asciiDigit(char: string): string {
  const code = char.codePointAt(0) ?? 0x30;
  if (code <= 0x39) return char;
  let before = 0;
  while (/^\p{Nd}$/u.test(String.fromCodePoint(code - before - 1))) before += 1;
  return String(before % 10);
}

/**
 * UUIDs, hex digests and the links of Slack messages are identifiers of things: their digits say nothing about a person.
 * A link's digits are microseconds, from 2017 to 2033; no bank card begins with a 1.
 */
export function withoutDigests(text: string): string {
  return text
    .replaceAll(
      /\/archives\/[CDG][A-Z0-9]{2,20}\/p1[5-9]\d{14}(?!\d)(?:\?thread_ts=1[5-9]\d{8}\.\d{6}(?!\d))?/g,
      GONE,
    )
    .replaceAll(/(?<![0-9a-z])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-z])/gi, GONE)
    .replaceAll(/(?<![0-9a-z])(?=[0-9]{0,128}[a-f])[0-9a-f]{32,128}(?![0-9a-z])/gi, GONE);
}

/** Dates, times and the desk's own kinds of reference would otherwise read as groups of a card or a phone number. */
export function withoutDatesAndReferences(text: string): string {
  return text
    .replaceAll(/(?<![\d-])(?:19[7-9]|20\d|21\d)\d-(?:0\d|1[0-2])-[0-3]\d(?!\d)/g, GONE)
    .replaceAll(/(?<!\d)[0-3]?\d[./][01]?\d[./](?:19|20)\d\d(?!\d)/g, GONE)
    .replaceAll(/(?<!\d)[0-2]?\d:[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?!\d)/g, GONE)
    .replaceAll(/(?<![A-Za-z])[A-Za-z]{2,8}-\d{4}(?:-?\d{2}){0,2}-\d{3,6}(?!\d)/g, GONE);
}

/** `found` of each match that `holds` is taken out of the text. */
export function without(text: string, form: RegExp, holds: (found: string) => boolean = () => true): string {
  return text.replaceAll(form, (found) => (holds(found) ? GONE : found));
}

export const digitsOf = (text: string): string => text.replaceAll(/\D/g, '');

/** What stands before the number of an order, a parcel or a ticket. */
export const OF_A_THING =
  /(?<!\p{L})(?:orders?|po|invoice|inv|tracking|shipment|parcel|waybill|ticket|case|ref|reference|serial|batch|item|sku|box|row|ean|isbn|imei|订单|订单号|单号|运单|发票|注文|注文番号|주문|주문번호|bestellung|rechnung|commande|pedido|fatura)[ .:#-]{0,3}(?:no|nr|number|号|號)?[ .:#-]{0,3}$/iu;
