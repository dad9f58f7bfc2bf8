import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);

// src/engines/local/links/counters.ts
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

export {
  createCounterMemory,
  readCounters,
  DirectionTally,
  addToLink
};
