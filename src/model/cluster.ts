import type { BrokerSpec } from './config.ts';
import type { Topology } from './topology.ts';

/** The names of the cluster's nodes, in order, and which of them are linked; a full mesh where nothing is said. */
export type ClusterShape = { readonly nodes: readonly string[]; readonly topology?: Topology | undefined };

/** What of a configuration decides whether an effect can be done at all. */
export type DescribedCluster = {
  readonly nodes: number;
  readonly broker: Pick<BrokerSpec, 'links' | 'peerPorts' | 'grpc' | 'mqtt' | 'topology'>;
};
