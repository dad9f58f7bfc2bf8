import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { Lag } from '../metrics/loop-lag.ts';
import type { ClusterShape } from '../model/cluster.ts';
import type { Config } from '../model/config.ts';
import type { Effect, EffectType, Offer } from '../model/effects.ts';
import type { PrivilegedMode } from '../model/privileged-mode.ts';
import type { Endpoint } from '../workload/client.ts';
import type { PreparedFault } from './injection.ts';

/** A node that ended though nobody told it to. */
export type Crash = {
  readonly node: string;
  readonly atMs: number;
  readonly how: string;
  readonly lastLines: readonly string[];
};

/** What is looked for in the nodes' logs. */
export type LogQuestion = {
  /** At most so many lines. */
  readonly lines: number;
  /** Client ids, topics and the like: lines that hold one of them come first. */
  readonly naming: readonly string[];
};

export type LogLimits = { readonly most: number; readonly near: readonly number[] };

/** Lines of a node's log, each with the wall time at which it was written, and how far from it that may have been. */
export type NodeLines = {
  readonly node: string;
  readonly lines: readonly { readonly wallMs: number; readonly withinMs: number; readonly text: string }[];
  /** Null where there is too much to count. */
  readonly leftOut: number | null;
};

/** What a node's processes have used so far and hold now. */
export type NodeUsage = {
  readonly node: string;
  readonly cpuSeconds: number;
  readonly residentBytes: number;
  /** How long its threads have stood ready to run with no CPU to run on. */
  readonly waitedMs: number;
};

/**
 * Where a cluster lives and how faults are done to it. The conductor knows nothing below this: the same scenarios run on this machine
 * and, one day, on Kubernetes.
 */
export type Engine = {
  readonly shape: ClusterShape;
  /** Aborted, with the reason, when a part of the tool that the cluster needs has failed: nothing that is seen after that is the broker's doing. */
  readonly broken: AbortSignal;
  /** Where clients reach the nodes, through the client-facing links. */
  readonly endpoints: readonly Endpoint[];
  /** Where the nodes' own Prometheus metrics are, if they have any. */
  readonly metricsUrls: readonly { readonly node: string; readonly url: string }[];
  /** Builds the broker. Once a run. */
  build(signal: AbortSignal): Promise<void>;
  /**
   * Boots a cluster on empty folders, or rejects with what a node said. Stops one that still runs. `effects` are what it is meant for:
   * some want data folders of their own size.
   */
  boot(signal: AbortSignal, effects?: readonly EffectType[]): Promise<void>;
  /** Why the cluster as it was booted is not meant for these effects; undefined when it is. */
  unfit(effects: readonly EffectType[]): string | undefined;
  /** Stops every node and takes its links away; each node has `withinMs` to end by itself, or the broker's own time. Safe to call twice. */
  stop(withinMs?: number): Promise<void>;
  /**
   * Whether an effect can be done, by which mechanism or why not: to any cluster that would be booted for it, or to the one that stands,
   * which may have been booted for something else.
   */
  offers(effect: Effect, to: 'any cluster' | 'this cluster'): Offer;
  /** Begins to observe what a fault will strike, and makes it ready to be injected. Its effect is one that this cluster is offered. */
  observe(fault: ObservableFault): Promise<PreparedFault>;
  usage(): NodeUsage[];
  /** How late the event loop of the links was since this was last asked; null without links. */
  linksLag(): Promise<Lag | null>;
  /** Nodes that ended on their own since this was last asked. */
  takeCrashes(): Crash[];
  /** Log lines of every node that were written at about this wall time, those first that hold one of the names; at most `lines` of each. */
  logsAround(wallMs: number, question: LogQuestion): string[];
  /** Lines that every node wrote between two wall times, those nearest to the `near` ones where there are many, or the first ones without any; at most `most` of each node. */
  logsDuring(fromWallMs: number, toWallMs: number, limits: LogLimits): NodeLines[];
  /** Logs that were not kept whole. */
  cutLogs(): { readonly name: string; readonly writtenBytes: number; readonly keptBytes: number }[];
  /** How many log lines the nodes wrote between two wall times. */
  logsBetween(fromWallMs: number, toWallMs: number): number;
};

/** An effect, and what the user calls the fault. */
export type ObservableFault = { readonly kind: string; readonly effect: Effect };

export type EngineOptions = {
  readonly config: Config;
  readonly mutant: string | undefined;
  /** The id of the run, under which everything that it makes is found again. */
  readonly run: string;
  readonly seed: string;
  /** Nodes' logs stay here. */
  readonly logFolder: string;
  /** Whether mechanisms that need root may be used; `auto` where nothing is said. */
  readonly privileged?: PrivilegedMode | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
};

/** An engine with what guards its run. */
export type GuardedEngine = {
  readonly engine: Engine;
  /** Ends what the stop has overlooked, takes back what it can, and answers with what was left behind, in words. Called once, last. */
  residue(): Promise<readonly string[]>;
};

/** @throws ChaosError `usage` where the state of the run cannot be kept. */
export type OpenEngine = (options: EngineOptions) => Promise<GuardedEngine>;
