import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  require_dist
} from "./chunk-4XSUANPV.js";
import {
  __toESM
} from "./chunk-6DG7BXTN.js";

// src/workload/interval-set.ts
var IntervalSet = class _IntervalSet {
  #starts = [];
  #ends = [];
  #size = 0;
  static from(intervals) {
    const set = new _IntervalSet();
    for (const [first, last] of intervals) set.addRange(first, last);
    return set;
  }
  get size() {
    return this.#size;
  }
  /** Largest member, or -1 when empty. */
  get max() {
    return this.#ends[this.#ends.length - 1] ?? -1;
  }
  has(value) {
    const at = this.#lastStartAtOrBelow(value);
    return at >= 0 && value <= this.#ends[at];
  }
  /** False when it was a member already. */
  add(value) {
    const lastIndex = this.#ends.length - 1;
    if (lastIndex >= 0 && value === this.#ends[lastIndex] + 1) {
      this.#ends[lastIndex] = value;
      this.#size++;
      return true;
    }
    if (this.has(value)) return false;
    this.addRange(value, value);
    return true;
  }
  addRange(first, last) {
    if (last < first) return;
    let from = this.#lastStartAtOrBelow(first);
    if (from < 0 || this.#ends[from] < first - 1) from++;
    let to = from;
    let start = first;
    let end = last;
    let absorbed = 0;
    while (to < this.#starts.length && this.#starts[to] <= last + 1) {
      start = Math.min(start, this.#starts[to]);
      end = Math.max(end, this.#ends[to]);
      absorbed += this.#ends[to] - this.#starts[to] + 1;
      to++;
    }
    this.#starts.splice(from, to - from, start);
    this.#ends.splice(from, to - from, end);
    this.#size += end - start + 1 - absorbed;
  }
  /** The members that are not in `other`. */
  minus(other) {
    const result = new _IntervalSet();
    let j = 0;
    for (let i = 0; i < this.#starts.length; i++) {
      let first = this.#starts[i];
      const last = this.#ends[i];
      while (j < other.#starts.length && other.#ends[j] < first) j++;
      for (let k = j; k < other.#starts.length && other.#starts[k] <= last; k++) {
        result.addRange(first, other.#starts[k] - 1);
        first = Math.max(first, other.#ends[k] + 1);
      }
      result.addRange(first, last);
    }
    return result;
  }
  /** The members from `first` to `last`. */
  within(first, last) {
    const result = new _IntervalSet();
    for (let i = Math.max(0, this.#lastStartAtOrBelow(first)); i < this.#starts.length; i++) {
      if (this.#starts[i] > last) break;
      result.addRange(Math.max(first, this.#starts[i]), Math.min(last, this.#ends[i]));
    }
    return result;
  }
  and(other) {
    return this.minus(this.minus(other));
  }
  /** The first `count` members. */
  first(count) {
    const found = [];
    for (let i = 0; i < this.#starts.length && found.length < count; i++) {
      for (let v = this.#starts[i]; v <= this.#ends[i] && found.length < count; v++)
        found.push(v);
    }
    return found;
  }
  intervals() {
    return this.#starts.map((start, i) => [start, this.#ends[i]]);
  }
  #lastStartAtOrBelow(value) {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low <= high) {
      const middle = low + high >> 1;
      if (this.#starts[middle] <= value) low = middle + 1;
      else high = middle - 1;
    }
    return high;
  }
};

// src/workload/owed.ts
function effectiveQos(sentAt, grantedQos) {
  return Math.min(sentAt, grantedQos);
}
function owedAndMissing(delivery) {
  const { qos, acknowledged, received } = delivery;
  if (qos === 0 || acknowledged.size === 0) return new IntervalSet();
  const missing = acknowledged.minus(received);
  if (missing.size === 0) return missing;
  return delivery.excused().reduce((left, allowed) => left.minus(allowed), missing);
}

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
  IntervalSet,
  effectiveQos,
  owedAndMissing,
  newHistogram,
  Windows,
  summarise
};
