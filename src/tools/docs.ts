/**
 * Writes the generated parts of README.md (commands, permissions) from the commands and the default pack; `--check` only
 * compares. Must not know: how a command works.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { commandTable } from '../chat/usage.js';
import { registry } from '../desk/desk.js';
import { parsePack } from '../policy/pack.js';
import { rolesWith } from '../policy/permissions.js';
import type { Pack } from '../policy/schema.js';
import { PERMISSIONS } from '../vocabulary/permissions.js';

const README = 'README.md';
const DEFAULT_PACK = 'manifests/policies/default.yaml';

function permissionTable(pack: Pack): string {
  const rows = PERMISSIONS.map(
    (permission) => `| \`${permission}\` | ${rolesWith(pack, permission).join(', ') || 'nobody'} |`,
  );
  return ['| permission | roles in the default pack |', '|---|---|', ...rows, ''].join('\n');
}

/** README text with each generated part between its markers made anew. Throws when a marker is missing. */
export function withGenerated(readme: string, pack: Pack): string {
  const parts: Readonly<Record<string, string>> = {
    commands: commandTable(registry),
    permissions: permissionTable(pack),
  };
  return Object.entries(parts).reduce((text, [name, content]) => {
    const [begin, end] = [`<!-- begin ${name} -->`, `<!-- end ${name} -->`];
    const from = text.indexOf(begin);
    const to = text.indexOf(end);
    if (from === -1 || to < from) throw new Error(`README.md has no ${begin} … ${end}`);
    return `${text.slice(0, from + begin.length)}\n\n${content.trim()}\n\n${text.slice(to)}`;
  }, readme);
}

async function main(args: readonly string[]): Promise<number> {
  const before = await readFile(README, 'utf8');
  const after = withGenerated(before, parsePack(await readFile(DEFAULT_PACK, 'utf8')));
  if (args.includes('--check')) {
    if (before === after) return 0;
    process.stderr.write('README.md is not what the commands say. Run: npm run docs\n');
    return 1;
  }
  await writeFile(README, after);
  return 0;
}

if (process.argv[1]?.endsWith('docs.js') === true) process.exitCode = await main(process.argv.slice(2));
