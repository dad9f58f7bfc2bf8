import { build } from 'hdr-histogram-js';

const sampleEveryMs = 10;

/** How late this thread's event loop ran its timers since the last reset, in milliseconds, by time and not by turns. */
export type Lag = { readonly p50Ms: number; readonly p99Ms: number; readonly maxMs: number };

export type LoopLag = { reset(): void; read(): Lag; stop(): void };

/**
 * Watches the event loop of the thread that calls it. A stall of three seconds is one late timer; it counts for the 300 that should
 * have run meanwhile (HdrHistogram's correction for coordinated omission), or the 99th percentile would not see it.
 */
export function watchLoopLag(nowMs: () => number = () => performance.now()): LoopLag {
  const histogram = build({
    bitBucketSize: 32,
    lowestDiscernibleValue: 1,
    highestTrackableValue: 600_000_000,
    numberOfSignificantValueDigits: 2,
  });
  let lastMs = nowMs();
  const timer = setInterval(() => {
    const now = nowMs();
    const lateUs = Math.round((now - lastMs - sampleEveryMs) * 1_000);
    lastMs = now;
    histogram.recordValueWithExpectedInterval(Math.min(Math.max(1, lateUs), 600_000_000), sampleEveryMs * 1_000);
  }, sampleEveryMs);
  timer.unref();
  const ms = (percentile: number): number =>
    histogram.totalCount === 0 ? 0 : histogram.getValueAtPercentile(percentile) / 1_000;
  return {
    reset() {
      histogram.reset();
      lastMs = nowMs();
    },
    read: () => ({ p50Ms: ms(50), p99Ms: ms(99), maxMs: ms(100) }),
    stop: () => clearInterval(timer),
  };
}
