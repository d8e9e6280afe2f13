/** Starts the desk itself: settings, store, first administrators, then the platforms there are or the terminal. */
import { access, constants, stat } from 'node:fs/promises';
import { restoreAdmins } from '../desk/house/staff.js';
import { idOf } from '../vocabulary/accounts.js';
import type { Person } from '../vocabulary/values.js';
import { answerBackups } from './backups.js';
import type { Given } from './command-line.js';
import { type Config, ConfigProblem, settings } from './config.js';
import { withDesk } from './open-desk.js';
import { chatSurfaces } from './platforms.js';
import { realNow } from './process.js';
import { runChat, runTerminal } from './run.js';

/** Resolves when the desk was left or stopped. Throws ConfigProblem, PackProblem, StoreProblem or SurfaceProblem. */
export async function startDesk(options: Given['options']): Promise<void> {
  const config = settings(options);
  await checkScript(config.terminal.script);
  await withDesk(config, async (opened) => {
    const { store, log } = opened;
    const restored = await store.transact((tx) => restoreAdmins(tx, realNow(), adminsOf(config)));
    for (const person of restored)
      log.warn({ person }, 'OMBUD_ADMINS made this person an administrator again');
    const platforms = await chatSurfaces(config, log);
    const stopBackups = answerBackups(store, config.dataDir, log);
    try {
      if (platforms.length === 0) await runTerminal(opened);
      else await runChat(opened, platforms);
    } finally {
      stopBackups();
    }
  });
}

/** First administrators, named by their account until `/desk staff` names them better. */
const adminsOf = (config: Config) =>
  config.admins.map((account) => ({
    person: idOf(account).toLowerCase() as Person,
    roles: ['admin' as const],
    accounts: [account],
    trainedUntil: null,
  }));

/** Asked before a key or a database is made. Throws ConfigProblem. */
async function checkScript(path: string | null): Promise<void> {
  if (path === null) return;
  const readable = await access(path, constants.R_OK)
    .then(() => stat(path))
    .then((found) => !found.isDirectory())
    .catch(() => false);
  if (!readable)
    throw new ConfigProblem([
      `The script ${path} cannot be read. Give --script a file of commands, one a line.`,
    ]);
}
