import type { Clock } from '../../src/base/clock.ts';

type Sleeper = { readonly atMs: number; wake(): void };

/**
 * Virtual time: it stands still while there is work to do, then jumps to the moment at which the next sleeper wakes. What takes minutes takes
 * milliseconds, in the same order.
 */
export function virtualClock(): Clock {
  let nowMs = 1_000;
  let sleepers: Sleeper[] = [];
  let turning = false;

  const turn = (): void => {
    turning = false;
    const [next, ...others] = sleepers.sort((a, b) => a.atMs - b.atMs);
    if (!next) return;
    sleepers = others;
    nowMs = Math.max(nowMs, next.atMs);
    next.wake();
    letTimePass();
  };
  const letTimePass = (): void => {
    if (turning || sleepers.length === 0) return;
    turning = true;
    // After all that promises have to do.
    setImmediate(turn);
  };

  return {
    nowMs: () => nowMs,
    wallMs: () => 1_700_000_000_000 + nowMs,
    sleep: (delayMs, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) {
          reject(signal.reason);
          return;
        }
        const sleeper: Sleeper = {
          atMs: nowMs + delayMs,
          wake() {
            signal?.removeEventListener('abort', onAbort);
            resolve();
          },
        };
        const onAbort = (): void => {
          sleepers = sleepers.filter((one) => one !== sleeper);
          reject(signal?.reason);
        };
        signal?.addEventListener('abort', onAbort, { once: true });
        sleepers.push(sleeper);
        letTimePass();
      }),
  };
}
