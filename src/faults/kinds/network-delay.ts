import { z } from 'zod';
import { formatMs } from '../../config/units.ts';
import { duration } from '../../config/zod-units.ts';
import type { FaultKind } from '../fault.ts';
import { noImpact } from '../fault.ts';
import { LinkWatch, lanesOf, median, sum } from '../link-watch.ts';
import { shapeLanes } from '../shape-lanes.ts';
import { chooseLinks } from '../targets.ts';

type Parameters = { readonly delay: number; readonly jitter: number };

/** How far the median may be from what was asked, and still count as in force. Never so far that no delay at all would do. */
const toleranceMs = (delayMs: number): number => Math.min(delayMs / 2, Math.max(5, delayMs * 0.05));

/** Delay one way, on each struck direction, as netem on each sender's egress would add it (tc-netem(8)). */
export const networkDelay: FaultKind<Parameters> = {
  kind: 'network-delay',
  summary: 'bytes arrive later: delay and jitter, one way, in each struck direction',
  strikes: 'links',
  mechanisms: [{ name: 'link proxy', needs: [] }],
  parameters: z.strictObject({ delay: duration, jitter: duration.default(0) }),
  plan({ delay: delayMs, jitter: jitterMs }, target, cluster, random) {
    const struck = chooseLinks(target, cluster, random);
    return {
      kind: 'network-delay',
      target: struck.text,
      injected: `${formatMs(delayMs)} each way${jitterMs > 0 ? ` +- ${formatMs(jitterMs)}` : ''}`,
      impact: noImpact,
      async prepare(environment) {
        const lanes = lanesOf(struck, environment);
        const watch = await LinkWatch.start(environment, lanes, { lanes: 1, intervalMs: 50 });
        return {
          async inject() {
            const before = watch.read();
            const heal = await shapeLanes(
              environment,
              lanes,
              { delayMs, jitterMs },
              { delayMs: 0, jitterMs: 0 },
              'network-delay',
            );
            watch.mark();
            return {
              mechanism: 'link proxy',
              async prove() {
                const shifts: number[] = [];
                const seen = watch.read();
                seen.forEach(({ probe }, i) => {
                  const calmMs = before[i]?.probe.medianDelayMs;
                  if (probe.medianDelayMs !== undefined && calmMs !== undefined)
                    shifts.push(probe.medianDelayMs - calmMs);
                });
                const shiftMs = median(shifts) ?? 0;
                const worstErrorMs = Math.max(0, ...shifts.map((shift) => Math.abs(shift - delayMs)));
                const p99Ms = Math.max(0, ...seen.map(({ probe }) => probe.p99DelayMs ?? 0));
                const trafficBytes = sum(seen.map(({ traffic }) => traffic.deliveredBytes));
                return {
                  proven:
                    delayMs > 0 &&
                    shifts.length === lanes.length &&
                    worstErrorMs <= toleranceMs(delayMs) &&
                    trafficBytes > 0,
                  observed: `one way ${formatMs(shiftMs)} longer at the median (worst of ${shifts.length} directions off by ${formatMs(worstErrorMs)}), while ${trafficBytes} bytes of the broker's own passed`,
                  figures: {
                    injectedDelayMs: delayMs,
                    observedDelayMs: shiftMs,
                    worstErrorMs,
                    p99DelayMs: p99Ms,
                    directions: lanes.length,
                    directionsSeen: shifts.length,
                    brokerBytes: trafficBytes,
                  },
                };
              },
              heal,
            };
          },
          release: () => watch.stop(),
        };
      },
    };
  },
};
