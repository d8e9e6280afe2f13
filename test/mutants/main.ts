/**
 * `npm run mutants`: turns off every refusal of the domain, one at a time, and lists those that no test of the deciders
 * notices. Exit code 1 when there is one. A refusal that only slow tests protect is listed too: write it a fast one.
 * Must not know: any one rule.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { TaskMeta } from 'vitest';
import { createVitest, type Vitest } from 'vitest/node';
import { type Site, switched } from './refusals.js';

const DOMAIN = 'src/domain';
const UNIT = 'test/unit';
/** Of the deciders' own tests, those that need no desk and no thousand walks: each runs once for every refusal it comes by. */
const FOR_DECIDERS = /^(?:request|disclosure)-?.*\.test\.ts$|-rules\.test\.ts$/;
const SLOW = /-properties\.test\.ts$/;
const WITH_A_DESK = /\/(?:desk-bare|terminal-desk|fresh-store)\.js'/;
/** Fewer than ever were: the finder has lost its way. */
const LEAST_SITES = 100;

const sources = readdirSync(DOMAIN, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .sort()
  .map((name) => join(DOMAIN, name))
  .map((path) => ({ path, text: readFileSync(path, 'utf8') }));

const { sites, textOf } = switched(sources);
if (sites.length < LEAST_SITES) throw new Error(`only ${sites.length} refusals found in ${DOMAIN}`);

const tests = readdirSync(UNIT)
  .filter((name) => FOR_DECIDERS.test(name) && !SLOW.test(name))
  .map((name) => join(UNIT, name))
  .filter((path) => !WITH_A_DESK.test(readFileSync(path, 'utf8')));

const withSwitches = {
  name: 'refusals-with-switches',
  enforce: 'pre' as const,
  load: (id: string) => textOf.get(id.replace(`${process.cwd()}/`, '')) ?? null,
};

type Plan = Readonly<Record<string, readonly number[]>>;

/** Every test of the deciders, by its id, with what the runner noted on it. */
async function run(vitest: Vitest, plan: Plan): Promise<ReadonlyMap<string, TaskMeta>> {
  vitest.provide('plan', plan);
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(
    await vitest.globTestSpecifications(),
  );
  const ran = testModules.flatMap((module) => [...module.children.allTests()]);
  const unfit = ran.filter((test) => test.meta().unfit === true).map(({ fullName }) => fullName);
  const faults = [...unhandledErrors, ...testModules.flatMap((module) => module.errors()), ...unfit];
  if (ran.length === 0 || faults.length > 0)
    throw new Error(
      `${ran.length} tests; with every refusal on these fail: ${faults.map(String).join(', ')}`,
    );
  return new Map(ran.map((test) => [test.id, test.meta()]));
}

async function unnoticed(all: readonly Site[]): Promise<readonly Site[]> {
  const vitest = await createVitest(
    'test',
    {
      config: false,
      watch: false,
      include: tests,
      runner: resolve('test/mutants/runner.ts'),
      reporters: [{}],
      isolate: false,
    },
    { plugins: [withSwitches] },
  );
  try {
    const asIs = await run(vitest, {});
    const plan = Object.fromEntries([...asIs].map(([test, { asked = [] }]) => [test, asked]));
    const noticed = [...(await run(vitest, plan)).values()].flatMap((meta) => meta.noticed ?? []);
    return all.filter(({ id }) => !noticed.includes(id));
  } finally {
    await vitest.close();
  }
}

const started = performance.now();
const survivors = await unnoticed(sites);
for (const { path, line, words } of survivors) console.log(`nobody notices: ${path}:${line}  ${words}`);
const seconds = Math.round((performance.now() - started) / 1000);
console.log(`${sites.length} refusals turned off, ${survivors.length} unnoticed, ${seconds} s`);
process.exitCode = survivors.length === 0 ? 0 : 1;
