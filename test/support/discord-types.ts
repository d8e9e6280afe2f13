/**
 * Payloads as Discord's published types have them: each becomes a typed constant, and one run of the compiler checks them
 * all. Must not know: whose payloads.
 */
import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { freshFolder } from './fresh-store.js';

const COMPILER = resolve('node_modules/typescript/bin/tsc');
const OPTIONS = ['--noEmit', '--strict', '--skipLibCheck', '--pretty', 'false', '--target', 'ES2023'];

/** The types discord.js itself is made with. */
const from = (path: string, name: string): string => createRequire(path).resolve(name);
const TYPES = from(from(import.meta.filename, 'discord.js'), 'discord-api-types/v10').replace(/\.js$/, '');
const HEAD = `import type {
  APIModalInteractionResponseCallbackData as Modal,
  RESTPostAPIChannelMessageJSONBody as Message,
} from ${JSON.stringify(TYPES)};
`;

export type Typed = { readonly name: string; readonly type: 'Message' | 'Modal'; readonly payload: unknown };

/** Names of the payloads that the types do not allow; names are constants' names, each once. Throws for any other complaint. */
export async function mistyped(payloads: readonly Typed[]): Promise<readonly string[]> {
  const lines = payloads.map(
    ({ name, type, payload }) => `export const ${name}: ${type} = ${JSON.stringify(payload)};\n`,
  );
  const dir = await freshFolder();
  try {
    await writeFile(join(dir, 'payloads.ts'), HEAD + lines.join(''));
    const said = await new Promise<string>((settle) => {
      execFile(process.execPath, [COMPILER, ...OPTIONS, 'payloads.ts'], { cwd: dir }, (_error, out, err) =>
        settle(out + err),
      );
    });
    const found = said.split('\n').filter((line) => /^\S/.test(line));
    const before = HEAD.split('\n').length;
    const names = found.map((line) => {
      const at = Number(/^payloads\.ts\((\d+),/.exec(line)?.[1]);
      const payload = payloads[at - before];
      if (payload === undefined) throw new Error(line);
      return payload.name;
    });
    return [...new Set(names)];
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
