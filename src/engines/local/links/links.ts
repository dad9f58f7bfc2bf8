import { Worker } from 'node:worker_threads';
import { within } from '../../../base/clock.ts';
import { distPath } from '../../../base/entries.ts';
import { ChaosError } from '../../../base/error.ts';
import { remote } from '../../../base/thread-rpc.ts';
import type { Lag } from '../../../metrics/loop-lag.ts';
import type { CallRule } from '../../../model/effects.ts';
import { type CounterMemory, createCounterMemory, readCounters } from './counters.ts';
import type { CallsSeen } from './http2/link-calls.ts';
import type { Conditions, Direction, LinkCounters, LinkSpec, Upstream } from './types.ts';
import type { LinksMethods, WorkerStart } from './worker.ts';

/** The network between the nodes, and between them and their clients: one proxy a link, all in a thread of their own. */
export type Links = {
  /** Starts to listen on 127.0.0.1. */
  open(spec: LinkSpec): Promise<{ readonly port: number }>;
  /** A further listener under the conditions of the same link, to another upstream and not counted: for probes. */
  openLane(linkId: string, upstream: Upstream): Promise<LinkEntry>;
  /** Changes what is named and leaves the rest; in force when it resolves. Bytes under way keep the times they were given. */
  shape(linkId: string, direction: Direction, change: Partial<Conditions>): Promise<void>;
  /** Back to a clean link, or all of them; what was held is let go, in order. */
  clear(linkId?: string): Promise<void>;
  /** RST to both ends of every connection of the link; how many connections. */
  reset(linkId: string): Promise<number>;
  /**
   * Reads the gRPC calls of the link from now on, where they are not encrypted; `method` is a pattern and says which are looked at
   * closely. Connections of HTTP/2 that are open already cannot be read and are reset once, so that they are made anew.
   */
  watchCalls(linkId: string, method: string): Promise<CallWatch>;
  /** Where the link listens now: for the traffic, and for the lanes of probes. */
  ports(linkId: string): LinkPorts;
  /** As of now, without asking the worker. */
  counters(linkId: string): LinkCounters;
  /** How late the worker's event loop was since this was last asked. */
  lag(): Promise<Lag>;
  /** Aborted, with the reason as `threadEnded` has it, when the thread ends though nobody has closed the links. */
  readonly ended: AbortSignal;
  /** Breaks every connection, closes every listener and ends the thread. Safe to call twice. */
  close(): Promise<void>;
};

/** Where a probe's own connections enter a link. */
export type LinkEntry = { readonly port: number; close(): Promise<void> };

export type CallWatch = {
  readonly connectionsReset: number;
  /** Puts the rule in force, instead of an earlier one of this watch, and begins to count anew. */
  apply(rule: CallRule): Promise<void>;
  /** Takes the rule off. */
  clear(): Promise<void>;
  /** What was seen since the watch began or the rule was put in force. */
  read(options: { readonly lateAfterMs: number }): Promise<CallsSeen>;
  /** New connections pass unread again, unless another watch wants them; takes the rule off too. Safe to call twice. */
  stop(): Promise<void>;
};
export type LinkPorts = { readonly traffic: number; readonly lanes: readonly number[] };

/** The heal of a run has five seconds in all. */
const closeWithinMs = 2_000;

export type LinksOptions = {
  /** Decides every loss and every jitter. */
  readonly seed: string;
  readonly signal?: AbortSignal | undefined;
  /** For a test that has to get hold of the thread. */
  readonly startThread?: ((start: WorkerStart) => Worker) | undefined;
};

const startLinksThread = (start: WorkerStart): Worker =>
  new Worker(distPath('links-worker.js'), { name: 'links', workerData: start, execArgv: [] });

/** Starts the thread; no link is open yet. An abort closes it. */
export async function openLinks(options: LinksOptions): Promise<Links> {
  options.signal?.throwIfAborted();
  const worker = (options.startThread ?? startLinksThread)({ seed: options.seed });
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const thread = remote<LinksMethods>(worker, 'links');
  const memories = new Map<string, CounterMemory>();
  const ports = new Map<string, { readonly traffic: number; readonly lanes: Set<number> }>();
  let closing: Promise<void> | undefined;
  /** Nothing that a thread which is gone has made needs to be taken away. */
  const unlessGone = async (act: () => Promise<unknown>): Promise<void> => {
    if (closing === undefined && !thread.ended.aborted) await act();
  };

  const close = async (): Promise<void> => {
    options.signal?.removeEventListener('abort', onAbort);
    // A thread that is gone already has nothing left to close, and one that does not answer is ended without being asked.
    await within(thread.call('close'), { withinMs: closeWithinMs }).catch(() => undefined);
    await thread.terminate();
    await exited;
  };
  const closeOnce = (): Promise<void> => {
    closing ??= close();
    return closing;
  };
  const onAbort = (): void => void closeOnce();
  options.signal?.addEventListener('abort', onAbort, { once: true });

  return {
    async open({ id, listenPort, upstream, ipv6 = false }) {
      const counters = createCounterMemory();
      const opened = await thread.call('open', { linkId: id, listenPort, upstream, ipv6, counters });
      memories.set(id, counters);
      ports.set(id, { traffic: opened.port, lanes: new Set() });
      return opened;
    },
    async openLane(linkId, upstream) {
      const { port } = await thread.call('openLane', { linkId, upstream });
      ports.get(linkId)?.lanes.add(port);
      return {
        port,
        close: async () => {
          ports.get(linkId)?.lanes.delete(port);
          await unlessGone(() => thread.call('closeLane', { linkId, port }));
        },
      };
    },
    async shape(linkId, direction, change) {
      checkConditions(change);
      await thread.call('shape', { linkId, direction, change });
    },
    async clear(linkId) {
      await thread.call('clear', { linkId });
    },
    reset: (linkId) => thread.call('reset', linkId),
    async watchCalls(linkId, method) {
      const { watchId, connectionsReset } = await thread.call('watchCalls', { linkId, method });
      let stopped: Promise<void> | undefined;
      return {
        connectionsReset,
        apply: (rule) => thread.call('applyRule', { watchId, rule }),
        clear: () => thread.call('clearRule', watchId),
        read: ({ lateAfterMs }) => thread.call('readCalls', { watchId, lateAfterMs }),
        stop() {
          stopped ??= unlessGone(() => thread.call('unwatchCalls', watchId));
          return stopped;
        },
      };
    },
    ports(linkId) {
      const known = ports.get(linkId);
      if (!known) throw new ChaosError('internal', `There is no link ${linkId}.`);
      return { traffic: known.traffic, lanes: [...known.lanes] };
    },
    counters(linkId) {
      const memory = memories.get(linkId);
      if (!memory) throw new ChaosError('internal', `There is no link ${linkId}.`);
      return readCounters(memory);
    },
    lag: () => thread.call('lag'),
    ended: thread.ended,
    close: closeOnce,
  };
}

function checkConditions({ delayMs = 0, jitterMs = 0, bytesPerSecond, lossShare = 0 }: Partial<Conditions>): void {
  if (!(delayMs >= 0) || !(jitterMs >= 0)) throw new ChaosError('fault', 'A delay and its jitter cannot be negative.');
  if (!(lossShare >= 0 && lossShare <= 1)) throw new ChaosError('fault', 'A share of loss is between 0 and 1.');
  if (bytesPerSecond !== undefined && !(bytesPerSecond > 0)) {
    throw new ChaosError('fault', 'A bandwidth is more than 0 bytes a second.', {
      hint: 'To let nothing pass, cut the link.',
    });
  }
}
