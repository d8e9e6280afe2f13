/**
 * Bolt acknowledges events before anything is done with them, so a mention would be lost with the process. Here an event is
 * acknowledged when it is done; one that failed is not, and Slack delivers it again. What nothing here listens to is
 * acknowledged, too. Must not know: what an event says.
 */
import type { App, ReceiverEvent } from '@slack/bolt';

/** Slack waits 3 s, then delivers again. */
const ACK_BY_MS = 2_500;

/** What a receiver calls an app for. */
export type Processor = Pick<App, 'processEvent'>;

export function acknowledgingWhenDone(app: Processor): Processor {
  return {
    processEvent: async (delivery: ReceiverEvent) => {
      let acknowledged = false;
      const acknowledge: ReceiverEvent['ack'] = async (...given) => {
        acknowledged = true;
        await delivery.ack(...given);
      };
      const isEvent = delivery.body.event !== undefined;
      const byNow = async (): Promise<void> => {
        if (!acknowledged) await acknowledge();
      };
      // A socket that is gone meanwhile: Slack delivers again, and it is known by its id.
      const timer = isEvent ? setTimeout(() => void byNow().catch(() => undefined), ACK_BY_MS) : undefined;
      try {
        await app.processEvent({ ...delivery, ack: isEvent ? async () => undefined : acknowledge });
        // What nobody listens to, an older card's button or something odd, would else be delivered again and again.
        await byNow();
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
