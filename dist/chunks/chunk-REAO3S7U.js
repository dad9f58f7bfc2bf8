import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);

// src/base/clock.ts
import { setTimeout as sleepFor } from "node:timers/promises";
var longestTimerMs = 2 ** 31 - 1;
var originMs = Number(process.hrtime.bigint()) / 1e6 - performance.now();
var systemClock = {
  nowMs: () => originMs + performance.now(),
  wallMs: () => Date.now(),
  async sleep(delayMs, signal) {
    for (let leftMs = delayMs; ; leftMs -= longestTimerMs) {
      await sleepFor(Math.min(leftMs, longestTimerMs), void 0, signal ? { signal } : void 0).catch((error) => {
        throw signal?.aborted ? signal.reason : error;
      });
      if (leftMs <= longestTimerMs) return;
    }
  }
};
async function pollUntil(probe, options) {
  const clock = options.clock ?? systemClock;
  const deadline = clock.nowMs() + options.withinMs;
  for (; ; ) {
    options.signal?.throwIfAborted();
    const answer = await probe();
    if (answer !== void 0) return answer;
    if (clock.nowMs() >= deadline) return void 0;
    await clock.sleep(options.everyMs, options.signal);
  }
}
async function within(promise, options) {
  const { withinMs, clock = systemClock, signal } = options;
  const settled = new AbortController();
  const late = clock.sleep(withinMs, signal ? AbortSignal.any([signal, settled.signal]) : settled.signal).catch(() => void 0);
  try {
    return await Promise.race([promise, late]) ?? void 0;
  } finally {
    settled.abort();
  }
}

export {
  systemClock,
  pollUntil,
  within
};
