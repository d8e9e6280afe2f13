/**
 * The golden payloads of Discord as its published types have them: each file becomes typed constants, and one run of the
 * compiler checks them all.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const FOLDER = 'test/golden/discord';
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

const typed = (name: string, type: 'Message' | 'Modal', payload: unknown): string =>
  `export const ${name}: ${type} = ${JSON.stringify(payload)};\n`;

/** Payloads of one file; of a script's file, without what was said and how it was sent. */
function payloadsIn(text: string): readonly object[] {
  const content = JSON.parse(text) as object | readonly { how?: string; said?: string }[];
  if (!Array.isArray(content)) return [content];
  return content.map(({ how: _how, said: _said, ...payload }: { how?: string; said?: string }) => payload);
}

const button = { type: 2, style: 1, label: 'Take it', custom_id: 'v1|privacy.assign||case=PR-2026-0001' };
const input = { type: 4, custom_id: 'customer', style: 1, required: true };
const modal = (component: object) => ({
  custom_id: 'v1|privacy.log||',
  title: '/privacy log',
  components: [{ type: 18, label: 'Customer', component }],
});
const message = (component: object, more: object = {}) => ({
  content: '',
  components: [{ type: 1, components: [component] }],
  ...more,
});

/** What the compiler says no to, and once more without the fault. */
const PROBES = {
  right: [typed('m', 'Message', message(button)), typed('f', 'Modal', modal(input))],
  wrong: [
    typed('style', 'Message', message({ ...button, style: 9 })),
    typed('unknown', 'Message', message(button, { colour: 1 })),
    typed('unlabelled', 'Message', message({ type: 2, style: 1, custom_id: 7 })),
    typed('pings', 'Message', message(button, { allowed_mentions: { parse: ['all'] } })),
    typed('kind', 'Modal', modal({ ...input, style: 3 })),
    typed('buttoned', 'Modal', modal(button)),
  ],
};

/** Each line of what the compiler says: the file, and which constant by its line. */
async function complaints(files: Readonly<Record<string, readonly string[]>>): Promise<readonly string[]> {
  const dir = await mkdtemp(join(tmpdir(), 'ombud-types-'));
  try {
    for (const [name, constants] of Object.entries(files))
      await writeFile(join(dir, `${name}.ts`), HEAD + constants.join(''));
    const names = Object.keys(files).map((name) => `${name}.ts`);
    const said = await new Promise<string>((settle) => {
      execFile(process.execPath, [COMPILER, ...OPTIONS, ...names], { cwd: dir }, (_error, stdout, stderr) =>
        settle(stdout + stderr),
      );
    });
    return said.split('\n').filter((line) => /^\S/.test(line));
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

it('the golden payloads are what Discord’s types allow, and a wrong one is not', async () => {
  const golden: Record<string, readonly string[]> = {};
  for (const file of (await readdir(FOLDER)).sort()) {
    const type = file.startsWith('modal-') ? 'Modal' : 'Message';
    const payloads = payloadsIn(await readFile(join(FOLDER, file), 'utf8'));
    golden[file.replace('.json', '')] = payloads.map((payload, at) => typed(`p${at}`, type, payload));
  }
  expect(Object.values(golden).flat().length).toBeGreaterThan(500);
  const said = await complaints({ ...golden, ...PROBES });
  expect(said.filter((line) => !line.startsWith('wrong.ts('))).toEqual([]);
  const lines = said.map((line) => Number(/^wrong\.ts\((\d+),/.exec(line)?.[1]));
  const before = HEAD.split('\n').length;
  expect([...new Set(lines)].sort((one, other) => one - other)).toEqual(
    PROBES.wrong.map((_, at) => before + at),
  );
});
