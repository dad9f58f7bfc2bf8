import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);

// src/links/segment.ts
var segmentBytes = 1448;

// src/links/behaviours/loss.ts
var firstTimeoutMs = 200;
var lastTimeoutMs = 3200;
var maxLosses = 15;
function timeoutMs(losses) {
  return Math.min(firstTimeoutMs * 2 ** losses, lastTimeoutMs);
}
function retransmittedAfterMs(losses) {
  let afterMs = 0;
  for (let i = 0; i < losses; i++) afterMs += timeoutMs(i);
  return afterMs;
}
var loss = (atMs, bytes, { lossShare }, state, random) => {
  if (lossShare <= 0) return atMs;
  let sentMs = atMs;
  if (atMs < state.awaitedMs) {
    if (atMs >= state.stalledUntilMs) {
      state.stalledUntilMs = state.awaitedMs;
      state.gatheredRoom = 0;
    }
    if (bytes <= state.gatheredRoom) {
      state.gatheredRoom -= bytes;
      return state.gatheredReleaseMs;
    }
    state.gatheredRoom = segmentBytes - bytes;
    sentMs = state.stalledUntilMs;
  }
  let losses = 0;
  while (losses < maxLosses && random.next() < lossShare) losses++;
  state.transmissionsLost += losses;
  const releaseMs = sentMs + retransmittedAfterMs(losses);
  if (losses > 0) state.awaitedMs = Math.max(state.awaitedMs, releaseMs);
  state.gatheredReleaseMs = releaseMs;
  return releaseMs;
};

export {
  segmentBytes,
  timeoutMs,
  retransmittedAfterMs,
  loss
};
