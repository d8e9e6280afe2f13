/** Every `/desk` verb, in the order of commands.md. */
import type { DeskCommand } from '../../front/plan.js';
import { report } from '../../report/command.js';
import { audit } from './audit.js';
import { channel } from './channel.js';
import { doctor } from './doctor.js';
import { exportFile } from './export.js';
import { digest, help, officer } from './help.js';
import { policy } from './policy.js';
import { staff } from './staff.js';

export const deskCommands: readonly DeskCommand[] = [
  help,
  officer,
  digest,
  report,
  exportFile,
  audit,
  staff,
  channel,
  policy,
  doctor,
];
