import type { ProofSeries } from '../engines/proof.ts';
import { chooseNames, isCounter, type NodeSeries } from '../metrics/series.ts';
import type { SeriesRecord } from '../model/record.ts';
import type { UsageSample } from './measure.ts';

/** Metrics of the broker that a report has; all of them are in its folder. */
const mostNames = 12;
/** More points than this cannot be seen. */
const mostPoints = 240;

/** What was injected and observed, what each node used, and what the broker said of itself, all over time. Pure. */
export function seriesOf(
  {
    usage,
    broker,
    proofs,
  }: {
    readonly usage: readonly UsageSample[];
    readonly broker: readonly NodeSeries[];
    readonly proofs: readonly ProofSeries[];
  },
  relative: { readonly monotonic: (ms: number) => number; readonly wall: (ms: number) => number },
): SeriesRecord[] {
  const names = chooseNames(broker, mostNames);
  return [
    ...proofs.map(
      ({ name, line, points }): SeriesRecord => ({
        ...{ name, line, kind: 'gauge' },
        points: thinned(points).map(([ms, value]) => [relative.monotonic(ms), rounded(value)] as const),
      }),
    ),
    ...usageSeries(usage, relative.monotonic),
    ...names.flatMap((name) =>
      broker
        .filter((one) => one.name === name)
        .map(
          ({ node, points }): SeriesRecord => ({
            ...{ name, line: node, kind: isCounter(name) ? 'counter' : 'gauge' },
            points: points.map(([wallMs, value]) => [relative.wall(wallMs), value] as const),
          }),
        ),
    ),
  ];
}

/** A node that is dead has no sample, and is not drawn then. */
function usageSeries(usage: readonly UsageSample[], relativeMs: (ms: number) => number): SeriesRecord[] {
  const nodes = [...new Set(usage.flatMap((sample) => sample.nodes.map(({ node }) => node)))].toSorted();
  const samplesOf = (node: string) =>
    usage.flatMap(({ atMs, nodes: all }) => all.filter((one) => one.node === node).map((one) => ({ atMs, ...one })));
  const every = Math.max(1, Math.ceil(usage.length / mostPoints));
  const gauge = (name: string, line: string, points: SeriesRecord['points']): SeriesRecord => ({
    ...{ name, line, kind: 'gauge' },
    points,
  });
  return [
    ...nodes.map((node) => gauge('CPU, cores', node, coresOf(samplesOf(node), every, relativeMs))),
    ...nodes.map((node) =>
      gauge(
        'memory, MiB',
        node,
        samplesOf(node)
          .filter((_, index) => index % every === 0)
          .map(({ atMs, residentBytes }) => [relativeMs(atMs), rounded(residentBytes / 1024 ** 2)] as const),
      ),
    ),
  ];
}

/** The mean between two looks. A node that was started again meanwhile counts its CPU time anew: nothing is known of that time. */
function coresOf(
  samples: readonly { readonly atMs: number; readonly cpuSeconds: number }[],
  every: number,
  relativeMs: (ms: number) => number,
): SeriesRecord['points'] {
  const looked = samples.filter((_, index) => index % every === 0);
  return looked.flatMap(({ atMs, cpuSeconds }, index) => {
    const before = looked[index - 1];
    if (!before || cpuSeconds < before.cpuSeconds || atMs <= before.atMs) return [];
    return [[relativeMs(atMs), rounded(((cpuSeconds - before.cpuSeconds) * 1_000) / (atMs - before.atMs))] as const];
  });
}

function thinned<T>(points: readonly T[]): readonly T[] {
  const every = Math.max(1, Math.ceil(points.length / mostPoints));
  return points.filter((_, index) => index % every === 0);
}

/** Finer than can be drawn is of no use to a reader. */
function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
