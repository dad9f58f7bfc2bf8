import { createRandom } from '../base/random.ts';
import { nodeNames } from '../config/template.ts';
import type { BrokerSpec } from '../model/config.ts';
import type { FaultSpec } from '../model/scenario.ts';
import { faultKinds } from './registry.ts';

/** What of a configuration decides whether a fault can be done at all. */
export type DescribedCluster = {
  readonly nodes: number;
  readonly broker: Pick<BrokerSpec, 'links' | 'peerPorts' | 'grpc'>;
};

type Struck = Pick<FaultSpec, 'kind' | 'on'>;

/** Whether a fault strikes what is between nodes: a fault of links, unless it is aimed at those between clients and nodes. */
export function strikesPeerLinks({ kind, on }: Struck): boolean {
  return faultKinds.get(kind)?.strikes === 'links' && !(on.type === 'links' && on.which === 'clients');
}

/**
 * Why a fault cannot be done to a cluster that is described so, whatever the machine; undefined when it can. Pure: a run skips the
 * scenario for this reason, and `validate` and a dry run say the same.
 */
export function notPossible(spec: FaultSpec, { nodes, broker }: DescribedCluster): string | undefined {
  const kind = faultKinds.get(spec.kind);
  if (spec.kind === 'rpc-fault' && broker.grpc === false)
    return 'no gRPC call is made between the nodes of this broker (broker.grpc: false)';
  if (kind?.strikes === 'links' && broker.links === 'direct')
    return 'the cluster has no link proxies (broker.links: direct)';
  if (strikesPeerLinks(spec)) {
    if (nodes < 2) return 'there is no link between nodes: the cluster has one node';
    if (broker.peerPorts.length === 0) return 'there is no link between nodes: broker.peer-ports names no port';
  }
  // Whether something is struck depends on how many nodes there are, not on which of them are drawn.
  return kind?.plan(spec.parameters, spec.on, { nodes: nodeNames(nodes) }, createRandom('any')).nothingToStrike;
}

/** Why a scenario is skipped on a cluster that is described so: the first of its faults that is not possible there. */
export function whySkipped(faults: readonly FaultSpec[], cluster: DescribedCluster): string | undefined {
  return faults.map((spec) => notPossible(spec, cluster)).find((why) => why !== undefined);
}
