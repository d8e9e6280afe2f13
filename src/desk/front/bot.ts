/**
 * The one path in: whoever says whatever at whichever door, it is parsed, permitted, planned and committed here, and
 * answered (architecture.md, "How a command travels"). Must not know: any platform, what a command does.
 */

import type { Logger } from 'pino';
import { formOf, type Registry } from '../../chat/command.js';
import type { Answer, Form } from '../../chat/form.js';
import type { Problem } from '../../chat/problem.js';
import { refusalCard } from '../../chat/refusal-card.js';
import type { Handle, Invocation } from '../../chat/surface.js';
import type { Refusal } from '../../domain/refusal.js';
import { clauseText } from '../../language/en/clauses.js';
import { worded } from '../../language/problems.js';
import { civilDay } from '../../policy/calendar.js';
import { mayDo } from '../../policy/permissions.js';
import type { Pack } from '../../policy/schema.js';
import { STREAMS } from '../../record/entry.js';
import { holderOf, type People, peopleOf } from '../../record/people.js';
import { note } from '../../record/record.js';
import type { StaffRow } from '../../record/rows.js';
import type { Store, Tx } from '../../record/store.js';
import { threadRefIn } from '../../vocabulary/references.js';
import type { Account, Day, Instant } from '../../vocabulary/values.js';
import type { DeskKinds } from '../tell/kinds.js';
import { advisedBy } from './advice.js';
import { errorAnswer, faultAnswer, formAnswer, problemCard } from './answers.js';
import { type Asked, lengthOf, readAsked, refIn, unread } from './asked.js';
import { correction, formFor, nextPage } from './forms.js';
import { keptIf } from './kept-if.js';
import { mendsOf } from './mends.js';
import { notOnStaff, permitRefusal } from './permit.js';
import type { ActivePack, DeskCommand, Outside, PlanContext, Planned, Reads } from './plan.js';
import { probesOf } from './probes.js';
import { readingPlace } from './reading.js';

export type BotDeps = {
  readonly store: Store;
  readonly registry: Registry<DeskCommand>;
  readonly active: ActivePack;
  readonly packOf: (tx: Tx, hash: string) => Promise<Pack>;
  readonly kinds: DeskKinds;
  readonly outside: Outside;
  readonly clock: () => Instant;
  readonly log: Logger;
  /** Closed lists of this very case, for a form that this account is shown. */
  readonly choicesIn: (form: Form, account: Account) => Promise<Form>;
  /** Called after every commit that may have queued posts. */
  readonly kick: () => void;
  /** Short, readable reference of a fault, e.g. `K7Q2`. */
  readonly faultRef: () => string;
};

type Outcome =
  | {
      readonly kind: 'planned';
      readonly planned: Planned;
      readonly asked: Asked;
      readonly member: StaffRow | null;
    }
  | { readonly kind: 'form'; readonly form: Form }
  | { readonly kind: 'repeated' };

/** Permitted, and still to be read in pages. */
type Begun = { readonly kind: 'begun'; readonly reads: Reads; readonly context: PlanContext };

type RefusedOutcome = Extract<Outcome, { kind: 'planned' }> & {
  readonly planned: Extract<Planned, { kind: 'refused' }>;
};

const isRefused = (outcome: Outcome | Begun): outcome is RefusedOutcome =>
  outcome.kind === 'planned' && outcome.planned.kind === 'refused';

const isFilled = ({ ask }: Invocation): boolean =>
  (ask.kind === 'fields' || ask.kind === 'press') && ask.filled === true;

/** In characters; most commands are shorter. */
const LONG = 500;

/** What may be asked where the staff's stream is damaged, so that nobody knows who is who. */
const WHERE_NOBODY_IS_SURE: readonly string[] = ['desk.audit', 'desk.doctor', 'desk.help'];

export function createBot(deps: BotDeps): Handle {
  const { store, registry, active, kinds, outside, clock, log } = deps;
  const clauseOf = ({ clause, rule }: Problem) =>
    clause ?? (rule === null ? null : (active.pack.rules?.[rule]?.clause ?? null));

  return async (invocation) => {
    try {
      const asked = (await mayCost(invocation))
        ? readAsked(invocation, registry, readingPlace(active.pack, clock()))
        : unread([]);
      const { ask } = invocation;
      const outcome =
        ask.kind === 'form' ? await beforeForm(invocation, asked, ask.asks) : await whole(invocation, asked);
      deps.kick();
      return await withChoices(answerOf(outcome), invocation);
    } catch (error) {
      return faultAnswer(error, deps);
    }
  };

  /** Reading what is long costs time, which a stranger is not given: they are refused without. */
  async function mayCost({ ask, account }: Invocation): Promise<boolean> {
    return lengthOf(ask) <= LONG || (await store.transact((tx) => tx.staffOf(account)))?.active === true;
  }

  async function whole(invocation: Invocation, asked: Asked): Promise<Outcome> {
    let page: Form | null = null;
    const { outcome: first, kept } = await keptIf(
      store,
      (tx) => once(tx, invocation, asked),
      (outcome) => {
        page = isFilled(invocation) && isRefused(outcome) ? nextPage(asked, outcome.planned.refusal) : null;
        return page === null;
      },
    );
    // What a form did not require cannot be held against whoever filled it in: it is asked for, and nothing is kept.
    if (!kept && page !== null) return { kind: 'form', form: page };
    if (first.kind !== 'begun') return first;
    const { reads, context } = first;
    const planned = await reads.run((work) =>
      store.transact((tx) => work({ ...context, tx, packOf: (hash) => deps.packOf(tx, hash) })),
    );
    const member = context.staff.find(({ person }) => person === context.actor.person) ?? null;
    if (planned.kind === 'refused')
      await store.transact((tx) => keepRefusal(tx, invocation, asked, member, planned, context.now));
    return { kind: 'planned', planned, asked, member };
  }

  /**
   * A button that asks: what would be refused whatever is filled in is refused at once, and recorded, as if it had been
   * typed. Otherwise the form is the answer, and nothing is kept, not even that it was asked for.
   */
  async function beforeForm(
    invocation: Invocation,
    asked: Asked,
    asks: readonly string[] | null,
  ): Promise<Outcome> {
    const { command, fields, shown, reading } = asked;
    if (command === null) return whole(invocation, asked);
    const place = readingPlace(active.pack, clock());
    const problems = asks === null && !reading.ok ? reading.problems.map(worded) : [];
    const form: Outcome = { kind: 'form', form: formOf(command, fields, problems, shown, asks) };
    let refused: Asked | null = null;
    for (const probe of probesOf(command, fields, asks)) {
      const tried = { ...asked, fields: probe, reading: command.read(probe, place) };
      const { outcome } = await keptIf(
        store,
        (tx) => once(tx, invocation, tried),
        () => false,
      );
      if (outcome.kind === 'repeated') return outcome;
      if (!isRefused(outcome) || mendsOf(outcome.planned.refusal, command).length > 0) return form;
      refused ??= tried;
    }
    if (refused === null) return form;
    const final = refused;
    // The same again, to be kept. Should it be accepted by now, nothing of what nobody typed is.
    const { outcome, kept } = await keptIf(store, (tx) => once(tx, invocation, final), isRefused);
    return kept && outcome.kind === 'planned' ? outcome : form;
  }

  /** Inside the transaction: claim, permit, read the fields, plan; a refusal goes on the ledger. */
  async function once(tx: Tx, invocation: Invocation, asked: Asked): Promise<Outcome | Begun> {
    const now = clock();
    if (invocation.id !== null && !(await tx.claim(invocation.id, now))) return { kind: 'repeated' };
    const people = await peopleOf(tx, civilDay(now, active.pack.zone));
    const verb = asked.command === null ? '' : `${asked.command.command}.${asked.command.verb}`;
    if (people.damage !== null && !WHERE_NOBODY_IS_SURE.includes(verb)) throw people.damage;
    const member = holderOf(people.staff, invocation.account);
    const planned = await decide(tx, invocation, asked, { member, people }, now);
    if (planned.kind === 'begun') return planned;
    if (planned.kind === 'refused') await keepRefusal(tx, invocation, asked, member, planned, now);
    return { kind: 'planned', planned, asked, member };
  }

  async function decide(
    tx: Tx,
    invocation: Invocation,
    asked: Asked,
    { member, people }: { readonly member: StaffRow | null; readonly people: People },
    now: Instant,
  ): Promise<Planned | Begun> {
    if (member === null || !member.active) return refusedWith(notOnStaff(active.pack, invocation.account));
    const today = civilDay(now, active.pack.zone);
    if (asked.command !== null) {
      const { permission, also } = asked.command;
      const refusal = permitRefusal(active.pack, permission, member, today);
      const otherwise = also.some((one) => permitRefusal(active.pack, one, member, today) === null);
      if (refusal !== null && !otherwise) return refusedWith(refusal);
    }
    if (!asked.reading.ok) return { kind: 'problems', problems: asked.reading.problems };
    const context = await contextOf(tx, invocation, asked.shown, { member, people }, now, today);
    const planned = await asked.reading.plan(context);
    return planned.kind === 'reads' ? { kind: 'begun', reads: planned, context } : planned;
  }

  async function contextOf(
    tx: Tx,
    invocation: Invocation,
    shown: number | null,
    { member, people: { staff, same } }: { readonly member: StaffRow; readonly people: People },
    now: Instant,
    today: Day,
  ): Promise<PlanContext> {
    return {
      tx,
      now,
      today,
      actor: { person: member.person, account: invocation.account },
      roles: member.roles,
      active,
      packOf: (hash) => deps.packOf(tx, hash),
      kinds,
      may: (permission) => mayDo(active.pack, member.roles, permission),
      invocation,
      shown,
      staff,
      same,
      channels: await tx.channels(),
      registry,
      outside,
    };
  }

  /** A refused attempt about something on record is kept in that one's stream, else in the desk's own. */
  async function keepRefusal(
    tx: Tx,
    invocation: Invocation,
    asked: Asked,
    member: StaffRow | null,
    { refusal, about }: Extract<Planned, { kind: 'refused' }>,
    now: Instant,
  ): Promise<void> {
    const stream = about?.stream ?? (await knownStream(tx, threadRefIn(asked.fields))) ?? STREAMS.desk;
    const kind = kinds.of(stream);
    if (kind === null) throw new Error(`${stream} is no stream that keeps refused attempts`);
    const command = asked.command === null ? 'unknown' : `${asked.command.command}.${asked.command.verb}`;
    const actor = { person: member?.person ?? null, account: invocation.account };
    const { code, clause } = refusal;
    const attempt = { type: 'command_refused', command, code, clause };
    await note({ tx, now, actor }, kind, stream, attempt);
  }

  async function knownStream(tx: Tx, ref: string | undefined): Promise<string | null> {
    const table = ref === undefined ? null : kinds.of(ref)?.table;
    if (ref === undefined || !table) return null;
    return (await table.stored(tx, ref)) === null ? null : ref;
  }

  function answerOf(outcome: Outcome): Answer {
    if (outcome.kind === 'repeated')
      return errorAnswer(refusalCard({ says: 'That was already done.' }, null), 'repeated', null, null);
    if (outcome.kind === 'form') return formAnswer(outcome.form);
    const { planned, asked, member } = outcome;
    switch (planned.kind) {
      case 'answer':
        return { kind: 'answer', card: planned.card };
      case 'refused': {
        const { refusal } = planned;
        const today = civilDay(clock(), active.pack.zone);
        const words = refusal.clause === null ? null : clauseText(active.pack, refusal.clause);
        return errorAnswer(
          refusalCard(
            advisedBy(planned, member, { active, registry, today }),
            words,
            refIn(asked) ?? planned.about?.stream,
          ),
          refusal.code,
          refusal.clause,
          correction(asked, refusal),
        );
      }
      case 'problems': {
        const [first] = planned.problems;
        return errorAnswer(
          problemCard(planned.problems.map(worded), refIn(asked), clauseOf),
          first?.code ?? 'invalid-value',
          first === undefined ? null : clauseOf(first),
          formFor(asked, planned.problems),
        );
      }
      default:
        return planned satisfies never;
    }
  }

  async function withChoices(answer: Answer, { account }: Invocation): Promise<Answer> {
    if (answer.kind !== 'error' || answer.form === null) return answer;
    try {
      return { ...answer, form: await deps.choicesIn(answer.form, account) };
    } catch (error) {
      log.error({ err: error }, 'the choices of a form could not be found');
      return answer;
    }
  }
}

const refusedWith = (refusal: Refusal): Planned => ({ kind: 'refused', refusal, about: null });
