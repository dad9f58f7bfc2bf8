import type { Crash } from '../cluster/node.ts';
import type { LogQuestion } from '../cluster/node-log.ts';
import type { ClusterShape, PlannedFault, PreparedFault } from '../faults/fault.ts';
import type { Lag } from '../metrics/loop-lag.ts';
import type { FaultSpec } from '../model/scenario.ts';
import type { Endpoint } from '../workload/client.ts';

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
   * Boots a cluster on empty folders, or rejects with what a node said. Stops one that still runs. `kinds` are the faults that it is
   * meant for: some want data folders of their own size.
   */
  boot(signal: AbortSignal, kinds?: readonly string[]): Promise<void>;
  /** Why the cluster as it was booted is not meant for these kinds of faults; undefined when it is. */
  unfit(kinds: readonly string[]): string | undefined;
  /** Stops every node and takes its links away; each node has `withinMs` to end by itself, or the broker's own time. Safe to call twice. */
  stop(withinMs?: number): Promise<void>;
  /** Why a fault cannot be done to this cluster at all; undefined when it can. */
  refuses(spec: FaultSpec): string | undefined;
  /** Begins to observe what a fault will strike. */
  prepare(fault: PlannedFault): Promise<PreparedFault>;
  usage(): NodeUsage[];
  /** How late the event loop of the links was since this was last asked; null without links. */
  linksLag(): Promise<Lag | null>;
  /** Nodes that ended on their own since this was last asked. */
  takeCrashes(): Crash[];
  /** Log lines of every node that were written at about this wall time, those first that hold one of the names; at most `lines` of each. */
  logsAround(wallMs: number, question: LogQuestion): string[];
  /** Logs that were not kept whole. */
  cutLogs(): { readonly name: string; readonly writtenBytes: number; readonly keptBytes: number }[];
  /** How many log lines the nodes wrote between two wall times. */
  logsBetween(fromWallMs: number, toWallMs: number): number;
};
