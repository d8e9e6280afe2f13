/** The licences of all that a bundle contains, in one file: packages with the same text together. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const LICENCE = /^(?:licen[cs]e|copying|notice)/i;

/** Throws for a package without any licence: such a one must not be shipped. */
export async function writeLicences(output, file) {
  const folders = new Set(
    output.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : [])).flatMap((id) => folderOf(id)),
  );
  const byText = new Map();
  for (const folder of [...folders].sort()) {
    const { name, version, licence, text } = await licenceOf(folder);
    byText.set(text, [...(byText.get(text) ?? []), `${name} ${version} (${licence})`]);
  }
  const parts = [...byText].map(([text, names]) => `${names.join('\n')}\n\n${text}`);
  await writeFile(
    file,
    `What is bundled in these files, and its licences.\n\n${parts.join(`\n\n${'-'.repeat(78)}\n\n`)}\n`,
  );
}

function folderOf(id) {
  const found = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id.replaceAll('\\', '/').replace(/^\0/, ''));
  return found === null ? [] : [found[1]];
}

async function licenceOf(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const files = (await readdir(folder))
    .filter((each) => LICENCE.test(each) && !/\.(?:js|ts)$/.test(each))
    .sort();
  const texts = await Promise.all(files.map((each) => readFile(join(folder, each), 'utf8')));
  if (files.length === 0 && typeof license !== 'string') throw new Error(`${name} has no licence`);
  return {
    name,
    version,
    licence: typeof license === 'string' ? license : 'see below',
    text: texts.length > 0 ? texts.map((each) => each.trim()).join('\n\n') : `Licensed under ${license}.`,
  };
}
