import { parentPort, workerData } from 'node:worker_threads';
import { ChaosError } from '../base/error.ts';
import { createRandom } from '../base/random.ts';
import { serve } from '../base/thread-rpc.ts';
import { type Lag, watchLoopLag } from '../metrics/loop-lag.ts';
import { Stage } from './conversation.ts';
import { findSabotage } from './registry.ts';
import { Relay, type Upstream } from './relay.ts';

/** The thread in which sabotaged connections live, so that neither the conductor nor the workload is delayed by them. */

/** What the thread is started with. */
export type WorkerStart = {
  /** Absent for a relay that changes nothing. */
  readonly sabotage: string | undefined;
  readonly seed: string;
  /** One number: how many changes were made. */
  readonly changes: Int32Array;
};

const { sabotage, seed, changes } = workerData as WorkerStart;
const relay = new Relay(new Stage(begin(), () => Atomics.add(changes, 0, 1)));
const loopLag = watchLoopLag();

/** What the conductor may ask of the relay's thread. */
const methods = {
  open: async ({ node, upstream }: { node: string; upstream: Upstream }) => ({
    port: await relay.open(node, upstream),
  }),
  /** Since it was last asked. */
  lag(): Lag {
    const lag = loopLag.read();
    loopLag.reset();
    return lag;
  },
  async close(): Promise<void> {
    loopLag.stop();
    await relay.close();
  },
};

export type RelayMethods = typeof methods;

if (parentPort) serve(parentPort, 'relay', methods);

function begin() {
  if (sabotage === undefined) return {};
  const found = findSabotage(sabotage);
  if (found === undefined) throw new ChaosError('internal', `There is no sabotage ${sabotage}.`);
  return found.create(createRandom(seed));
}
