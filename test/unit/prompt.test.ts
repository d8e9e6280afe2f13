/** The prompt on streams: no line is lost, whenever it was typed; Ctrl-C loses nothing but what it is pressed at. */
import { PassThrough, Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { registry } from '../../src/desk/desk.js';
import { completer, namesNobody } from '../../src/surfaces/terminal/complete.js';
import { openPrompt, type Prompt } from '../../src/surfaces/terminal/prompt.js';

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const UP = '\u001b[A';

type Session = {
  readonly prompt: Prompt;
  readonly type: (text: string) => void;
  readonly worked: string[];
  readonly screen: () => string;
  readonly remembered: () => readonly string[] | null;
  readonly over: Promise<void>;
  /** Lets what was typed be read. */
  readonly settle: () => Promise<void>;
};

function session(
  work: (line: string, prompt: Prompt) => Promise<void> = async () => undefined,
  options: { readonly history?: readonly string[]; readonly typedBefore?: string } = {},
): Session {
  const input = new PassThrough();
  let screen = '';
  let remembered: readonly string[] | null = null;
  const output = new Writable({
    decodeStrings: false,
    write: (chunk: string, _encoding, done) => {
      screen += chunk;
      done();
    },
  });
  const worked: string[] = [];
  const prompt = openPrompt({
    input,
    output,
    complete: completer(registry),
    history: options.history ?? [],
    remember: (lines) => {
      remembered = lines;
    },
  });
  input.write(options.typedBefore ?? '');
  const over = prompt.run(
    () => 'mei> ',
    async (line) => {
      worked.push(line);
      await work(line, prompt);
    },
  );
  return {
    prompt,
    type: (text) => input.write(text),
    worked,
    screen: () => screen,
    remembered: () => remembered,
    over,
    settle: async () => {
      for (let turn = 0; turn < 20; turn += 1) await new Promise((next) => setImmediate(next));
    },
  };
}

describe('lines', () => {
  it('pasted in one go are all worked on, in order, one at a time', async () => {
    let busy = 0;
    const { type, worked, over, screen } = session(async () => {
      busy += 1;
      expect(busy).toBe(1);
      await new Promise((next) => setImmediate(next));
      busy -= 1;
    });
    type('one\rtwo\rthree\rfour\rfive\rsix\rexit\r');
    await over;
    expect(worked).toEqual(['one', 'two', 'three', 'four', 'five', 'six']);
    for (const line of worked) expect(stripVTControlCharacters(screen())).toContain(`mei> ${line}`);
  });

  it('typed before the first prompt, and while another is worked on, count', async () => {
    const { type, worked, over, settle } = session(
      async (line) => {
        if (line === 'early') type('while busy\r');
        await settle();
      },
      { typedBefore: 'early\r' },
    );
    await settle();
    type(CTRL_D);
    await over;
    expect(worked).toEqual(['early', 'while busy']);
  });

  it('half typed stay, below what is posted meanwhile, and the prompt is drawn again', async () => {
    const { prompt, type, settle, screen, worked, over } = session();
    await settle();
    type('half a li');
    await settle();
    await prompt.write('a digest');
    expect(screen().slice(screen().indexOf('a digest'))).toMatch(/a digest\n[\s\S]*mei> half a li/);
    type('ne\rexit\r');
    await over;
    expect(worked).toEqual(['half a line']);
  });
});

describe('Ctrl-C', () => {
  it('clears a line', async () => {
    const { type, worked, over, settle } = session();
    await settle();
    type('not this');
    await settle();
    type(CTRL_C);
    await settle();
    type('this\rexit\r');
    await over;
    expect(worked).toEqual(['this']);
  });

  it('leaves only when pressed twice on an empty line', async () => {
    const { type, worked, over, settle } = session();
    await settle();
    type(CTRL_C);
    await settle();
    type('still here\r');
    await settle();
    type(CTRL_C);
    await settle();
    type(CTRL_C);
    await over;
    expect(worked).toEqual(['still here']);
  });

  it('drops the lines that wait, and says how many', async () => {
    const { type, worked, over, settle, screen } = session(async (line) => {
      if (line === 'one') type(CTRL_C);
      await settle();
    });
    await settle();
    type('one\rtwo\rthree\r');
    await settle();
    type('exit\r');
    await over;
    expect(worked).toEqual(['one']);
    expect(screen()).toContain('2 lines not run');
  });
});

describe('a question', () => {
  const asking = async (answers: (string | null)[], prompt: Prompt) => {
    answers.push(await prompt.ask({ label: 'Case', hint: 'which', problem: null }));
  };

  it('is left with Ctrl-C, and the desk goes on', async () => {
    const answers: (string | null)[] = [];
    const { type, worked, over, settle } = session((line, prompt) =>
      line === 'ask' ? asking(answers, prompt) : Promise.resolve(),
    );
    await settle();
    type('ask\r');
    await settle();
    type(CTRL_C);
    await settle();
    type('next\rexit\r');
    await over;
    expect([answers, worked]).toEqual([[null], ['ask', 'next']]);
  });

  it('is left by a command, typed or pasted, which is run', async () => {
    const answers: (string | null)[] = [];
    const { type, worked, over, settle } = session((line, prompt) =>
      line === 'ask' ? asking(answers, prompt) : Promise.resolve(),
    );
    type('ask\r/pasted\rask\r');
    await settle();
    type('/typed\rexit\r');
    await over;
    expect([answers, worked]).toEqual([
      [null, null],
      ['ask', '/pasted', 'ask', '/typed'],
    ]);
  });

  it('keeps its answer out of the history', async () => {
    const answers: (string | null)[] = [];
    const { type, over, settle, remembered } = session(
      (line, prompt) => (line === 'ask' ? asking(answers, prompt) : Promise.resolve()),
      { history: ['older'] },
    );
    await settle();
    type('ask\r');
    await settle();
    type('secret words\r');
    await settle();
    type('ask\rpasted answer\rexit\r');
    await over;
    expect(answers).toEqual(['secret words', 'pasted answer']);
    expect(remembered()?.join(' ')).not.toMatch(/secret|pasted answer/);
    expect(remembered()).toContain('older');
  });
});

describe('history and completion', () => {
  it('finds the lines of earlier runs', async () => {
    const { type, worked, over, settle } = session(undefined, { history: ['/privacy list'] });
    await settle();
    type(UP);
    await settle();
    type('\rexit\r');
    await over;
    expect(worked).toEqual(['/privacy list']);
  });

  it.each(['/privacy list overdue', '/privacy show PR-2026-0001', '/as lyon@discord', '/clock +27d'])(
    'may keep %s in the clear',
    (line) => expect(namesNobody(registry)(line)).toBe(true),
  );

  it.each([
    '/privacy log deletion C-10812',
    '/privacy log deletion c-10812 scope:email',
    '/privacy note PR-2026-0001 "called"',
    '/privacy note PR-2026-0001 call wang back',
    '/privacy show PR-2026-0001 wang@example.com',
    '/privacy log deletion 13812345678',
    '/press Approve DR-2026-0001 reason:"as wang said"',
    'just words',
  ])('keeps %s in no file', (line) => expect(namesNobody(registry)(line)).toBe(false));

  it('completes commands, fields and closed lists', () => {
    const complete = completer(registry);
    expect(complete('/privacy lo')[0]).toEqual(['/privacy log ']);
    expect(complete('/privacy log del')[0]).toContain('deletion');
    expect(complete('/privacy log deletion C-1 sco')[0]).toEqual(['scope:']);
    expect(complete('/privacy log deletion C-1 scope:email,pay')[0]).toContain('scope:email,payment');
  });
});
