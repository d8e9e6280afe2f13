/**
 * Looks through every payload of a run for what must not be in it: personal data, or a customer's full reference, where
 * others can read it. Must not know: what was played.
 */
import { findPersonalData } from '../../src/vocabulary/personal-data.js';
import { HERE } from './reading-place.js';
import type { Call } from './slack-fake.js';

/** The customers of every script and test are written so. */
const REFERENCE = /\bC-\d{3,}/i;
const PUBLIC = ['chat.postMessage', 'chat.update', 'files.completeUploadExternal'];
/** Only ever shown to one person; a reveal is the one place for a full reference. */
const PRIVATE = [
  'chat.postEphemeral',
  'response_url',
  'views.open',
  'views.push',
  'views.update',
  'views.publish',
];

/** The officer's published address, which every customer may have (clause 8): no customer's data. */
const OFFICER = 'privacy@example.com';

/** What was found, each with where; empty is as it should be. */
export function leaksIn(calls: readonly Call[]): readonly string[] {
  return calls.flatMap(({ method, args }) => {
    const direct = String(args.channel ?? '').startsWith('D');
    const isPublic = PUBLIC.includes(method) && !direct;
    if (!isPublic && !PRIVATE.includes(method) && !direct) return [];
    // What people do not see is public all the same: buttons' values, metadata, names of files.
    const hidden = JSON.stringify([args.blocks, args.metadata, args.files, args.filename]);
    const inside =
      isPublic && REFERENCE.test(hidden) ? [`${method}: a full reference in what is not shown`] : [];
    const shown = textsIn([
      args.text,
      args.blocks,
      args.title,
      (args.view as { blocks?: unknown } | undefined)?.blocks,
    ]).flatMap((text) => {
      const kind = findPersonalData(text.replaceAll(OFFICER, ''), HERE.country);
      return [
        ...(kind === null ? [] : [`${method}: ${kind} in “${text}”`]),
        ...(isPublic && REFERENCE.test(text) ? [`${method}: a full reference in “${text}”`] : []),
      ];
    });
    return [...inside, ...shown];
  });
}

/** Slack shows a date for its seconds. */
const withoutDates = (text: string): string => text.replaceAll(/<!date\^\d+\^/g, '<!date^');

/** Every text people see, as they see it. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string')
    return [withoutDates(value).replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    ['value', 'action_id', 'block_id', 'type'].includes(key) ? [] : textsIn(inner),
  );
}
