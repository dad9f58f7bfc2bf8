import { build, encodeIntoCompressedBase64, type Histogram } from 'hdr-histogram-js';
import type { PhaseName } from '../model/record.ts';

/** Latencies are kept in microseconds to two significant digits, from 1 us to 10 minutes. */
export function newHistogram(): Histogram {
  return build({
    bitBucketSize: 32,
    lowestDiscernibleValue: 1,
    highestTrackableValue: 600_000_000,
    numberOfSignificantValueDigits: 2,
  });
}

/** What happened to the operations that were due in one window, by operation stream. */
export type Window = {
  readonly phase: PhaseName;
  readonly startMs: number;
  endMs: number;
  readonly expected: Uint32Array;
  readonly done: Uint32Array;
  published: number;
  acknowledged: number;
  delivered: number;
  reconnects: number;
  /** Publish to receipt in microseconds, of streams that no fault had cut meanwhile. */
  readonly latency: Histogram;
};

/**
 * The run of one scenario cut into windows: each belongs to one phase, begins where the last one ended, and lasts at most `lengthMs`.
 * An operation belongs to the window in which it was due, however late it was done.
 */
export class Windows {
  readonly all: Window[] = [];
  readonly #streams: number;
  #lengthMs = 1_000;
  #phase: PhaseName | undefined;

  constructor(streams: number) {
    this.#streams = streams;
  }

  /** Begins a phase; windows of it last `lengthMs`. */
  mark(phase: PhaseName, nowMs: number, lengthMs: number): void {
    let open = this.all[this.all.length - 1];
    while (open && open.endMs < nowMs) open = this.#open(open.endMs);
    if (open && open.endMs > nowMs) open.endMs = nowMs;
    this.#phase = phase;
    this.#lengthMs = lengthMs;
    this.#open(nowMs);
  }

  /** The window in which `atMs` lies; undefined before the first phase. Opens new ones as time goes on. */
  at(atMs: number): Window | undefined {
    let last = this.all[this.all.length - 1];
    if (last === undefined) return undefined;
    while (atMs >= last.endMs) last = this.#open(last.endMs);
    if (atMs >= last.startMs) return last;
    let low = 0;
    let high = this.all.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.all[middle] as Window).startMs <= atMs) low = middle;
      else high = middle - 1;
    }
    const found = this.all[low];
    return found && found.startMs <= atMs ? found : undefined;
  }

  #open(startMs: number): Window {
    const window: Window = {
      phase: this.#phase ?? 'warm-up',
      startMs,
      endMs: startMs + this.#lengthMs,
      expected: new Uint32Array(this.#streams),
      done: new Uint32Array(this.#streams),
      published: 0,
      acknowledged: 0,
      delivered: 0,
      reconnects: 0,
      latency: newHistogram(),
    };
    this.all.push(window);
    return window;
  }
}

/** A window as it leaves the workload's thread. */
export type WindowSummary = {
  readonly phase: PhaseName;
  readonly startMs: number;
  readonly endMs: number;
  /** Operations that were due in it. */
  readonly due: number;
  /** Of those, the ones of streams that no fault made impossible, whether they were done or not. */
  readonly judged: number;
  readonly possible: number;
  readonly done: number;
  readonly published: number;
  /** Acknowledged in it, whenever they were due: what shows that something went on. */
  readonly acknowledged: number;
  readonly delivered: number;
  readonly reconnects: number;
  readonly count: number;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  readonly maxMs: number | null;
  /** HdrHistogram V2, compressed, base64; null when empty. */
  readonly latency: string | null;
};

/** `excused(stream, window)`: a fault in force made the stream impossible somewhere in the window or its operations' deadlines. */
export function summarise(
  window: Window,
  excused: (stream: number, window: Window) => boolean,
  options: { histograms: boolean },
): WindowSummary {
  let due = 0;
  let judged = 0;
  let possible = 0;
  let done = 0;
  for (let stream = 0; stream < window.expected.length; stream++) {
    const expected = window.expected[stream] as number;
    if (expected === 0) continue;
    const good = Math.min(window.done[stream] as number, expected);
    const isExcused = excused(stream, window);
    due += expected;
    done += good;
    judged += isExcused ? 0 : expected;
    possible += isExcused ? good : expected;
  }
  const count = window.latency.totalCount;
  const ms = (percentile: number): number | null =>
    count === 0 ? null : window.latency.getValueAtPercentile(percentile) / 1_000;
  return {
    phase: window.phase,
    startMs: window.startMs,
    endMs: window.endMs,
    due,
    judged,
    possible,
    done,
    published: window.published,
    acknowledged: window.acknowledged,
    delivered: window.delivered,
    reconnects: window.reconnects,
    count,
    p50Ms: ms(50),
    p99Ms: ms(99),
    maxMs: count === 0 ? null : window.latency.maxValue / 1_000,
    latency: count === 0 || !options.histograms ? null : encodeIntoCompressedBase64(window.latency),
  };
}
