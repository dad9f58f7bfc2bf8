import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  require_dist
} from "./chunk-4XSUANPV.js";
import {
  __toESM
} from "./chunk-6DG7BXTN.js";

// src/workload/windows.ts
var import_hdr_histogram_js = __toESM(require_dist(), 1);
function newHistogram() {
  return (0, import_hdr_histogram_js.build)({
    bitBucketSize: 32,
    lowestDiscernibleValue: 1,
    highestTrackableValue: 6e8,
    numberOfSignificantValueDigits: 2
  });
}
var Windows = class {
  all = [];
  #streams;
  #lengthMs = 1e3;
  #phase;
  constructor(streams) {
    this.#streams = streams;
  }
  /** Begins a phase; windows of it last `lengthMs`. */
  mark(phase, nowMs, lengthMs) {
    let open = this.all[this.all.length - 1];
    while (open && open.endMs < nowMs) open = this.#open(open.endMs);
    if (open && open.endMs > nowMs) open.endMs = nowMs;
    this.#phase = phase;
    this.#lengthMs = lengthMs;
    this.#open(nowMs);
  }
  /** The window in which `atMs` lies; undefined before the first phase. Opens new ones as time goes on. */
  at(atMs) {
    let last = this.all[this.all.length - 1];
    if (last === void 0) return void 0;
    while (atMs >= last.endMs) last = this.#open(last.endMs);
    if (atMs >= last.startMs) return last;
    let low = 0;
    let high = this.all.length - 1;
    while (low < high) {
      const middle = low + high + 1 >> 1;
      if (this.all[middle].startMs <= atMs) low = middle;
      else high = middle - 1;
    }
    const found = this.all[low];
    return found && found.startMs <= atMs ? found : void 0;
  }
  #open(startMs) {
    const window = {
      phase: this.#phase ?? "warm-up",
      startMs,
      endMs: startMs + this.#lengthMs,
      expected: new Uint32Array(this.#streams),
      done: new Uint32Array(this.#streams),
      published: 0,
      acknowledged: 0,
      delivered: 0,
      reconnects: 0,
      latency: newHistogram()
    };
    this.all.push(window);
    return window;
  }
};
function summarise(window, excused, options) {
  let due = 0;
  let judged = 0;
  let possible = 0;
  let done = 0;
  for (let stream = 0; stream < window.expected.length; stream++) {
    const expected = window.expected[stream];
    if (expected === 0) continue;
    const good = Math.min(window.done[stream], expected);
    const isExcused = excused(stream, window);
    due += expected;
    done += good;
    judged += isExcused ? 0 : expected;
    possible += isExcused ? good : expected;
  }
  const count = window.latency.totalCount;
  const ms = (percentile) => count === 0 ? null : window.latency.getValueAtPercentile(percentile) / 1e3;
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
    maxMs: count === 0 ? null : window.latency.maxValue / 1e3,
    latency: count === 0 || !options.histograms ? null : (0, import_hdr_histogram_js.encodeIntoCompressedBase64)(window.latency)
  };
}

export {
  newHistogram,
  Windows,
  summarise
};
