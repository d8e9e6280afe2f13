/**
 * `/desk policy`: what is in force, and what another pack would change; it never changes anything itself (P-0).
 * Must not know: where packs are read from.
 */
import { z } from 'zod';
import { word } from '../../../chat/fields/kinds.js';
import { type Problem, saidProblem } from '../../../chat/problem.js';
import { isOpen } from '../../../domain/requests/request.js';
import { requestDatesOf } from '../../../domain/requests/rules.js';
import { DESK } from '../../../language/en/commands/desk.js';
import { faultPlace, faultWords } from '../../../language/en/pack-faults.js';
import { civilDay } from '../../../policy/calendar.js';
import { PackProblem } from '../../../policy/pack.js';
import {
  type ActivePack,
  defineCommand,
  type PlanContext,
  type Planned,
  type PlanPage,
} from '../../front/plan.js';
import { loadCase, readerOf } from '../../requests/on-request.js';
import { readable } from '../../requests/readable.js';
import { comparisonCard, type MovedCase, policyCard } from '../cards/policy.js';

/** The most open cases one comparison reads. */
const CASES_MAX = 5000;
const CASES_A_PAGE = 25;
/** Problems of a pack shown at once, and characters of each: it may quote what the file says. */
const FAULTS_MAX = 10;
const FAULT_LENGTH = 200;

export const policy = defineCommand({
  command: 'desk',
  verb: 'policy',
  words: DESK.policy,
  permission: 'desk.policy',
  input: z.strictObject({
    pack: word().optional(),
  }),
  positionals: ['pack'],
  examples: ['/desk policy', '/desk policy pack:manifests/policies/default.yaml'],
  plan: async (context, { pack: name }) => {
    if (name === undefined) return { kind: 'answer', card: policyCard(context.active) };
    const other = await readOther(context, name);
    return Array.isArray(other)
      ? { kind: 'problems', problems: other }
      : { kind: 'reads', run: (page) => compare(context, other, page) };
  },
});

async function compare(
  { active, now, today }: PlanContext,
  other: ActivePack,
  page: PlanPage,
): Promise<Planned> {
  const otherToday = civilDay(now, other.pack.zone);
  const late: MovedCase[] = [];
  const moved: MovedCase[] = [];
  const rows = await page(async (context) =>
    readable(context.tx, await context.tx.requests({ open: true, limit: CASES_MAX }), readerOf(context)),
  );
  for (let at = 0; at < rows.length; at += CASES_A_PAGE)
    await page(async (context) => {
      for (const { ref } of rows.slice(at, at + CASES_A_PAGE)) {
        const loaded = await loadCase(context, ref, { lock: false });
        if (loaded === null || !isOpen(loaded.request)) continue;
        const due = loaded.request.dates.due;
        const then = requestDatesOf(loaded.request, other.pack).due;
        if (then < otherToday && due >= today) late.push({ ref, now: due, then });
        else if (then !== due) moved.push({ ref, now: due, then });
      }
    });
  return {
    kind: 'answer',
    card: comparisonCard({ active, other, late, moved, open: rows.length }),
  };
}

/** The pack of that name or file, or what is wrong with it. Only pack files are opened: a problem may quote the text. */
async function readOther(
  { outside, invocation }: PlanContext,
  name: string,
): Promise<ActivePack | Problem[]> {
  if (/[./]/.test(name) && !/\.ya?ml$/i.test(name))
    return [
      saidProblem('pack', { code: 'invalid-value', says: 'must be a .yaml file or a name', read: name }),
    ];
  try {
    const here = outside.platforms.find((platform) => platform.name === invocation.surface);
    return await outside.packNamed(name, here?.atTheMachine === true);
  } catch (error) {
    if (error instanceof PackProblem) return faultsOf(error);
    const code = error instanceof Error && 'code' in error ? error.code : null;
    const reason = code === null ? undefined : UNREADABLE[String(code)];
    if (reason === undefined) throw error;
    return [saidProblem('pack', { code: 'not-found', says: `cannot be read: ${reason}`, read: name })];
  }
}

const UNREADABLE: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EACCES: 'permission denied',
  EISDIR: 'it is a folder',
  EFBIG: 'it is no file of a pack’s size',
};

function faultsOf({ problems }: PackProblem): Problem[] {
  const shown = problems.slice(0, FAULTS_MAX).map((found) => {
    const fault = `${faultPlace(found) ?? 'the whole pack'} ${faultWords(found.reason)}`;
    const says = `cannot be used: ${fault.length > FAULT_LENGTH ? `${fault.slice(0, FAULT_LENGTH - 1)}…` : fault}`;
    return saidProblem('pack', { code: 'invalid-value', says });
  });
  const more = problems.length - shown.length;
  return more > 0
    ? [
        ...shown,
        saidProblem('pack', {
          code: 'invalid-value',
          says: `has ${more} more problems: npm run policy -- FILE`,
        }),
      ]
    : shown;
}
