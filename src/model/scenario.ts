import type { Location } from '../base/error.ts';

export const tiers = ['basic', 'fault', 'stress', 'extreme'] as const;
export type Tier = (typeof tiers)[number];
/** When a tier is meant to run. */
export const tierSchedule: Readonly<Record<Tier, string>> = {
  basic: 'each commit',
  fault: 'daily',
  stress: 'weekly',
  extreme: 'monthly',
};

export const severities = ['none', 'low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof severities)[number];

export const dimensions = [
  'latency-tolerance',
  'loss-recovery',
  'resource-pressure',
  'clock-tolerance',
  'fault-isolation',
  'auto-recovery',
] as const;
/** What a scenario tells something about; `observability` and `coverage` are measured over the whole run instead. */
export type Dimension = (typeof dimensions)[number];

export type Scenario = {
  /** What reports call it; a plan may have given it. */
  readonly name: string;
  /** What its file calls it. Choices of the seed and known issues go by this, so that no plan changes them. */
  readonly ownName: string;
  /** Its file, if it was asked for by path. */
  readonly path?: string | undefined;
  readonly title: string;
  readonly tier: Tier;
  readonly severity: Severity;
  readonly dimension: Dimension;
  readonly parameters: Readonly<Record<string, string>>;
  readonly phases: { readonly steadyMs: number; readonly holdMs: number; readonly recoverMs: number };
  readonly faults: readonly FaultSpec[];
  readonly expect: Expectation;
  /** Where each expectation stands. */
  readonly expectLocations: Readonly<Record<ExpectationName, Location>>;
  readonly location: Location;
};

/** What a plan says of itself; its scenarios are loaded as any others. */
export type Plan = {
  readonly name: string;
  readonly title: string;
  /** `fail`: no scenario runs after one that failed. */
  readonly abortOn?: 'fail' | undefined;
  /** The parts of a game day, in their order, with the names of their scenarios; none where the plan names no stage. */
  readonly stages: readonly Stage[];
};

export type Stage = { readonly name: string; readonly scenarios: readonly string[] };
export const expectationNames = ['availability', 'p99-latency', 'recovery'] as const;
export type ExpectationName = (typeof expectationNames)[number];

/** The steady-state hypothesis: what the cluster is expected to keep while the fault holds, and how soon it is itself again. */
export type Expectation = {
  /** Share of operations done in time during hold, 0 to 1. */
  readonly availability: number;
  readonly p99LatencyMs: number;
  readonly recoveryMs: number;
};

/** One fault of a scenario with its parameters rendered; `parameters` were checked by the fault kind's own schema. */
export type FaultSpec = {
  readonly kind: string;
  readonly on: Target;
  /** Offset from the start of hold. */
  readonly atMs: number;
  /** How long it holds; absent means until the end of hold. */
  readonly forMs?: number | undefined;
  /** It strikes its nodes one after the other, each for a share of the time. */
  readonly inTurn?: true | undefined;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly location: Location;
};

/** Where a fault strikes. Choices are drawn from the run's seed. */
export type Target =
  | { readonly type: 'links'; readonly which: 'cluster' | 'clients' }
  | { readonly type: 'path'; readonly from: string; readonly to: string }
  | { readonly type: 'nodes'; readonly nodes: readonly string[] }
  | { readonly type: 'choice'; readonly choice: 'any' | 'minority' | 'majority' | 'all' };
