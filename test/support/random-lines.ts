/**
 * Random lines as people type them: commands about a few cases by the whole cast, and texts that hold personal data.
 */
import fc from 'fast-check';

const TYPES = [
  'access',
  'correction',
  'deletion',
  'stop_handling',
  'consent_withdrawal',
  'complaint',
] as const;
const NOTICES = [
  'acknowledgement',
  'completion',
  'partial',
  'refusal',
  'pre_lift',
  'service_impact',
  'complaint_answer',
] as const;

const ref = fc.constantFrom('PR-2026-0001', 'PR-2026-0002', 'PR-2026-0003');
const about = (verb: string, rest: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(ref, rest).map(([one, tail]) => `/privacy ${verb} ${one} ${tail}`.trim());

const log = fc
  .tuple(fc.constantFrom(...TYPES), fc.constantFrom('C-101', 'C-102'), fc.constantFrom('email', 'email,name'))
  .map(([type, customer, scope]) => `/privacy log ${type} ${customer} scope:${scope}`);

const line: fc.Arbitrary<string> = fc.oneof(
  { weight: 2, arbitrary: log },
  {
    weight: 3,
    arbitrary: fc.constantFrom('/as mei', '/as dan', '/as lyon', '/as ana@discord', '/as kim', '/as nobody'),
  },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 200 }).map((hours) => `/clock +${hours}h`) },
  { weight: 3, arbitrary: about('verify', fc.constantFrom('otp pass ref:otp#1', 'otp fail ref:otp#2')) },
  { weight: 3, arbitrary: about('check', fc.constantFrom('all done', 'all none_held', 'email retained')) },
  {
    weight: 4,
    arbitrary: about(
      'propose',
      fc.constantFrom('fulfilled', 'no_data_held', 'refused ground:NOT_CONTROLLER'),
    ),
  },
  {
    weight: 3,
    arbitrary: about(
      'decide',
      fc.constantFrom('approve', 'return reason:again', 'refuse ground:NOT_CONTROLLER'),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '/press Approve',
      '/press Return reason:again',
      '/press 1',
      '/press Approve PR-2026-0001',
    ),
  },
  { weight: 3, arbitrary: about('done', fc.constant('evidence:CHG-1')) },
  {
    weight: 5,
    arbitrary: about(
      'notice',
      fc.constantFrom(...NOTICES).map((kind) => `${kind} ref:MSG-1`),
    ),
  },
  { weight: 3, arbitrary: about('close', fc.constantFrom('', '', 'outcome:withdrawn_by_subject')) },
  { weight: 1, arbitrary: about('reopen', fc.constant('reason:missed')) },
  { weight: 1, arbitrary: about('pause', fc.constant('waiting')) },
  { weight: 1, arbitrary: about('resume', fc.constant('')) },
  { weight: 1, arbitrary: about('assign', fc.constantFrom('', 'to:dan')) },
  {
    weight: 1,
    arbitrary: about(
      'extend',
      fc.constant('2027-01-20 other_significant explained:2026-11-23 consent:2026-11-23'),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('/privacy list', '/desk digest', '/desk audit', '/privacy nonsense', 'hello'),
  },
);

export const lines: fc.Arbitrary<readonly string[]> = fc
  .tuple(log, fc.array(line, { minLength: 15, maxLength: 30 }))
  .map(([first, rest]) => [first, ...rest]);

const letters = (min: number, max: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'), minLength: min, maxLength: max });
const digits = (length: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length });

/** The digit that makes the others pass Luhn's test. */
function luhnDigit(number: string): string {
  const sum = [...number].reverse().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return String((10 - (sum % 10)) % 10);
}

const email = fc
  .tuple(letters(4, 10), letters(4, 10), fc.constantFrom('com', 'org', 'net'))
  .map(([name, host, end]) => ({ text: `${name}@${host}.${end}`, secret: `${name}@${host}` }));
const phone = fc
  .tuple(fc.constantFrom('13', '15', '18', '19'), digits(9))
  .map(([start, rest]) => ({ text: `${start}${rest}`, secret: `${start}${rest}` }));
const bankCard = digits(14).map((rest) => {
  const number = `4${rest}`;
  return { text: `${number}${luhnDigit(number)}`, secret: number };
});
const password = letters(6, 12).map((word) => ({ text: `password: X9${word}`, secret: `X9${word}` }));

const WORDS = ['the customer said', 'see', 'call back on', 'about the old order,', 'again'] as const;
const FIELDS = [
  (text: string) => `/privacy note PR-2026-0001 "${text}"`,
  (text: string) => `/privacy note PR-2026-0001 ${text}`,
  (text: string) => `/privacy pause PR-2026-0001 "${text}"`,
  (text: string) => `/privacy snooze PR-2026-0001 1 "${text}"`,
  (text: string) => `/privacy log access C-55 note:"${text}"`,
  (text: string) => `/privacy log access C-55 force:"${text}"`,
  (text: string) => `/privacy propose PR-2026-0001 fulfilled facts:"${text}"`,
] as const;

/** A line with personal data in a free text, and the part that must never be seen again. */
export const personal: fc.Arbitrary<{ readonly line: string; readonly secret: string }> = fc
  .tuple(
    fc.oneof(email, phone, bankCard, password),
    fc.constantFrom(...WORDS),
    fc.constantFrom('', ' please', ' before noon'),
    fc.constantFrom(...FIELDS),
  )
  .map(([{ text, secret }, before, behind, field]) => ({
    line: field(`${before} ${text}${behind}`),
    secret,
  }));
