import type { Random } from '../base/random.ts';
import type { ClusterShape } from '../model/cluster.ts';
import type { Effect, EffectOf, EffectType } from '../model/effects.ts';
import type { FaultSchema } from '../model/fault-schema.ts';
import type { Impact } from '../model/impact.ts';
import type { Target } from '../model/scenario.ts';

/**
 * A kind of fault: one file, one line in registry.ts. Parameters with units, and a plan that is pure, so that a seed repeats it and a dry
 * run prints it. How its effect is injected, proven and healed is the engine's: src/engines/local/effects/ has one file a type.
 */
export type FaultKind<Parameters = unknown, T extends EffectType = EffectType> = FaultSchema<Parameters> & {
  /** The type of effect that it plans. */
  readonly effect: T;
  /** It takes CPU, memory or disk away by programs of its own: the machine is busier for it, and that is the point. */
  readonly usesMachine?: true;
  /** Decides what exactly will be done. Pure: all choices come from `random`. */
  plan(parameters: Parameters, target: Target, cluster: ClusterShape, random: Random): FaultPlan<EffectOf<T>>;
};

/** What a kind plans: what a reader sees of it, and what is done. */
export type FaultPlan<E extends Effect = Effect> = {
  /** What is struck, as a reader sees it: `node2`, `node1 -> node3`. */
  readonly target: string;
  /** What is done to it, as a reader sees it: `100 ms each way`. */
  readonly injected: string;
  readonly impact: Impact;
  /** `nothing` where nothing in this cluster would be struck, which does not depend on the seed. */
  readonly effect: E | Extract<Effect, { type: 'nothing' }>;
};

export type PlannedFault = FaultPlan & { readonly kind: string };

/** A kind as the registry has it. */
export type RegisteredKind = Omit<FaultKind, 'plan'> & {
  plan(parameters: unknown, target: Target, cluster: ClusterShape, random: Random): PlannedFault;
};
