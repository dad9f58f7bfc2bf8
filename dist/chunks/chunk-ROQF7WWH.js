import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);

// src/base/random.ts
function createRandom(seed) {
  let [a, b, c, d] = seedState(seed);
  const nextUint32 = () => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotateLeft(d, 11);
    return result;
  };
  const below = (bound) => Math.floor(nextUint32() / 4294967296 * bound);
  return {
    next: () => nextUint32() / 4294967296,
    below,
    pick(items, count) {
      const left = [...items];
      const picked = [];
      while (picked.length < count && left.length > 0) picked.push(...left.splice(below(left.length), 1));
      return picked;
    },
    fork: (name) => createRandom(`${seed}/${name}`)
  };
}
function seedState(seed) {
  let hash = 2166136261;
  for (let i = 0; i < seed.length; i++) hash = Math.imul(hash ^ seed.charCodeAt(i), 16777619);
  const mix = () => {
    hash = hash + 2654435769 | 0;
    let z = hash;
    z = Math.imul(z ^ z >>> 16, 2246822507);
    z = Math.imul(z ^ z >>> 13, 3266489909);
    return z ^ z >>> 16 | 0;
  };
  return [mix(), mix(), mix(), mix() | 1];
}
function rotateLeft(value, bits) {
  return value << bits | value >>> 32 - bits;
}

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
  loss,
  createRandom
};
