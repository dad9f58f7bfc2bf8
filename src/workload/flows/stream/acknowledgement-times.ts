/** Newest messages of a flow whose acknowledgement times are always known. */
export const newestKept = 8_192;
/** Older messages whose times are kept because evidence may need them, about 3 MiB a flow at most. */
const mostOlder = 65_536;

/**
 * When the messages of one flow were acknowledged (monotonic milliseconds). Known for the newest messages, and for every older one
 * that `isWanted`, such as one that some subscriber still misses. A time that was given up is null, never that of another message.
 */
export class AcknowledgementTimes {
  readonly #newest: number;
  readonly #mostOlder: number;
  readonly #isWanted: (sequence: number) => boolean;
  readonly #sequences: Float64Array;
  readonly #atMs: Float64Array;
  readonly #older = new Map<number, number>();
  /** The size of `#older` at which those that nobody wants any more are given up. */
  #tidyAt: number;

  /** `isWanted` is asked when a message is no longer among the newest, and later again. */
  constructor(isWanted: (sequence: number) => boolean, limits: { newest?: number; older?: number } = {}) {
    this.#isWanted = isWanted;
    this.#newest = limits.newest ?? newestKept;
    this.#mostOlder = limits.older ?? mostOlder;
    this.#sequences = new Float64Array(this.#newest);
    this.#atMs = new Float64Array(this.#newest);
    this.#tidyAt = Math.min(1_024, this.#mostOlder);
  }

  /** Sequence numbers count from 1; the last time of a message counts. */
  note(sequence: number, atMs: number): void {
    const slot = sequence % this.#newest;
    const held = this.#sequences[slot] as number;
    if (held > sequence) {
      // Acknowledged so late that a newer message has its place.
      this.#keep(sequence, atMs);
      return;
    }
    if (held > 0 && held < sequence) this.#keep(held, this.#atMs[slot] as number);
    this.#sequences[slot] = sequence;
    this.#atMs[slot] = atMs;
  }

  at(sequence: number): number | null {
    const slot = sequence % this.#newest;
    if (this.#sequences[slot] === sequence) return this.#atMs[slot] as number;
    return this.#older.get(sequence) ?? null;
  }

  #keep(sequence: number, atMs: number): void {
    if (!this.#isWanted(sequence)) return;
    if (this.#older.size >= this.#tidyAt) this.#tidy();
    if (this.#older.size < this.#mostOlder) this.#older.set(sequence, atMs);
  }

  #tidy(): void {
    for (const sequence of this.#older.keys()) if (!this.#isWanted(sequence)) this.#older.delete(sequence);
    // Twice what is wanted, so that tidying costs a constant time for each message that is kept.
    this.#tidyAt = Math.min(this.#mostOlder, Math.max(1_024, this.#older.size * 2));
  }
}
