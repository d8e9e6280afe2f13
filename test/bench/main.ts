/**
 * `npm run bench`: the figures of the desk's own speed, each beside its goal; `npm run bench -- slack` is one of them. Always exits 0 once it has measured.
 */
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readPack } from '../../src/app/pack-file.js';
import { startPostgres } from '../support/postgres.js';
import { acknowledgements } from './acknowledgements.js';
import { commits } from './commits.js';
import { postgresBench, sqliteBench } from './databases.js';
import { printFigure, say } from './figures.js';
import { reminders } from './reminders.js';

const BUILT = resolve(import.meta.dirname, '../..');
const ROOT = resolve(BUILT, '..');

/** The compiled sources look for the migrations and policies where a package has them. */
for (const folder of ['prisma', 'manifests'])
  if (!existsSync(join(BUILT, folder))) symlinkSync(join(ROOT, folder), join(BUILT, folder), 'junction');

const asked = process.argv.slice(2);
const wanted = (part: string): boolean => asked.length === 0 || asked.includes(part);

const folder = mkdtempSync(join(tmpdir(), 'ombud-bench-'));
try {
  const pack = await readPack(join(ROOT, 'manifests', 'policies', 'default.yaml'));
  if (wanted('commits'))
    for (const figure of await commits(await sqliteBench(folder), pack)) printFigure(figure);
  if (wanted('reminders')) for (const figure of await reminders(folder, pack)) printFigure(figure);
  if (wanted('slack')) for (const figure of await acknowledgements()) printFigure(figure);
  if (wanted('postgresql')) {
    const server = await startPostgres().catch((error: unknown) => {
      say(`PostgreSQL could not be started: ${error instanceof Error ? error.message : String(error)}`);
      return null;
    });
    if (server !== null) {
      for (const figure of await commits(await postgresBench(server), pack)) printFigure(figure);
      await server.stop();
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
