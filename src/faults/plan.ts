import { ChaosError } from '../base/error.ts';
import { createRandom, type Random } from '../base/random.ts';
import type { ClusterShape } from '../model/cluster.ts';
import type { EffectType } from '../model/effects.ts';
import type { FaultSpec, Scenario } from '../model/scenario.ts';
import type { PlannedFault } from './fault.ts';
import { faultKinds } from './registry.ts';
import { chooseNodes } from './targets.ts';

/** Of its share of the time a node is struck for this part; in the rest it comes back, before the next one's turn. */
const struckShare = 2 / 3;

/** A fault of a scenario as it is done: when, and what exactly. */
export type ScheduledFault = { readonly spec: FaultSpec; readonly planned: PlannedFault };

/**
 * What the faults of a scenario do to this cluster, in their order. Pure: the dry run prints it, and the run does it. Each fault has a random
 * stream of its own (seed, scenario, place in the scenario): adding a fault at the end does not change the others.
 * @throws ChaosError `config` for a kind that there is not.
 */
export function planFaults(
  { ownName, faults, phases }: Pick<Scenario, 'ownName' | 'faults' | 'phases'>,
  cluster: ClusterShape,
  seed: string,
): ScheduledFault[] {
  const ofScenario = createRandom(seed).fork(`faults/${ownName}`);
  return faults.flatMap((fault, index) => {
    // The first one has the scenario's own stream, so that the seeds of older reports still repeat their choices.
    const random = index === 0 ? ofScenario : ofScenario.fork(String(index));
    return takeTurns(fault, phases.holdMs, cluster, random).map((spec) => {
      const kind = faultKinds.get(spec.kind);
      if (!kind) throw new ChaosError('config', `there is no fault kind "${spec.kind}"`, { location: spec.location });
      return { spec, planned: kind.plan(spec.parameters, spec.on, cluster, random) };
    });
  });
}

/** The types of effects that these faults have, whatever the seed. */
export function effectTypesOf(faults: readonly FaultSpec[]): EffectType[] {
  return faults.flatMap(({ kind }) => faultKinds.get(kind)?.effect ?? []);
}

/** A fault that strikes its nodes in turn becomes one for each of them, which share its time equally. */
function takeTurns(spec: FaultSpec, holdMs: number, cluster: ClusterShape, random: Random): FaultSpec[] {
  if (!spec.inTurn) return [spec];
  const nodes = chooseNodes(spec.on, cluster, random);
  const shareMs = (spec.forMs ?? holdMs - spec.atMs) / nodes.length;
  return nodes.map(
    (node, i): FaultSpec => ({
      ...spec,
      on: { type: 'nodes', nodes: [node] },
      atMs: Math.round(spec.atMs + i * shareMs),
      forMs: Math.round(shareMs * struckShare),
    }),
  );
}
