/**
 * Forms that say more than fits into their id, remembered for as long as Discord takes an answer to them. In memory only:
 * what was typed is nobody's record until it is sent. Must not know: Discord's payloads.
 */
import { randomBytes } from 'node:crypto';
import type { Form } from '../../chat/form.js';
import { TOKEN_LIFE_MS } from './limits.js';

const MOST = 500;

export type Drafts = {
  readonly keep: (form: Form) => string;
  readonly find: (id: string) => Form | null;
};

/** `now` in milliseconds, monotonic. */
export function createDrafts(now: () => number = () => performance.now()): Drafts {
  const drafts = new Map<string, { readonly form: Form; readonly until: number }>();
  return {
    keep: (form) => {
      for (const [id, { until }] of drafts) {
        if (until > now() && drafts.size < MOST) break;
        drafts.delete(id);
      }
      const id = randomBytes(9).toString('base64url');
      drafts.set(id, { form, until: now() + TOKEN_LIFE_MS });
      return id;
    },
    find: (id) => {
      const found = drafts.get(id);
      return found === undefined || found.until <= now() ? null : found.form;
    },
  };
}
