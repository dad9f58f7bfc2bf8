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

// src/links/counters.ts
var directionFields = [
  "bytesOffered",
  "bytesDelivered",
  "bytesHeld",
  "bytesDiscarded",
  "segments",
  "segmentsLost"
];
var linkFields = ["connectionsOpened", "connectionsOpen", "upstreamFailures"];
var firstSlot = { forward: 0, backward: directionFields.length, link: 2 * directionFields.length };
function createCounterMemory() {
  const slots = firstSlot.link + linkFields.length;
  return new Float64Array(new SharedArrayBuffer(slots * Float64Array.BYTES_PER_ELEMENT));
}
function readCounters(memory) {
  const at = (slot) => memory[slot] ?? 0;
  const direction = (first) => ({
    bytesOffered: at(first),
    bytesDelivered: at(first + 1),
    bytesHeld: at(first + 2),
    bytesDiscarded: at(first + 3),
    segments: at(first + 4),
    segmentsLost: at(first + 5)
  });
  return {
    forward: direction(firstSlot.forward),
    backward: direction(firstSlot.backward),
    connectionsOpened: at(firstSlot.link),
    connectionsOpen: at(firstSlot.link + 1),
    upstreamFailures: at(firstSlot.link + 2)
  };
}
var DirectionTally = class {
  #memory;
  #first;
  constructor(memory, direction) {
    this.#memory = memory;
    this.#first = firstSlot[direction];
  }
  offered(bytes, segments) {
    this.#add(0, bytes);
    this.#add(4, segments);
  }
  delivered(bytes) {
    this.#add(1, bytes);
  }
  /** A negative number takes away. */
  held(bytes) {
    this.#add(2, bytes);
  }
  discarded(bytes) {
    this.#add(3, bytes);
  }
  lost(transmissions) {
    this.#add(5, transmissions);
  }
  #add(offset, amount) {
    const slot = this.#first + offset;
    this.#memory[slot] = (this.#memory[slot] ?? 0) + amount;
  }
};
function addToLink(memory, field, amount) {
  const slot = firstSlot.link + linkFields.indexOf(field);
  memory[slot] = (memory[slot] ?? 0) + amount;
}

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
var loss = (atMs, _bytes, { lossShare }, state, random) => {
  if (lossShare <= 0) return atMs;
  let losses = 0;
  while (losses < maxLosses && random.next() < lossShare) losses++;
  state.transmissionsLost += losses;
  return atMs + retransmittedAfterMs(losses);
};

export {
  timeoutMs,
  retransmittedAfterMs,
  loss,
  createRandom,
  createCounterMemory,
  readCounters,
  DirectionTally,
  addToLink
};
