import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);

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

// src/workload/flows/stream/owed.ts
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

export {
  IntervalSet,
  effectiveQos,
  owedAndMissing
};
