import { statusName } from '../../../../model/grpc.ts';
import { BlockReader, type Frame, FrameReader, frameFlag, frameType, preface, type WholeBlock } from './frames.ts';
import { methodOf, statusOf } from './grpc.ts';
import { type Header, HpackDecoder } from './hpack.ts';

/** A call as it was seen on the wire. */
export type CallSight = {
  readonly method: string;
  readonly askedMs: number;
  /** Its request went on to the server. */
  passed: boolean;
  /** When the first of an answer went to the client. */
  answeredMs: number | undefined;
};

export type CallListener = {
  /** A client asks. */
  asked(call: CallSight): void;
  /** The request has gone on to the server. */
  passed(call: CallSight): void;
  /** It is over: the name of its gRPC status, `reset` when the stream was broken off. */
  ended(call: CallSight, how: string): void;
};

/**
 * Watches the bytes of one connection before and behind the intermediary, and knows neither the rules nor what was done: what
 * the client asked, what of it went on to the server, and what was answered.
 */
export class CallObserver {
  readonly #listener: CallListener;
  readonly #nowMs: () => number;
  readonly #open = new Map<number, CallSight>();
  readonly #asked: Sight;
  readonly #passed: Sight;
  readonly #answered: Sight;
  #highest = 0;

  constructor(listener: CallListener, nowMs: () => number) {
    this.#listener = listener;
    this.#nowMs = nowMs;
    this.#asked = new Sight(preface.length, {
      headers: ({ streamId }, headers) => this.#sawRequest(streamId, headers),
      reset: (streamId) => this.#sawEnd(streamId, 'reset'),
    });
    this.#passed = new Sight(preface.length, { headers: ({ streamId }) => this.#sawPassing(streamId) });
    this.#answered = new Sight(0, {
      headers: (block, headers) => this.#sawAnswer(block, headers),
      ended: (streamId) => this.#sawEnd(streamId, 'no status'),
      reset: (streamId) => this.#sawEnd(streamId, 'reset'),
    });
  }

  /** What the client sent, as it came. Throws what cannot be read, as all three do. */
  fromClient(bytes: Buffer): void {
    this.#asked.read(bytes);
  }

  /** What goes on to the server. */
  toServer(bytes: Buffer): void {
    this.#passed.read(bytes);
  }

  /** What goes to the client. */
  toClient(bytes: Buffer): void {
    this.#answered.read(bytes);
  }

  #sawRequest(streamId: number, headers: readonly Header[]): void {
    if (streamId <= this.#highest) return;
    this.#highest = streamId;
    const method = methodOf(headers);
    if (method === undefined) return;
    const call: CallSight = { method, askedMs: this.#nowMs(), passed: false, answeredMs: undefined };
    this.#open.set(streamId, call);
    this.#listener.asked(call);
  }

  #sawPassing(streamId: number): void {
    const call = this.#open.get(streamId);
    if (!call || call.passed) return;
    call.passed = true;
    this.#listener.passed(call);
  }

  #sawAnswer({ streamId, endStream, type }: WholeBlock, headers: readonly Header[]): void {
    const call = this.#open.get(streamId);
    if (!call || type !== frameType.headers) return;
    call.answeredMs ??= this.#nowMs();
    if (!endStream) return;
    const status = statusOf(headers);
    this.#sawEnd(streamId, status === undefined ? 'no status' : statusName(status));
  }

  #sawEnd(streamId: number, how: string): void {
    const call = this.#open.get(streamId);
    if (!call || !this.#open.delete(streamId)) return;
    this.#listener.ended(call, how);
  }
}

type Seen = {
  headers(block: WholeBlock, headers: readonly Header[]): void;
  ended?(streamId: number): void;
  reset?(streamId: number): void;
};

/** Reads the frames that pass one point. */
class Sight {
  readonly #frames = new FrameReader();
  readonly #blocks = new BlockReader();
  readonly #headers = new HpackDecoder();
  readonly #seen: Seen;
  #skipBytes: number;

  constructor(skipBytes: number, seen: Seen) {
    this.#skipBytes = skipBytes;
    this.#seen = seen;
  }

  read(bytes: Buffer): void {
    const skipped = Math.min(this.#skipBytes, bytes.length);
    this.#skipBytes -= skipped;
    for (const frame of this.#frames.read(bytes.subarray(skipped))) this.#frame(frame);
  }

  #frame(frame: Frame): void {
    const whole = this.#blocks.read(frame);
    if (whole === 'part') return;
    if (whole) this.#seen.headers(whole, this.#headers.decode(whole.block).headers);
    else if (frame.type === frameType.resetStream) this.#seen.reset?.(frame.streamId);
    else if (frame.type === frameType.data && frame.flags & frameFlag.endStream) this.#seen.ended?.(frame.streamId);
  }
}
