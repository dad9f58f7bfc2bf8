import { z } from 'zod';
import type { Random } from '../../base/random.ts';
import type { Target } from '../../model/scenario.ts';
import type { FaultEnvironment, Lane } from '../environment.ts';
import type { ActiveFault, ClusterShape, FaultKind } from '../fault.ts';
import { carriesTraffic, LinkWatch, lanesOf, sum } from '../link-watch.ts';
import type { Packets } from '../packets.ts';
import { all, none, proofOf } from '../proof.ts';
import type { Scope } from '../scope.ts';
import { shapeLanes } from '../shape-lanes.ts';
import { allPaths, chooseNodes, minoritySize, type Path } from '../targets.ts';

const groups = z.union([z.literal('minority'), z.array(z.array(z.string()).min(1)).min(2)]);
type Parameters = {
  readonly groups?: z.infer<typeof groups> | undefined;
  readonly shape?: 'ring' | 'one-way' | undefined;
};

/** What is cut, and whom that keeps from serving. */
export type Cut = {
  readonly paths: readonly Path[];
  /** Nodes cut off from their clients. */
  readonly clients: readonly string[];
  readonly unavailable: readonly string[];
  readonly text: string;
};

/**
 * Nothing passes from one side to the other, with no reset and no answer, as behind a switch that has failed; new connections
 * across the cut get no answer either.
 */
export const partition: FaultKind<Parameters> = {
  kind: 'partition',
  summary: 'nothing arrives across the cut: a minority, given groups, one way only, or a ring',
  strikes: 'links',
  mechanisms: [
    { name: 'nft drop of real packets', needs: ['nft'] },
    { name: 'link proxy, bytes held', needs: [] },
  ],
  parameters: z
    .strictObject({ groups: groups.optional(), shape: z.enum(['ring', 'one-way']).optional() })
    .refine(({ groups, shape }) => groups === undefined || shape === undefined, 'groups and shape exclude each other'),
  plan(parameters, target, cluster, random) {
    const cut = chooseCut(parameters, target, cluster, random);
    return {
      kind: 'partition',
      target: [
        ...cut.paths.map(({ from, to }) => `${from} -> ${to}`),
        ...cut.clients.map((node) => `clients - ${node}`),
      ].join(', '),
      injected: cut.text,
      impact: { unavailableNodes: cut.unavailable, cutPaths: cut.paths },
      nothingToStrike: nothingCut(cut, parameters),
      async prepare(environment) {
        const lanes = lanesOf(cut, environment);
        const watch = await LinkWatch.start(environment, lanes, { lanes: 1, intervalMs: 100 });
        return {
          inject: (scope) =>
            environment.packets
              ? dropped(environment, environment.packets, { cut, lanes, watch, scope })
              : held(environment, { cut, lanes, watch, scope }),
          release: () => watch.stop(),
        };
      },
    };
  },
};

type Struck = {
  readonly cut: Cut;
  readonly lanes: readonly Lane[];
  readonly watch: LinkWatch;
  readonly scope: Scope;
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

/** Why a cut cuts nothing, where it does. */
function nothingCut({ paths, clients, text }: Cut, { shape }: Parameters): string | undefined {
  if (paths.length > 0 || clients.length > 0) return undefined;
  return shape === 'ring' ? 'a ring needs at least three nodes' : `nothing is cut, all nodes are on one side: ${text}`;
}

/** Pure: which directed paths are cut. */
export function chooseCut({ groups, shape }: Parameters, target: Target, cluster: ClusterShape, random: Random): Cut {
  const { nodes } = cluster;
  const all = allPaths(nodes);
  if (target.type === 'path') return { paths: [target], clients: [], unavailable: [], text: 'one path cut' };
  if (target.type === 'links' && target.which === 'clients')
    return { paths: [], clients: nodes, unavailable: nodes, text: 'every node cut off from its clients' };
  if (shape === 'ring') return ring(nodes);
  if (shape === 'one-way') {
    const mute = chooseNodes(target.type === 'links' ? { type: 'choice', choice: 'any' } : target, cluster, random);
    return {
      paths: all.filter(({ from, to }) => mute.includes(from) && !mute.includes(to)),
      clients: [],
      unavailable: mute,
      text: `${mute.join(', ')} can hear the others and not be heard`,
    };
  }
  const sides = Array.isArray(groups)
    ? groups
    : [chooseNodes(target.type === 'links' ? { type: 'choice', choice: 'minority' } : target, cluster, random)];
  const sideOf = (node: string): number => sides.findIndex((side) => side.includes(node));
  const whole = new Set(nodes.map(sideOf));
  const members = [...whole].map((side) => nodes.filter((node) => sideOf(node) === side));
  return {
    paths: all.filter(({ from, to }) => sideOf(from) !== sideOf(to)),
    clients: [],
    unavailable: members.filter((side) => side.length * 2 <= nodes.length).flat(),
    text: members.map((side) => side.join('+')).join(' | '),
  };
}

/**
 * Every node sees a majority and no two see the same one (Jepsen's majorities-ring): each keeps its nearest neighbours. Three nodes
 * have no such ring, since each has only neighbours, so the ring is opened between the first and the last. Of two nodes neither has a
 * majority without the other, so there is nothing to cut.
 */
function ring(nodes: readonly string[]): Cut {
  const count = nodes.length;
  if (count < 3) return { paths: [], clients: [], unavailable: [], text: 'nothing: a ring needs at least three nodes' };
  const reach = Math.floor((count - minoritySize(count)) / 2);
  const distance = (a: number, b: number): number => Math.min(Math.abs(a - b), count - Math.abs(a - b));
  const open = count === 3;
  const paths = allPaths(nodes).filter(({ from, to }) => {
    const a = nodes.indexOf(from);
    const b = nodes.indexOf(to);
    return open ? Math.abs(a - b) === count - 1 : distance(a, b) > Math.max(1, reach);
  });
  return {
    paths,
    clients: [],
    unavailable: [],
    text: open ? `a chain: ${nodes.join(' - ')}` : `a ring: ${nodes.join(' - ')} - ${nodes[0]}`,
  };
}
