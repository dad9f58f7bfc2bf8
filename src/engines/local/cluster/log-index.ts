/** A span of wall time in which something was written. */
export type WrittenSpan = { readonly fromWallMs: number; readonly toWallMs: number };

/** Bytes of a file, the end excluded. */
export type ByteRange = { readonly start: number; readonly end: number };

/** Beyond this the index keeps every second note only: its memory is bounded, and older times become coarser. */
const mostNotes = 16_384;

/**
 * How large a growing file was at which wall time. It tells for any log, with or without time stamps of its own, where the lines of a
 * given second are. Notes come in the order of time; a clock that was set back meanwhile stands still until it has caught up.
 */
export class LogIndex {
  readonly #mostNotes: number;
  #wallMs: number[] = [];
  #bytes: number[] = [];

  constructor(most = mostNotes) {
    this.#mostNotes = most;
  }

  /** How many notes it holds. */
  get size(): number {
    return this.#wallMs.length;
  }

  /** The file has `bytes` now. */
  note(wallMs: number, bytes: number): void {
    const last = this.#bytes.length - 1;
    // It was truncated: what was known is about bytes that are gone.
    if (last >= 0 && bytes < (this.#bytes[last] as number)) this.#forget();
    const atMs = Math.max(wallMs, this.#wallMs.at(-1) ?? wallMs);
    const hasStood = last >= 1 && this.#bytes[last] === bytes && this.#bytes[last - 1] === bytes;
    if (hasStood) {
      this.#wallMs[last] = atMs;
      return;
    }
    this.#wallMs.push(atMs);
    this.#bytes.push(bytes);
    if (this.#wallMs.length > this.#mostNotes) this.#thin();
  }

  /** Every byte that was written between the two times is in the range, and maybe some from shortly before and after. */
  between(fromWallMs: number, toWallMs: number): ByteRange {
    // A note of the very millisecond may have been taken before or after the byte was written.
    const before = firstWhere(this.#wallMs, (one) => one >= fromWallMs) - 1;
    const after = firstWhere(this.#wallMs, (one) => one > toWallMs);
    return { start: this.#bytes[before] ?? 0, end: this.#bytes[after] ?? Number.POSITIVE_INFINITY };
  }

  /** When the byte at this offset was written. */
  written(offset: number): WrittenSpan {
    const after = firstWhere(this.#bytes, (one) => one > offset);
    return {
      fromWallMs: this.#wallMs[after - 1] ?? Number.NEGATIVE_INFINITY,
      toWallMs: this.#wallMs[after] ?? Number.POSITIVE_INFINITY,
    };
  }

  #forget(): void {
    this.#wallMs = [];
    this.#bytes = [];
  }

  #thin(): void {
    const last = this.#wallMs.length - 1;
    const isKept = (_: number, i: number): boolean => i % 2 === 0 || i === last;
    this.#wallMs = this.#wallMs.filter(isKept);
    this.#bytes = this.#bytes.filter(isKept);
  }
}

/** Index of the first value that is past something, or the number of values. Those that are past it come after those that are not. */
function firstWhere(values: readonly number[], isPast: (value: number) => boolean): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isPast(values[middle] as number)) high = middle;
    else low = middle + 1;
  }
  return low;
}
