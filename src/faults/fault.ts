import { ChaosError } from '../base/error.ts';
import type { Random } from '../base/random.ts';
import type { Capability } from '../machine/machine.ts';
import type { FaultSchema } from '../model/fault-schema.ts';
import type { Impact } from '../model/impact.ts';
import type { Target } from '../model/scenario.ts';
import type { FaultEnvironment } from './environment.ts';
import type { Program } from './host/programs.ts';
import type { Condition } from './proof.ts';
import type { Scope } from './scope.ts';

/**
 * A kind of fault: one file, one line in registry.ts. Parameters with units, a plan that is pure (so that a seed repeats it
 * and a dry run prints it), an injection, a proof by something other than the injector, and a heal.
 */
export type FaultKind<Parameters = unknown> = FaultSchema<Parameters> & {
  /** How it can be done, the best first; the first that this machine offers all of is taken. */
  readonly mechanisms: readonly Mechanism[];
  /** Programs without which it cannot be done here. */
  readonly needs?: readonly Program[];
  /** It wants nodes whose data folders are file systems of their own and this large, where the machine allows that. */
  readonly dataFolderBytes?: number;
  /** It takes CPU, memory or disk away by programs of its own: the machine is busier for it, and that is the point. */
  readonly usesMachine?: true;
  /** Why this machine does not let it be done at all; undefined when it does. Finds out once a run. */
  refusal?(): string | undefined;
  /** Decides what exactly will be done. Pure: all choices come from `random`. */
  plan(parameters: Parameters, target: Target, cluster: ClusterShape, random: Random): FaultPlan;
};

/** A kind as the registry has it: its injections are rolled back when they fail half-way, and healed, by the scope that each of them has. */
export type RegisteredKind = Omit<FaultKind, 'plan'> & {
  plan(parameters: unknown, target: Target, cluster: ClusterShape, random: Random): PlannedFault;
};

/** One way to do a fault, and what it needs of a machine beside processes and sockets of this user's own. */
export type Mechanism = { readonly name: string; readonly needs: readonly Capability[] };

/** The names of the cluster's nodes, in order. */
export type ClusterShape = { readonly nodes: readonly string[] };

export type PlannedFault = {
  readonly kind: string;
  /** What is struck, as a reader sees it: `node2`, `node1 -> node3`. */
  readonly target: string;
  /** What is done to it, as a reader sees it: `100 ms each way`. */
  readonly injected: string;
  readonly impact: Impact;
  /** Why nothing in this cluster would be struck: it skips the scenario. Does not depend on the seed. */
  readonly nothingToStrike?: string | undefined;
  /** Called before the steady phase: begins to observe what will be struck, so that there is something to compare with. */
  prepare(environment: FaultEnvironment): Promise<PreparedFault>;
};

/** What a kind's own file plans. */
export type FaultPlan = Omit<PlannedFault, 'prepare'> & {
  prepare(environment: FaultEnvironment): Promise<Injector>;
};

export type Injector = {
  /** Does it. Before each step it tells the scope how the step is undone; where it throws, the scope does that. */
  inject(scope: Scope): Promise<ActiveFault>;
  /** Ends the observation; called once, healed or not, injected or not. */
  release(): Promise<void>;
};

export type PreparedFault = {
  /** Called once. Where it rejects, what had been done is taken back already, unless it rejects with NotRolledBack. */
  inject(): Promise<ActiveFault>;
  /**
   * Takes the fault away, however far the injection came; afterwards nothing of it is left, and nothing more is injected. Safe to call twice,
   * and while the injection goes on. What failed is tried again by the next call.
   */
  heal(): Promise<void>;
  /** Ends the observation; called once, after the heal. */
  release(): Promise<void>;
};

/** A fault that this machine or this broker has no mechanism for, found when it was about to be prepared: its scenario is skipped. */
export class NotAvailable extends ChaosError {
  constructor(why: string) {
    super('fault', why);
  }
}

export type ActiveFault = {
  /** How it was done on this machine: `link proxy`, `SIGSTOP`. */
  readonly mechanism: string;
  /** Resolves when the impact ends before the heal does it, as a restart's does with its downtime. */
  readonly impactOver?: Promise<void>;
  /** Looks, near the end of the hold and before the heal, whether the fault is really in force. */
  prove(): Promise<Proof>;
  /**
   * What this fault may have ended a node with that died by itself at that time (monotonic), the likeliest first, in words that
   * allow to do it again. Absent for a fault that sends nothing.
   */
  suspects?(node: string, atMs: number): Promise<readonly string[]>;
};

/** Made by `proofOf` from conditions, so that a proof that failed says first which condition it was. */
export type Proof = {
  readonly proven: boolean;
  /** The conditions that were not met; empty when the fault is proven. */
  readonly failed: readonly Condition[];
  /** What was seen, as a reader sees it: `round trip 200.3 ms longer at the median`. Begins with what failed, if anything did. */
  readonly observed: string;
  /** The same in numbers, keys with units. */
  readonly figures: Readonly<Record<string, number>>;
};
