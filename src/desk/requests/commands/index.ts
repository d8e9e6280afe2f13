/** Every `/privacy` verb, in the order of commands.md. */
import type { DeskCommand } from '../../front/plan.js';
import { amend } from './amend.js';
import { assign } from './assign.js';
import { close, done, notice, notified, reopen } from './ending.js';
import { check, note, pause, resume, snooze, verify } from './handling.js';
import { list } from './list.js';
import { log } from './log.js';
import { decide, extend, propose, retain, retract } from './outcome.js';
import { show, why } from './show.js';

export const privacyCommands: readonly DeskCommand[] = [
  log,
  amend,
  show,
  list,
  why,
  assign,
  verify,
  pause,
  resume,
  check,
  propose,
  retract,
  decide,
  retain,
  extend,
  done,
  notice,
  notified,
  close,
  reopen,
  snooze,
  note,
];
