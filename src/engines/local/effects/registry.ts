import { ChaosError } from '../../../base/error.ts';
import type { Effect, EffectType } from '../../../model/effects.ts';
import type { ObservableFault } from '../../engine.ts';
import type { PreparedFault } from '../../injection.ts';
import { scoped } from '../../scope.ts';
import type { LocalEffect } from '../effect.ts';
import type { FaultEnvironment } from '../environment.ts';
import { bandwidth } from './bandwidth.ts';
import { calls } from './calls.ts';
import { clockSkew } from './clock-skew.ts';
import { connectionStorm } from './connection-storm.ts';
import { cpuQuota } from './cpu-quota.ts';
import { cpuStress } from './cpu-stress.ts';
import { cut } from './cut.ts';
import { delay } from './delay.ts';
import { diskFull } from './disk-full.ts';
import { fdExhaustion } from './fd-exhaustion.ts';
import { ioStress } from './io-stress.ts';
import { kill } from './kill.ts';
import { load } from './load.ts';
import { loss } from './loss.ts';
import { malformedInput } from './malformed-input.ts';
import { memoryLimit } from './memory-limit.ts';
import { memoryStress } from './memory-stress.ts';
import { pause } from './pause.ts';
import { reset } from './reset.ts';
import { restart } from './restart.ts';
import { slowConsumer } from './slow-consumer.ts';

/** Every type of effect. A type that is missing here does not compile. */
export const localEffects: { readonly [T in EffectType]: LocalEffect<T> } = {
  delay,
  loss,
  bandwidth,
  cut,
  reset,
  calls,
  kill,
  restart,
  pause,
  'clock-skew': clockSkew,
  'cpu-stress': cpuStress,
  'cpu-quota': cpuQuota,
  'memory-stress': memoryStress,
  'memory-limit': memoryLimit,
  'io-stress': ioStress,
  'disk-full': diskFull,
  'fd-exhaustion': fdExhaustion,
  'malformed-input': malformedInput,
  'connection-storm': connectionStorm,
  'slow-consumer': slowConsumer,
  load,
};

/** What does this effect. Types are lost between an effect and its own entry; this is the place where they are put together again. */
export function effectFor<E extends Exclude<Effect, { type: 'nothing' }>>(effect: E): LocalEffect<E['type']> {
  return localEffects[effect.type] as unknown as LocalEffect<E['type']>;
}

/** Begins to observe what an effect will strike, and gives the injection its scope. */
export async function observe(
  { kind, effect }: ObservableFault,
  environment: FaultEnvironment,
): Promise<PreparedFault> {
  if (effect.type === 'nothing') throw new ChaosError('internal', `there is nothing to strike: ${effect.why}`);
  return scoped(kind, environment.ledger, await effectFor(effect).observe(effect, environment));
}
