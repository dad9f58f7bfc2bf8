import { z } from 'zod';
import { formatShare } from '../../config/units.ts';
import { share } from '../../config/zod-units.ts';
import type { FaultKind } from '../fault.ts';
import { noImpact } from '../fault.ts';
import { LinkWatch, lanesOf, sum } from '../link-watch.ts';
import { shapeLanes } from '../shape-lanes.ts';
import { chooseLinks } from '../targets.ts';

type Parameters = { readonly loss: number };

/** So many points of share may the observed loss be away from what was asked, and still count as in force. Never so many that no loss would do. */
const tolerance = (loss: number): number => Math.min(0.03, loss / 2);

/** Loss as TCP shows it: a lost segment arrives a retransmission timeout later and holds up what follows (RFC 6298). */
export const packetLoss: FaultKind<Parameters> = {
  kind: 'packet-loss',
  summary: 'segments are lost and retransmitted: stalls of 200 ms and more, as TCP shows them',
  strikes: 'links',
  parameters: z.strictObject({ loss: share }),
  plan({ loss }, target, cluster, random) {
    const struck = chooseLinks(target, cluster, random);
    return {
      kind: 'packet-loss',
      target: struck.text,
      injected: `${formatShare(loss)} of transmissions lost`,
      impact: noImpact,
      async prepare(environment) {
        const lanes = lanesOf(struck, environment);
        const watch = await LinkWatch.start(environment, lanes, { lanes: 4, intervalMs: 25 });
        return {
          async inject() {
            const heal = await shapeLanes(environment, lanes, { lossShare: loss }, { lossShare: 0 }, 'packet-loss');
            watch.mark();
            return {
              mechanism: 'link proxy, TCP model of loss',
              async prove() {
                const seen = watch.read();
                const transmissions = sum(seen.map(({ probe }) => probe.loss?.transmissions ?? 0));
                const lost = sum(seen.map(({ probe }) => probe.loss?.lostTransmissions ?? 0));
                // A lane in which ten losses were to be expected and none was seen has none.
                const everyLane = seen.every(
                  ({ probe }) =>
                    (probe.loss?.lostTransmissions ?? 0) > 0 || (probe.loss?.transmissions ?? 0) * loss < 10,
                );
                const observed = transmissions === 0 ? 0 : lost / transmissions;
                const trafficBytes = sum(seen.map(({ traffic }) => traffic.deliveredBytes));
                return {
                  proven: everyLane && lost > 0 && Math.abs(observed - loss) <= tolerance(loss) && trafficBytes > 0,
                  observed: `${formatShare(observed)} of ${transmissions} probe transmissions, read from their stalls, while ${trafficBytes} bytes of the broker's own passed`,
                  figures: {
                    injectedLossShare: loss,
                    observedLossShare: observed,
                    transmissions,
                    lostTransmissions: lost,
                    directions: lanes.length,
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
