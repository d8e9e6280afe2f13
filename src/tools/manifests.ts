/**
 * Writes the platforms' manifests from the commands: `npm run manifests`; with `--check` it writes nothing and fails where a
 * file would change. Must not know: what a manifest says.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { registry } from '../desk/desk.js';
import { discordManifest } from '../surfaces/discord/manifest.js';
import { slackManifest } from '../surfaces/slack/manifest.js';

type Target = { readonly file: string; readonly text: () => string };

/** Another platform's is one more line. */
const TARGETS: readonly Target[] = [
  { file: 'slack.yaml', text: () => slackManifest(registry) },
  { file: 'discord.json', text: () => discordManifest(registry) },
];

const pathOf = (file: string): string => fileURLToPath(new URL(`../../manifests/${file}`, import.meta.url));

const check = process.argv.includes('--check');
for (const { file, text } of TARGETS) {
  const path = pathOf(file);
  const made = text();
  const there = await readFile(path, 'utf8').catch(() => null);
  if (there === made) {
    process.stdout.write(`manifests/${file} is up to date\n`);
  } else if (check) {
    process.stderr.write(`manifests/${file} is not what the commands say: run npm run manifests\n`);
    process.exitCode = 1;
  } else {
    await writeFile(path, made);
    process.stdout.write(`manifests/${file} written\n`);
  }
}
