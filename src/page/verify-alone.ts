/**
 * The same verifying for a folder with nothing but Node in it: one file, `node verify.mjs FILE [--note FILE] [--key VKEY]`.
 * Must not know: the desk, any package.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { takenApart } from '../evidence/file.js';
import { VERIFY_TOOL } from '../language/en/verification.js';
import { verifyCli } from '../tools/verify.js';
import { listHolidays } from './listed-holidays.js';

const WRONG_USAGE = 64;

/** What cannot be read is told by whoever verifies. */
async function knowHolidays(file: string): Promise<void> {
  try {
    await listHolidays(takenApart(readFileSync(file, 'utf8'))?.data ?? '');
  } catch {
    // As above.
  }
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { note: { type: 'string' }, key: { type: 'string' } },
    allowPositionals: true,
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new Error(VERIFY_TOOL.usage);
  await knowHolidays(file);
  return verifyCli(
    file,
    { note: values.note, key: values.key },
    { out: (line) => process.stdout.write(`${line}\n`), err: (line) => process.stderr.write(`${line}\n`) },
  );
}

process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return WRONG_USAGE;
});
