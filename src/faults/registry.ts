import type { ClusterShape } from '../model/cluster.ts';
import type { EffectType } from '../model/effects.ts';
import { separated, widened } from '../model/topology.ts';
import type { FaultKind, PlannedFault, RegisteredKind } from './fault.ts';
import { bandwidth } from './kinds/bandwidth.ts';
import { clockSkew } from './kinds/clock-skew.ts';
import { connectionReset } from './kinds/connection-reset.ts';
import { connectionStorm } from './kinds/connection-storm.ts';
import { cpuQuota } from './kinds/cpu-quota.ts';
import { cpuStress } from './kinds/cpu-stress.ts';
import { diskFull } from './kinds/disk-full.ts';
import { fdExhaustion } from './kinds/fd-exhaustion.ts';
import { ioStress } from './kinds/io-stress.ts';
import { kill } from './kinds/kill.ts';
import { load } from './kinds/load.ts';
import { malformedInput } from './kinds/malformed-input.ts';
import { memoryLimit } from './kinds/memory-limit.ts';
import { memoryStress } from './kinds/memory-stress.ts';
import { networkDelay } from './kinds/network-delay.ts';
import { packetLoss } from './kinds/packet-loss.ts';
import { partition } from './kinds/partition.ts';
import { pause } from './kinds/pause.ts';
import { restart } from './kinds/restart.ts';
import { rpcFault } from './kinds/rpc-fault.ts';
import { slowConsumer } from './kinds/slow-consumer.ts';

/** Parameters are checked by the kind's own schema before its plan is made, so that the registry need not know their types. */
function registered<P, T extends EffectType>(kind: FaultKind<P, T>): RegisteredKind {
  return {
    ...kind,
    plan(parameters, target, cluster, random) {
      const plan = kind.plan(parameters as P, target, cluster, random);
      return { kind: kind.kind, ...plan, ...throughShape(plan, cluster) };
    },
  };
}

/** Nodes that reach one another through others only do not while those are struck: the target says so, and nothing is held against the broker. */
function throughShape(
  { target, impact }: Pick<PlannedFault, 'target' | 'impact'>,
  { nodes, topology }: ClusterShape,
): Pick<PlannedFault, 'target' | 'impact'> {
  const apart = separated(impact, nodes, topology);
  if (apart.length === 0) return { target, impact };
  const names = nodes.filter((node) => apart.some(({ from, to }) => from === node || to === node));
  return {
    target: `${target} (meanwhile ${names.join(' and ')} cannot reach each other: a single point of failure of this topology)`,
    impact: widened(impact, nodes, topology),
  };
}

/** Every kind of fault by name. */
export const faultKinds: ReadonlyMap<string, RegisteredKind> = new Map(
  [
    registered(networkDelay),
    registered(packetLoss),
    registered(bandwidth),
    registered(partition),
    registered(connectionReset),
    registered(rpcFault),
    registered(kill),
    registered(restart),
    registered(pause),
    registered(clockSkew),
    registered(cpuStress),
    registered(cpuQuota),
    registered(memoryStress),
    registered(memoryLimit),
    registered(ioStress),
    registered(diskFull),
    registered(fdExhaustion),
    registered(malformedInput),
    registered(connectionStorm),
    registered(slowConsumer),
    registered(load),
  ].map((kind) => [kind.kind, kind]),
);
