import { parentPort } from 'node:worker_threads';
import { systemClock } from '../../../base/clock.ts';
import { createRandom } from '../../../base/random.ts';
import { serve } from '../../../base/thread-rpc.ts';
import type { MqttPingTarget } from '../cluster/mqtt-ping.ts';
import { isAlive } from '../cluster/proc.ts';
import { addTallies, Barrage } from './barrage.ts';

/** A process as it is known for ever: pids are used again. */
export type ProcessName = { readonly pid: number; readonly startTicks: number };

export type BarrageStart = {
  readonly node: string;
  readonly target: MqttPingTarget;
  readonly seed: string;
  readonly ratePerSecond: number;
  readonly processes: readonly ProcessName[];
};

type Aimed = { readonly barrage: Barrage; processes: readonly ProcessName[] };

const aimed = new Map<string, Aimed>();

/** What the conductor may ask of the barrages' thread. Hundreds of connections a second would hold up its own event loop. */
const methods = {
  start(starts: readonly BarrageStart[]) {
    for (const { node, target, seed, ratePerSecond, processes } of starts) {
      const barrage = new Barrage({
        target,
        isAlive: () => aimed.get(node)?.processes.some(isAlive) ?? false,
        random: createRandom(seed),
        ratePerSecond,
        clock: systemClock,
      });
      aimed.set(node, { barrage, processes });
      barrage.start();
    }
  },
  /** The node has been started again, as these. */
  restarted({ node, processes }: { node: string; processes: readonly ProcessName[] }) {
    const one = aimed.get(node);
    if (one) one.processes = processes;
  },
  tally: () => addTallies([...aimed.values()].map(({ barrage }) => barrage.tally())),
  suspects: ({ node, atMs }: { node: string; atMs: number }) => aimed.get(node)?.barrage.suspects(atMs) ?? [],
  async stop() {
    await Promise.all([...aimed.values()].map(({ barrage }) => barrage.stop()));
  },
};

export type BarrageMethods = typeof methods;

if (parentPort) serve(parentPort, 'barrage', methods);
