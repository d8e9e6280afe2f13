/** Why a rule about a disclosure says no, in English. Must not know: rules, surfaces. */
import type { DisclosureReasons } from '../../../domain/disclosures/reasons.js';
import type { WordsOf } from '../../words.js';

export const disclosureRefusals: WordsOf<DisclosureReasons> = {};
