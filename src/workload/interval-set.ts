/** Inclusive ranges of whole numbers, ascending, neither touching nor overlapping. */
export type Intervals = readonly (readonly [first: number, last: number])[];

/**
 * A set of sequence numbers whose memory grows with its gaps, not with its members: a million consecutive messages are one range.
 */
export class IntervalSet {
  #starts: number[] = [];
  #ends: number[] = [];
  #size = 0;

  static from(intervals: Intervals): IntervalSet {
    const set = new IntervalSet();
    for (const [first, last] of intervals) set.addRange(first, last);
    return set;
  }

  get size(): number {
    return this.#size;
  }

  /** Largest member, or -1 when empty. */
  get max(): number {
    return this.#ends[this.#ends.length - 1] ?? -1;
  }

  has(value: number): boolean {
    const at = this.#lastStartAtOrBelow(value);
    return at >= 0 && value <= (this.#ends[at] as number);
  }

  /** False when it was a member already. */
  add(value: number): boolean {
    const lastIndex = this.#ends.length - 1;
    if (lastIndex >= 0 && value === (this.#ends[lastIndex] as number) + 1) {
      this.#ends[lastIndex] = value;
      this.#size++;
      return true;
    }
    if (this.has(value)) return false;
    this.addRange(value, value);
    return true;
  }

  addRange(first: number, last: number): void {
    if (last < first) return;
    // Everything from the first range that reaches first-1 to the last one that starts by last+1 melts into one.
    let from = this.#lastStartAtOrBelow(first);
    if (from < 0 || (this.#ends[from] as number) < first - 1) from++;
    let to = from;
    let start = first;
    let end = last;
    let absorbed = 0;
    while (to < this.#starts.length && (this.#starts[to] as number) <= last + 1) {
      start = Math.min(start, this.#starts[to] as number);
      end = Math.max(end, this.#ends[to] as number);
      absorbed += (this.#ends[to] as number) - (this.#starts[to] as number) + 1;
      to++;
    }
    this.#starts.splice(from, to - from, start);
    this.#ends.splice(from, to - from, end);
    this.#size += end - start + 1 - absorbed;
  }

  /** The members that are not in `other`. */
  minus(other: IntervalSet): IntervalSet {
    const result = new IntervalSet();
    let j = 0;
    for (let i = 0; i < this.#starts.length; i++) {
      let first = this.#starts[i] as number;
      const last = this.#ends[i] as number;
      while (j < other.#starts.length && (other.#ends[j] as number) < first) j++;
      for (let k = j; k < other.#starts.length && (other.#starts[k] as number) <= last; k++) {
        result.addRange(first, (other.#starts[k] as number) - 1);
        first = Math.max(first, (other.#ends[k] as number) + 1);
      }
      result.addRange(first, last);
    }
    return result;
  }

  /** The members from `first` to `last`. */
  within(first: number, last: number): IntervalSet {
    const result = new IntervalSet();
    for (let i = Math.max(0, this.#lastStartAtOrBelow(first)); i < this.#starts.length; i++) {
      if ((this.#starts[i] as number) > last) break;
      result.addRange(Math.max(first, this.#starts[i] as number), Math.min(last, this.#ends[i] as number));
    }
    return result;
  }

  and(other: IntervalSet): IntervalSet {
    return this.minus(this.minus(other));
  }

  /** The first `count` members. */
  first(count: number): number[] {
    const found: number[] = [];
    for (let i = 0; i < this.#starts.length && found.length < count; i++) {
      for (let v = this.#starts[i] as number; v <= (this.#ends[i] as number) && found.length < count; v++)
        found.push(v);
    }
    return found;
  }

  intervals(): Intervals {
    return this.#starts.map((start, i) => [start, this.#ends[i] as number] as const);
  }

  #lastStartAtOrBelow(value: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] as number) <= value) low = middle + 1;
      else high = middle - 1;
    }
    return high;
  }
}
