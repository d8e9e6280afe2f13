/** Bank cards and bank accounts in a plain text: each function gives the text without them. Must not know: payments. */
import validator from 'validator';
import { digitsOf, GONE, OF_A_THING, without } from './plain.js';

/** First digits and lengths of the card networks (ISO/IEC 7812; the networks' own lists of 2025). */
const NETWORKS: readonly (readonly [begins: RegExp, lengths: readonly number[]])[] = [
  // Visa
  [/^4/, [13, 16, 19]],
  // Mastercard
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  // American Express
  [/^3[47]/, [15]],
  // Diners Club
  [/^3(?:0[0-59]|[689])/, [14, 16]],
  // Discover, UnionPay (and the banks that issue by its rules), RuPay
  [/^(?:60|62|64[4-9]|65|81|82)/, [16, 17, 18, 19]],
  // JCB
  [/^35(?:2[89]|[3-8])/, [16, 17, 18, 19]],
  // Maestro
  [/^(?:50|5[6-8]|63|67|69)/, [13, 14, 15, 16, 17, 18, 19]],
  // Mir
  [/^220[0-4]/, [16]],
  // Chinese debit cards of before UnionPay
  [/^9[0-9]/, [16, 18, 19]],
];

const isCardNumber = (digits: string): boolean =>
  NETWORKS.some(([begins, lengths]) => lengths.includes(digits.length) && begins.test(digits)) &&
  validator.isLuhnNumber(digits);

const OF_A_CARD =
  /(?:card|visa|mastercard|amex|卡号|卡號|银行卡|カード|카드|karte|carte|tarjeta|cart[aã]o)[^\d]{0,20}$/iu;

const RUN = /\d(?:[\s\p{Pd}.·_/]{0,4}\d)*/gu;
const WORD = /\d[\d\p{Pd}]{10,40}\d/gu;

/** Whole words as written, and then runs of digit groups, however spaced, with dates and references set aside by `cleaned`. */
export function withoutCards(text: string, cleaned: (text: string) => string): string {
  const words = text.replaceAll(WORD, (run, at: number) =>
    holdsCard(run, text.slice(Math.max(0, at - 40), at)) ? GONE : run,
  );
  if (words !== text) return words;
  const undated = cleaned(text);
  const runs = undated.replaceAll(RUN, (run, at: number) =>
    holdsCard(run, undated.slice(Math.max(0, at - 40), at)) ? GONE : run,
  );
  return runs === undated ? text : runs;
}

function holdsCard(run: string, before: string): boolean {
  if (run.length < 13) return false;
  const groups = run.split(/\D+/).filter((group) => group !== '');
  return groups.some((_, first) => {
    let digits = '';
    for (let last = first; last < groups.length && digits.length < 19; last += 1) {
      digits += groups[last];
      if (digits.length >= 13 && isCardNumber(digits)) {
        // In one piece after the word for another thing, it is that thing's number; in groups it is a card's.
        return last > first || OF_A_CARD.test(before) || !OF_A_THING.test(before);
      }
    }
    return false;
  });
}

const NAMED_ACCOUNT =
  /(?:account (?:no\b\.?|number|nr\b\.?|#)|\bacct\b\.?(?: no\b\.?)?|\ba\/c(?: no\b\.?)?|sort code|routing (?:no\b\.?|number)|银行账[户号]|银行帐[户号]|收款账[户号]|账号|帐号|賬號|帳號|口座番号|口座|普通預金|계좌번호|계좌|kontonummer|konto-?nr\.?|n[úu]mero de cuenta|cuenta bancaria|conta(?: corrente| poupança)?|compte(?: bancaire)?|खाता(?: संख्या)?)\s{0,3}(?:[:=#]|is\b|[是为は은는])?\s{0,3}((?:\d[ -]?){6,19}\d?)(?![A-Za-z\d])/giu;

/** A place of payment rather than a mailbox: India's UPI. */
const UPI =
  /(?<![\w.-])[\w.-]{2,64}@(?:ok(?:axis|hdfcbank|icici|sbi)|ybl|ibl|axl|paytm|pt(?:axis|hdfc|sbi|yes)|upi|apl|hdfcbank|icici|sbi|axisbank|kotak)(?![\w.@-])/gi;
const SORT_CODE = /(?<![\d-])\d{2}-\d{2}-\d{2}[ ,/]{1,3}\d{8}(?!\d)/g;
const JAPANESE = /(?:普通|当座)\s{0,2}\d{7}(?!\d)/gu;

export function withoutAccounts(text: string): string {
  const named = text.replaceAll(NAMED_ACCOUNT, (found, value: string) => (isAccount(value) ? GONE : found));
  const formed = [UPI, SORT_CODE, JAPANESE].reduce((rest, form) => without(rest, form), named);
  return withoutIbans(formed);
}

function isAccount(value: string): boolean {
  const digits = digitsOf(value);
  return digits.length >= 7 && !/^(?:19|20)\d\d[01]\d[0-3]\d/.test(digits);
}

/** An IBAN has a fixed length per country, so every prefix of the candidate that could be one is checked. */
function withoutIbans(text: string): string {
  return without(text, /(?<![A-Za-z\d])[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z\d]){11,30}/g, (found) => {
    const letters = found.replaceAll(/[ -]/g, '');
    for (let length = 15; length <= Math.min(34, letters.length); length += 1) {
      if (validator.isIBAN(letters.slice(0, length))) return true;
    }
    return false;
  });
}
