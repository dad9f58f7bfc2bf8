import { monitorEventLoopDelay } from 'node:perf_hooks';

const resolutionMs = 10;

/** How late this thread's event loop ran its timers since the last reset, in milliseconds. */
export type Lag = { readonly p50Ms: number; readonly p99Ms: number; readonly maxMs: number };

export type LoopLag = { reset(): void; read(): Lag; stop(): void };

/** Watches the event loop of the thread that calls it. */
export function watchLoopLag(): LoopLag {
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs });
  histogram.enable();
  // The histogram holds the whole gap between two samples; what is over the sampling interval is lag.
  const lag = (ns: number): number => Math.max(0, ns / 1e6 - resolutionMs);
  return {
    reset: () => histogram.reset(),
    read: () => ({
      p50Ms: lag(histogram.percentile(50)),
      p99Ms: lag(histogram.percentile(99)),
      maxMs: lag(histogram.max),
    }),
    stop: () => void histogram.disable(),
  };
}
