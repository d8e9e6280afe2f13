/**
 * The ways of running: on chat platforms until a signal comes, with the terminal beside them when it was asked for; or in
 * the terminal alone, for a person, a pipe or a script. Must not know: the environment, any one platform.
 */
import { dirname, join } from 'node:path';
import { registry } from '../desk/desk.js';
import { unreachableOfficerWords } from '../language/en/doctor.js';
import { unreachableOfficer } from '../policy/officer.js';
import { noteFile } from '../storage/note-file.js';
import type { TerminalDeps } from '../surfaces/terminal/app.js';
import { completer, namesNobody } from '../surfaces/terminal/complete.js';
import { pipeLines, scriptFile } from '../surfaces/terminal/input.js';
import { openPrompt, type Prompt } from '../surfaces/terminal/prompt.js';
import { type ChatDesk, startChatDesk } from './chat-desk.js';
import type { Config } from './config.js';
import { keepHistory, keptHistory } from './history.js';
import { startDeskMetronome } from './metronome.js';
import { outsideFor } from './outside.js';
import type { ChatSurface } from './platforms.js';
import { aborted, faultRef, type Opened, realNow, signalled, writeOut } from './process.js';
import {
  openClock,
  openTerminal,
  openTerminalDesk,
  type TerminalClock,
  type TerminalDesk,
} from './terminal-desk.js';

const bannerOf = ({ config, pack: { pack, name } }: Opened): string => {
  const { officer } = pack;
  const reached = officer.channels.map(({ address }) => address).join(', ');
  return [
    'Ombud, the privacy desk, in your terminal. You are mei, an agent.',
    `Data:     ${config.dataDir}${config.database.kind === 'postgresql' ? ' (key and exports; the record is in PostgreSQL)' : ''}`,
    `Policy:   ${name}`,
    `Officer:  ${officer.name} (${reached})`,
    ...warningsOf(config, pack).map((warning) => `!         ${warning}`),
    'Try:  /privacy log deletion C-10812     then  /desk help',
    '/as lyon speaks as the privacy officer, /clock +27d moves time on, exit leaves.',
    '',
  ].join('\n');
};

/** What is set and of no use, or still missing: said to people at every start. */
const warningsOf = (config: Config, pack: Opened['pack']['pack']): readonly string[] => {
  const nowhere = unreachableOfficer(pack);
  return [
    ...config.warnings,
    ...(nowhere.length > 0 ? [unreachableOfficerWords(nowhere, pack.officer.clause)] : []),
  ];
};

const REAL_CLOCK: TerminalClock = { now: realNow, set: async () => undefined, isReal: () => true };

export async function runChat(opened: Opened, platforms: readonly ChatSurface[]): Promise<void> {
  const { config, store, pack, masterKey, log } = opened;
  log.info({ data: config.dataDir, policy: pack.name, officer: pack.pack.officer.name }, 'the desk opens');
  for (const warning of warningsOf(config, pack.pack)) log.warn(warning);
  const stopping = signalled();
  const running = await startChatDesk({
    store,
    pack,
    clock: realNow,
    outsideWith: (notes, warnings) =>
      outsideFor(
        masterKey,
        () => [['data folder', config.dataDir], ...notes()],
        () => [...config.warnings, ...warnings()],
        dirname(config.policyFile),
        logOf(config),
      ),
    platforms,
    log,
    faultRef,
    stopping,
  });
  try {
    const ended = aborted(stopping);
    await (config.terminal.wanted ? Promise.race([ended, runPromptBeside(opened, running)]) : ended);
  } finally {
    await running.stop();
  }
}

/** The terminal of somebody on the staff list, on the real clock. */
async function runPromptBeside(opened: Opened, { desk }: ChatDesk): Promise<void> {
  const prompt = promptFor(opened.config);
  const terminal = await openTerminal({
    ...opened,
    desk,
    clock: REAL_CLOCK,
    faultRef,
    view: { ...viewOf(opened.config, prompt), onlyOwnAccounts: true },
  });
  await prompt.run(() => `${terminal.speaker()}> `, terminal.line);
}

export async function runTerminal(opened: Opened): Promise<void> {
  const { config, store, masterKey, log } = opened;
  const { script } = config.terminal;
  const input = script === null ? process.stdin : scriptFile(script);
  const prompt = isInteractive(config) ? promptFor(config) : null;
  const clock = await openClock(store, realNow);
  const outside = outsideFor(
    masterKey,
    () => [
      ['data folder', config.dataDir],
      ['clock', `${clock.now()}${clock.isReal() ? '' : ' (set with /clock)'}`],
    ],
    () => config.warnings,
    null,
    logOf(config),
  );
  const view = viewOf(config, prompt);
  const running = await openTerminalDesk({ ...opened, clock, outside, faultRef, view });
  const stopping = signalled();
  stopping.addEventListener('abort', () => {
    prompt?.close();
    input.destroy();
  });
  const work = async (line: string): Promise<void> => {
    if (!stopping.aborted) await running.terminal.line(line);
  };
  if (prompt === null) {
    for (const warning of config.warnings) log.warn(warning);
    return pipeLines(input, work, stopping);
  }
  await runPrompt(prompt, running, clock, work, opened);
}

async function runPrompt(
  prompt: Prompt,
  { desk, terminal }: TerminalDesk,
  clock: TerminalClock,
  work: (line: string) => Promise<void>,
  opened: Opened,
): Promise<void> {
  const { log } = opened;
  process.stderr.write(bannerOf(opened));
  const metronome = startDeskMetronome(desk, () => (clock.isReal() ? clock.now() : null), log);
  await prompt.run(() => `${terminal.speaker()}> `, work);
  await metronome.stop();
}

const logOf = ({ origin, witnessFile: path }: Config) => ({ origin, witness: noteFile(`${path}.note`) });

const isInteractive = ({ terminal: { json, script } }: Config): boolean =>
  script === null && !json && process.stdin.isTTY === true && process.stdout.isTTY === true;

const viewOf = (
  { terminal: { json }, colours, dataDir }: Config,
  prompt: Prompt | null,
): Pick<TerminalDeps, 'json' | 'colours' | 'write' | 'ask' | 'exportsDir'> => ({
  json,
  colours: process.stdout.isTTY === true && !json && colours,
  write: prompt?.write ?? writeOut,
  ask: prompt?.ask ?? null,
  exportsDir: join(dataDir, 'exports'),
});

const promptFor = ({ dataDir }: Config): Prompt =>
  openPrompt({
    input: process.stdin,
    output: process.stdout,
    complete: completer(registry),
    history: keptHistory(dataDir),
    remember: (lines) => keepHistory(dataDir, lines.filter(namesNobody(registry))),
  });
