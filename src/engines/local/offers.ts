import type { DescribedCluster } from '../../model/cluster.ts';
import type { Effect, Offer } from '../../model/effects.ts';
import { effectFor } from './effects/registry.ts';
import type { FaultEnvironment } from './environment.ts';
import { lacking, type Machine } from './machine/machine.ts';

/** What is known so far: the configuration always, the machine once it has been tried, the environment while a cluster stands. */
export type Known = {
  readonly cluster: DescribedCluster;
  readonly machine?: Pick<Machine, 'offers'> | undefined;
  readonly environment?: FaultEnvironment | undefined;
};

/**
 * Whether this machine can do an effect to this cluster, as far as it is known: by which mechanism, or why not. It is asked with the
 * configuration alone (`validate`, a dry run), before a boot, and again when the cluster stands.
 */
export function localOffer(effect: Effect, { cluster, machine, environment }: Known): Offer {
  const described = whyNotDescribed(effect, cluster);
  if (described !== undefined) return { reason: described };
  if (effect.type === 'nothing') return { reason: effect.why };
  const { mechanisms, whyNot } = effectFor(effect);
  const lacks = mechanisms.map(({ needs }) => machine && lacking(needs, machine));
  const first = lacks.indexOf(undefined);
  const here = (why: string): string => `${effect.type} cannot be done here: ${why}`;
  if (first < 0) {
    const reasons = [...new Set(lacks.flatMap((lack) => lack?.reason ?? []))];
    return { reason: here(reasons.join(', and ')), hint: lacks[0]?.hint };
  }
  const standing = environment && whyNot?.(effect, environment);
  if (standing !== undefined) return { reason: here(standing) };
  return { mechanism: mechanisms[first]?.name ?? '' };
}

/** Pure. Why an effect cannot be done to a cluster that is described so, whatever the machine. */
function whyNotDescribed(effect: Effect, { nodes, broker }: DescribedCluster): string | undefined {
  if (effect.type === 'malformed-input' && (broker.mqtt.tls !== undefined || broker.mqtt.transport !== 'tcp'))
    return 'broken packets are sent over plain TCP only (broker.mqtt: tls, transport: ws)';
  if (!('paths' in effect)) return undefined;
  if (broker.links === 'direct') return 'the cluster has no link proxies (broker.links: direct)';
  if (effect.type === 'calls' && broker.grpc === false)
    return 'no gRPC call is made between the nodes of this broker (broker.grpc: false)';
  if (effect.clients.length > 0) return undefined;
  if (nodes < 2) return 'there is no link between nodes: the cluster has one node';
  if (broker.peerPorts.length === 0) return 'there is no link between nodes: broker.peer-ports names no port';
  return undefined;
}
