/**
 * How far our clock is from Slack's, read off every answer: signatures of requests are refused when it is five minutes off.
 * Must not know: what is asked.
 */
import type { webApi } from '@slack/bolt';

/** No network takes so long. */
const TOO_FAR_SECONDS = 60;

export function watchClockSkew(fetchFn: typeof fetch): {
  readonly fetch: webApi.FetchFunction;
  readonly described: () => string;
  /** For `/desk doctor`. */
  readonly warnings: () => readonly string[];
} {
  let seconds: number | null = null;
  const apart = (off: number): string => `${Math.abs(off)} s ${off > 0 ? 'ahead of' : 'behind'}`;
  return {
    fetch: async (url, init) => {
      const answer = await fetchFn(url, init as RequestInit);
      const date = Date.parse(answer.headers.get('date') ?? '');
      if (!Number.isNaN(date)) seconds = Math.round((Date.now() - date) / 1000);
      return answer;
    },
    warnings: () =>
      seconds === null || Math.abs(seconds) < TOO_FAR_SECONDS
        ? []
        : [
            `This machine’s clock is ${apart(seconds)} Slack’s: deadlines are wrong by that, and from 300 s on what Slack signs is refused. → Set the clock, e.g. by NTP.`,
          ],
    described: () => {
      if (seconds === null) return 'not known yet';
      if (Math.abs(seconds) <= 1) return 'in step';
      return `${Math.abs(seconds)} s ${seconds > 0 ? 'ahead' : 'behind'}`;
    },
  };
}
