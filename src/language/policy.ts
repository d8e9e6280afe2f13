/** A policy pack in sentences. Must not know: who reads them, files. */
import type { RuleFact } from '../policy/rule-facts.js';
import { ruleWords } from './en/policy.js';

/** Every rule of a pack, one sentence each, with the clause behind it. */
export const policySentences = (rules: readonly RuleFact[]): readonly string[] => rules.map(ruleWords);
