import { parentPort } from 'node:worker_threads';
import { systemClock } from '../base/clock.ts';
import { serve } from '../base/thread-rpc.ts';
import { watchLoopLag } from '../metrics/loop-lag.ts';
import type { Impact } from '../model/impact.ts';
import type { PhaseName } from '../model/record.ts';
import type { Endpoint } from './client.ts';
import { probeFeatures } from './features.ts';
import { type DrainOptions, Generator, type GeneratorOptions } from './generator.ts';
import { checkPaths, type PathOptions } from './paths.ts';
import type { ExpectedSteadyState } from './recovery.ts';

const nowMs = systemClock.nowMs;
const lag = watchLoopLag();
let generator: Generator | undefined;

function current(): Generator {
  if (!generator) throw new Error('no scenario has begun');
  return generator;
}

/** What the conductor may ask of the workload's thread. */
const methods = {
  probeFeatures: ({ endpoint, another }: { endpoint: Endpoint; another?: Endpoint | undefined }) =>
    probeFeatures(endpoint, another),
  checkPaths: ({ endpoints, ...options }: { endpoints: readonly Endpoint[] } & Omit<PathOptions, 'nowMs' | 'signal'>) =>
    checkPaths(endpoints, { ...options, nowMs }),
  async begin(options: GeneratorOptions & { warmUpWithinMs: number }) {
    generator = new Generator(options, nowMs);
    const unserved = await generator.warmUp(options.warmUpWithinMs);
    return { unserved, watched: generator.watched };
  },
  start: (windowMs: number) => current().start(windowMs),
  mark: ({ phase, windowMs }: { phase: PhaseName; windowMs: number }) => {
    if (phase === 'hold' || phase === 'recover') lag.reset();
    return current().mark(phase, windowMs);
  },
  impactBegins: ({ id, impact }: { id: number; impact: Impact }) => current().impactBegins(id, impact),
  impactEnds: (id: number) => current().impactEnds(id),
  progress: () => current().progress(),
  recovery: (expected: ExpectedSteadyState) => current().recovery(expected),
  silent: () => current().silent(),
  stop: () => current().stop(),
  drain: (options: DrainOptions) => current().drain(options),
  finish: () => current().finish(),
  async end() {
    await generator?.end();
    generator = undefined;
  },
  lag: () => lag.read(),
};

export type WorkloadMethods = typeof methods;

if (parentPort) serve(parentPort, 'workload', methods);
