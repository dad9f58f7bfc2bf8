/** Finer is not needed to tell what was in flight. */
const everyMs = 50;
const keptMs = 60_000;

/** When messages of a flow were written, for the last minute: a mark each 50 ms, whatever the rate. */
export class WriteLog {
  readonly #marks: { readonly sequence: number; readonly atMs: number }[] = [];

  /** Sequence numbers are written in ascending order. */
  note(sequence: number, nowMs: number): void {
    const last = this.#marks[this.#marks.length - 1];
    if (last && nowMs - last.atMs < everyMs) return;
    this.#marks.push({ sequence, atMs: nowMs });
    while ((this.#marks[0]?.atMs ?? nowMs) < nowMs - keptMs) this.#marks.shift();
  }

  /** The first sequence number that may have been written at `atMs` or later; 1 where that is longer ago than a minute. */
  firstSince(atMs: number): number {
    let first = 1;
    for (const mark of this.#marks) {
      if (mark.atMs > atMs) break;
      first = mark.sequence;
    }
    return first;
  }
}
