import { createRandom } from '../base/random.ts';
import type { ClusterShape } from '../model/cluster.ts';
import type { Effect, Offer } from '../model/effects.ts';
import type { FaultSpec } from '../model/scenario.ts';
import { faultKinds } from './registry.ts';

/** Whether a fault strikes what is between nodes: a fault of links, unless it is aimed at those between clients and nodes. */
export function strikesPeerLinks({ kind, on }: Pick<FaultSpec, 'kind' | 'on'>): boolean {
  return faultKinds.get(kind)?.strikes === 'links' && !(on.type === 'links' && on.which === 'clients');
}

/**
 * Why a scenario is skipped on a cluster that is described so: the first of its faults whose effect is not offered. Whether it is depends
 * on how many nodes there are and what kind of target it has, not on which of them are drawn.
 */
export function whySkipped(
  faults: readonly FaultSpec[],
  cluster: ClusterShape,
  offers: (effect: Effect) => Offer,
): string | undefined {
  for (const spec of faults) {
    const planned = faultKinds.get(spec.kind)?.plan(spec.parameters, spec.on, cluster, createRandom('any'));
    const offer = planned && offers(planned.effect);
    if (offer && 'reason' in offer) return offer.reason;
  }
  return undefined;
}
