/** Every `/disclosure` verb, in the order of commands.md. */
import type { DeskCommand } from '../../front/plan.js';
import { amend, cancel, request } from './asking.js';
import { decide, sent } from './deciding.js';
import { consent, standing } from './granting.js';
import { list, may, register, show } from './reading.js';
import { revoke, standings } from './standings.js';

export const disclosureCommands: readonly DeskCommand[] = [
  request,
  show,
  list,
  amend,
  cancel,
  decide,
  sent,
  may,
  standing,
  standings,
  revoke,
  consent,
  register,
];
