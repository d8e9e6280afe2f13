/** What is to be known of a notice just recorded, in English. Must not know: rules, surfaces. */

const DOUBTS = {
  early:
    'It tells of something that is not on record yet, so it does not count towards closing: record it again afterwards.',
  again: 'The same notice was on record already; now it is twice.',
} as const;

export const noticeDoubtSays = (doubt: keyof typeof DOUBTS): string => DOUBTS[doubt];
