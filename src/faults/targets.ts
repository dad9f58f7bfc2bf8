import type { Random } from '../base/random.ts';
import type { ClusterShape } from '../model/cluster.ts';
import type { OnLinks } from '../model/effects.ts';
import type { Target } from '../model/scenario.ts';
import { linkedPaths } from '../model/topology.ts';

/** How many nodes a minority has: the most that leave a majority (1 of 3, 2 of 5). At least 1, also where that leaves none. */
export function minoritySize(nodes: number): number {
  return Math.max(1, Math.floor((nodes - 1) / 2));
}

/** The nodes that a target means, choices drawn from `random`, in the cluster's order. */
export function chooseNodes(target: Target, { nodes }: ClusterShape, random: Random): string[] {
  const chosen = (): readonly string[] => {
    switch (target.type) {
      case 'nodes':
        return target.nodes;
      case 'path':
        return [target.from];
      case 'links':
        return nodes;
      case 'choice':
        switch (target.choice) {
          case 'any':
            return random.pick(nodes, 1);
          case 'minority':
            return random.pick(nodes, minoritySize(nodes.length));
          case 'majority':
            return random.pick(nodes, Math.floor(nodes.length / 2) + 1);
          case 'all':
            return nodes;
        }
    }
  };
  const names = new Set(chosen());
  return nodes.filter((node) => names.has(node));
}

/** What a fault of links strikes, and how a reader sees it. */
export type StruckLinks = OnLinks & { readonly text: string };

/** `links.*` mean all of them; nodes and choices mean every path from or to those nodes. */
export function chooseLinks(target: Target, cluster: ClusterShape, random: Random): StruckLinks {
  if (target.type === 'links' && target.which === 'clients')
    return { paths: [], clients: cluster.nodes, text: 'links.clients' };
  if (target.type === 'path') {
    const { from, to } = target;
    return { paths: [{ from, to }], clients: [], text: `${from} -> ${to}` };
  }
  const all = linkedPaths(cluster.nodes, cluster.topology);
  if (target.type === 'links') return { paths: all, clients: [], text: 'links.cluster' };
  const nodes = chooseNodes(target, cluster, random);
  return {
    paths: all.filter(({ from, to }) => nodes.includes(from) || nodes.includes(to)),
    clients: [],
    text: `links of ${nodes.join(', ')}`,
  };
}
