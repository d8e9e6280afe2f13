/**
 * A person at a prompt: every line counts, also one typed or pasted while another is worked on; posts appear above the line
 * being typed. Must not know: what a line means.
 */
import { clearScreenDown, createInterface, cursorTo, type Interface, moveCursor } from 'node:readline';
import { type Readable, Writable } from 'node:stream';
import { HISTORY_MAX } from './limits.js';

export type Question = { readonly label: string; readonly hint: string; readonly problem: string | null };

export type Prompt = {
  /** Reads and works on lines until `exit`, Ctrl-D, Ctrl-C twice or `close`. */
  readonly run: (prompt: () => string, work: (line: string) => Promise<void>) => Promise<void>;
  /** Null: left, by Ctrl-C, the end of input, or a command instead of an answer. */
  readonly ask: (question: Question) => Promise<string | null>;
  /** Shows text above the line that is being typed. */
  readonly write: (text: string) => Promise<void>;
  /** Ends at once; lines that wait are not run. */
  readonly close: () => void;
};

export type PromptDeps = {
  readonly input: Readable;
  readonly output: Writable & { readonly columns?: number };
  readonly complete: (line: string) => readonly [readonly string[], string];
  /** Lines of earlier runs, the newest first. */
  readonly history: readonly string[];
  /** Told of all lines, the newest first, when the prompt is left. */
  readonly remember: (lines: readonly string[]) => void;
};

type Reading = 'line' | 'question';
type State = 'busy' | Reading;
type Echo = { readonly stream: Writable; muted: boolean };
const LEAVING = '(Ctrl-C again, Ctrl-D or exit leaves)';

export const openPrompt = (deps: PromptDeps): Prompt => new LinePrompt(deps);

class LinePrompt implements Prompt {
  private readonly deps: PromptDeps;
  private readonly echo: Echo;
  private readonly readline: Interface;
  private state: State = 'busy';
  private waiting: string[] = [];
  private kept: readonly string[];
  private closed = false;
  private leaving = false;
  private reader: (line: string | null) => void = () => undefined;

  constructor(deps: PromptDeps) {
    this.deps = deps;
    this.kept = deps.history;
    this.echo = createEcho(deps.output);
    this.readline = createInterface({
      input: deps.input,
      output: this.echo.stream,
      terminal: true,
      history: [...deps.history],
      historySize: HISTORY_MAX,
      removeHistoryDuplicates: true,
      completer: (line: string): [string[], string] => {
        const [found, of] = deps.complete(line);
        return [[...found], of];
      },
    });
    this.readline.on('line', (line) => {
      this.leaving = false;
      if (this.state === 'busy') this.waiting.push(line);
      else this.hand(line);
    });
    this.readline.on('close', () => {
      this.closed = true;
      if (this.state === 'busy') return;
      deps.output.write('\n');
      this.hand(null);
    });
    this.readline.on('history', (history) => {
      // An answer is no command: it may be somebody's words.
      if (this.state === 'question') history.splice(0, history.length, ...this.kept);
      else this.kept = [...history];
    });
    this.readline.on('SIGINT', () => this.interrupt());
  }

  async run(prompt: () => string, work: (line: string) => Promise<void>): Promise<void> {
    for (;;) {
      const line = await this.next(prompt(), 'line');
      if (line === null || /^\/?(?:exit|quit)$/.test(line.trim())) break;
      await work(line);
    }
    this.readline.close();
    this.deps.remember(this.kept);
  }

  readonly ask = async ({ label, hint, problem }: Question): Promise<string | null> => {
    if (problem !== null) await this.show(`  ✗ ${problem}\n`);
    return this.next(`  ${label} (${hint}): `, 'question');
  };

  readonly write = async (text: string): Promise<void> => {
    const { output } = this.deps;
    if (this.state === 'busy') return this.show(`${text}\n`);
    moveCursor(output, 0, -this.readline.getCursorPos().rows);
    cursorTo(output, 0);
    clearScreenDown(output);
    output.write(`${text}\n`);
    this.draw();
  };

  close(): void {
    this.waiting = [];
    this.readline.close();
  }

  private async next(prompt: string, reading: Reading): Promise<string | null> {
    if (reading === 'question' && isCommand(this.waiting[0])) return null;
    const before = this.waiting.shift();
    if (before !== undefined) {
      if (reading === 'question') this.kept = this.kept.filter((line) => line !== before);
      await this.show(`${prompt}${before}\n`);
      return before;
    }
    if (this.closed) return null;
    const line = await new Promise<string | null>((settle) => {
      this.reader = settle;
      this.state = reading;
      this.echo.muted = false;
      this.readline.setPrompt(prompt);
      this.draw();
    });
    if (line === null || reading === 'line' || !isCommand(line)) return line;
    // A command instead of an answer leaves the question, and is run.
    this.waiting.unshift(line);
    return null;
  }

  /** At once: the rest of what was pasted arrives in this same turn, and is shown when its time comes. */
  private hand(line: string | null): void {
    this.state = 'busy';
    this.echo.muted = true;
    this.reader(line);
  }

  /** Clears what is typed, leaves a question, drops the lines that wait; twice where there is nothing of these: leaves. */
  private interrupt(): void {
    const { output } = this.deps;
    const typed = this.readline.line !== '';
    this.clearTyped();
    if (this.state === 'question') {
      output.write('^C\n');
      this.hand(null);
      return;
    }
    if (this.waiting.length > 0) {
      const lines = `${this.waiting.length} ${this.waiting.length === 1 ? 'line' : 'lines'}`;
      output.write(`^C  ${lines} not run\n`);
      this.waiting = [];
      return;
    }
    if (!typed && this.leaving) {
      this.readline.close();
      return;
    }
    this.leaving = !typed;
    if (this.state === 'busy') return;
    output.write(typed ? '^C\n' : `^C  ${LEAVING}\n`);
    this.draw();
  }

  private clearTyped(): void {
    const { echo, readline } = this;
    const { muted } = echo;
    echo.muted = true;
    readline.write(null, { ctrl: true, name: 'e' });
    readline.write(null, { ctrl: true, name: 'u' });
    echo.muted = muted;
  }

  /** Draws the prompt and what is typed, where nothing of them is on the screen. */
  private draw(): void {
    Reflect.set(this.readline, 'prevRows', 0);
    this.readline.prompt(true);
  }

  private show(text: string): Promise<void> {
    return new Promise((settle) => this.deps.output.write(text, () => settle()));
  }
}

const isCommand = (line: string | undefined): boolean => line?.trimStart().startsWith('/') === true;

/** What readline shows, unless muted: what is typed ahead appears when its turn comes, not between two answers. */
function createEcho(output: PromptDeps['output']): Echo {
  const stream = new Writable({
    decodeStrings: false,
    write: (chunk, _encoding, done) => {
      if (!echo.muted) output.write(chunk);
      done();
    },
  });
  Object.defineProperty(stream, 'columns', { get: () => output.columns });
  output.on('resize', () => stream.emit('resize'));
  const echo: Echo = { stream, muted: true };
  return echo;
}
