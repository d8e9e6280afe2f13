/**
 * Runs each test as it is, noting which refusals it comes by; or, when it is given a plan, once for each of these refusals
 * with that one turned off, and as it is before and after. Starting Vitest anew for every refusal would take minutes.
 * Must not know: what is tested.
 */
import { setMaxListeners } from 'node:events';
import { inject, type RunnerTestCase, TestRunner } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** By a test's id, the refusals to turn off. */
    readonly plan: Readonly<Record<string, readonly number[]>>;
  }
  interface TaskMeta {
    /** The refusals it came by. */
    asked?: readonly number[];
    /** Those without which it fails. */
    noticed?: readonly number[];
    /** It fails as it is, or when it is run again: nothing it notices counts. */
    unfit?: boolean;
  }
}

// Every repetition listens to its test's abort signal, a hundred of them to one.
setMaxListeners(0);

let off: number | null = null;
const asked = new Set<number>();

/** The domain's files, as refusals.ts writes them, call this. */
Reflect.set(globalThis, 'refusalOff', (id: number): boolean => {
  asked.add(id);
  return id === off;
});

export default class SwitchingRunner extends TestRunner {
  readonly #plan = inject('plan');
  #attempt = 0;

  override async onBeforeRunTask(test: RunnerTestCase): Promise<void> {
    await super.onBeforeRunTask(test);
    this.#attempt = 0;
    const planned = this.#plan[test.id] ?? [];
    if (planned.length > 0) test.repeats = planned.length + 1;
  }

  override onBeforeTryTask(test: RunnerTestCase): void {
    super.onBeforeTryTask(test);
    asked.clear();
    off = this.#plan[test.id]?.[this.#attempt - 1] ?? null;
  }

  onAfterRetryTask(test: RunnerTestCase): void {
    const failed = (test.result?.errors?.length ?? 0) > 0;
    if (off === null && failed) test.meta.unfit = true;
    if (off === null) test.meta.asked = [...asked];
    if (off !== null && failed) test.meta.noticed = [...(test.meta.noticed ?? []), off];
    if (test.result !== undefined) test.result = { ...test.result, state: 'run', errors: [] };
    off = null;
    this.#attempt += 1;
  }
}
