import { decodeFromCompressedBase64, type Histogram } from 'hdr-histogram-js';
import type { NodeUsage } from '../engines/engine.ts';
import type { LatencySummary, PhaseMeasures, PhaseName } from '../model/record.ts';
import { newHistogram, type WindowSummary } from '../workload/windows.ts';
import { type MachineSample, machineUse } from './machine-use.ts';
import { leastOperations } from './verdict.ts';

/** One look at what the nodes use. */
export type UsageSample = {
  readonly atMs: number;
  readonly nodes: readonly NodeUsage[];
  readonly machine: MachineSample;
};

/** Operations of a phase that were due, and those of them that no fault made impossible, by which a broker can be judged. */
export type Possible = { readonly due: number; readonly judged: number };

export function possibleIn(phase: PhaseName, windows: readonly WindowSummary[]): Possible {
  const own = windows.filter((window) => window.phase === phase);
  return {
    due: own.reduce((sum, window) => sum + window.due, 0),
    judged: own.reduce((sum, window) => sum + window.judged, 0),
  };
}

/** Why the faults left too little possible to judge a phase by its operations; undefined where they did not. */
export function leftTooLittle({ due, judged }: Possible): string | undefined {
  if (judged >= leastOperations || judged === due) return undefined;
  return judged === 0
    ? 'the faults left no operation possible in hold'
    : `the faults left only ${judged} operations possible in hold`;
}

/** What a phase came to, from its windows and the samples of resource use taken in it; null when it had no window. */
export function measurePhase(
  phase: PhaseName,
  windows: readonly WindowSummary[],
  usage: readonly UsageSample[],
): PhaseMeasures | null {
  const own = windows.filter((window) => window.phase === phase);
  const first = own[0];
  const last = own[own.length - 1];
  if (!first || !last) return null;
  const total = (pick: (window: WindowSummary) => number): number => own.reduce((sum, window) => sum + pick(window), 0);
  const possible = total((window) => window.possible);
  const done = total((window) => window.done);
  const delivered = total((window) => window.delivered);
  const looks = usage.filter(({ atMs }) => atMs >= first.startMs && atMs <= last.endMs);
  const host = machineUse(looks);
  return {
    possible,
    done,
    availability: possible === 0 ? null : done / possible,
    acknowledged: total((window) => window.acknowledged),
    delivered,
    deliveredPerSecond: last.endMs > first.startMs ? (delivered * 1_000) / (last.endMs - first.startMs) : 0,
    reconnects: total((window) => window.reconnects),
    latency: summarise(own),
    nodes: nodeUse(looks),
    ...(host === undefined ? {} : { host }),
  };
}

function summarise(windows: readonly WindowSummary[]): LatencySummary | null {
  const all = newHistogram();
  for (const { latency } of windows) if (latency !== null) all.add(decodeFromCompressedBase64(latency) as Histogram);
  if (all.totalCount === 0) return null;
  const ms = (percentile: number): number => all.getValueAtPercentile(percentile) / 1_000;
  return {
    count: all.totalCount,
    p50Ms: ms(50),
    p95Ms: ms(95),
    p99Ms: ms(99),
    p999Ms: ms(99.9),
    maxMs: all.maxValue / 1_000,
  };
}

/** A node that was restarted meanwhile counts its CPU time anew; such a drop is left out, not taken as negative use. */
function nodeUse(samples: readonly UsageSample[]): PhaseMeasures['nodes'] {
  const names = [...new Set(samples.flatMap(({ nodes }) => nodes.map(({ node }) => node)))];
  return names.map((name) => {
    // One without any process holds nothing: it was dead, and its use is not measured.
    const own = samples.flatMap(({ atMs, nodes }, look) =>
      nodes
        .filter(({ node, residentBytes }) => node === name && residentBytes > 0)
        .map((use) => ({ atMs, look, ...use })),
    );
    let cpuSeconds = 0;
    let spanMs = 0;
    for (let i = 1; i < own.length; i++) {
      const now = own[i];
      const before = own[i - 1];
      if (!now || !before || now.look - before.look > 1 || now.cpuSeconds < before.cpuSeconds) continue;
      cpuSeconds += now.cpuSeconds - before.cpuSeconds;
      spanMs += now.atMs - before.atMs;
    }
    return {
      name,
      cpuCores: spanMs === 0 ? null : (cpuSeconds * 1_000) / spanMs,
      memoryBytes: own.length === 0 ? null : own.reduce((most, { residentBytes }) => Math.max(most, residentBytes), 0),
      ...growth(own.map(({ residentBytes }) => residentBytes)),
    };
  });
}

/** What a node has more at the end than at the beginning, by medians, so that one look at a busy moment decides nothing. */
function growth(residentBytes: readonly number[]): { memoryGrowthBytes?: number } {
  const part = Math.floor(residentBytes.length / 5);
  if (part < 2) return {};
  const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
  return { memoryGrowthBytes: median(residentBytes.slice(-part)) - median(residentBytes.slice(0, part)) };
}
