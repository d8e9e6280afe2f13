/** What whoever starts the desk or a tool can put right, in words and with its exit code. Must not know: what was running. */
import { SurfaceProblem } from '../chat/surface.js';
import { packProblemWords } from '../language/en/pack-faults.js';
import { PackProblem } from '../policy/pack.js';
import { StoreProblem } from '../record/store.js';
import { ConfigProblem } from './config.js';

const BAD_CONFIG = 78;

/** Null: a bug. */
export function problemOf(error: unknown): { readonly words: string; readonly code: number } | null {
  if (error instanceof StoreProblem) return { words: error.message, code: error.exitCode };
  if (error instanceof PackProblem) return { words: packProblemWords(error.problems), code: BAD_CONFIG };
  if (error instanceof ConfigProblem || error instanceof SurfaceProblem)
    return { words: error.message, code: BAD_CONFIG };
  return null;
}
