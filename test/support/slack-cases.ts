/**
 * Cases brought to a point through Slack, as people bring them there. Must not know: what is tested.
 */
import type { SlackDesk } from './slack-desk.js';
import type { Message } from './slack-state.js';
import { labelsOf } from './slack-widgets.js';

/** A proposal of mei's in the thread, waiting for an officer. */
export async function proposed(on: SlackDesk): Promise<Message> {
  const mei = on.as('mei');
  await mei.says('/privacy log deletion C-10812 scope:email');
  await mei.says('/privacy verify PR-2026-0001 method:callback result:pass ref:call#9');
  await mei.says('/privacy check PR-2026-0001 email done ref:CHG-1');
  await mei.says('/privacy propose PR-2026-0001 fulfilled');
  await on.settle();
  const found = (await on.thread('PR-2026-0001')).find(({ blocks }) => labelsOf(blocks).includes('Approve'));
  if (found === undefined) throw new Error('no proposal in the thread');
  return found;
}
