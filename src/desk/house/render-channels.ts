/** What an administrator is told of a channel that posts do not arrive in. Must not know: who is told, any platform. */
import { card, text } from '../../chat/card.js';
import { lostRemedy, lostWords } from '../../language/en/channels.js';
import { loadOnly } from '../../record/load.js';
import type { Render } from '../tell/kinds.js';
import { channelKey, channels } from './channels.js';

export const renderChannels: Render = async ({ tx }, effect) => {
  if (effect.kind !== 'private') return null;
  const { history, state } = await loadOnly(tx, channels, { lock: false });
  const event = history.find(({ seq }) => seq === effect.seq)?.event;
  if (event?.type !== 'channel_lost') return null;
  const { surface, channel, why } = event;
  const uses = state.get(channelKey(event))?.uses ?? [];
  return {
    card: card('A channel of the desk is not to be reached', 'bad', [
      { kind: 'channels', channels: [{ surface, channel, text: lostWords(why, uses) }] },
      text(lostRemedy(why, uses)),
    ]),
  };
};
