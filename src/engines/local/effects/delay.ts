import { formatMs } from '../../../model/units.ts';
import { all, atLeast, atMost, moreThan, type ProofSeries, proofOf } from '../../proof.ts';
import type { LocalEffect } from '../effect.ts';
import { carriesTraffic, type LaneObservation, LinkWatch, lanesOf, median, sum } from '../lanes/link-watch.ts';
import { shape, shapers } from '../lanes/shape-lanes.ts';
import type { ProbeDirection } from '../links/probe.ts';

/**
 * How far the median of so many samples may be from what was asked, and still count as in force: with jitter it is off by chance, with
 * a standard deviation of the jitter by the root of their number. Never so far that no delay at all would do.
 */
const toleranceMs = (delayMs: number, jitterMs: number, samples: number): number =>
  Math.min(delayMs / 2, Math.max(5, delayMs * 0.05) + (3 * jitterMs) / Math.sqrt(Math.max(1, samples)));

/** What of jitter is seen from outside: how much later than the median one in ten is. Rarer ones may be late for other reasons. */
const spreadMs = ({
  medianDelayMs = 0,
  p90DelayMs = 0,
}: Pick<ProbeDirection, 'medianDelayMs' | 'p90DelayMs'>): number => p90DelayMs - medianDelayMs;

/**
 * What was injected, and what was observed of it in each second before and meanwhile: at the median of the directions, and in the two that are
 * farthest from it.
 */
function overTime(
  before: readonly LaneObservation[],
  seen: readonly LaneObservation[],
  injected: { readonly delayMs: number; readonly fromMs: number; readonly toMs: number },
): ProofSeries[] {
  const seconds = [...bySecond(before), ...bySecond(seen)];
  const of = (line: string, pick: (delaysMs: readonly number[]) => number): ProofSeries => ({
    ...{ name: 'one-way delay, ms', line },
    points: seconds.map(({ monotonicMs, delaysMs }) => [monotonicMs, pick(delaysMs)] as const),
  });
  const { delayMs, fromMs, toMs } = injected;
  return [
    {
      ...{ name: 'one-way delay, ms', line: 'injected' },
      points: [
        [fromMs, delayMs],
        [toMs, delayMs],
      ],
    },
    of('observed, median of the directions', (delaysMs) => median(delaysMs) ?? 0),
    of('shortest direction', (delaysMs) => Math.min(...delaysMs)),
    of('longest direction', (delaysMs) => Math.max(...delaysMs)),
  ];
}

/** The delays of all directions in the same second of their windows, which began together. */
function bySecond(lanes: readonly LaneObservation[]): { readonly monotonicMs: number; readonly delaysMs: number[] }[] {
  const seconds = new Map<number, { readonly monotonicMs: number; readonly delaysMs: number[] }>();
  for (const { probe } of lanes)
    for (const { second, monotonicMs, medianMs } of probe.delayOverTime) {
      const known = seconds.get(second);
      if (known) known.delaysMs.push(medianMs);
      else seconds.set(second, { monotonicMs, delaysMs: [medianMs] });
    }
  return [...seconds].toSorted(([a], [b]) => a - b).map(([, one]) => one);
}

/** Delay one way, on each struck direction, as netem on each sender's egress would add it (tc-netem(8)). */
export const delay: LocalEffect<'delay'> = {
  mechanisms: shapers,
  async observe(effect, environment) {
    const { delayMs, jitterMs } = effect;
    const lanes = lanesOf(effect, environment);
    const watch = await LinkWatch.start(environment, lanes, { lanes: 1, intervalMs: 50 });
    let calm: readonly LaneObservation[] | undefined;
    return {
      steadyIsOver() {
        calm = watch.read();
      },
      async inject(scope) {
        const before = calm ?? watch.read();
        const { mechanism, packets } = await shape(environment, lanes, { delayMs, jitterMs }, scope);
        watch.mark();
        const injectedMs = environment.clock.nowMs();
        return {
          mechanism,
          async prove() {
            const shifts: number[] = [];
            const spreads: number[] = [];
            const seen = watch.read();
            seen.forEach(({ probe }, i) => {
              const calm = before[i]?.probe;
              if (probe.medianDelayMs === undefined || calm?.medianDelayMs === undefined) return;
              shifts.push(probe.medianDelayMs - calm.medianDelayMs);
              spreads.push(spreadMs(probe) - spreadMs(calm));
            });
            const shaped = await packets();
            const leastSpreadMs = spreads.length === 0 ? 0 : Math.max(0, Math.min(...spreads));
            const samples = Math.min(...seen.map(({ probe }) => probe.arrived));
            const shiftMs = median(shifts) ?? 0;
            const worstErrorMs = Math.max(0, ...shifts.map((shift) => Math.abs(shift - delayMs)));
            const p99Ms = Math.max(0, ...seen.map(({ probe }) => probe.p99DelayMs ?? 0));
            const trafficBytes = sum(seen.map(({ traffic }) => traffic.deliveredBytes));
            const conditions = [
              moreThan('delay that was asked for', delayMs, 0, formatMs),
              all('directions in which probes arrived', shifts.length, lanes.length),
              atMost(
                `distance from ${formatMs(delayMs)} of the delay in the worst direction`,
                worstErrorMs,
                toleranceMs(delayMs, jitterMs, samples),
                formatMs,
              ),
              ...(jitterMs === 0
                ? []
                : [atLeast('lateness of one in ten beyond the median', leastSpreadMs, jitterMs / 2, formatMs)]),
              ...(await carriesTraffic(
                { what: "bytes of the broker's own that passed", amount: trafficBytes },
                effect,
                environment,
              )),
              ...(shaped === undefined ? [] : [moreThan("packets of the broker's own through netem", shaped, 0)]),
            ];
            return proofOf(conditions, {
              observed: `one way ${formatMs(shiftMs)} longer at the median (worst of ${shifts.length} directions off by ${formatMs(worstErrorMs)})${jitterMs > 0 ? `, one in ten ${formatMs(leastSpreadMs)} later still` : ''}, while ${trafficBytes} bytes of the broker's own passed${shaped === undefined ? '' : `, ${shaped} packets through netem`}`,
              figures: {
                injectedDelayMs: delayMs,
                observedDelayMs: shiftMs,
                worstErrorMs,
                p99DelayMs: p99Ms,
                ...(jitterMs > 0 ? { injectedJitterMs: jitterMs, observedJitterMs: leastSpreadMs } : {}),
                directions: lanes.length,
                directionsSeen: shifts.length,
                brokerBytes: trafficBytes,
                ...(shaped === undefined ? {} : { brokerPackets: shaped }),
              },
              overTime: overTime(before, seen, { delayMs, fromMs: injectedMs, toMs: environment.clock.nowMs() }),
            });
          },
        };
      },
      release: () => watch.stop(),
    };
  },
};
