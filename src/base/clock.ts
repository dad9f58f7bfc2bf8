import { setTimeout as sleepFor } from 'node:timers/promises';

/** 24.8 days: Node's timers count in 32 bits, and one that is longer is over at once. */
export const longestTimerMs = 2 ** 31 - 1;

/** Time as the run sees it; tests pass one that they move by hand. */
export type Clock = {
  /** Monotonic milliseconds with fractions, the same origin in every thread of one process. */
  nowMs(): number;
  /** Wall clock, milliseconds since 1970. */
  wallMs(): number;
  /** Resolves after `delayMs`, rejects with the signal's reason when aborted. */
  sleep(delayMs: number, signal?: AbortSignal): Promise<void>;
};

// performance.now() counts from each thread's own start; the monotonic clock's origin is the same for all of them.
const originMs = Number(process.hrtime.bigint()) / 1e6 - performance.now();

export const systemClock: Clock = {
  nowMs: () => originMs + performance.now(),
  wallMs: () => Date.now(),
  async sleep(delayMs, signal) {
    for (let leftMs = delayMs; ; leftMs -= longestTimerMs) {
      await sleepFor(Math.min(leftMs, longestTimerMs), undefined, signal ? { signal } : undefined).catch((error) => {
        // Node rejects with an AbortError of its own.
        throw signal?.aborted ? signal.reason : error;
      });
      if (leftMs <= longestTimerMs) return;
    }
  },
};

/**
 * Asks `probe` again and again until it answers something other than undefined or `withinMs` has passed (then undefined).
 */
export async function pollUntil<T>(
  probe: () => Promise<T | undefined> | T | undefined,
  options: { withinMs: number; everyMs: number; clock?: Clock; signal?: AbortSignal },
): Promise<T | undefined> {
  const clock = options.clock ?? systemClock;
  const deadline = clock.nowMs() + options.withinMs;
  for (;;) {
    options.signal?.throwIfAborted();
    const answer = await probe();
    if (answer !== undefined) return answer;
    if (clock.nowMs() >= deadline) return undefined;
    await clock.sleep(options.everyMs, options.signal);
  }
}

/**
 * What `promise` resolves with, or undefined when `withinMs` has passed or `signal` was aborted before. No timer outlives it.
 */
export async function within<T>(
  promise: Promise<T>,
  options: { withinMs: number; clock?: Clock; signal?: AbortSignal },
): Promise<T | undefined> {
  const { withinMs, clock = systemClock, signal } = options;
  const settled = new AbortController();
  const late = clock
    .sleep(withinMs, signal ? AbortSignal.any([signal, settled.signal]) : settled.signal)
    .catch(() => undefined);
  try {
    return (await Promise.race([promise, late])) ?? undefined;
  } finally {
    settled.abort();
  }
}
