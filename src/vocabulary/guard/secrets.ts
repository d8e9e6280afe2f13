/**
 * E-mail addresses, passwords and access tokens in a plain text: each function gives the text without them. Must not know: what
 * is said to the person who typed them.
 */
import validator from 'validator';
import { GONE, without } from './plain.js';

/** Bounded as the standard bounds them (RFC 5321): 64 letters before the sign, 63 between dots. */
const ASCII_EMAIL =
  /(?<![A-Za-z0-9!#$%&'*+/=?^_`{|}~.-])[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}/g;
const ANY_EMAIL =
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/gu;
const LONG_EMAIL = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/gu;
/** `zhang at example dot com`, `zhang[at]example.com`: as people hide one from machines. */
const SPOKEN_EMAIL =
  /[\p{L}\p{N}._+-]{1,64} ?(?:[[({] ?(?:at|@) ?[\])}]|<at>) ?[\p{L}\p{N}-]{1,63}(?: ?(?:\.|[[({] ?(?:dot|\.) ?[\])}]| dot ) ?[\p{L}\p{N}-]{2,63}){1,4}|[\p{L}\p{N}._+-]{1,64}(?: @ ?|@ )[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{2,63}){1,4}|[\p{L}\p{N}._+-]{1,64} at [\p{L}\p{N}-]{1,63}(?: dot [\p{L}\p{N}-]{2,63}){1,4}/giu;

export function withoutEmails(text: string): string {
  const typed = [ASCII_EMAIL, ANY_EMAIL, LONG_EMAIL].reduce(
    (rest, form) => without(rest, form, isEmail),
    text,
  );
  return without(typed, SPOKEN_EMAIL);
}

function isEmail(found: string): boolean {
  const [local = '', domain = ''] = found.split('@');
  const name = local.slice(local.search(/[^.'/=&?|]*$/)) || local;
  // A repository's address, `git@github.com:team/desk.git`, is nobody's.
  if (name === 'git') return false;
  return validator.isEmail(`${name}@${domain}`, { allow_utf8_local_part: true });
}

/** Keys of services as they are issued, by their own beginnings. */
const TOKENS: readonly RegExp[] = [
  /\bxox[abeoprs]-[\w-]{10,400}|\bxapp-\d-[\w-]{10,400}/g,
  /\bgh[oprsu]_\w{20,300}|\bgithub_pat_\w{20,300}|\bglpat-[\w-]{16,100}|\bnpm_\w{30,100}/g,
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g,
  /\beyJ[\w-]{8,2000}\.eyJ[\w-]{8,3000}(?:\.[\w-]{0,2000})?/g,
  /\bsk-[\w-]{20,300}|\b[rs]k_(?:live|test)_\w{16,200}|\bAIza[\w-]{30,60}|\bya29\.[\w-]{20,400}|\bSG\.[\w-]{16,40}\.[\w-]{16,80}|\bhf_\w{30,60}/g,
  /\b[MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{27,60}/g,
  /hooks\.slack\.com\/services\/\w{3,20}\/\w{3,20}\/\w{10,60}|discord(?:app)?\.com\/api\/webhooks\/\d{5,25}\/[\w-]{20,120}/gi,
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----/g,
  /\bBearer [\w.~+/-]{20,2000}/g,
  /\b(?:api|access|secret)[ _-]?(?:key|token)\s{0,3}[:=]\s{0,3}(?=[^\s\d]{0,200}\d)\S{12,400}/gi,
];

export function withoutTokens(text: string): string {
  return TOKENS.reduce((rest, form) => without(rest, form), text);
}

/** English, Chinese in both scripts, Korean, Japanese, German, French, Spanish, Portuguese, Hindi, and the short words of a few more. */
const PASSWORD =
  'pass(?:word|wd|code|phrase)|\\bpwd|\\bpw|密码|密碼|口令|비밀번호|비번|패스워드|암호|パスワード|暗証番号|passwort|kennwort|mot de passe|\\bmdp|contraseña|contrasena|\\bclave|\\bsenha|पासवर्ड|пароль|wachtwoord|has[łl]o|lösenord|adgangskode|salasana|parolă';
/** Words that are also used of other things: only what has a digit in it is a password behind them. */
const PERHAPS_PASSWORD = '\\bpass|\\bpin(?: code)?';
const NOT_TOLD =
  /^(?:a|an|the|not|no|never|being|to|in|on|at|of|and|was|is|reset|lost|forgotten|wrong|incorrect|expired|required|unknown|changed|unchanged|stored|kept|encrypted|hashed|secret|protected|safe|fine|needed|asked|what|his|her|their|vergessen|falsch|abgelaufen|gesperrt|oubli\S*|perdu|expir\S*|incorrecta?|olvidad[ao]|esquecida|perdida|segura?|nicht|pas|n[aã]o|obligatoire)(?![\p{L}\p{N}])/iu;
const NOT_ASSIGNED =
  /^(?:reset|forgotten|lost|changed|unchanged|expired|wrong|incorrect|not|unknown|see|never|required|stays|none|n\/a|has|was|is|vergessen|oublié|olvidada|esquecida|已重置|忘记|忘記|已修改|过期|변경|분실|잊|変更|忘れ|再設定)(?![\p{L}\p{N}]{3})/iu;

const ASSIGNED = new RegExp(`(?:${PASSWORD})["'”」]?\\s{0,4}[:=]\\s{0,4}["'“「]?([^\\s|]{1,100})`, 'giu');
const PERHAPS = new RegExp(
  `(?:${PERHAPS_PASSWORD})\\s{0,4}[:=]\\s{0,4}["'“「]?(?=[^\\s\\d]{0,60}\\d)([^\\s|]{4,100})`,
  'giu',
);
const TOLD = new RegExp(
  `(?:${PASSWORD})\\s{1,4}(?:is|was|ist|war|lautet|est|es|era|é)[:\\s]\\s{0,4}["'“„«]?([^\\s|]{1,100})`,
  'giu',
);
const TOLD_ASIAN =
  /(?:密码|密碼|口令|비밀번호|비번|암호|パスワード|暗証番号|पासवर्ड)\s{0,3}(?:[是为為은는이가は]|है)\s{0,3}["'“「]?[\x21-\x7b\x7d\x7e]{2,100}/gu;

/** `password hunter2`: letters and digits in one word that is no reference. */
const BARE = new RegExp(
  `(?:${PASSWORD})\\s{1,3}(?=[^\\s\\d|]{0,60}\\d)(?=[^\\s\\p{L}|]{0,60}\\p{L})[^\\s|-]{4,100}(?![^\\s])`,
  'giu',
);

export function withoutPasswords(text: string): string {
  const named = [
    (rest: string) => replaced(rest, ASSIGNED, (value) => !NOT_ASSIGNED.test(value)),
    (rest: string) => replaced(rest, PERHAPS, () => true),
    (rest: string) => replaced(rest, TOLD, (value) => !NOT_TOLD.test(value)),
    (rest: string) => without(rest, TOLD_ASIAN),
    (rest: string) => without(rest, BARE),
  ].reduce((rest, step) => step(rest), text);
  return without(named, /\S{8,200}/gu, looksLikePassword);
}

function replaced(text: string, form: RegExp, holds: (value: string) => boolean): string {
  return text.replaceAll(form, (found, value: string) => (holds(value) ? GONE : found));
}

/**
 * At least 8 characters with a lower-case and an upper-case letter, a digit and a mark. Links, mentions and handles are none, and
 * these marks say nothing: `&` between letters the second of which is a capital (R&D, P&G), `@` before a word in letters or a
 * version (CHG-881@ServiceNow, React@18.2.0), `$` before an amount, `%` behind a number.
 */
function looksLikePassword(token: string): boolean {
  if (/^\W?[a-z][a-z0-9+.-]{0,30}:\/\//i.test(token)) return false;
  const rest = token
    .replaceAll(/<[@#!][^>]{0,80}>?/g, '')
    .replace(/^[("'“«]?@/, '')
    .replaceAll(/(?<=\p{L})&(?=\p{Lu})/gu, '')
    .replaceAll(/(?<=[\p{L}\d])@(?=v?\d+(?:\.\d+)+\W?$)/gu, '')
    .replaceAll(/(?<=[\p{L}\d])@(?=[\p{L}/_-]+\W?$)/gu, '')
    .replaceAll(/(?<![a-z])\$(?=\d)|(?<=\d)%/g, '');
  return rest.length >= 8 && [/[a-z]/, /[A-Z]/, /\d/, /[!@$%^&*]/].every((needed) => needed.test(rest));
}
