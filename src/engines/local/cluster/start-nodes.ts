import type { Clock } from '../../../base/clock.ts';
import type { StartOrder } from '../../../model/config.ts';

/** What of a node is needed to bring it up. */
export type Startable = {
  /** Whether it has something to do once all are ready. */
  readonly joins: boolean;
  prepare(abort: AbortSignal): Promise<void>;
  start(): void;
  ready(abort: AbortSignal): Promise<void>;
  join(abort: AbortSignal): Promise<void>;
};

/**
 * Brings the nodes up in the order that the broker wants: each is prepared, started and waited for, then those that join do so in turn, and
 * all are waited for once more. Rejects with what the first node rejects with; nothing is started after that.
 */
export async function startNodes(
  nodes: readonly Startable[],
  { order, clock, signal }: { readonly order: StartOrder; readonly clock: Clock; readonly signal: AbortSignal },
): Promise<void> {
  if (order === 'one-by-one') {
    for (const node of nodes) {
      await node.prepare(signal);
      node.start();
      await node.ready(signal);
    }
  } else {
    const everyMs = order === 'together' ? 0 : order.everyMs;
    await allOrNone(
      nodes.map((node, index) => async (abort) => {
        if (everyMs > 0) await clock.sleep(everyMs * index, abort);
        await node.prepare(abort);
        abort.throwIfAborted();
        node.start();
        await node.ready(abort);
      }),
      signal,
    );
  }
  if (!nodes.some(({ joins }) => joins)) return;
  for (const node of nodes) await node.join(signal);
  await allOrNone(
    nodes.map((node) => (abort) => node.ready(abort)),
    signal,
  );
}

/** Does all at once. When one fails the others are aborted and waited for, so that nothing goes on behind the caller's back. */
async function allOrNone(
  tasks: readonly ((abort: AbortSignal) => Promise<void>)[],
  signal: AbortSignal,
): Promise<void> {
  const failed = new AbortController();
  const abort = AbortSignal.any([signal, failed.signal]);
  const results = await Promise.allSettled(
    tasks.map((task) =>
      task(abort).catch((error: unknown) => {
        failed.abort(error);
        throw error;
      }),
    ),
  );
  signal.throwIfAborted();
  failed.signal.throwIfAborted();
  const rejected = results.find((result) => result.status === 'rejected');
  if (rejected) throw rejected.reason;
}
