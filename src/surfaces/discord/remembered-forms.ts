/**
 * Forms that say more than fits into their id, remembered for as long as Discord takes an answer to them. In memory only:
 * what was typed is nobody's record until it is sent. Must not know: Discord's payloads.
 */
import { randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Form } from '../../chat/form.js';
import { TOKEN_LIFE_MS } from './limits.js';

const FORMS_MAX = 500;

export type RememberedForms = {
  /** The id under which it is found. */
  readonly keep: (form: Form) => string;
  readonly find: (id: string) => Form | null;
};

export function createRememberedForms(): RememberedForms {
  const forms = new LRUCache<string, Form>({ max: FORMS_MAX, ttl: TOKEN_LIFE_MS });
  return {
    keep: (form) => {
      const id = randomBytes(9).toString('base64url');
      forms.set(id, form);
      return id;
    },
    find: (id) => forms.get(id) ?? null,
  };
}
