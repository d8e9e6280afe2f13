/**
 * (c) How soon Slack hears of a hundred commands that come at once, in both modes, through unmodified Bolt and the fake that
 * speaks Slack's protocols. Slack gives up after three seconds.
 */
import { MODES, type Mode, slackDesk } from '../support/slack-desk.js';
import { senderThread } from '../support/slack-sender.js';
import { type Figure, say } from './figures.js';

const AT_ONCE = 100;
const ROUNDS = 5;
const GOAL_MS = 3000;

export async function acknowledgements(): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const mode of MODES) figures.push(await acknowledged(mode));
  return figures;
}

async function acknowledged(mode: Mode): Promise<Figure> {
  const sender = senderThread();
  const desk = await slackDesk({ mode, send: sender.send });
  try {
    const mei = desk.as('mei');
    await mei.says('/desk help');
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const lines = Array.from(
        { length: AT_ONCE },
        (_, at) => `/privacy log access C-${20_000 + round * AT_ONCE + at}`,
      );
      times.push(...(await Promise.all(lines.map((line) => mei.command(line)))).map(({ ms }) => ms));
      const done = (round + 1) * AT_ONCE;
      const answers = () => mei.seen().filter((each) => JSON.stringify(each).includes('Logged as')).length;
      await desk.fake.state.until(() => answers() === done, 'every answer', 60_000);
      await desk.settle();
    }
    times.sort((one, other) => one - other);
    const at = (share: number) => times[Math.ceil(times.length * share) - 1] ?? Number.NaN;
    say(
      `Slack, ${mode} mode: ${ROUNDS} rounds of ${AT_ONCE} commands at once, median ${ms(at(0.5))}, longest ${ms(at(1))}`,
    );
    return {
      what: `Slack, ${mode} mode, p99 of the acknowledgement of ${AT_ONCE} commands at once`,
      value: ms(at(0.99)),
      goal: `under ${ms(GOAL_MS)}`,
      met: at(0.99) < GOAL_MS,
    };
  } finally {
    await sender.stop();
    await desk.close();
  }
}

const ms = (value: number): string => `${value.toFixed(0)} ms`;
