/**
 * `ombud policy FILE`: what a policy pack means in sentences, or everything that is wrong with it.
 * The only part of the policy that reads a file. Must not know: the desk, the database, settings.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { packProblemWords } from '../language/en/pack-faults.js';
import { policySentences } from '../language/policy.js';
import { PackProblem, packHash, packName, parsePack } from '../policy/pack.js';
import { ruleFacts } from '../policy/rule-facts.js';

const DEFAULT_PACK = fileURLToPath(new URL('../../manifests/policies/default.yaml', import.meta.url));

type Output = { readonly out: (text: string) => void; readonly err: (text: string) => void };

/**
 * Prints the pack of the named file (default: the default pack) and returns the exit code: 0, 66 for a file that cannot be
 * read, 78 for a pack with problems (sysexits.h).
 */
export function policyCli(args: readonly string[], { out, err }: Output): number {
  const [file = DEFAULT_PACK] = args;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    err(`Cannot read ${file}: ${reasons[code] ?? code}.`);
    return 66;
  }
  try {
    const pack = parsePack(text);
    out(`${packName(pack)} (${packHash(pack).slice(0, 12)})`);
    for (const sentence of policySentences(ruleFacts(pack))) out(`- ${sentence}`);
    return 0;
  } catch (error) {
    if (!(error instanceof PackProblem)) throw error;
    err(`${file}: ${packProblemWords(error.problems)}`);
    return 78;
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EISDIR: 'it is a folder',
};
