import { earlyMs, type Scheduler, type Task } from '../scheduler.ts';
import {
  BlockReader,
  type Frame,
  FrameReader,
  frameFlag,
  frameType,
  noError,
  preface,
  type WholeBlock,
  writeBlock,
  writeResetStream,
  writeWindowUpdate,
} from './frames.ts';
import { answerHeaders, methodOf } from './grpc.ts';
import { encodeHeaders, type HeaderBlock, HpackDecoder } from './hpack.ts';
import type { RuleInForce } from './rule.ts';

export type IntermediaryParts = {
  readonly scheduler: Scheduler;
  /** The rule that strikes a call of this method, if one does. Asked once a call. */
  readonly strike: (method: string) => RuleInForce | undefined;
  /** Whole frames. */
  readonly toServer: (bytes: Buffer) => void;
  readonly toClient: (bytes: Buffer) => void;
};

type Delayed = { readonly by: RuleInForce; lastDueMs: number; held: number };
type Held = { readonly dueMs: number; readonly streamId: number; readonly bytes: Buffer; readonly flowBytes: number };

/**
 * Stands between the two ends of an HTTP/2 connection from its first byte on and does to calls what the rules say.
 *
 * Each end's header compression depends on every header block that the other has sent (RFC 7541, section 2.2), and blocks are
 * left out and put off here. So every block is read as it comes and written anew in a form that depends on none before it, from
 * the connection's first to its last, whether a rule is in force or not. All other frames pass as they are.
 *
 * A delay holds the answers and not the requests: stream ids must rise on the wire (RFC 9113, section 5.1.1), so that a request
 * cannot be put off without all that come after it.
 */
export class Intermediary implements Task {
  readonly #parts: IntermediaryParts;
  readonly #requests = { frames: new FrameReader(), blocks: new BlockReader(), headers: new HpackDecoder() };
  readonly #answers = { frames: new FrameReader(), blocks: new BlockReader(), headers: new HpackDecoder() };
  #prefaceLeft = preface.length;
  #highestSeen = 0;
  #highestPassed = 0;
  /** Streams that the server never heard of, while the client may still send on them. */
  readonly #swallowed = new Map<number, 'dropped' | 'answered'>();
  /** Table sizes announced in blocks that were swallowed: the server waits for them. */
  #owedTableSizes: number[] = [];
  readonly #delayed = new Map<number, Delayed>();
  /** By due time. */
  #held: Held[] = [];
  #whenNothingHeld: (() => void) | undefined;
  #toServer: Buffer[] = [];
  #toClient: Buffer[] = [];

  constructor(parts: IntermediaryParts) {
    this.#parts = parts;
  }

  /** Throws HpackError or Http2Error if the client has broken the protocol; nothing more can be passed on then. */
  fromClient(chunk: Buffer): void {
    const prefaceBytes = Math.min(this.#prefaceLeft, chunk.length);
    if (prefaceBytes > 0) {
      this.#prefaceLeft -= prefaceBytes;
      this.#toServer.push(chunk.subarray(0, prefaceBytes));
    }
    for (const frame of this.#requests.frames.read(chunk.subarray(prefaceBytes))) this.#request(frame);
    this.#flush();
  }

  /** Throws as `fromClient` does. */
  fromServer(chunk: Buffer): void {
    for (const frame of this.#answers.frames.read(chunk)) this.#answer(frame);
    this.#flush();
  }

  /** Calls back when all that the server has said has been passed on. */
  whenNothingHeld(then: () => void): void {
    if (this.#held.length === 0) then();
    else this.#whenNothingHeld = then;
  }

  /** The connection is gone: nothing held is passed on any more. */
  close(): void {
    this.#held = [];
    this.#whenNothingHeld = undefined;
  }

  /** Passes on what is due. */
  run(nowMs: number): void {
    const due = this.#held.findIndex(({ dueMs }) => dueMs > nowMs + earlyMs);
    for (const { streamId, bytes } of this.#held.splice(0, due < 0 ? this.#held.length : due)) {
      const delayed = this.#delayed.get(streamId);
      if (delayed) delayed.held--;
      this.#toClient.push(bytes);
    }
    this.#flush();
    if (this.#held.length > 0 || !this.#whenNothingHeld) return;
    const then = this.#whenNothingHeld;
    this.#whenNothingHeld = undefined;
    then();
  }

  #request(frame: Frame): void {
    const whole = this.#requests.blocks.read(frame);
    if (whole === 'part') return;
    if (whole) this.#requestBlock(whole, this.#requests.headers.decode(whole.block));
    else if (this.#swallows(frame.streamId)) this.#swallow(frame);
    else this.#passRequest(frame);
  }

  #requestBlock(whole: WholeBlock, decoded: HeaderBlock): void {
    const { streamId, endStream } = whole;
    if (streamId > this.#highestSeen) {
      this.#highestSeen = streamId;
      const method = methodOf(decoded.headers);
      const struck = method === undefined ? undefined : this.#parts.strike(method);
      const action = struck?.rule.action;
      if (action?.type === 'drop' || action?.type === 'status') {
        if (!endStream) this.#swallowed.set(streamId, action.type === 'drop' ? 'dropped' : 'answered');
        if (action.type === 'status') this.#answerFor(streamId, endStream, action);
      } else if (struck) {
        this.#delayed.set(streamId, { by: struck, lastDueMs: 0, held: 0 });
      }
      if (action === undefined || action.type === 'delay') this.#highestPassed = streamId;
    }
    const tableSizes = [...this.#owedTableSizes, ...decoded.tableSizes];
    if (this.#swallows(streamId)) {
      if (endStream) this.#swallowed.delete(streamId);
      // The least on the way and the last are all that a reader needs (RFC 7541, section 4.2).
      this.#owedTableSizes = tableSizes.length > 2 ? [Math.min(...tableSizes), ...tableSizes.slice(-1)] : tableSizes;
      return;
    }
    this.#owedTableSizes = [];
    this.#toServer.push(writeBlock({ ...whole, block: encodeHeaders({ ...decoded, tableSizes }) }));
  }

  /** The server does not know this stream: it was kept from it, or every stream since. */
  #swallows(streamId: number): boolean {
    return streamId !== 0 && (streamId > this.#highestPassed || this.#swallowed.has(streamId)) && streamId % 2 === 1;
  }

  #swallow({ type, flags, streamId, payload }: Frame): void {
    if (type === frameType.resetStream) this.#swallowed.delete(streamId);
    if (type !== frameType.data) return;
    const ended = (flags & frameFlag.endStream) !== 0;
    const credit = (stream: number): void => {
      if (payload.length > 0) this.#toClient.push(writeWindowUpdate(stream, payload.length));
    };
    // The server will never give back what it has never received.
    credit(0);
    if (ended) this.#swallowed.delete(streamId);
    else if (this.#swallowed.get(streamId) === 'dropped') credit(streamId);
  }

  #passRequest(frame: Frame): void {
    this.#toServer.push(frame.bytes);
    if (frame.type !== frameType.resetStream) return;
    this.#delayed.delete(frame.streamId);
    // The client has given the call up: nothing is held for it any more, and the server may send as much of something else.
    let flowBytes = 0;
    this.#held = this.#held.filter((held) => {
      if (held.streamId !== frame.streamId) return true;
      flowBytes += held.flowBytes;
      return false;
    });
    if (flowBytes > 0) this.#toServer.push(writeWindowUpdate(0, flowBytes));
  }

  /** Trailers-only. What the client still sends on an open stream it may stop sending (RFC 9113, section 8.1). */
  #answerFor(streamId: number, ended: boolean, { status, message }: { status: number; message: string }): void {
    const block = encodeHeaders({ headers: answerHeaders(status, message), tableSizes: [] });
    const frame = { type: frameType.headers, streamId, endStream: true, lead: Buffer.alloc(0), priority: false, block };
    this.#toClient.push(writeBlock(frame));
    if (!ended) this.#toClient.push(writeResetStream(streamId, noError));
  }

  #answer(frame: Frame): void {
    const whole = this.#answers.blocks.read(frame);
    if (whole === 'part') return;
    if (whole) {
      const bytes = writeBlock({ ...whole, block: encodeHeaders(this.#answers.headers.decode(whole.block)) });
      this.#passAnswer(whole.streamId, whole.endStream, bytes, 0);
    } else if (frame.type === frameType.data) {
      this.#passAnswer(frame.streamId, (frame.flags & frameFlag.endStream) !== 0, frame.bytes, frame.payload.length);
    } else if (frame.type === frameType.resetStream) {
      this.#passAnswer(frame.streamId, true, frame.bytes, 0);
    } else {
      this.#toClient.push(frame.bytes);
    }
  }

  #passAnswer(streamId: number, last: boolean, bytes: Buffer, flowBytes: number): void {
    const delayed = this.#delayed.get(streamId);
    const { by } = delayed ?? {};
    const delayMs = by?.rule.action.type === 'delay' && !by.over ? by.rule.action.delayMs : 0;
    if (!delayed || (delayMs === 0 && delayed.held === 0)) {
      this.#toClient.push(bytes);
    } else {
      delayed.lastDueMs = Math.max(delayed.lastDueMs, this.#parts.scheduler.nowMs() + delayMs);
      delayed.held++;
      this.#hold({ dueMs: delayed.lastDueMs, streamId, bytes, flowBytes });
    }
    if (last && delayed) this.#delayed.delete(streamId);
  }

  #hold(held: Held): void {
    let at = this.#held.length;
    while (at > 0 && (this.#held[at - 1]?.dueMs ?? 0) > held.dueMs) at--;
    this.#held.splice(at, 0, held);
    this.#parts.scheduler.at(held.dueMs, this);
  }

  #flush(): void {
    const [toServer, toClient] = [this.#toServer, this.#toClient];
    if (toServer.length > 0) {
      this.#toServer = [];
      this.#parts.toServer(joined(toServer));
    }
    if (toClient.length > 0) {
      this.#toClient = [];
      this.#parts.toClient(joined(toClient));
    }
  }
}

function joined(buffers: readonly Buffer[]): Buffer {
  const [first] = buffers;
  return first !== undefined && buffers.length === 1 ? first : Buffer.concat(buffers);
}
