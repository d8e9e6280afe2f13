/**
 * What a command's plan is given and gives back. A plan loads, lets the domain decide, and records; it runs inside one
 * transaction. Must not know: any surface, Prisma.
 */

import type { Card } from '../../chat/card.js';
import type { Command, Registry } from '../../chat/command.js';
import { commandFactory } from '../../chat/command.js';
import type { Problem } from '../../chat/problem.js';
import type { Invocation } from '../../chat/surface.js';
import type { Refusal } from '../../domain/refusal.js';
import type { Pack } from '../../policy/schema.js';
import type { Signing } from '../../record/checkpoints.js';
import type { PackOf } from '../../record/kind.js';
import type { People } from '../../record/people.js';
import type { ChannelRow } from '../../record/rows.js';
import type { Tx } from '../../record/store.js';
import type { Permission } from '../../vocabulary/permissions.js';
import type { Step } from '../../vocabulary/step.js';
import type { Actor, Day, Instant, Person, Role, SubjectId } from '../../vocabulary/values.js';
import type { DeskKinds } from '../tell/kinds.js';

/** A policy pack with what identifies it. */
export type ActivePack = { readonly pack: Pack; readonly name: string; readonly hash: string };

export type PlanContext = {
  readonly tx: Tx;
  readonly now: Instant;
  /** The civil day of `now` in the zone of the pack in force. */
  readonly today: Day;
  readonly actor: Actor & { readonly person: Person };
  readonly roles: readonly Role[];
  /** The pack in force; a case is decided under the one it pinned (`packOf`). */
  readonly active: ActivePack;
  readonly packOf: PackOf;
  readonly kinds: DeskKinds;
  readonly may: (permission: Permission) => boolean;
  readonly invocation: Invocation;
  /** The number of the proposal or version a button showed; null when typed. */
  readonly shown: number | null;
  readonly channels: readonly ChannelRow[];
  readonly registry: Registry<DeskCommand>;
  readonly outside: Outside;
} & People;

/** What some `/desk` verbs need beside the store: asked from outside, never reached for. */
export type Outside = {
  /** For `/desk doctor`, of everything outside the desk; asks the store through `tx` only. */
  readonly diagnose: (now: Instant, tx: Tx) => Promise<Diagnosis>;
  /**
   * Reads another pack for `/desk policy pack:…`: of a name, one that comes with the desk or lies beside the pack in force. Any
   * file only where `anyFile`. Throws PackProblem, or what reading a file throws.
   */
  readonly packNamed: (name: string, anyFile: boolean) => Promise<ActivePack>;
  readonly signing: Signing;
  /** The script that an evidence page verifies itself with; empty where it was not built. */
  readonly pageScript: () => string;
  /** Where an account can be. */
  readonly platforms: readonly PlatformFacts[];
};

export type Diagnosis = {
  /** Whole sentences, each with what to do. */
  readonly warnings: readonly string[];
  readonly facts: readonly (readonly [label: string, value: string])[];
};

export type PlatformFacts = {
  /** As accounts begin: `slack`. */
  readonly name: string;
  /** An account there is its person's name, so naming somebody is giving their account. */
  readonly accountsAreNames: boolean;
  /** Who types there sits at the machine the desk runs on, and reads its files anyway. */
  readonly atTheMachine: boolean;
};

export type Planned =
  | { readonly kind: 'answer'; readonly card: Card }
  | {
      readonly kind: 'refused';
      readonly refusal: Refusal;
      /** The stream that keeps the attempt; null: the desk's own. */
      readonly about: { readonly stream: string; readonly subjectId: SubjectId | null } | null;
      /** What brings it on for whoever asked, where the refusal says that something does. */
      readonly onward?: Step | null;
    }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

/**
 * A plan that reads much, or all: permitted in the first transaction, then run in pages, each in a transaction of its own, so
 * that nobody waits for it. What it records it records in one page, last.
 */
export type Reads = { readonly kind: 'reads'; readonly run: (page: PlanPage) => Promise<Planned> };
export type PlanPage = <T>(work: (context: PlanContext) => Promise<T>) => Promise<T>;

export type DeskCommand = Command<PlanContext, Planned | Reads>;
export const defineCommand = commandFactory<PlanContext, Planned | Reads>();
