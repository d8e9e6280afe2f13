/**
 * What this desk last wrote, kept beside its key and away from the database: whoever cuts the database, or puts an older
 * copy in its place, is found (evidence.md, "Rollback"). A line a stream that moved since the checkpoint before last, and
 * the checkpoint itself. Must not know: what entries mean, which database it is.
 */
import { appendFile, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { StreamId } from '../domain/ledger.js';
import { STREAMS } from '../record/entry.js';
import { StoreProblem } from '../record/store.js';
import { makeFolder } from './engine/folder.js';

/** An entry that was written: the last of its stream, as far as this process knows. */
export type Seen = { readonly stream: StreamId; readonly seq: number; readonly hash: string };

export type Witness = {
  /** The last entry of each stream that was seen, for those that moved lately. */
  readonly all: () => ReadonlyMap<StreamId, Seen>;
  readonly last: (stream: StreamId) => Seen | null;
  /** After a commit. Returns at once; the file follows. */
  readonly saw: (written: readonly Seen[]) => void;
  /** Forgets what is not there any more: the database is the truth from now on, knowingly. */
  readonly reset: (stays: readonly Seen[]) => Promise<void>;
  /** Where it is kept and what it holds, for `/desk doctor`. */
  readonly describe: () => string;
  readonly close: () => Promise<void>;
};

/** In memory only: without a file it ends with the process. */
export const unkept = (): Witness => witnessOf(null, new Map());

/** Throws StoreProblem 78 when there is a file and it cannot be read. */
export async function openWitness(file: string): Promise<Witness> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') return '';
    throw new StoreProblem(
      `What the desk last wrote is kept in ${file}, which cannot be read (${cause.code ?? 'unknown error'}). ` +
        'Make it a file that this user can read and write, or name another with OMBUD_WITNESS.',
      78,
      { cause },
    );
  });
  return witnessOf(file, linesOf(text));
}

const HEX = /^[0-9a-f]{64}$/;

/** A line that a crash cut short, or that nobody of this desk wrote, says nothing. */
function linesOf(text: string): Map<StreamId, Seen> {
  const seen = new Map<StreamId, Seen>();
  for (const line of text.split('\n')) {
    const [stream = '', seq = '', hash = ''] = line.split(' ');
    const at = Number(seq);
    if (stream === '' || !Number.isSafeInteger(at) || at < 1 || !HEX.test(hash)) continue;
    if (at >= (seen.get(stream)?.seq ?? 0)) seen.set(stream, { stream, seq: at, hash });
  }
  return seen;
}

const lineOf = ({ stream, seq, hash }: Seen): string => `${stream} ${seq} ${hash}\n`;

function witnessOf(file: string | null, known: Map<StreamId, Seen>): Witness {
  let waiting = '';
  let trouble: string | null = null;
  let writing: Promise<void> = Promise.resolve();
  /** What the last checkpoint may not cover yet. */
  let lately = new Set(known.keys());

  const write = (work: () => Promise<void>): Promise<void> => {
    writing = writing.then(work).then(
      () => {
        trouble = null;
      },
      (error: unknown) => {
        // The command is committed; `/desk doctor` says that nothing watches over the next ones.
        trouble = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
      },
    );
    return writing;
  };
  const flush = async (): Promise<void> => {
    const text = waiting;
    waiting = '';
    if (file === null || text === '') return;
    await makeFolder(dirname(file));
    await appendFile(file, text, { mode: 0o600 });
  };
  const rewrite = async (): Promise<void> => {
    if (file === null) return;
    waiting = '';
    await makeFolder(dirname(file));
    await writeFile(`${file}.new`, [...known.values()].map(lineOf).join(''), { mode: 0o600 });
    await rename(`${file}.new`, file);
  };
  // Not before the database is this desk's own: a start that is refused leaves no file behind.
  if (file !== null && known.size > 0) void write(rewrite);

  return {
    all: () => new Map(known),
    last: (stream) => known.get(stream) ?? null,
    saw: (written) => {
      for (const one of written) {
        const { stream, seq } = one;
        if (seq < (known.get(stream)?.seq ?? 0)) continue;
        known.set(stream, one);
        lately.add(stream);
        if (file !== null) waiting += lineOf(one);
      }
      if (written.some(({ stream }) => stream === STREAMS.checkpoints)) {
        for (const stream of known.keys()) if (!lately.has(stream)) known.delete(stream);
        lately = new Set([STREAMS.checkpoints]);
        void write(rewrite);
      } else if (waiting !== '') void write(flush);
    },
    reset: (stays) => {
      known.clear();
      for (const one of stays) known.set(one.stream, one);
      lately = new Set(known.keys());
      return write(rewrite);
    },
    describe: () => {
      const point = known.get(STREAMS.checkpoints);
      const kept = file ?? 'in memory only';
      const upTo = point === undefined ? 'no checkpoint yet' : `checkpoint entry ${point.seq}`;
      return trouble === null
        ? `${kept}: ${upTo}, ${known.size} streams`
        : `${kept} cannot be written (${trouble}): a database put back would not be noticed`;
    },
    close: () => write(flush),
  };
}
