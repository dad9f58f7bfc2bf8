/** Something that wants to be run at a time. It may be run once more than it asked for, and then finds nothing to do. */
export type Task = { run(nowMs: number): void };

/**
 * What is due within this is done now: timers count whole milliseconds, so that the error is half of one either way instead of
 * up to one late.
 */
export const earlyMs = 0.6;

/** How late a timer fires and the receiver wakes, roughly; taken off, so that the error lies evenly around nothing. */
const wakeUpMs = 0.2;

/** All timed work of the worker behind one timer: a heap of what is due, and a timer for the earliest. */
export class Scheduler {
  readonly #heap: { dueMs: number; task: Task }[] = [];
  #timer: NodeJS.Timeout | undefined;
  #timerDueMs = Number.POSITIVE_INFINITY;
  readonly #tick = (): void => this.#run();

  nowMs(): number {
    return performance.now();
  }

  at(dueMs: number, task: Task): void {
    this.#push({ dueMs, task });
    if (dueMs < this.#timerDueMs) this.#arm(dueMs, this.nowMs());
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#timerDueMs = Number.POSITIVE_INFINITY;
    this.#heap.length = 0;
  }

  #run(): void {
    this.#timerDueMs = Number.NEGATIVE_INFINITY;
    let nowMs = this.nowMs();
    for (let first = this.#heap[0]; first !== undefined && first.dueMs <= nowMs + earlyMs; first = this.#heap[0]) {
      this.#pop();
      first.task.run(nowMs);
      nowMs = this.nowMs();
    }
    this.#timerDueMs = Number.POSITIVE_INFINITY;
    const next = this.#heap[0];
    if (next) this.#arm(next.dueMs, nowMs);
  }

  #arm(dueMs: number, nowMs: number): void {
    clearTimeout(this.#timer);
    this.#timerDueMs = dueMs;
    this.#timer = setTimeout(this.#tick, Math.max(1, Math.round(dueMs - nowMs - wakeUpMs)));
  }

  #push(entry: { dueMs: number; task: Task }): void {
    const heap = this.#heap;
    let at = heap.length;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || parent.dueMs <= entry.dueMs) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = entry;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      let child = heap[below];
      const right = heap[below + 1];
      if (child !== undefined && right !== undefined && right.dueMs < child.dueMs) {
        child = right;
        below += 1;
      }
      if (child === undefined || child.dueMs >= last.dueMs) break;
      heap[at] = child;
      at = below;
    }
    heap[at] = last;
  }
}
