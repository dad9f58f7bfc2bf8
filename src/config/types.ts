import type { Location } from '../base/error.ts';

/** What chaos.yml and its preset say about one broker, validated, with every default filled in. Templates are not yet rendered. */
export type BrokerSpec = {
  readonly name: string;
  /** Shell command run once in the project's folder before anything boots. */
  readonly build?: string | undefined;
  readonly buildWithinMs: number;
  /** Liquid template of the command that runs one node in the foreground. */
  readonly start: string;
  /** Liquid templates by name. */
  readonly env: Readonly<Record<string, string>>;
  /** Liquid templates by file name, written into the node's own folder. */
  readonly files: Readonly<Record<string, string>>;
  /** Names of the TCP ports of a node; `mqtt` is always among them. Each that peers use has a link proxy a directed pair. */
  readonly ports: readonly string[];
  /** The ports that nodes use among themselves, those reached through `peers` and so through the link proxies. */
  readonly peerPorts: readonly string[];
  readonly ready: {
    readonly mqtt: boolean;
    readonly http?: string | undefined;
    /** Text that a line of the node's output holds. */
    readonly log?: string | undefined;
    readonly withinMs: number;
  };
  /** Liquid template of the address that answers in Prometheus' text format. */
  readonly metrics?: string | undefined;
  readonly stop: 'SIGTERM' | 'SIGINT' | 'SIGQUIT' | 'SIGKILL';
  readonly stopWithinMs: number;
  /** The longest that the broker waits before it sends an unacknowledged message again: silence that is shorter shows no loss. */
  readonly redeliverWithinMs: number;
  readonly mqtt: {
    readonly version: 4 | 5;
    readonly username?: string | undefined;
    readonly password?: string | undefined;
  };
  readonly links: 'proxy' | 'transparent' | 'direct';
  /** Whether the nodes call each other by gRPC; undefined when nobody has said. */
  readonly grpc?: boolean | undefined;
  readonly knownIssues: readonly KnownIssue[];
  /** Values that must never be printed (from `${NAME}` in secrets' places). */
  readonly secrets: readonly string[];
};

export type KnownIssue = {
  readonly invariant: string;
  /** Scenario name; absent means all. */
  readonly scenario?: string | undefined;
  /** Only what befalls clients of this role; absent means both. */
  readonly role?: 'publisher' | 'subscriber' | undefined;
  /** Only what befalls the client of this name, without what is drawn for each run; `*` stands for anything. */
  readonly client?: string | undefined;
  readonly why: string;
};

export type Config = {
  readonly broker: BrokerSpec;
  readonly nodes: number;
  readonly workload: {
    readonly profile: 'mixed';
    readonly ratePerSecond: number;
    readonly payloadBytes: number;
  };
  readonly score: { readonly failBelow?: number | undefined };
  /** Of each log, at most so many bytes are kept. */
  readonly logs: { readonly keepBytes: number };
  /** The folder that build and start commands run from. */
  readonly folder: string;
  /** The preset that was taken, if one was. */
  readonly preset?: string | undefined;
  /** The chaos.yml it came from, if there was one. */
  readonly file?: string | undefined;
  /** Nothing was configured at all: it is the broker that comes with the tool. */
  readonly isDefault: boolean;
};

export const tiers = ['basic', 'fault', 'stress', 'extreme'] as const;
export type Tier = (typeof tiers)[number];

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
};
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
