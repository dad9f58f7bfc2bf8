import { z } from 'zod';
import type { Random } from '../../base/random.ts';
import type { ClusterShape } from '../../model/cluster.ts';
import type { Path } from '../../model/effects.ts';
import type { Target } from '../../model/scenario.ts';
import { linkedPaths } from '../../model/topology.ts';
import type { FaultKind } from '../fault.ts';
import { chooseNodes, minoritySize } from '../targets.ts';

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
  /** Who is parted from whom: `node1+node2 | node3`, one way `node1 -> node2+node3`, and of a ring the links that stay. */
  readonly target: string;
  readonly text: string;
};

/**
 * Nothing passes from one side to the other, with no reset and no answer, as behind a switch that has failed; new connections
 * across the cut get no answer either.
 */
export const partition: FaultKind<Parameters, 'cut'> = {
  kind: 'partition',
  summary: 'nothing arrives across the cut: a minority, given groups, one way only, or a ring',
  strikes: 'links',
  usage:
    'One of `groups: minority` (default), `groups: [[node1], [node2, node3]]`, `shape: one-way` (one node hears the others and is not heard) and `shape: ring` (each node reaches its neighbours only; three nodes make a chain). `on` may name the nodes that are cut off or not heard.',
  replacesItself: true,
  effect: 'cut',
  parameters: z
    .strictObject({ groups: groups.optional(), shape: z.enum(['ring', 'one-way']).optional() })
    .refine(({ groups, shape }) => groups === undefined || shape === undefined, 'groups and shape exclude each other'),
  plan(parameters, target, cluster, random) {
    const cut = chooseCut(parameters, target, cluster, random);
    const { paths, clients, target: struck } = cut;
    const why = cluster.nodes.length < 2 ? undefined : whyNothing(cut, parameters);
    return {
      target: struck,
      injected: cut.text,
      impact: { unavailableNodes: cut.unavailable, cutPaths: paths },
      effect: why === undefined ? { type: 'cut', paths, clients } : { type: 'nothing', why },
    };
  },
};

/** Why a cut cuts nothing, where it does. */
function whyNothing({ paths, clients, target }: Cut, { shape }: Parameters): string | undefined {
  if (paths.length > 0 || clients.length > 0) return undefined;
  return shape === 'ring'
    ? 'a ring needs at least three nodes'
    : `nothing is cut, all nodes are on one side: ${target}`;
}

/** Pure: which directed paths are cut. */
export function chooseCut({ groups, shape }: Parameters, target: Target, cluster: ClusterShape, random: Random): Cut {
  const { nodes } = cluster;
  const all = linkedPaths(nodes, cluster.topology);
  if (target.type === 'path') {
    const { from, to } = target;
    return { paths: [{ from, to }], clients: [], unavailable: [], target: `${from} -> ${to}`, text: 'one path cut' };
  }
  if (target.type === 'links' && target.which === 'clients')
    return {
      ...{ paths: [], clients: nodes, unavailable: nodes },
      ...{ target: 'links.clients', text: 'every node cut off from its clients' },
    };
  if (shape === 'ring') return ring(nodes);
  if (shape === 'one-way') {
    const mute = chooseNodes(target.type === 'links' ? { type: 'choice', choice: 'any' } : target, cluster, random);
    const others = nodes.filter((node) => !mute.includes(node));
    return {
      paths: all.filter(({ from, to }) => mute.includes(from) && !mute.includes(to)),
      clients: [],
      unavailable: mute,
      target: `${mute.join('+')} -> ${others.join('+')}`,
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
    target: members.map((side) => side.join('+')).join(' | '),
    text: 'nothing passes between the groups, in either direction',
  };
}

/**
 * Every node sees a majority and no two see the same one (Jepsen's majorities-ring): each keeps its nearest neighbours. Three nodes
 * have no such ring, since each has only neighbours, so the ring is opened between the first and the last. Of two nodes neither has a
 * majority without the other, so there is nothing to cut.
 */
function ring(nodes: readonly string[]): Cut {
  const count = nodes.length;
  if (count < 3)
    return {
      ...{ paths: [], clients: [], unavailable: [] },
      ...{ target: nodes.join(' - '), text: 'nothing: a ring needs at least three nodes' },
    };
  const reach = Math.floor((count - minoritySize(count)) / 2);
  const distance = (a: number, b: number): number => Math.min(Math.abs(a - b), count - Math.abs(a - b));
  const open = count === 3;
  const paths = linkedPaths(nodes).filter(({ from, to }) => {
    const a = nodes.indexOf(from);
    const b = nodes.indexOf(to);
    return open ? Math.abs(a - b) === count - 1 : distance(a, b) > Math.max(1, reach);
  });
  return {
    paths,
    clients: [],
    unavailable: [],
    target: (open ? nodes : [...nodes, ...nodes.slice(0, 1)]).join(' - '),
    text: `a ${open ? 'chain' : 'ring'}: each node reaches ${open || reach < 2 ? 'its neighbours' : `the ${reach} nodes on either side of it`} only`,
  };
}
