import type { Clock } from '../../../base/clock.ts';

const tickMs = 5;
/** What fell due while the event loop was busy is made up for, but not more than of this time. */
const mostBehindMs = 250;

/** Calls `act` so many times a second until the signal comes or `act` says that it is enough; resolves then. */
export async function pace(
  ratePerSecond: number,
  act: () => boolean,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<void> {
  let credit = 0;
  let lastMs = clock.nowMs();
  while (!signal.aborted) {
    await clock.sleep(tickMs, signal).catch(() => {});
    const nowMs = clock.nowMs();
    credit = Math.min(credit + ((nowMs - lastMs) * ratePerSecond) / 1_000, 1 + (mostBehindMs * ratePerSecond) / 1_000);
    lastMs = nowMs;
    for (; credit >= 1 && !signal.aborted; credit--) if (!act()) return;
  }
}
