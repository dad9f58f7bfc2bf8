import type { Path } from './effects.ts';
import type { Impact } from './impact.ts';

/**
 * Which nodes of a cluster are linked. In a full mesh a node hears each other one itself and passes nothing on; in the others what a node
 * hears goes on to those that it is linked to.
 */
export type Topology =
  | { readonly type: 'full' }
  /** One node without any other. */
  | { readonly type: 'single' }
  /** Every other node is linked to the hub alone. */
  | { readonly type: 'star'; readonly hub: string }
  /** Pairs of nodes, linked in both directions. */
  | { readonly type: 'bridges'; readonly pairs: readonly (readonly [string, string])[] };

export const fullMesh: Topology = { type: 'full' };

/** Pure. The directed pairs of nodes that are linked, in the cluster's order. */
export function linkedPaths(nodes: readonly string[], topology: Topology = fullMesh): Path[] {
  const all = nodes.flatMap((from) => nodes.filter((to) => to !== from).map((to) => ({ from, to })));
  switch (topology.type) {
    case 'full':
    case 'single':
      return all;
    case 'star':
      return all.filter(({ from, to }) => from === topology.hub || to === topology.hub);
    case 'bridges':
      return all.filter(({ from, to }) =>
        topology.pairs.some(([a, b]) => (from === a && to === b) || (from === b && to === a)),
      );
  }
}

/** Pure. The impact of a fault with what the shape of the cluster adds: pairs of available nodes that no other way joins. */
export function widened(impact: Impact, nodes: readonly string[], topology: Topology = fullMesh): Impact {
  return { ...impact, cutPaths: [...impact.cutPaths, ...separated(impact, nodes, topology)] };
}

/** Pure. Directed pairs of nodes that a fault leaves available and does not cut itself, and that nothing passes between while it lasts. */
export function separated(impact: Impact, nodes: readonly string[], topology: Topology = fullMesh): Path[] {
  if (topology.type === 'full' || topology.type === 'single') return [];
  const { unavailableNodes, cutPaths } = impact;
  const isCut = ({ from, to }: Path): boolean => cutPaths.some((cut) => cut.from === from && cut.to === to);
  const available = nodes.filter((node) => !unavailableNodes.includes(node));
  const open = linkedPaths(available, topology).filter((path) => !isCut(path));
  return available.flatMap((from) => {
    const reached = reachedFrom(from, open);
    return available.filter((to) => !reached.has(to) && !isCut({ from, to })).map((to) => ({ from, to }));
  });
}

/** A node, and all that what it says goes on to. */
function reachedFrom(start: string, open: readonly Path[]): Set<string> {
  const reached = new Set([start]);
  for (const node of reached) for (const { from, to } of open) if (from === node) reached.add(to);
  return reached;
}
