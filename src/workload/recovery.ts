import type { WindowSummary } from './windows.ts';

/** What counts as steady again, when it is kept for `sustainMs`. */
export type ExpectedSteadyState = {
  readonly fromMs: number;
  readonly availability: number;
  readonly p99LatencyMs: number;
  readonly sustainMs: number;
};

/**
 * The highest p99 latency of a window that passes for the steady state again: twice the worst window of the steady phase, and 150 ms in
 * any case. What a scenario expects while its fault holds is often far more, and would call a backlog a recovery.
 */
export function steadyBarMs(worstSteadyP99Ms: number): number {
  return Math.max(2 * worstSteadyP99Ms, 150);
}

type Judged = Pick<WindowSummary, 'startMs' | 'endMs' | 'possible' | 'done' | 'p99Ms'>;

/**
 * Milliseconds from `bar.fromMs` to the start of the first run of steady windows that lasts at least `bar.sustainMs`; null if there is none.
 * A window some of whose operations are neither done nor past their deadline at `nowMs` is not steady yet.
 */
export function recoveryMs(
  windows: readonly Judged[],
  bar: ExpectedSteadyState,
  nowMs: number,
  deadlineMs: number,
): number | null {
  let since: number | undefined;
  for (const window of windows) {
    if (window.startMs < bar.fromMs || window.endMs > nowMs) continue;
    const undecided = window.done < window.possible && nowMs < window.endMs + deadlineMs;
    const steady =
      !undecided &&
      window.possible > 0 &&
      window.done / window.possible >= bar.availability &&
      (window.p99Ms ?? Number.POSITIVE_INFINITY) <= bar.p99LatencyMs;
    if (!steady) {
      since = undefined;
      continue;
    }
    since ??= window.startMs;
    if (window.endMs - since >= bar.sustainMs) return since - bar.fromMs;
  }
  return null;
}
