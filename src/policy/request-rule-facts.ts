/** What a pack says about one request type, as facts. Must not know: wording, cases, dates of any particular request. */
import type { Category, LegalBasis, NoticeKind, RequestType } from '../vocabulary/values.js';
import { grouped } from './grouped.js';
import { type Period, periodOf } from './period.js';
import type { FreezeRestRule, Pack, RequestRule } from './schema.js';

type Due = RequestRule['due'];
type Extension = Exclude<Due['extension'], 'none'>;
type Pause = Exclude<Due['pause'], 'none'>;
/** When a freeze says it: while the request is open, once it is fulfilled, for what is kept. */
export type FreezeTime = 'open' | 'rest' | 'retained';

type OfRequest =
  | { readonly kind: 'request'; readonly means: string }
  | ({ readonly kind: 'due'; readonly period: Period } & Pick<Due, 'start' | 'count' | 'roll'>)
  /** null: the last working day on or before the due day. */
  | { readonly kind: 'target'; readonly within: Period | null }
  | { readonly kind: 'clock-never-stops' }
  | ({ readonly kind: 'clock-stops' } & Pause)
  | { readonly kind: 'never-extended' }
  | ({
      readonly kind: 'extension';
      readonly most: Period | null;
      readonly of: Extension['window']['of'];
      readonly from: Period | null;
      readonly to: Period | 'due';
    } & Pick<Extension, 'reasons' | 'requires'>)
  | { readonly kind: 'acknowledged'; readonly within: Period }
  | { readonly kind: 'acted-on'; readonly within: Period }
  | { readonly kind: 'own-reminders'; readonly days: readonly number[] }
  | ({ readonly kind: 'handling' } & Pick<RequestRule, 'identity' | 'checklist' | 'decision'>)
  | { readonly kind: 'recipients-of-result'; readonly told: boolean }
  | { readonly kind: 'never-possible'; readonly category: Category; readonly ground: string }
  | {
      readonly kind: 'evidence-needed';
      readonly category: Category;
      readonly field: string;
      readonly ground: string;
    }
  | { readonly kind: 'freezes-nothing' }
  | { readonly kind: 'freezes' }
  | { readonly kind: 'freeze-after'; readonly after: RequestRule['freeze']['after'] }
  | {
      readonly kind: 'freeze-says';
      readonly when: FreezeTime;
      readonly bases: readonly LegalBasis[];
      readonly rule: FreezeRestRule;
      readonly note: string | null;
    }
  | { readonly kind: 'notices'; readonly byOutcome: readonly NoticesOf[] };

/** The notices needed to close with an outcome. */
export type NoticesOf = {
  readonly outcome: keyof RequestRule['notices'];
  readonly notices: readonly {
    readonly kind: NoticeKind;
    readonly when: 'always' | 'kept' | 'freeze_lifted';
  }[];
};
export type RequestRuleFact = OfRequest & { readonly type: RequestType };
type Fact = OfRequest & { readonly clause: string | null };

export function requestRuleFacts(
  pack: Pack,
  type: RequestType,
): readonly (RequestRuleFact & { readonly clause: string | null })[] {
  const rule = pack.requests[type];
  const { acknowledge, act, reminderDays, notifyRecipients, clause } = rule;
  const facts: readonly Fact[] = [
    { kind: 'request', means: rule.means, clause },
    ...dueFacts(rule),
    {
      kind: 'acknowledged',
      within: workingDays(acknowledge.workingDays),
      clause: acknowledge.clause ?? null,
    },
    ...(act === null
      ? []
      : [{ kind: 'acted-on' as const, within: workingDays(act.workingDays), clause: act.clause ?? null }]),
    ...(reminderDays === undefined
      ? []
      : [{ kind: 'own-reminders' as const, days: reminderDays, clause: null }]),
    {
      kind: 'handling',
      identity: rule.identity,
      checklist: rule.checklist,
      decision: rule.decision,
      clause,
    },
    { kind: 'recipients-of-result', told: notifyRecipients.required, clause: notifyRecipients.clause },
    ...rule.never.map((one): Fact => ({ kind: 'never-possible', ...one })),
    ...rule.evidenced.map((one): Fact => ({ kind: 'evidence-needed', ...one })),
    ...freezeFacts(rule),
    { kind: 'notices', byOutcome: noticesOf(rule), clause },
  ];
  return facts.map((fact) => ({ ...fact, type }));
}

function dueFacts({ due, target }: RequestRule): readonly Fact[] {
  const { add, start, count, roll, pause, extension, clause } = due;
  const within = target === 'last_working_day_on_or_before_due' ? null : periodOf(target);
  return [
    { kind: 'due', period: periodOf(add), start, count, roll, clause },
    { kind: 'target', within, clause: null },
    pause === 'none' ? { kind: 'clock-never-stops', clause } : { kind: 'clock-stops', ...pause, clause },
    extension === 'none' ? { kind: 'never-extended', clause } : extensionFact(extension),
  ];
}

function extensionFact({ add, reasons, requires, window, clause }: Extension): Fact {
  return {
    kind: 'extension',
    most: add === undefined ? null : periodOf(add),
    reasons,
    requires,
    of: window.of,
    from: window.from === undefined ? null : periodOf(window.from),
    to: window.to === 'due' ? 'due' : periodOf(window.to),
    clause,
  };
}

function freezeFacts({ freezes, freeze, clause }: RequestRule): readonly Fact[] {
  if (!freezes) return [{ kind: 'freezes-nothing', clause }];
  return [
    { kind: 'freezes', clause },
    ...saysOf('open', freeze.open),
    { kind: 'freeze-after', after: freeze.after, clause },
    ...saysOf('rest', freeze.rest),
    ...saysOf('retained', freeze.retained),
  ];
}

/** Bases of which the same is said are told together. */
function saysOf(when: FreezeTime, rules: RequestRule['freeze']['rest']): readonly Fact[] {
  if (rules === null) return [];
  // The schema has a rule for every basis, and for no other word.
  const entries = Object.entries(rules) as [LegalBasis, (typeof rules)[LegalBasis]][];
  return grouped(entries, ([, { rule, clause, note }]) => JSON.stringify([rule, clause, note])).map(
    (alike) => {
      const [[, { rule, clause, note }]] = alike;
      return {
        kind: 'freeze-says',
        when,
        bases: alike.map(([basis]) => basis),
        rule,
        note: note ?? null,
        clause,
      };
    },
  );
}

function noticesOf({ notices }: RequestRule): readonly NoticesOf[] {
  const all: readonly NoticesOf[] = [
    { outcome: 'fulfilled', notices: notices.fulfilled },
    { outcome: 'no_data_held', notices: notices.no_data_held },
    { outcome: 'partially_fulfilled', notices: notices.partially_fulfilled },
    { outcome: 'refused', notices: notices.refused },
  ];
  return all.filter((one) => one.notices.length > 0);
}

const workingDays = (n: number): Period => ({ unit: 'working_days', n });
