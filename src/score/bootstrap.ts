import { decodeFromCompressedBase64, JsHistogram } from 'hdr-histogram-js';
import type { Random } from '../base/random.ts';
import type { Interval, WindowRecord } from '../model/record.ts';

/** Resamples drawn for each interval. */
export const resamples = 1_000;

/** With fewer windows of hold than this there is no interval: they say too little about how the seconds vary. */
export const fewestWindows = 5;

/**
 * A longer hold is pooled into this many equal groups of neighbouring windows, so that a soak of a day costs no more time than one of ten
 * minutes.
 */
export const mostGroups = 600;

/** The figures of a resample of hold; null if there was nothing to measure in it. */
export type Resample = { readonly availability: number | null; readonly p99Ms: number | null };

type Bin = { readonly highMs: number; readonly window: number; readonly count: number };

type Sample = {
  readonly possible: readonly number[];
  readonly done: readonly number[];
  readonly latencies: readonly number[];
  /** From the highest latency down. */
  readonly bins: readonly Bin[];
};

/**
 * The length of a block. Neighbouring seconds are similar, so they are drawn in blocks of n^(1/3) windows, the rate of Buehlmann and Kuensch
 * (1999).
 */
export function blockLength(windows: number): number {
  return Math.max(1, Math.ceil(Math.cbrt(windows) - 1e-9));
}

/**
 * Block bootstrap over the one-second windows of hold: blocks of neighbouring windows are drawn with replacement until a
 * resample is as long as hold was, and availability and the 99th percentile of latency (milliseconds, of the merged
 * histograms) are taken from each. Kuensch (1989), with the blocks laid on a circle as Politis and Romano (1992) do: the first
 * and the last second of hold, where faults begin and end, are then drawn as often as any other.
 * Undefined with fewer than `fewestWindows` windows.
 */
export function resampleHold(windows: readonly WindowRecord[], random: Random): readonly Resample[] | undefined {
  const hold = windows.filter((window) => window.phase === 'hold');
  if (hold.length < fewestWindows) return undefined;
  const sample = decode(hold);
  const size = sample.possible.length;
  const length = blockLength(size);
  const times = new Uint32Array(size);
  return Array.from({ length: resamples }, () => {
    times.fill(0);
    for (let drawn = 0; drawn < size; drawn += length) {
      const start = random.below(size);
      for (let offset = 0; offset < length && drawn + offset < size; offset++) {
        const window = (start + offset) % size;
        times[window] = (times[window] ?? 0) + 1;
      }
    }
    return measure(sample, times);
  });
}

/**
 * The middle 95% of the draws. If it does not contain the score itself, it is widened until it does: a single bad second in hold can make the
 * score lower than that of nearly all resamples.
 */
export function intervalOf(draws: readonly number[], score: number): Interval {
  const sorted = Float64Array.from(draws).sort();
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? score;
  return [Math.min(at(0.025), score), Math.max(at(0.975), score)];
}

/** The 99th percentile and the availability of all windows of hold, each taken once. The resamples vary around these. */
export function measureHold(windows: readonly WindowRecord[]): Resample {
  const sample = decode(windows.filter((window) => window.phase === 'hold'));
  return measure(sample, new Uint32Array(sample.possible.length).fill(1));
}

function measure(sample: Sample, times: Uint32Array): Resample {
  let possible = 0;
  let done = 0;
  let latencies = 0;
  for (let window = 0; window < times.length; window++) {
    const count = times[window] ?? 0;
    possible += count * (sample.possible[window] ?? 0);
    done += count * (sample.done[window] ?? 0);
    latencies += count * (sample.latencies[window] ?? 0);
  }
  return {
    availability: possible === 0 ? null : done / possible,
    p99Ms:
      latencies === 0
        ? null
        : percentileFromTop(sample.bins, times, latencies - Math.max(1, Math.ceil(latencies * 0.99 - 1e-6))),
  };
}

/** Counts from the top: that reads a hundredth of the bins that counting from the bottom would read. */
function percentileFromTop(bins: readonly Bin[], times: Uint32Array, above: number): number | null {
  let seen = 0;
  for (const bin of bins) {
    seen += bin.count * (times[bin.window] ?? 0);
    if (seen > above) return bin.highMs;
  }
  return null;
}

function decode(hold: readonly WindowRecord[]): Sample {
  const groups = Math.min(hold.length, mostGroups);
  const possible = new Array<number>(groups).fill(0);
  const done = new Array<number>(groups).fill(0);
  const latencies = new Array<number>(groups).fill(0);
  const counts = Array.from({ length: groups }, () => new Map<number, number>());
  for (const [index, window] of hold.entries()) {
    const group = Math.floor((index * groups) / hold.length);
    possible[group] = (possible[group] ?? 0) + window.possible;
    done[group] = (done[group] ?? 0) + window.done;
    if (window.latency === null) continue;
    const histogram = decodeFromCompressedBase64(window.latency);
    if (!(histogram instanceof JsHistogram)) continue;
    latencies[group] = (latencies[group] ?? 0) + histogram.totalCount;
    const bins = counts[group] ?? new Map<number, number>();
    for (let i = 0; i < histogram.countsArrayLength; i++) {
      const count = histogram.getCountAtIndex(i);
      if (count === 0) continue;
      const highMs = histogram.highestEquivalentValue(histogram.valueFromIndex(i)) / 1_000;
      bins.set(highMs, (bins.get(highMs) ?? 0) + count);
    }
  }
  const bins = counts.flatMap((group, window) => [...group].map(([highMs, count]) => ({ highMs, window, count })));
  return { possible, done, latencies, bins: bins.sort((a, b) => b.highMs - a.highMs) };
}
