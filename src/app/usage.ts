/** The options of `ombud` itself, declared once. Must not know: what they do. */
import type { Option, Options } from './command-line.js';

export const HELP: Option = { type: 'boolean', short: 'h', says: 'this text' };
/** For every tool that works on a desk's data. */
export const DATA: Option = {
  type: 'string',
  takes: 'DIR',
  says: 'where the embedded database lives (default ./data)',
};

export const DESK_OPTIONS = {
  script: { type: 'string', takes: 'FILE', says: 'run the lines of FILE and exit (piped input works too)' },
  json: { type: 'boolean', says: 'one JSON object a line on standard output' },
  data: DATA,
  terminal: { type: 'boolean', says: 'the terminal too, where a Slack or Discord token is set' },
  'accept-restored': {
    type: 'boolean',
    says: 'go on with a database that is behind what this desk wrote last; on record, and told to the officer',
  },
  'new-desk': { type: 'boolean', says: 'begin a new desk although the key of an earlier one is there' },
  help: HELP,
  version: { type: 'boolean', short: 'v', says: 'the version' },
} as const satisfies Options;
