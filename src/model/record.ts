import type { Dimension, ExpectationName, Severity, Tier } from './scenario.ts';

/**
 * report.json: the record of one run, from which every other report is rendered. All times are milliseconds since the run's
 * start unless a name says otherwise; null means not measured.
 */
export type RunRecord = {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'chaos-action'; readonly version: string };
  /** ISO 8601. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly seed: string;
  /** The command line that repeats this run, with the same choices. */
  readonly command: string;
  /** The tiers of the scenarios that were asked for. */
  readonly tiers: readonly Tier[];
  /** The name of the plan that was run, if one was. */
  readonly plan: string | null;
  /** True while the run goes on, and for ever when it was cancelled or broke off. */
  readonly partial: boolean;
  /** Why the run broke off, if it did. */
  readonly error: { readonly code: string; readonly message: string; readonly hint: string | null } | null;
  readonly broker: {
    readonly name: string;
    readonly preset: string | null;
    /** The chaos.yml it was described in, as it was named. */
    readonly config: string | null;
    /** True where nothing was configured, so that it is the broker that comes with the tool; absent elsewhere. */
    readonly isDefault?: boolean | undefined;
    readonly nodes: number;
    readonly mutant: string | null;
    readonly features: FeatureRecord | null;
  };
  /** A man in the middle broke a promise on the client links: what was found is his doing. Absent in every other run. */
  readonly sabotage?: SabotageRecord | undefined;
  readonly environment: EnvironmentRecord;
  readonly workload: { readonly profile: string; readonly ratePerSecond: number; readonly payloadBytes: number };
  readonly verdict: Verdict;
  readonly score: number | null;
  /** 95% interval, block bootstrap over one-second windows. */
  readonly interval: Interval | null;
  readonly grade: Grade | null;
  /** Why the score is capped, if it is. */
  readonly cap: string | null;
  readonly dimensions: readonly {
    readonly id: DimensionId;
    readonly score: number | null;
    readonly interval: Interval | null;
  }[];
  /** The known issues of chaos.yml that concern a scenario that ran, and whether they happened: one that no longer does can go. */
  readonly knownIssues: readonly {
    readonly invariant: string;
    readonly scenario: string | null;
    /** The clients that it is limited to, such as `publishers`; absent where it is of all. */
    readonly limitedTo?: string | undefined;
    readonly why: string;
    readonly seen: boolean;
  }[];
  /** Logs that grew beyond what chaos.yml lets them have: their beginning and their end were kept. Absent where none did. */
  readonly cutLogs?: readonly CutLog[] | undefined;
  readonly scenarios: readonly ScenarioRecord[];
};

export type SabotageRecord = {
  readonly name: string;
  /** What it does. */
  readonly breaks: string;
  /** The invariant that must name it. */
  readonly invariant: string;
  /** How often it has struck; 0 where nothing was broken. */
  readonly changes: number;
};

export type CutLog = { readonly name: string; readonly writtenBytes: number; readonly keptBytes: number };

export type Verdict = 'pass' | 'fail' | 'inconclusive' | 'skipped';
export type Grade = 'Excellent' | 'Good' | 'Fair' | 'Needs Improvement';
export type Interval = readonly [low: number, high: number];
export type DimensionId = Dimension | 'observability' | 'coverage';

/** What probing at warm-up found; the reason is what was seen where something is missing. */
export type FeatureRecord = Readonly<Record<Exclude<FeatureName, LaterFeature>, Feature>> &
  Readonly<Partial<Record<LaterFeature, Feature | undefined>>>;
type Feature = { readonly available: boolean; readonly seen: string };
export type FeatureName =
  | 'qos2'
  | 'mqtt5'
  | 'retained'
  | 'wills'
  | 'sharedSubscriptions'
  | 'persistentSessions'
  | 'emptySessions'
  | 'sessionsMove'
  | 'groupsSpan';
/** Absent in the reports of earlier versions; `sessionsMove` and `groupsSpan` also where there is one node. */
type LaterFeature = 'emptySessions' | 'sessionsMove' | 'groupsSpan';

export type EnvironmentRecord = {
  readonly os: string;
  readonly kernel: string;
  readonly node: string;
  readonly cpuModel: string;
  readonly cpus: number;
  readonly memoryBytes: number;
  readonly ci: string | null;
};

export type ScenarioRecord = {
  /** No other scenario of the run has it. */
  readonly name: string;
  /** What its own file calls it: another name only where a plan gave it one. */
  readonly ownName: string;
  /** Its file, if it was asked for by path. */
  readonly path: string | null;
  readonly title: string;
  readonly tier: Tier;
  readonly severity: Severity;
  readonly dimension: Dimension;
  readonly parameters: Readonly<Record<string, string>>;
  /** How long hold was to last. */
  readonly holdMs: number;
  readonly verdict: Verdict;
  /** One line: why not pass, or what was shown. */
  readonly reason: string;
  /** Which run of the scenario this is: one that was inconclusive, or missed an expectation, is run again. From 1. */
  readonly attempt: number;
  /** The scenario's other runs, one within the other, the newest first: of several that miss or meet an expectation the middle one counts. */
  readonly earlier: ScenarioRecord | null;
  readonly cluster: { readonly fresh: boolean; readonly why: string };
  readonly startMs: number;
  readonly endMs: number;
  readonly score: number | null;
  readonly interval: Interval | null;
  /** Null where there is no score, and where not all three apply. */
  readonly parts: ScoreParts | null;
  /** The parts of a score to which not all three apply; absent for every other. */
  readonly applicableParts?: ApplicableParts | undefined;
  readonly faults: readonly FaultRecord[];
  readonly phases: readonly PhaseRecord[];
  readonly expectations: readonly ExpectationRecord[];
  readonly violations: readonly ViolationRecord[];
  /** Checks that had nothing to look at, with the reason. */
  readonly notApplicable: readonly { readonly invariant: string; readonly why: string }[];
  /** What the broker does not serve even without a fault, and is no part of this scenario's workload; absent where there is nothing. */
  readonly leftOut?: readonly string[] | undefined;
  /** Checks that failed themselves, by a defect of this tool; absent where none did. */
  readonly unknown?: readonly UnknownRecord[] | undefined;
  readonly accounting: Accounting;
  readonly measures: ScenarioMeasures;
  readonly crashes: readonly CrashRecord[];
  readonly harness: HarnessRecord | null;
  readonly windows: readonly WindowRecord[];
  readonly scrapes: { readonly attempted: number; readonly answered: number };
  /** What was injected and observed, what the nodes used, and what the broker said of itself, over time; absent in reports of earlier versions. */
  readonly series?: readonly SeriesRecord[] | undefined;
  /** What the nodes logged, the lines nearest to the faults; absent in reports of earlier versions. */
  readonly logs?: readonly NodeLogRecord[] | undefined;
  /** Faults whose effect the broker's own metrics or logs showed; null when it offers neither. */
  readonly faultsSeenByBroker: number | null;
};

export type SeriesRecord = {
  /** What a fault is measured by, as `one-way delay, ms`; `CPU, cores`; `memory, MiB`; or the name of one of the broker's own metrics. */
  readonly name: string;
  /** A counter only grows, and starts anew with its node. */
  readonly kind: 'gauge' | 'counter';
  /** A node, or what was injected and what was observed of a fault. */
  readonly line: string;
  /** Milliseconds since the run's start, and the value. */
  readonly points: readonly (readonly [number, number])[];
};

export type NodeLogRecord = {
  readonly node: string;
  /** Each was written at this time, or at most `withinMs` before or after it. */
  readonly lines: readonly { readonly atMs: number; readonly withinMs: number; readonly text: string }[];
  /** Further lines of the scenario, which are in the file of the log; null where there is too much of it to count. */
  readonly leftOut: number | null;
};

export type ScoreParts = { readonly availability: number; readonly latency: number; readonly recovery: number };

/** Those that the scenario could measure: at least one of the three. */
export type ApplicableParts = { readonly [part in keyof ScoreParts]?: number | undefined };

export type FaultRecord = {
  readonly kind: string;
  readonly target: string;
  readonly mechanism: string;
  readonly injected: string;
  readonly observed: string;
  readonly proven: boolean;
  readonly figures: Readonly<Record<string, number>>;
  readonly startMs: number;
  readonly endMs: number;
  readonly healed: boolean;
};

export type PhaseName = 'warm-up' | 'steady' | 'hold' | 'recover' | 'drain';

export type PhaseRecord = {
  readonly name: PhaseName;
  readonly startMs: number;
  readonly endMs: number;
  readonly measures: PhaseMeasures | null;
};

/** What the machine was like in a phase. */
export type HostMeasures = {
  /** Mean CPUs that ran what belongs neither to the nodes nor to this tool's own process. */
  readonly othersCores: number;
  /** Mean CPUs that a hypervisor gave to others (steal time). */
  readonly stealCores: number;
  /** Share of the time in which some task of the machine waited for a CPU (PSI), 0 to 1; null where the kernel does not tell. */
  readonly pressureShare: number | null;
  /** Mean number of the nodes' threads that stood ready with no CPU to run on (schedstat). */
  readonly nodesWaiting: number;
};

export type PhaseMeasures = {
  /** Operations that should have been possible: publishes at QoS 1 and 2 to be acknowledged and their deliveries. */
  readonly possible: number;
  /** Of those, done within their deadline. */
  readonly done: number;
  readonly availability: number | null;
  readonly acknowledged: number;
  readonly delivered: number;
  readonly deliveredPerSecond: number;
  readonly reconnects: number;
  readonly latency: LatencySummary | null;
  /** Mean CPU in cores, largest resident memory of each node, and how much more it has at the end of the phase than at its beginning. */
  readonly nodes: readonly {
    readonly name: string;
    readonly cpuCores: number | null;
    readonly memoryBytes: number | null;
    /** Median of the last fifth of the phase less that of the first; absent for a phase with too few looks. */
    readonly memoryGrowthBytes?: number | undefined;
  }[];
  /** Absent in reports of earlier versions, and for a phase with fewer than two looks at the machine. */
  readonly host?: HostMeasures | undefined;
};

/** Publish to receipt, counted from the intended send time (no coordinated omission). */
export type LatencySummary = {
  readonly count: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly p999Ms: number;
  readonly maxMs: number;
};

export type ExpectationRecord = {
  readonly name: ExpectationName;
  readonly expected: number;
  readonly unit: 'share' | 'ms';
  readonly measured: number | null;
  /** False as well for one that does not apply. */
  readonly met: boolean;
  /** Why the scenario could not show it, neither met nor broken: its faults left nothing possible. Absent where it applies. */
  readonly notApplicable?: string | undefined;
};

export type ViolationRecord = {
  readonly invariant: string;
  readonly statement: string;
  /** Clauses of the MQTT version that the workload spoke, such as `MQTT 3.1.1: MQTT-4.3.2-2`; null where the specification says nothing. */
  readonly clause: string | null;
  readonly count: number;
  /** A known issue of chaos.yml covers it: reported, never failing. */
  readonly known: string | null;
  /** The clients that the known issue is limited to: what others suffered is a record of its own. Absent where it is of all. */
  readonly limitedTo?: string | undefined;
  readonly examples: readonly Evidence[];
  /** Its messages in runs, the earliest first; absent where the invariant is not about single messages. */
  readonly episodes?: readonly EpisodeRecord[] | undefined;
  /** Further episodes that are not listed, to keep the report small; absent where all are. */
  readonly episodesLeftOut?: number | undefined;
  /** All that was lost, one entry for each subscription that lost something; absent where the invariant is not about loss. */
  readonly lost?: readonly LostRecord[] | undefined;
};

/** A run of messages of one flow that broke an invariant on one subscription, and what its two clients did at that time. */
export type EpisodeRecord = {
  readonly flow: string;
  readonly qos: number;
  readonly publisher: EpisodeClient;
  readonly subscriber: EpisodeClient;
  /** Sequence numbers. */
  readonly first: number;
  readonly last: number;
  /** How many of the messages from first to last broke it. */
  readonly messages: number;
  /** True where only the messages of the examples are counted, since the check tells no others; absent where all are. */
  readonly examplesOnly?: true | undefined;
  /** When the first and the last were due to be published. */
  readonly fromMs: number;
  readonly toMs: number;
  /** When the first and the last were acknowledged; null for one that never was, or whose time was not kept. */
  readonly acknowledgedMs: readonly [first: number | null, last: number | null];
  /** When the first of them was received late or once more; null for one that never came. */
  readonly seenMs: number | null;
  /** Lines of the nodes' logs around its decisive moments, each line once. */
  readonly logs: readonly { readonly moment: string; readonly atMs: number; readonly lines: readonly string[] }[];
};

export type EpisodeClient = {
  readonly client: string;
  readonly node: string;
  /** In order, from the last one that began before the episode. */
  readonly connections: readonly ConnectionSpan[];
  /** Later ones that are not listed, to keep the report small. */
  readonly connectionsLeftOut: number;
};

/** A connection from its CONNACK to its end; null where it lasted until the end of the scenario. */
export type ConnectionSpan = {
  readonly fromMs: number;
  readonly toMs: number | null;
  readonly sessionPresent: boolean;
};

/** The acknowledged messages of one publisher that one subscription was owed and never got. */
export type LostRecord = {
  readonly subscriber: string;
  readonly subscriberNode: string;
  readonly topic: string;
  readonly publisher: string;
  readonly publisherNode: string;
  readonly messages: number;
  /** Sequence numbers, both ends included, ascending. */
  readonly ranges: readonly (readonly [first: number, last: number])[];
  /** Further ranges that are not listed, to keep the report small. */
  readonly rangesLeftOut: number;
  /** The packet ids that the publisher last sent lost messages with, as far as they are known. */
  readonly packetIds: readonly (readonly [sequence: number, packetId: number])[];
  readonly packetIdsLeftOut: number;
};

/** Whether an invariant holds, or, as `accounting`, whether the figures add up, is not known; and why. */
export type UnknownRecord = { readonly invariant: string; readonly why: string };

export type Evidence = {
  /** What happened, in one sentence. */
  readonly what: string;
  /** When it was seen. */
  readonly atMs: number | null;
  /** Message ids, publisher, times, what each subscriber saw. */
  readonly facts: Readonly<Record<string, string | number | boolean | null>>;
  readonly faultsInForce: readonly string[];
  /** Lines of the nodes' logs around that second. */
  readonly logs: readonly string[];
};

/** Every message ends in exactly one place; `owed` = delivered + every legal rule's count + violations. */
export type Accounting = {
  readonly published: number;
  readonly acknowledged: number;
  /** Written, never acknowledged: may or may not appear. */
  readonly unknown: number;
  /** Never written: the client was not connected within the deadline, or the broker refused. */
  readonly notSent: number;
  /** QoS 0 messages handed to the socket: nothing to acknowledge. */
  readonly unacknowledgeable: number;
  /** One for each message and subscription to it. */
  readonly owed: number;
  readonly delivered: number;
  /** Undelivered with a rule that allows it: rule -> count. */
  readonly legallyUndelivered: Readonly<Record<string, number>>;
  readonly lost: number;
  /** Received more than once where that is allowed: rule -> count. */
  readonly legalDuplicates: Readonly<Record<string, number>>;
};

export type ScenarioMeasures = {
  /** Over hold. */
  readonly availability: number | null;
  /** Over hold. */
  readonly p99LatencyMs: number | null;
  /** From heal to the start of the first sustained steady window; null when it was never reached. */
  readonly recoveryMs: number | null;
  /** Acknowledged during hold. */
  readonly operationsInHold: number;
};

/** A node that ended though nobody told it to. */
export type CrashRecord = {
  readonly node: string;
  readonly atMs: number;
  readonly how: string;
  readonly lastLines: readonly string[];
  /** What the faults had last sent it, the likeliest cause first, packets in hex; absent where nothing was sent. */
  readonly suspects?: readonly string[] | undefined;
};

/** 99th percentile of the event loop delay during hold: over 100 ms the harness itself was starved. */
export type HarnessRecord = {
  readonly conductorLagP99Ms: number;
  readonly workloadLagP99Ms: number;
  /** Null without link proxies. */
  readonly linksLagP99Ms: number | null;
};

/** One window of at most a second; the raw material of charts and of the bootstrap. */
export type WindowRecord = {
  readonly phase: PhaseName;
  readonly startMs: number;
  readonly lengthMs: number;
  readonly possible: number;
  readonly done: number;
  readonly published: number;
  readonly delivered: number;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  readonly maxMs: number | null;
  /** Delivery latencies in microseconds: HdrHistogram V2, compressed, base64 (hdr-histogram-js decodes it); null when empty. */
  readonly latency: string | null;
};
