/** Why a rule about a request says no, in English. Must not know: rules, surfaces. */
import type { RequestReasons } from '../../../domain/requests/reasons.js';
import type { WordsOf } from '../../words.js';

export const requestRefusals: WordsOf<RequestReasons> = {};
