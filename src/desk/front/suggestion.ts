import type { Question, Suggestion } from '../../chat/suggestion.js';
import type { Reader } from '../../domain/requests/reading.js';
import type { Pack } from '../../policy/schema.js';
import type { StaffRow } from '../../record/rows.js';
import type { Tx } from '../../record/store.js';
import type { Instant } from '../../vocabulary/values.js';

export type Asked = {
  readonly question: Question;
  readonly tx: Tx;
  readonly member: StaffRow & Reader;
  readonly pack: Pack;
  readonly packOf: (hash: string) => Promise<Pack>;
  readonly now: Instant;
};

export type Source = (asked: Asked) => Promise<readonly Suggestion[]>;
