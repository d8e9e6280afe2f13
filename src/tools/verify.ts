/**
 * `ombud verify FILE`: an evidence file checked with no database and no key of the desk, in the same way as its page checks itself, and
 * to the last byte. Must not know: the desk, the database, settings.
 */
import { readFileSync } from 'node:fs';
import { type TakenApart, takenApart } from '../evidence/file.js';
import { historyOf } from '../evidence/history.js';
import { verifierKeyOf } from '../evidence/notes.js';
import { type Verified, verify } from '../evidence/verify.js';
import { historyWords, VERIFY_TOOL, verdictWords } from '../language/en/verification.js';

type Output = { readonly out: (text: string) => void; readonly err: (text: string) => void };
type Asked = {
  /** A file with a checkpoint pasted from the chat; `-`: standard input. */
  readonly note: string | undefined;
  /** The verifier key its reader trusts. */
  readonly key: string | undefined;
};

const GOOD = 0;
const BAD = 1;
const NO_INPUT = 66;

/** Prints what was found and returns the exit code: 0 when everything holds, 1 when anything does not, 66 for a file that cannot be read. */
export async function verifyCli(file: string, { note, key }: Asked, { out, err }: Output): Promise<number> {
  const text = readText(file, err);
  const pasted = note === undefined ? null : readText(note, err);
  if (text === null || (note !== undefined && pasted === null)) return NO_INPUT;
  const given = key === undefined ? null : await verifierKeyOf(key);
  if (key !== undefined && given === null) {
    err(historyWords({ is: 'no-key' }).says);
    return BAD;
  }
  const apart = takenApart(text);
  if (apart === null) {
    err(VERIFY_TOOL.noData(file));
    return BAD;
  }
  const verified = await verify(apart, given);
  const good = told(file, apart, verified, { out, err });
  if (pasted === null) return good ? GOOD : BAD;
  const history = historyWords(await historyOf(verified, pasted, key ?? ''));
  (history.good ? out : err)(history.says);
  return good && history.good ? GOOD : BAD;
}

function told(file: string, { page }: TakenApart, verified: Verified, { out, err }: Output): boolean {
  const { good, verdict, lines } = verdictWords(verified);
  const say = good ? out : err;
  say(`${file}: ${verdict}`);
  for (const line of lines) say(`- ${line}`);
  if (good && page !== null) say(`- ${VERIFY_TOOL.page}`);
  return good;
}

function readText(file: string, err: Output['err']): string | null {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    err(VERIFY_TOOL.cannotRead(file, code));
    return null;
  }
}
