import type { Direction, DirectionCounters, LinkCounters } from './types.ts';

/**
 * The counters of a link live in memory that the worker writes and the conductor reads, so that reading them neither waits for
 * the worker nor disturbs it. Each is an aligned 64-bit float with one writer, so that no lock is needed.
 */
export type CounterMemory = Float64Array;

const directionFields = [
  'bytesOffered',
  'bytesDelivered',
  'bytesHeld',
  'bytesDiscarded',
  'segments',
  'segmentsLost',
] as const satisfies readonly (keyof DirectionCounters)[];

const linkFields = ['connectionsOpened', 'connectionsOpen', 'upstreamFailures'] as const;

const firstSlot = { forward: 0, backward: directionFields.length, link: 2 * directionFields.length };

export function createCounterMemory(): CounterMemory {
  const slots = firstSlot.link + linkFields.length;
  return new Float64Array(new SharedArrayBuffer(slots * Float64Array.BYTES_PER_ELEMENT));
}

export function readCounters(memory: CounterMemory): LinkCounters {
  const at = (slot: number): number => memory[slot] ?? 0;
  const direction = (first: number): DirectionCounters => ({
    bytesOffered: at(first),
    bytesDelivered: at(first + 1),
    bytesHeld: at(first + 2),
    bytesDiscarded: at(first + 3),
    segments: at(first + 4),
    segmentsLost: at(first + 5),
  });
  return {
    forward: direction(firstSlot.forward),
    backward: direction(firstSlot.backward),
    connectionsOpened: at(firstSlot.link),
    connectionsOpen: at(firstSlot.link + 1),
    upstreamFailures: at(firstSlot.link + 2),
  };
}

/** The writer's end of one direction. */
export class DirectionTally {
  readonly #memory: CounterMemory;
  readonly #first: number;

  constructor(memory: CounterMemory, direction: Direction) {
    this.#memory = memory;
    this.#first = firstSlot[direction];
  }

  offered(bytes: number, segments: number): void {
    this.#add(0, bytes);
    this.#add(4, segments);
  }

  delivered(bytes: number): void {
    this.#add(1, bytes);
  }

  /** A negative number takes away. */
  held(bytes: number): void {
    this.#add(2, bytes);
  }

  discarded(bytes: number): void {
    this.#add(3, bytes);
  }

  lost(transmissions: number): void {
    this.#add(5, transmissions);
  }

  #add(offset: number, amount: number): void {
    const slot = this.#first + offset;
    this.#memory[slot] = (this.#memory[slot] ?? 0) + amount;
  }
}

/** Adds to one of the counters that concern the whole link. */
export function addToLink(memory: CounterMemory, field: (typeof linkFields)[number], amount: number): void {
  const slot = firstSlot.link + linkFields.indexOf(field);
  memory[slot] = (memory[slot] ?? 0) + amount;
}
