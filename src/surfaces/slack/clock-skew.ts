/**
 * How far our clock is from Slack's, read off every answer: signatures of requests are refused when it is five minutes off.
 * Must not know: what is asked.
 */
import type { webApi } from '@slack/bolt';

export function watchClockSkew(fetchFn: typeof fetch): {
  readonly fetch: webApi.FetchFunction;
  readonly described: () => string;
} {
  let seconds: number | null = null;
  return {
    fetch: async (url, init) => {
      const answer = await fetchFn(url, init as RequestInit);
      const date = Date.parse(answer.headers.get('date') ?? '');
      if (!Number.isNaN(date)) seconds = Math.round((Date.now() - date) / 1000);
      return answer;
    },
    described: () => {
      if (seconds === null) return 'not known yet';
      if (Math.abs(seconds) <= 1) return 'in step';
      return `${Math.abs(seconds)} s ${seconds > 0 ? 'ahead' : 'behind'}`;
    },
  };
}
