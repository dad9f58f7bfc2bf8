import type { ProofSeries } from '../engines/proof.ts';
import { chooseNames, type NodeSeries } from '../metrics/series.ts';
import type { SeriesRecord } from '../model/record.ts';
import type { UsageSample } from './measure.ts';

/** Metrics of the broker that a report has; all of them are in its folder. */
const mostNames = 12;
/** Points of all series of a scenario: a report with every scenario must be small enough to be read again (report/read.ts). */
const mostPoints = 3_000;
/** Fewer than these of a series would not show what happened. */
const leastPoints = 30;

/** What was injected and observed, what each node used, and what the broker said of itself, all over time. Pure. */
export function seriesOf(
  seen: {
    readonly usage: readonly UsageSample[];
    readonly broker: readonly NodeSeries[];
    readonly proofs: readonly ProofSeries[];
  },
  relativeMs: (monotonicMs: number) => number,
): SeriesRecord[] {
  const names = chooseNames(seen.broker, mostNames);
  const all: SeriesRecord[] = [
    ...seen.proofs.map(({ name, line, points }) => ({ name, line, kind: 'gauge' as const, points })),
    ...usageSeries(seen.usage),
    ...names.flatMap((name) =>
      seen.broker
        .filter((one) => one.name === name)
        .toSorted((a, b) => (a.node < b.node ? -1 : 1))
        .map(({ node, kind, points }) => ({ name, line: node, kind, points })),
    ),
  ];
  const most = Math.max(leastPoints, Math.floor(mostPoints / Math.max(1, all.length)));
  return all.map(({ points, ...one }) => ({
    ...one,
    points: thinned(points, most).map(([ms, value]) => [relativeMs(ms), rounded(value)] as const),
  }));
}

type Points = SeriesRecord['points'];

function usageSeries(usage: readonly UsageSample[]): SeriesRecord[] {
  const nodes = [...new Set(usage.flatMap((sample) => sample.nodes.map(({ node }) => node)))].toSorted();
  const gauges = (name: string, pointsOf: (node: string) => Points): SeriesRecord[] =>
    nodes.map((line) => ({ name, line, kind: 'gauge', points: pointsOf(line) }));
  return [
    ...gauges('CPU, cores', (node) => coresOf(usage, node)),
    ...gauges('memory, MiB', (node) =>
      usage.flatMap((look) => {
        const bytes = aliveIn(look, node)?.residentBytes;
        return bytes === undefined ? [] : [[look.atMs, bytes / 1024 ** 2] as const];
      }),
    ),
  ];
}

/** The mean between two looks at a node that was alive at both. One that was started again meanwhile counts its CPU time anew: nothing is known of that time. */
function coresOf(usage: readonly UsageSample[], node: string): Points {
  return usage.flatMap((look, index) => {
    const last = usage[index - 1];
    const now = aliveIn(look, node)?.cpuSeconds;
    const before = last && aliveIn(last, node)?.cpuSeconds;
    if (last === undefined || now === undefined || before === undefined || now < before) return [];
    return [[look.atMs, ((now - before) * 1_000) / (look.atMs - last.atMs)] as const];
  });
}

/** A node without any process is looked at too, and holds nothing. */
function aliveIn({ nodes }: UsageSample, name: string): UsageSample['nodes'][number] | undefined {
  return nodes.find(({ node, residentBytes }) => node === name && residentBytes > 0);
}

function thinned<T>(points: readonly T[], most: number): readonly T[] {
  const every = Math.max(1, Math.ceil(points.length / most));
  return points.filter((_, index) => index % every === 0);
}

/** Finer than can be drawn is of no use to a reader. */
function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
