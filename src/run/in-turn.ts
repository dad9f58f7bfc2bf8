import type { Random } from '../base/random.ts';
import type { ClusterShape } from '../faults/fault.ts';
import { chooseNodes } from '../faults/targets.ts';
import type { FaultSpec, Scenario } from '../model/scenario.ts';

/** Of its share of the time a node is struck for this part; in the rest it comes back, before the next one's turn. */
const struckShare = 2 / 3;

/**
 * The faults of a scenario as they are done: one that strikes its nodes in turn becomes one for each of them, which share its time
 * equally. All choices come from `random`, so that a seed repeats them.
 */
export function unfoldTurns(
  { faults, phases }: Pick<Scenario, 'faults' | 'phases'>,
  cluster: ClusterShape,
  random: Random,
): FaultSpec[] {
  return faults.flatMap((spec) => {
    if (!spec.inTurn) return [spec];
    const nodes = chooseNodes(spec.on, cluster, random);
    const shareMs = (spec.forMs ?? phases.holdMs - spec.atMs) / nodes.length;
    return nodes.map(
      (node, i): FaultSpec => ({
        ...spec,
        on: { type: 'nodes', nodes: [node] },
        atMs: Math.round(spec.atMs + i * shareMs),
        forMs: Math.round(shareMs * struckShare),
      }),
    );
  });
}
