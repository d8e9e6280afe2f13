/**
 * Which way of running is meant: a tool's word, help, the version, or the desk itself. Whatever is heavy is loaded behind this.
 * Must not know: what any of them does.
 */
import { runMeant } from './app/meant.js';

// No zone of the machine's: every zone is the policy's, and node-cron stalls in an hour that a zone repeats (metronome.ts).
process.env.TZ = 'UTC';

// A reader that went away (`| head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const LEAVE_MS = 250;

void runMeant(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
  // What still holds the process up, a socket that hangs or a post nobody waits for any more, does so no longer.
  setTimeout(() => process.exit(code), LEAVE_MS).unref();
});
