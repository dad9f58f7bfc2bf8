import { Worker } from 'node:worker_threads';
import { within } from '../../../base/clock.ts';
import { distPath } from '../../../base/entries.ts';
import { ChaosError, messageOf } from '../../../base/error.ts';
import { threadEnded } from '../../../base/thread-rpc.ts';
import type { Lag } from '../../../metrics/loop-lag.ts';
import type { CallRule } from '../../../model/effects.ts';
import { type CounterMemory, createCounterMemory, readCounters } from './counters.ts';
import type { CallsSeen } from './http2/link-calls.ts';
import type { Answers, Question, Reply, Request, RequestOf, WorkerStart } from './protocol.ts';
import type { Conditions, Direction, LinkCounters, LinkSpec, Upstream } from './types.ts';

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

/** The heal of a run has five seconds in all (design section 6). */
const closeWithinMs = 2_000;

type Waiting = { resolve(value: Answers[Request['type']]): void; reject(reason: unknown): void };

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
  const waiting = new Map<number, Waiting>();
  const memories = new Map<string, CounterMemory>();
  const ports = new Map<string, { readonly traffic: number; readonly lanes: Set<number> }>();
  let questions = 0;
  let gone: ChaosError | undefined;
  let closing: Promise<void> | undefined;
  const ended = new AbortController();

  const end = (error: ChaosError): void => {
    if (!gone && !closing) ended.abort(error);
    gone ??= error;
    for (const { reject } of waiting.values()) reject(gone);
    waiting.clear();
  };
  worker.on('error', (error) => end(threadEnded('links', messageOf(error), error)));
  const exited = new Promise<void>((resolve) => {
    worker.once('exit', (code) => {
      end(
        closing
          ? new ChaosError('internal', 'The link proxies have been closed.')
          : threadEnded('links', `exit code ${code}`),
      );
      resolve();
    });
  });
  worker.on('message', (reply: Reply) => {
    const asker = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (reply.ok) asker?.resolve(reply.value);
    else asker?.reject(new ChaosError(reply.failure.code, reply.failure.message, hintOf(reply.failure.hint)));
  });

  const ask = <Type extends Request['type']>(request: RequestOf<Type>): Promise<Answers[Type]> =>
    new Promise((resolve, reject) => {
      if (gone) {
        reject(gone);
        return;
      }
      const question: Question = { id: questions++, request };
      waiting.set(question.id, { resolve: (value) => resolve(value as Answers[Type]), reject });
      worker.postMessage(question);
    });

  const close = async (): Promise<void> => {
    options.signal?.removeEventListener('abort', onAbort);
    // A thread that is gone already has nothing left to close, and one that does not answer is ended without being asked.
    await within(ask<'close'>({ type: 'close' }), { withinMs: closeWithinMs }).catch(() => undefined);
    await worker.terminate();
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
      const opened = await ask<'open'>({ type: 'open', linkId: id, listenPort, upstream, ipv6, counters });
      memories.set(id, counters);
      ports.set(id, { traffic: opened.port, lanes: new Set() });
      return opened;
    },
    async openLane(linkId, upstream) {
      const { port } = await ask<'open-lane'>({ type: 'open-lane', linkId, upstream });
      ports.get(linkId)?.lanes.add(port);
      return {
        port,
        close: async () => {
          ports.get(linkId)?.lanes.delete(port);
          if (!gone) await ask<'close-lane'>({ type: 'close-lane', linkId, port });
        },
      };
    },
    async shape(linkId, direction, change) {
      checkConditions(change);
      await ask<'shape'>({ type: 'shape', linkId, direction, change });
    },
    async clear(linkId) {
      await ask<'clear'>({ type: 'clear', linkId });
    },
    reset: (linkId) => ask<'reset'>({ type: 'reset', linkId }),
    async watchCalls(linkId, method) {
      const { watchId, connectionsReset } = await ask<'watch-calls'>({ type: 'watch-calls', linkId, method });
      let stopped: Promise<void> | undefined;
      const stop = async (): Promise<void> => {
        if (!gone) await ask<'unwatch-calls'>({ type: 'unwatch-calls', watchId });
      };
      return {
        connectionsReset,
        apply: async (rule) => {
          await ask<'apply-rule'>({ type: 'apply-rule', watchId, rule });
        },
        clear: async () => {
          await ask<'clear-rule'>({ type: 'clear-rule', watchId });
        },
        read: ({ lateAfterMs }) => ask<'read-calls'>({ type: 'read-calls', watchId, lateAfterMs }),
        stop() {
          stopped ??= stop();
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
    lag: () => ask<'lag'>({ type: 'lag' }),
    ended: ended.signal,
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

function hintOf(hint: string | undefined): { hint?: string } {
  return hint === undefined ? {} : { hint };
}
