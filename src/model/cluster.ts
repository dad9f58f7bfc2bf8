import type { BrokerSpec } from './config.ts';

/** The names of the cluster's nodes, in order. */
export type ClusterShape = { readonly nodes: readonly string[] };

/** What of a configuration decides whether an effect can be done at all. */
export type DescribedCluster = {
  readonly nodes: number;
  readonly broker: Pick<BrokerSpec, 'links' | 'peerPorts' | 'grpc' | 'mqtt'>;
};
