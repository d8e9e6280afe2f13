/**
 * `/desk doctor`: what the desk runs on, and what would soon be missing. Must not know: any platform or database; their
 * facts come as words.
 */

import { z } from 'zod';
import { card, text } from '../../../chat/card.js';
import { yes } from '../../../chat/fields/kinds.js';
import { slashLine } from '../../../chat/step-line.js';
import { verifierKeyText } from '../../../domain/log/signing.js';
import { notSignedWords } from '../../../language/en/checkpoints.js';
import { DESK } from '../../../language/en/commands/desk.js';
import { minuteWords } from '../../../language/en/dates.js';
import {
  sentAgainWords,
  unreachableOfficerWords,
  unsentWords,
  waitingWords,
} from '../../../language/en/doctor.js';
import { damageWords, RECORD_TROUBLE_NEXT } from '../../../language/en/tampering.js';
import { calendarCovers, civilDay } from '../../../policy/calendar.js';
import { unreachableOfficer } from '../../../policy/officer.js';
import { latestCheckpoint, signerOf } from '../../../record/checkpoints.js';
import { fromEntry, STREAMS } from '../../../record/entry.js';
import { whyNotSigned } from '../../../record/log/standing.js';
import { type Diagnosis, defineCommand, type PlanContext } from '../../front/plan.js';
import { failedPosts, isToMend } from '../../post/failed.js';
import { readable } from '../../requests/readable.js';
import { audits } from '../audits.js';
import { unboundUses } from '../cards/channel.js';
import { doctorCard } from '../cards/doctor.js';
import { HASH_SHOWN } from '../cards/policy.js';
import { trainingState } from '../cards/staff.js';

export const doctor = defineCommand({
  command: 'desk',
  verb: 'doctor',
  words: DESK.doctor,
  permission: 'desk.doctor',
  input: z.strictObject({
    send_again: yes().optional(),
  }),
  examples: ['/desk doctor', '/desk doctor send_again:yes'],
  plan: async (context, { send_again }) => {
    const { tx, now } = context;
    if (send_again === true) {
      const count = await tx.reviveDead(now);
      return { kind: 'answer', card: card('Sent again', 'neutral', [text(sentAgainWords(count))]) };
    }
    const posts = await postFindings(context);
    const outside = await context.outside.diagnose(now, tx);
    const found = [
      await recordFindings(context),
      posts,
      { warnings: outside.warnings, facts: [] },
      policyFindings(context),
      staffFindings(context),
      channelFindings(context),
      await unownedFindings(context),
      await logFindings(context),
    ];
    return {
      kind: 'answer',
      card: doctorCard(
        {
          warnings: found.flatMap(({ warnings }) => warnings),
          facts: [...found.flatMap(({ facts }) => facts), ...outside.facts],
        },
        {
          again: posts.again,
          channels: context.channels.filter(({ uses }) => uses.length > 0),
          refs: posts.refs,
        },
      ),
    };
  },
});

/** What the desk found out about its own record: what is wrong below it now, and what it told of today. */
async function recordFindings({ tx, today, active }: PlanContext): Promise<Diagnosis> {
  const below = (await tx.damage('quick')).map((one) => `${damageWords(one)}. ${RECORD_TROUBLE_NEXT}`);
  const seq = await tx.headSeq(STREAMS.audits, { lock: false });
  const [last] = await tx.rawEntries({ after: { stream: STREAMS.audits, seq: seq - 1 }, take: 1 });
  const isToday = last?.stream === STREAMS.audits && civilDay(last.at, active.pack.zone) === today;
  const event = isToday && last !== undefined ? fromEntry(audits.events, { ...last, personal: null }) : null;
  const told = event?.type === 'self_check_failed' ? event.says : [];
  return {
    warnings: [...new Set([...below, ...told.map((one) => `${one}. ${RECORD_TROUBLE_NEXT}`)])],
    facts: [],
  };
}

/** So many failed posts are read; they are grouped, so what is beyond them is more of the same. */
const POSTS_READ = 1_000;

async function postFindings({
  tx,
}: PlanContext): Promise<Diagnosis & { readonly again: boolean; readonly refs: readonly string[] }> {
  const failed = failedPosts(await tx.failedPosts(POSTS_READ));
  const hiccups = failed.filter((group) => !isToMend(group));
  return {
    warnings: failed
      .filter(isToMend)
      .map((group) => unsentWords({ ...group, where: `${group.surface} ${group.at}` })),
    facts: [['stuck posts', waitingWords(hiccups.reduce((sum, { count }) => sum + count, 0))]],
    again: failed.some(({ given }) => given === 'up'),
    refs: [...new Set(failed.filter(isToMend).flatMap(({ refs }) => refs.flatMap((ref) => ref ?? [])))],
  };
}

/** The key a stranger verifies with, and whether the log may be signed at all. */
async function logFindings({ tx, outside: { signing } }: PlanContext): Promise<Diagnosis> {
  const last = await latestCheckpoint(tx);
  const why = await whyNotSigned(tx, signing.log, last);
  const signed = last === null ? 'none yet' : `${last.number} of ${last.day}`;
  const told = why === null ? null : notSignedWords(why);
  return {
    warnings: told === null ? [] : [`${told.says} → ${slashLine(told.step)}`],
    facts: [
      ['Last checkpoint', signed],
      ['Verifier key', verifierKeyText(signerOf(signing.log, last).key)],
    ],
  };
}

function policyFindings({ active, now, today }: PlanContext): Diagnosis {
  const { pack, name, hash } = active;
  const year = Number(today.slice(0, 4));
  const years = [year, year + 1];
  const missing = years.filter((one) => !calendarCovers(pack, one));
  const nowhere = unreachableOfficer(pack);
  return {
    warnings: [
      ...(nowhere.length > 0 ? [unreachableOfficerWords(nowhere, pack.officer.clause)] : []),
      ...missing.map(
        (one) =>
          `The calendar of ${one} is not in the policy: target days, reminders and working days of ${one} only know the usual public holidays of ${pack.calendar.country}. Add calendar.years."${one}" to the pack once the days off are announced, and start the desk with it.`,
      ),
    ],
    facts: [
      ['Policy', `${name}, ${hash.slice(0, HASH_SHOWN)}`],
      ['Zone', `${pack.zone}: ${minuteWords(now, pack.zone)}`],
      ['Calendar', years.map((one) => `${one} ${missing.includes(one) ? 'missing' : 'known'}`).join(', ')],
    ],
  };
}

function staffFindings({ staff, active: { pack }, today }: PlanContext): Diagnosis {
  const active = staff.filter((member) => member.active);
  const named = (state: ReturnType<typeof trainingState>) =>
    pack.training.required ? active.filter((row) => trainingState(row, today) === state) : [];
  const ended = named('ended').map((row) => `@${row.person}`);
  const ending = named('ending').map((row) => `@${row.person}`);
  const { person, deputy } = pack.officer;
  const holds = (who: string, role: 'officer' | 'deputy') =>
    active.some((row) => row.roles.includes(role) && row.person === who);
  const add = (who: string, role: string) => `→ /desk staff action:add person:${who} role:${role}`;
  return {
    warnings: [
      ...(ended.length > 0
        ? [`Training has ended for ${ended.join(', ')}. → /desk staff action:train person:… until:…`]
        : []),
      ...(ending.length > 0 ? [`Training ends within 30 days for ${ending.join(', ')}.`] : []),
      ...(holds(person, 'officer')
        ? []
        : [
            `The policy names ${person} as privacy officer, and nobody of that name has the role. ${add(person, 'officer')}`,
          ]),
      ...(holds(deputy, 'deputy')
        ? []
        : [
            `The policy names ${deputy} as deputy, and nobody of that name has the role: a complaint about the officer would reach nobody. ${add(deputy, 'deputy')}`,
          ]),
    ],
    facts: [
      [
        'Staff',
        `${active.length} active${ended.length > 0 ? `, ${ended.length} without valid training` : ''}`,
      ],
    ],
  };
}

/** Nobody looks after these. */
async function unownedFindings({ tx }: PlanContext): Promise<Diagnosis> {
  const unowned = await readable(tx, await tx.requests({ open: true, owner: null }), null);
  const shown = unowned.slice(0, 10).map(({ ref }) => ref);
  return {
    warnings:
      unowned.length === 0
        ? []
        : [
            `Without an owner: ${shown.join(', ')}${unowned.length > shown.length ? ` and ${unowned.length - shown.length} more` : ''}. → An agent or officer takes them: /privacy assign`,
          ],
    facts: [['Cases without an owner', String(unowned.length)]],
  };
}

function channelFindings({ channels }: PlanContext): Diagnosis {
  const bound = channels.filter((row) => row.uses.length > 0);
  return {
    warnings: unboundUses(channels).map(
      (use) =>
        `No channel is bound for ${use}, so the desk answers privately only. → In that channel: /desk channel use:${use}`,
    ),
    facts: bound.length === 0 ? [['Channels', 'none']] : [],
  };
}
