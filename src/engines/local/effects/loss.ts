import type { OnLinks } from '../../../model/effects.ts';
import { formatShare } from '../../../model/units.ts';
import type { ActiveFault } from '../../injection.ts';
import { all, moreThan, near, proofOf } from '../../proof.ts';
import type { LocalEffect, LocalScope } from '../effect.ts';
import type { FaultEnvironment, Lane } from '../environment.ts';
import { carriesTraffic, LinkWatch, lanesOf, sum } from '../lanes/link-watch.ts';
import type { Packets } from '../lanes/packets.ts';
import { shapeLanes } from '../lanes/shape-lanes.ts';
import { retransmittedSegments } from '../machine/tcp.ts';

/** So many points of share may the observed loss be away from what was asked, and still count as in force. Never so many that no loss would do. */
const tolerance = (loss: number): number => Math.min(0.03, loss / 2);

/**
 * Packets are dropped by the kernel where that may be asked of it; elsewhere the proxies show what TCP makes of it: a lost segment arrives a
 * retransmission timeout later and holds up what follows (RFC 6298).
 */
export const loss: LocalEffect<'loss'> = {
  mechanisms: [
    { name: 'nft drop of real packets', needs: ['nft'] },
    { name: 'link proxy, TCP model of loss', needs: [] },
  ],
  async observe(effect, environment) {
    const { lossShare: loss } = effect;
    const lanes = lanesOf(effect, environment);
    const watch = await LinkWatch.start(environment, lanes, { lanes: 4, intervalMs: 25 });
    return {
      inject: (scope) =>
        environment.packets
          ? dropped(environment, environment.packets, { struck: effect, lanes, loss, watch, scope })
          : modelled(environment, { struck: effect, lanes, loss, watch, scope }),
      release: () => watch.stop(),
    };
  },
};

type Struck = {
  readonly struck: OnLinks;
  readonly lanes: readonly Lane[];
  readonly loss: number;
  readonly watch: LinkWatch;
  readonly scope: LocalScope;
};

/** The link proxies lose segments, as TCP would. */
async function modelled(
  environment: FaultEnvironment,
  { struck, lanes, loss, watch, scope }: Struck,
): Promise<ActiveFault> {
  await shapeLanes(environment, lanes, { lossShare: loss }, { lossShare: 0 }, scope);
  watch.mark();
  return {
    mechanism: 'link proxy, TCP model of loss',
    async prove() {
      const seen = watch.read();
      const transmissions = sum(seen.map(({ probe }) => probe.loss?.transmissions ?? 0));
      const lost = sum(seen.map(({ probe }) => probe.loss?.lostTransmissions ?? 0));
      // A lane in which ten losses were to be expected and none was seen has none.
      const withLoss = seen.filter(
        ({ probe }) => (probe.loss?.lostTransmissions ?? 0) > 0 || (probe.loss?.transmissions ?? 0) * loss < 10,
      ).length;
      const observed = transmissions === 0 ? 0 : lost / transmissions;
      const trafficBytes = sum(seen.map(({ traffic }) => traffic.deliveredBytes));
      const conditions = [
        moreThan('lost probe transmissions', lost, 0),
        near('loss among the probe transmissions', observed, loss, tolerance(loss), formatShare),
        all('directions that show the loss or too few probes to tell', withLoss, seen.length),
        ...(await carriesTraffic(
          { what: "bytes of the broker's own that passed", amount: trafficBytes },
          struck,
          environment,
        )),
      ];
      return proofOf(conditions, {
        observed: `${formatShare(observed)} of ${transmissions} probe transmissions, read from their stalls, while ${trafficBytes} bytes of the broker's own passed`,
        figures: {
          injectedLossShare: loss,
          observedLossShare: observed,
          transmissions,
          lostTransmissions: lost,
          directions: lanes.length,
          brokerBytes: trafficBytes,
        },
      });
    },
  };
}

/**
 * The kernel drops packets, and its own TCP repairs what it can. Three see it that did not inject it: the counters of what came in and what
 * was dropped, the probes' segments that came only when they were sent again, and TCP's count of what it sent again.
 */
async function dropped(
  environment: FaultEnvironment,
  packets: Packets,
  { struck, lanes, loss, watch, scope }: Struck,
): Promise<ActiveFault> {
  const retransmittedBefore = retransmittedSegments() ?? 0;
  const drop = await packets.drop(lanes, loss, scope);
  watch.mark();
  return {
    mechanism: 'nft drop of real packets',
    async prove() {
      const counted = await drop.read();
      const seen = watch.read();
      const offered = sum(counted.map(({ traffic, probes }) => traffic.offered + probes.offered));
      const lost = sum(counted.map(({ traffic, probes }) => traffic.dropped + probes.dropped));
      const trafficPassed = sum(counted.map(({ traffic }) => traffic.offered - traffic.dropped));
      const first = sum(seen.map(({ probe }) => probe.firstLoss?.transmissions ?? 0));
      const stalled = sum(seen.map(({ probe }) => probe.firstLoss?.lostTransmissions ?? 0));
      const withLoss = counted.filter(
        ({ traffic, probes }) => traffic.dropped + probes.dropped > 0 || (traffic.offered + probes.offered) * loss < 10,
      ).length;
      const observed = offered === 0 ? 0 : lost / offered;
      const stalledShare = first === 0 ? 0 : stalled / first;
      const retransmitted = (retransmittedSegments() ?? 0) - retransmittedBefore;
      const conditions = [
        moreThan('packets dropped', lost, 0),
        near('loss among the packets', observed, loss, tolerance(loss), formatShare),
        near('probe segments that stalled', stalledShare, loss, tolerance(loss), formatShare),
        all('directions that show the loss or too few packets to tell', withLoss, counted.length),
        ...(await carriesTraffic(
          { what: "packets of the broker's own that passed", amount: trafficPassed },
          struck,
          environment,
        )),
      ];
      return proofOf(conditions, {
        observed: `${formatShare(observed)} of ${offered} packets dropped, ${lost} in all; ${formatShare(stalledShare)} of ${first} probe segments stalled; TCP sent ${retransmitted} segments again, while ${trafficPassed} packets of the broker's own passed`,
        figures: {
          injectedLossShare: loss,
          observedLossShare: observed,
          packets: offered,
          packetsDropped: lost,
          probeSegments: first,
          probeSegmentsStalled: stalled,
          segmentsRetransmitted: retransmitted,
          directions: lanes.length,
          brokerPackets: trafficPassed,
        },
      });
    },
  };
}
