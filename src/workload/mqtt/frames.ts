/** The largest Remaining Length that four bytes can say (MQTT 3.1.1 section 2.2.3, MQTT 5 section 1.5.5). */
export const largestRemainingLength = 268_435_455;

/** One control packet as it came from the wire. */
export type Frame = {
  /** The whole packet: fixed header and what follows. */
  readonly bytes: Buffer;
  /** Where the variable header begins. */
  readonly bodyStart: number;
};

export type Framing = {
  readonly frames: readonly Frame[];
  /** Present when the stream cannot be divided into packets any more: the bytes from which on it cannot. Nothing follows it. */
  readonly unreadable?: Buffer;
};

/**
 * Divides a byte stream into control packets, by the Remaining Length of each and nothing else. However the stream is divided into
 * chunks, the packets are the same.
 */
export class FrameReader {
  #chunks: Buffer[] = [];
  #bytes = 0;
  /** How many bytes the packet that has begun needs in all; undefined while its length is not known. */
  #needed: number | undefined;

  /** The packets that `chunk` completes. */
  read(chunk: Buffer): Framing {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    // A large packet comes in many chunks, which are joined once and not with each of them.
    if (this.#needed !== undefined && this.#bytes < this.#needed) return { frames: [] };
    const joined = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks, this.#bytes);
    const frames: Frame[] = [];
    let start = 0;
    this.#needed = undefined;
    while (start < joined.length) {
      const length = remainingLength(joined, start + 1);
      if (length === 'incomplete') break;
      if (length === 'too long') {
        this.#chunks = [];
        this.#bytes = 0;
        return { frames, unreadable: joined.subarray(start) };
      }
      const end = length.end + length.value;
      if (end > joined.length) {
        this.#needed = end - start;
        break;
      }
      frames.push({ bytes: joined.subarray(start, end), bodyStart: length.end - start });
      start = end;
    }
    this.#chunks = start < joined.length ? [joined.subarray(start)] : [];
    this.#bytes = joined.length - start;
    return { frames };
  }

  /** The bytes of a packet that is not complete, for whoever passes them on; the reader is empty then. */
  takeRest(): Buffer {
    const rest = Buffer.concat(this.#chunks);
    this.#chunks = [];
    this.#bytes = 0;
    this.#needed = undefined;
    return rest;
  }
}

type Length = { readonly value: number; readonly end: number } | 'incomplete' | 'too long';

function remainingLength(bytes: Buffer, start: number): Length {
  let value = 0;
  for (let i = 0; i < 4; i++) {
    const byte = bytes[start + i];
    if (byte === undefined) return 'incomplete';
    value += (byte & 0x7f) * 128 ** i;
    if (byte < 0x80) return { value, end: start + i + 1 };
  }
  return 'too long';
}
