/** Frames of HTTP/2 (RFC 9113, sections 4 and 6), as far as calls are concerned. */

/** What a client sends first (section 3.4). */
export const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'latin1');

export const frameType = {
  data: 0x0,
  headers: 0x1,
  resetStream: 0x3,
  settings: 0x4,
  pushPromise: 0x5,
  goAway: 0x7,
  windowUpdate: 0x8,
  continuation: 0x9,
} as const;

export const frameFlag = { endStream: 0x1, endHeaders: 0x4, padded: 0x8, priority: 0x20 } as const;

/** No error: asks a client to stop sending what its answered call no longer needs (section 8.1). */
export const noError = 0x0;

export const frameHeadBytes = 9;
/** Every receiver takes frames of this payload (section 4.2). */
const payloadAtMost = 16_384;

export type Frame = {
  readonly type: number;
  readonly flags: number;
  readonly streamId: number;
  readonly payload: Buffer;
  /** Head and payload as they came. */
  readonly bytes: Buffer;
};

/** What a peer broke of RFC 9113, so that its connection can be read no further. */
export class Http2Error extends Error {}

/** Cuts a stream of bytes into whole frames. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #bytes = 0;
  #neededBytes = frameHeadBytes;

  /** The frames that are complete with this chunk, in order. */
  *read(chunk: Buffer): Generator<Frame> {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    // A large frame comes in many chunks: they are put together once.
    if (this.#bytes < this.#neededBytes) return;
    const all = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks, this.#bytes);
    let at = 0;
    this.#neededBytes = frameHeadBytes;
    while (all.length - at >= frameHeadBytes) {
      const frameBytes = frameHeadBytes + all.readUIntBE(at, 3);
      if (all.length - at < frameBytes) {
        this.#neededBytes = frameBytes;
        break;
      }
      yield frameOf(all.subarray(at, at + frameBytes));
      at += frameBytes;
    }
    this.#chunks = at === all.length ? [] : [all.subarray(at)];
    this.#bytes = all.length - at;
  }
}

function frameOf(bytes: Buffer): Frame {
  return {
    type: bytes.readUInt8(3),
    flags: bytes.readUInt8(4),
    streamId: bytes.readUInt32BE(5) & 0x7fff_ffff,
    payload: bytes.subarray(frameHeadBytes),
    bytes,
  };
}

/** A header block put together from a HEADERS or PUSH_PROMISE frame and its continuations. */
export type WholeBlock = {
  readonly type: typeof frameType.headers | typeof frameType.pushPromise;
  readonly streamId: number;
  readonly endStream: boolean;
  /** What stands before the block in the payload and is passed on as it is: a priority, or the promised stream. */
  readonly lead: Buffer;
  /** Of the lead: it is a priority. */
  readonly priority: boolean;
  readonly block: Buffer;
};

/** Puts header blocks together. Between the frames of one no other frame may come (section 6.10). */
export class BlockReader {
  #open: { readonly first: Omit<WholeBlock, 'block'>; readonly parts: Buffer[] } | undefined;

  /** The whole block with its last frame, `part` for those before, and undefined for a frame that has none. */
  read(frame: Frame): WholeBlock | 'part' | undefined {
    const open = this.#open;
    if (open) {
      if (frame.type !== frameType.continuation || frame.streamId !== open.first.streamId) {
        throw new Http2Error('another frame amid a header block');
      }
      open.parts.push(frame.payload);
      return this.#endsWith(frame, open);
    }
    if (frame.type === frameType.continuation) throw new Http2Error('a continuation of nothing');
    if (frame.type !== frameType.headers && frame.type !== frameType.pushPromise) return undefined;
    const payload = unpadded(frame);
    const priority = frame.type === frameType.headers && (frame.flags & frameFlag.priority) !== 0;
    const leadBytes = priority ? 5 : frame.type === frameType.pushPromise ? 4 : 0;
    return this.#endsWith(frame, {
      first: {
        type: frame.type,
        streamId: frame.streamId,
        endStream: frame.type === frameType.headers && (frame.flags & frameFlag.endStream) !== 0,
        lead: payload.subarray(0, leadBytes),
        priority,
      },
      parts: [payload.subarray(leadBytes)],
    });
  }

  #endsWith(frame: Frame, open: { readonly first: Omit<WholeBlock, 'block'>; readonly parts: Buffer[] }) {
    if ((frame.flags & frameFlag.endHeaders) === 0) {
      this.#open = open;
      return 'part' as const;
    }
    this.#open = undefined;
    const [only = Buffer.alloc(0)] = open.parts;
    return { ...open.first, block: open.parts.length === 1 ? only : Buffer.concat(open.parts) };
  }
}

function unpadded({ flags, payload }: Frame): Buffer {
  if ((flags & frameFlag.padded) === 0) return payload;
  const padding = payload[0] ?? 0;
  if (padding >= payload.length) throw new Http2Error('more padding than there is payload');
  return payload.subarray(1, payload.length - padding);
}

/** A block in as many frames as every receiver takes. */
export function writeBlock(whole: WholeBlock): Buffer {
  const { type, streamId, endStream, lead, priority, block } = whole;
  const roomInFirst = payloadAtMost - lead.length;
  const parts: Buffer[] = [];
  const first = block.subarray(0, roomInFirst);
  const flags =
    (endStream ? frameFlag.endStream : 0) |
    (priority ? frameFlag.priority : 0) |
    (first.length === block.length ? frameFlag.endHeaders : 0);
  parts.push(frameHead(lead.length + first.length, type, flags, streamId), lead, first);
  for (let at = first.length; at < block.length; at += payloadAtMost) {
    const part = block.subarray(at, at + payloadAtMost);
    const last = at + part.length === block.length;
    parts.push(frameHead(part.length, frameType.continuation, last ? frameFlag.endHeaders : 0, streamId), part);
  }
  return Buffer.concat(parts);
}

export function writeWindowUpdate(streamId: number, bytes: number): Buffer {
  return withNumber(frameType.windowUpdate, streamId, bytes);
}

export function writeResetStream(streamId: number, errorCode: number): Buffer {
  return withNumber(frameType.resetStream, streamId, errorCode);
}

function withNumber(type: number, streamId: number, value: number): Buffer {
  const payload = Buffer.alloc(4);
  payload.writeUInt32BE(value);
  return Buffer.concat([frameHead(payload.length, type, 0, streamId), payload]);
}

function frameHead(payloadBytes: number, type: number, flags: number, streamId: number): Buffer {
  const head = Buffer.alloc(frameHeadBytes);
  head.writeUIntBE(payloadBytes, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(streamId, 5);
  return head;
}
