import { parentPort, workerData } from 'node:worker_threads';
import { ChaosError } from '../../../base/error.ts';
import { createRandom } from '../../../base/random.ts';
import { serve } from '../../../base/thread-rpc.ts';
import { type Lag, watchLoopLag } from '../../../metrics/loop-lag.ts';
import type { CallRule } from '../../../model/effects.ts';
import type { CounterMemory } from './counters.ts';
import { type CallsSeen, CallWatch } from './http2/link-calls.ts';
import { Link } from './link.ts';
import { Scheduler } from './scheduler.ts';
import type { Conditions, Direction, Upstream } from './types.ts';

/** The thread in which all links live: nothing the conductor computes delays a byte, and no traffic delays the conductor. */

/** What the thread is started with. */
export type WorkerStart = { readonly seed: string };

type OpenLink = {
  readonly linkId: string;
  readonly listenPort: number | undefined;
  readonly upstream: Upstream;
  readonly ipv6: boolean;
  readonly counters: CounterMemory;
};

const { seed } = workerData as WorkerStart;
const random = createRandom(seed);
const scheduler = new Scheduler();
const links = new Map<string, Link>();
const watches = new Map<number, { readonly link: Link; readonly watch: CallWatch }>();
let watchesMade = 0;
const loopLag = watchLoopLag();

/** What the conductor may ask of the links' thread. */
const methods = {
  async open({ linkId, listenPort, upstream, ipv6, counters }: OpenLink): Promise<{ readonly port: number }> {
    if (links.has(linkId)) throw new ChaosError('internal', `There is a link ${linkId} already.`);
    const link = new Link(counters, scheduler, random.fork(linkId));
    links.set(linkId, link);
    try {
      return { port: await link.open(listenPort, upstream, ipv6) };
    } catch (error) {
      links.delete(linkId);
      throw error;
    }
  },
  openLane: async ({ linkId, upstream }: { linkId: string; upstream: Upstream }) => ({
    port: await find(linkId).openLane(upstream),
  }),
  closeLane: ({ linkId, port }: { linkId: string; port: number }) => find(linkId).closeListener(port),
  shape({ linkId, direction, change }: { linkId: string; direction: Direction; change: Partial<Conditions> }): void {
    find(linkId).shape(direction, change);
  },
  /** One link, or all of them. */
  clear({ linkId }: { linkId: string | undefined }): void {
    for (const link of linkId === undefined ? links.values() : [find(linkId)]) link.clear();
  },
  reset: (linkId: string): number => find(linkId).reset(),
  watchCalls({ linkId, method }: { linkId: string; method: string }) {
    const link = find(linkId);
    const watch = new CallWatch(method, () => scheduler.nowMs());
    const watchId = watchesMade++;
    watches.set(watchId, { link, watch });
    return { watchId, connectionsReset: link.watchCalls(watch) };
  },
  applyRule({ watchId, rule }: { watchId: number; rule: CallRule }): void {
    findWatch(watchId).watch.apply(rule);
  },
  clearRule(watchId: number): void {
    findWatch(watchId).watch.clear();
  },
  readCalls({ watchId, lateAfterMs }: { watchId: number; lateAfterMs: number }): CallsSeen {
    const { link, watch } = findWatch(watchId);
    return link.callsSeen(watch, lateAfterMs);
  },
  unwatchCalls(watchId: number): void {
    const { link, watch } = findWatch(watchId);
    link.unwatchCalls(watch);
    watches.delete(watchId);
  },
  /** Since it was last asked. */
  lag(): Lag {
    const lag = loopLag.read();
    loopLag.reset();
    return lag;
  },
  async close(): Promise<void> {
    await Promise.all([...links.values()].map((link) => link.close()));
    links.clear();
    scheduler.close();
    loopLag.stop();
  },
};

export type LinksMethods = typeof methods;

if (parentPort) serve(parentPort, 'links', methods);

function find(linkId: string): Link {
  const link = links.get(linkId);
  if (!link) throw new ChaosError('internal', `There is no link ${linkId}.`);
  return link;
}

function findWatch(watchId: number): { readonly link: Link; readonly watch: CallWatch } {
  const found = watches.get(watchId);
  if (!found) throw new ChaosError('internal', `There is no watch ${watchId}.`);
  return found;
}
