import type { Clock } from '../base/clock.ts';

/** How long the step waits for GitHub: long in a normal run, and very short after it was cancelled. */
export type Deadlines = {
  readonly signal: AbortSignal;
  /** Settles as `work` does. Rejects if `work` takes longer than `ms`, or is not done `cancelledMs` after the step was cancelled. */
  within<T>(work: Promise<T>, limits: { readonly ms: number; readonly cancelledMs: number }): Promise<T>;
};

export function openDeadlines(signal: AbortSignal, clock: Clock): Deadlines {
  let cancelledAtMs: number | undefined;
  const onAbort = (): void => {
    cancelledAtMs ??= clock.nowMs();
  };
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  return {
    signal,
    async within(work, { ms, cancelledMs }) {
      const timers: NodeJS.Timeout[] = [];
      let onCancel: (() => void) | undefined;
      const late = new Promise<never>((_, reject) => {
        const stop = (afterMs: number, why: string): void =>
          void timers.push(setTimeout(() => reject(new Error(why)), Math.max(0, afterMs)));
        stop(ms, `it took longer than ${ms / 1_000} s`);
        onCancel = () => {
          onAbort();
          stop((cancelledAtMs ?? 0) + cancelledMs - clock.nowMs(), 'the step was cancelled');
        };
        if (signal.aborted) onCancel();
        else signal.addEventListener('abort', onCancel, { once: true });
      });
      // An unhandled rejection of the one that is too late must not end the process.
      work.catch(() => {});
      try {
        return await Promise.race([work, late]);
      } finally {
        for (const timer of timers) clearTimeout(timer);
        if (onCancel) signal.removeEventListener('abort', onCancel);
      }
    },
  };
}
