/**
 * Bolt acknowledges events before anything is done with them, so a mention would be lost with the process. Here an event is
 * acknowledged when it is done; one that failed is not, and Slack delivers it again. Must not know: what an event says.
 */
import type { App, ReceiverEvent } from '@slack/bolt';

/** Slack waits 3 s, then delivers again. */
const ACK_BY_MS = 2_500;

/** What a receiver calls an app for. */
export type Processor = Pick<App, 'processEvent'>;

export function acknowledgingWhenDone(app: Processor): Processor {
  return {
    processEvent: async (event: ReceiverEvent) => {
      if (event.body.event === undefined) return app.processEvent(event);
      let acknowledged = false;
      const acknowledge = async (): Promise<void> => {
        if (acknowledged) return;
        acknowledged = true;
        await event.ack();
      };
      // A socket that is gone meanwhile: Slack delivers again, and it is known by its id.
      const timer = setTimeout(() => void acknowledge().catch(() => undefined), ACK_BY_MS);
      try {
        await app.processEvent({ ...event, ack: async () => undefined });
        await acknowledge();
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
