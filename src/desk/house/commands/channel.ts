/**
 * `/desk channel`: binds the channel it is said in, or shows what is bound. Must not know: what is posted there.
 */
import { z } from 'zod';
import { missing } from '../../../chat/command.js';
import { choice, word } from '../../../chat/fields/kinds.js';
import { type Problem, saidProblem } from '../../../chat/problem.js';
import { CHANNEL_USES } from '../../../domain/house.js';
import { no, type Refusal } from '../../../domain/refusal.js';
import { DESK } from '../../../language/en/commands/desk.js';
import { type DeskCommand, defineCommand, type Planned } from '../../front/plan.js';
import { boundCard, channelsCard } from '../cards/channel.js';
import { bindChannel } from '../channels.js';

export const channel: DeskCommand = defineCommand({
  command: 'desk',
  verb: 'channel',
  words: DESK.channel,
  permission: 'desk.channel',
  input: z.strictObject({
    use: choice(CHANNEL_USES).optional(),
    locale: word().optional(),
  }),
  positionals: ['use'],
  examples: ['/desk channel', '/desk channel use:cases', '/desk channel use:digest locale:zh-CN'],
  plan: async (context, { use, locale }) => {
    if (use === undefined) {
      if (locale !== undefined) return { kind: 'problems', problems: [missing(channel, 'use')] };
      return { kind: 'answer', card: channelsCard(context.channels) };
    }
    const language = locale === undefined ? { locale: null } : localeOf(locale);
    if ('problem' in language) return { kind: 'problems', problems: [language.problem] };
    const { surface, channel: here } = context.invocation;
    if (here === null) return refused(no('wrong-state', 'no-channel-here', null, { use }));
    const { forPosts, forThreads } = context.invocation.missing;
    const lacks = use === 'cases' ? [...forPosts, ...forThreads] : forPosts;
    if (lacks.length > 0) return refused(no('wrong-state', 'channel-lacks', null, { use, lacks }));
    const bound = await bindChannel(context, {
      surface,
      channel: here,
      uses: [use],
      locale: language.locale,
    });
    return { kind: 'answer', card: boundCard(bound, use) };
  },
});

/** A BCP 47 tag in its canonical spelling. */
function localeOf(raw: string): { readonly locale: string } | { readonly problem: Problem } {
  const found = canonicalLocale(raw);
  if (found !== null) return { locale: found };
  return {
    problem: saidProblem('locale', {
      code: 'invalid-value',
      says: 'must be a language tag like en, en-GB or zh-CN',
      read: raw,
      suggestion: canonicalLocale(raw.replaceAll('_', '-')),
    }),
  };
}

function canonicalLocale(raw: string): string | null {
  try {
    return Intl.getCanonicalLocales(raw)[0] ?? null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const refused = (refusal: Refusal): Planned => ({ kind: 'refused', about: null, refusal });
