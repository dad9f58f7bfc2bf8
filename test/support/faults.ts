import { createRandom } from '../../src/base/random.ts';
import type { ActiveFault, PreparedFault } from '../../src/engines/injection.ts';
import { observe } from '../../src/engines/local/effects/registry.ts';
import type { FaultEnvironment } from '../../src/engines/local/environment.ts';
import type { LocalEngine } from '../../src/engines/local/local-engine.ts';
import type { PlannedFault } from '../../src/faults/fault.ts';
import { faultKinds } from '../../src/faults/registry.ts';
import type { Target } from '../../src/model/scenario.ts';

/** What a scenario file has to say of each kind that has a parameter without a default. */
export const leastParameters: Readonly<Record<string, Record<string, unknown>>> = {
  'network-delay': { delay: '100ms' },
  'packet-loss': { loss: '10%' },
  bandwidth: { rate: '64KiB/s' },
  'rpc-fault': { method: '*', action: 'drop' },
  'clock-skew': { offset: '+5s' },
  'cpu-stress': { load: '80%' },
  'cpu-quota': { quota: '10%' },
  'memory-stress': { size: '1GiB' },
  load: { rate: '100/s' },
};

/** Plans a fault from what a scenario file would say of it. */
export function planned(
  kind: string,
  target: Target,
  options: { parameters?: Record<string, unknown>; nodes: readonly string[]; seed?: string },
): PlannedFault {
  const found = faultKinds.get(kind);
  if (!found) throw new Error(`there is no fault kind ${kind}`);
  const { parameters = {}, nodes, seed = 'seed' } = options;
  return found.plan(found.parameters.parse(parameters), target, { nodes }, createRandom(seed));
}

/** Observed already, and ready to be injected. */
export function observed(fault: PlannedFault, environment: FaultEnvironment): Promise<PreparedFault> {
  return observe(fault, environment);
}

/** `node1`, `node2` and so on. */
export function names(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `node${i + 1}`);
}

/** A fault in force, with what takes it away. */
export type InForce = ActiveFault & Pick<PreparedFault, 'heal' | 'release'>;

export async function injected(prepared: PreparedFault): Promise<InForce> {
  return { ...(await prepared.inject()), heal: () => prepared.heal(), release: () => prepared.release() };
}

/** What an effect is given of the cluster that stands. */
export function standing(engine: LocalEngine): FaultEnvironment {
  const environment = engine.environment();
  if (!environment) throw new Error('no cluster stands');
  return environment;
}
