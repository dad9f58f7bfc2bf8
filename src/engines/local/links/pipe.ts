import type { Socket } from 'node:net';
import type { Random } from '../../../base/random.ts';
import { createFlowState, type FlowState, releaseTime } from './behaviours/behaviour.ts';
import { heldBytesCap } from './behaviours/cut.ts';
import type { DirectionTally } from './counters.ts';
import { resetSocket } from './reset-socket.ts';
import { earlyMs, type Scheduler, type Task } from './scheduler.ts';
import { segmentBytes } from './segment.ts';
import type { Way } from './way.ts';

/** A finite window: this much may be under way on one connection in one direction, then its sender has to wait. */
const underWayBytesCap = 4 * 1_048_576;

/** A slow wire has a queue of a second before it, not of the minutes that the window above would make. */
const wireQueueMs = 1_000;
const wireQueueFloorBytes = 65_536;

/** What a segment costs beside its bytes, as the kernel counts its own overhead: tiny segments must not fill the memory. */
const overheadBytes = 256;

/** `fin` ends the stream and `reset` breaks it, each in its place behind the bytes that went before. */
type Item = { dueMs: number; readonly what: Uint8Array | 'fin' | 'reset' };

const never = Number.POSITIVE_INFINITY;

/**
 * One direction of one connection, from the socket it reads to the socket it writes. On a clean link a chunk goes from the one
 * to the other in the same turn of the event loop; otherwise it waits here, in order, for its time.
 */
export class Pipe implements Task {
  readonly #way: Way;
  readonly #tally: DirectionTally;
  readonly #scheduler: Scheduler;
  readonly #random: Random;
  readonly #state: FlowState;
  readonly #source: Socket;
  #sink: Socket | undefined;
  #queue: Item[] = [];
  #head = 0;
  #costBytes = 0;
  #allowanceBytes: number;
  #armedMs = never;
  /** The receiver's socket has more than enough to write. */
  #blocked = false;
  #paused = false;
  /** The receiver has gone: what still comes is read and thrown away. */
  #discarding = false;
  /** A reset is the last thing that passes. */
  #broken = false;

  constructor(parts: { way: Way; tally: DirectionTally; scheduler: Scheduler; random: Random; source: Socket }) {
    this.#way = parts.way;
    this.#tally = parts.tally;
    this.#scheduler = parts.scheduler;
    this.#random = parts.random;
    this.#source = parts.source;
    this.#state = createFlowState(parts.way.wire);
    this.#allowanceBytes = parts.way.allowanceBytes;
  }

  /** From now on what is held flows to `sink`. */
  openTo(sink: Socket): void {
    this.#sink = sink;
    sink.on('drain', () => this.#drained());
    this.#retime();
  }

  offer(chunk: Uint8Array): void {
    this.#tally.offered(chunk.length, Math.ceil(chunk.length / segmentBytes));
    if (this.#discarding) {
      this.#tally.discarded(chunk.length);
      return;
    }
    if (this.#way.clean && this.#head === this.#queue.length && this.#sink !== undefined) {
      this.#tally.delivered(chunk.length);
      if (!this.#sink.write(chunk)) this.#block();
      return;
    }
    this.#tally.held(chunk.length);
    this.#enqueue(chunk, this.#scheduler.nowMs());
    this.#arm();
    this.#regulate();
  }

  /** The sender has no more to say. */
  offerEnd(): void {
    this.#offerMark('fin');
  }

  /** The sender is gone and its connection with it. (A reset that comes in one go with bytes is reported by libuv as an end.) */
  offerReset(): void {
    if (this.#broken) return;
    this.#broken = true;
    this.#offerMark('reset');
  }

  /** The receiver is gone: nothing held can arrive any more. */
  discard(): void {
    this.#discarding = true;
    for (const { what } of this.#items()) {
      if (typeof what === 'string') continue;
      this.#tally.held(-what.length);
      this.#tally.discarded(what.length);
    }
    this.#empty();
    this.#blocked = false;
    this.#regulate();
  }

  /** A cut came or went, or the link was cleared: what is held starts anew from now under the conditions that now hold. */
  conditionsChanged(): void {
    this.#allowanceBytes = this.#way.allowanceBytes;
    this.#retime();
  }

  run(nowMs: number): void {
    this.#armedMs = never;
    this.#release(nowMs);
  }

  /** Nothing passes: there is nobody to pass it to, or it would be lost. */
  #held(): boolean {
    return this.#sink === undefined || this.#allowanceBytes <= 0;
  }

  #offerMark(what: 'fin' | 'reset'): void {
    if (this.#discarding) return;
    const nowMs = this.#scheduler.nowMs();
    this.#enqueue(what, nowMs);
    this.#release(nowMs);
  }

  #enqueue(what: Item['what'], nowMs: number): void {
    if (this.#held()) {
      this.#push({ what, dueMs: never });
      return;
    }
    const { conditions } = this.#way;
    const lostBefore = this.#state.transmissionsLost;
    const due = (bytes: number): number => releaseTime(nowMs, bytes, conditions, this.#state, this.#random);
    const whole = typeof what === 'string' || (conditions.lossShare === 0 && conditions.bytesPerSecond === undefined);
    if (whole) {
      this.#push({ what, dueMs: due(typeof what === 'string' ? 0 : what.length) });
    } else {
      for (let at = 0; at < what.length; at += segmentBytes) {
        const segment = what.subarray(at, at + segmentBytes);
        this.#push({ what: segment, dueMs: due(segment.length) });
      }
      this.#tally.lost(this.#state.transmissionsLost - lostBefore);
    }
  }

  #push(item: Item): void {
    this.#queue.push(item);
    this.#costBytes += cost(item);
  }

  #shift(item: Item): void {
    this.#costBytes -= cost(item);
    this.#head++;
    if (this.#head === this.#queue.length) {
      this.#queue = [];
      this.#head = 0;
    } else if (this.#head >= 1_024 && this.#head * 2 > this.#queue.length) {
      this.#queue.splice(0, this.#head);
      this.#head = 0;
    }
  }

  #items(): Item[] {
    return this.#queue.slice(this.#head);
  }

  #empty(): void {
    this.#queue = [];
    this.#head = 0;
    this.#costBytes = 0;
  }

  #retime(): void {
    const nowMs = this.#scheduler.nowMs();
    const items = this.#items();
    this.#empty();
    this.#state.lastReleaseMs = nowMs;
    for (const { what } of items) this.#enqueue(what, nowMs);
    this.#release(nowMs);
  }

  /** Hands over what is due, as far as the receiver takes it, and sees to it that the rest is looked at in its time. */
  #release(nowMs: number): void {
    const sink = this.#sink;
    if (sink !== undefined) {
      // One system call for all that is due.
      const several = this.#queue.length - this.#head > 1;
      if (several) sink.cork();
      const mark = this.#handOverDue(sink, nowMs);
      if (several) sink.uncork();
      if (mark === 'fin') sink.end();
      if (mark === 'reset') resetSocket(sink);
      this.#arm();
    }
    this.#regulate();
  }

  /** Stops behind a mark, and answers it. */
  #handOverDue(sink: Socket, nowMs: number): 'fin' | 'reset' | undefined {
    while (!this.#blocked && this.#allowanceBytes > 0) {
      const item = this.#queue[this.#head];
      if (item === undefined || item.dueMs > nowMs + earlyMs) return undefined;
      if (typeof item.what === 'string') {
        this.#shift(item);
        return item.what;
      }
      this.#handOver(sink, item, item.what);
    }
    return undefined;
  }

  #handOver(sink: Socket, item: Item, bytes: Uint8Array): void {
    const allowed = bytes.length <= this.#allowanceBytes ? bytes : bytes.subarray(0, this.#allowanceBytes);
    this.#shift(item);
    if (allowed.length < bytes.length) {
      const rest = { what: bytes.subarray(allowed.length), dueMs: never };
      if (this.#head > 0) this.#queue[--this.#head] = rest;
      else this.#queue.unshift(rest);
      this.#costBytes += cost(rest);
    }
    this.#allowanceBytes -= allowed.length;
    this.#tally.held(-allowed.length);
    this.#tally.delivered(allowed.length);
    if (!sink.write(allowed)) this.#blocked = true;
  }

  #arm(): void {
    const dueMs = this.#queue[this.#head]?.dueMs ?? never;
    if (dueMs >= this.#armedMs || this.#blocked || this.#held()) return;
    this.#armedMs = dueMs;
    this.#scheduler.at(dueMs, this);
  }

  #block(): void {
    this.#blocked = true;
    this.#regulate();
  }

  #drained(): void {
    this.#blocked = false;
    this.#release(this.#scheduler.nowMs());
  }

  /** Reads on while there is room, so that a sender feels the window and a slow receiver as it would without a proxy. */
  #regulate(): void {
    const roomBytes = this.#capBytes() - this.#costBytes;
    const full = this.#blocked || roomBytes <= 0;
    if (full === this.#paused) return;
    // Room for one segment alone is not worth waking the sender for.
    if (!full && !this.#discarding && roomBytes < this.#capBytes() / 4) return;
    this.#paused = full;
    if (full) this.#source.pause();
    else this.#source.resume();
  }

  #capBytes(): number {
    if (this.#allowanceBytes !== Number.POSITIVE_INFINITY || this.#sink === undefined) return heldBytesCap;
    const { bytesPerSecond, delayMs } = this.#way.conditions;
    if (bytesPerSecond === undefined) return underWayBytesCap;
    const queueBytes = (bytesPerSecond * (wireQueueMs + delayMs)) / 1_000;
    return Math.min(underWayBytesCap, Math.max(wireQueueFloorBytes, queueBytes));
  }
}

function cost({ what }: Item): number {
  return typeof what === 'string' ? 0 : what.length + overheadBytes;
}
