import type { OnLinks } from '../../../model/effects.ts';
import type { ActiveFault } from '../../injection.ts';
import { all, none, proofOf } from '../../proof.ts';
import type { LocalEffect, LocalScope } from '../effect.ts';
import type { FaultEnvironment, Lane } from '../environment.ts';
import { carriesTraffic, LinkWatch, lanesOf, sum } from '../lanes/link-watch.ts';
import type { Packets } from '../lanes/packets.ts';
import { shapeLanes } from '../lanes/shape-lanes.ts';

/**
 * Nothing passes from one side to the other, with no reset and no answer, as behind a switch that has failed; new connections
 * across the cut get no answer either.
 */
export const cut: LocalEffect<'cut'> = {
  mechanisms: [
    { name: 'nft drop of real packets', needs: ['nft'] },
    { name: 'link proxy, bytes held', needs: [] },
  ],
  async observe(effect, environment) {
    const lanes = lanesOf(effect, environment);
    const watch = await LinkWatch.start(environment, lanes, { lanes: 1, intervalMs: 100 });
    return {
      inject: (scope) =>
        environment.packets
          ? dropped(environment, environment.packets, { cut: effect, lanes, watch, scope })
          : held(environment, { cut: effect, lanes, watch, scope }),
      release: () => watch.stop(),
    };
  },
};

type Struck = {
  readonly cut: OnLinks;
  readonly lanes: readonly Lane[];
  readonly watch: LinkWatch;
  readonly scope: LocalScope;
};

/** The link proxies hold what comes in. */
async function held(environment: FaultEnvironment, { cut, lanes, watch, scope }: Struck): Promise<ActiveFault> {
  await shapeLanes(environment, lanes, { cut: true }, { cut: false }, scope);
  watch.mark();
  return {
    mechanism: 'link proxy, bytes held',
    async prove() {
      const seen = watch.read();
      const figures = {
        directions: lanes.length,
        brokerBytesOffered: sum(seen.map(({ traffic }) => traffic.offeredBytes)),
        brokerBytesDelivered: sum(seen.map(({ traffic }) => traffic.deliveredBytes)),
        probeBytesOffered: sum(seen.map(({ probe }) => probe.bytesOffered)),
        probeBytesDelivered: sum(seen.map(({ probe }) => probe.bytesDelivered)),
      };
      const tried = seen.filter(({ probe }) => probe.bytesOffered > 0).length;
      const conditions = [
        all('directions with a probe', tried, lanes.length),
        none('bytes of the probes that were delivered', figures.probeBytesDelivered),
        none("bytes of the broker's own that were delivered", figures.brokerBytesDelivered),
        ...(await carriesTraffic(
          { what: "bytes of the broker's own that came to the cut", amount: figures.brokerBytesOffered },
          cut,
          environment,
        )),
      ];
      return proofOf(conditions, {
        observed: `${figures.brokerBytesDelivered} of ${figures.brokerBytesOffered} bytes of the broker's own delivered; probes in ${tried} of ${lanes.length} directions, ${figures.probeBytesDelivered} of ${figures.probeBytesOffered} bytes delivered`,
        figures,
      });
    },
  };
}

/** What came in before the first packet was dropped has been read after this. */
const settleMs = 100;
const answerWithinMs = 500;

/**
 * The kernel drops every packet across the cut: no answer comes to a SYN. What the proxies read of the nodes' own bytes tells of one
 * direction of a link; of the other, only the node itself knows what came, so that there the probes speak for it.
 */
async function dropped(
  environment: FaultEnvironment,
  packets: Packets,
  { cut, lanes, watch, scope }: Struck,
): Promise<ActiveFault> {
  const drop = await packets.drop(lanes, 1, scope);
  await environment.clock.sleep(settleMs);
  watch.mark();
  return {
    mechanism: 'nft drop of real packets',
    async prove() {
      const { answered, links } = await watch.answering(answerWithinMs);
      const counted = await drop.read();
      const seen = watch.read();
      const read = seen.filter(({ lane }) => lane.direction === 'forward');
      const figures = {
        directions: lanes.length,
        brokerPacketsDropped: sum(counted.map(({ traffic }) => traffic.dropped)),
        brokerPacketsPassed: sum(counted.map(({ traffic }) => traffic.offered - traffic.dropped)),
        brokerBytesDelivered: sum(read.map(({ traffic }) => traffic.offeredBytes)),
        probeBytesOffered: sum(seen.map(({ probe }) => probe.bytesOffered)),
        probeBytesDelivered: sum(seen.map(({ probe }) => probe.bytesDelivered)),
        links,
        linksAnswering: answered,
      };
      const tried = seen.filter(({ probe }) => probe.bytesOffered > 0).length;
      const conditions = [
        all('directions with a probe', tried, lanes.length),
        none('links that answer a SYN', answered),
        none('bytes of the probes that were delivered', figures.probeBytesDelivered),
        none("packets of the broker's own that passed", figures.brokerPacketsPassed),
        none("bytes of the broker's own that were read at the far end", figures.brokerBytesDelivered),
        ...(await carriesTraffic(
          { what: "packets of the broker's own that were dropped", amount: figures.brokerPacketsDropped },
          cut,
          environment,
        )),
      ];
      return proofOf(conditions, {
        observed: `${figures.brokerPacketsDropped} packets of the broker's own dropped, ${figures.brokerPacketsPassed} passed, and ${figures.brokerBytesDelivered} of its bytes read at the far end; ${answered} of ${links} links answer a SYN; probes in ${tried} of ${lanes.length} directions, ${figures.probeBytesDelivered} of ${figures.probeBytesOffered} bytes delivered`,
        figures,
      });
    },
  };
}
