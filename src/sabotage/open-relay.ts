import { Worker } from 'node:worker_threads';
import { within } from '../base/clock.ts';
import { distPath } from '../base/entries.ts';
import { remote } from '../base/thread-rpc.ts';
import type { Lag } from '../metrics/loop-lag.ts';
import type { Upstream } from './relay.ts';
import type { RelayMethods, WorkerStart } from './worker.ts';

/** The man in the middle: one listener for each node, in a thread of their own. */
export type OpenRelay = {
  /** Listens on a free port of 127.0.0.1 for the clients of a node. */
  open(node: string, upstream: Upstream): Promise<{ readonly port: number }>;
  /** How late the thread's event loop was since this was last asked. */
  lag(): Promise<Lag>;
  /** Aborted, with the reason as `threadEnded` has it, when the thread ends though nobody has closed the relay. */
  readonly ended: AbortSignal;
  /** Breaks every connection, closes every listener and ends the thread. Safe to call twice. */
  close(): Promise<void>;
};

export type RelayOptions = {
  /** The name of a sabotage; a relay without one changes nothing. */
  readonly sabotage: string | undefined;
  /** Decides when it strikes. */
  readonly seed: string;
  /** Counts the changes that are made, over several relays if need be. */
  readonly changes?: ChangeCount;
  /** For a test that has to get hold of the thread. */
  readonly startThread?: ((start: WorkerStart) => Worker) | undefined;
};

/** How many changes a saboteur has made; read as of now, without asking its thread. */
export class ChangeCount {
  readonly memory = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

  read(): number {
    return Atomics.load(this.memory, 0);
  }
}

const closeWithinMs = 2_000;

const startRelayThread = (start: WorkerStart): Worker =>
  new Worker(distPath('relay-worker.js'), { name: 'relay', workerData: start, execArgv: [] });

/** Starts the thread; nothing listens yet. */
export function openRelay(options: RelayOptions): OpenRelay {
  const { sabotage, seed, changes = new ChangeCount(), startThread = startRelayThread } = options;
  const thread = remote<RelayMethods>(startThread({ sabotage, seed, changes: changes.memory }), 'relay');
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    // A thread that is gone has nothing left to close, and one that does not answer is ended without being asked.
    await within(thread.call('close'), { withinMs: closeWithinMs }).catch(() => undefined);
    await thread.terminate();
  };
  return {
    open: (node, upstream) => thread.call('open', { node, upstream }),
    lag: () => thread.call('lag'),
    ended: thread.ended,
    close() {
      closing ??= close();
      return closing;
    },
  };
}
