import { generate, type Packet, type Parser, parser } from 'mqtt-packet';

/** Remaining Length has at most four bytes (MQTT 3.1.1, section 2.2.3; MQTT 5, section 1.5.5). */
const mostLengthBytes = 4;

/** Splits a stream into the bytes of its packets. */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0);

  /**
   * The packets that are complete with this chunk, as they came. `undefined` for a Remaining Length that is none: nobody knows where the
   * next packet begins. The rest is then all that was not given out.
   */
  read(chunk: Buffer): readonly Buffer[] | undefined {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const frames: Buffer[] = [];
    for (;;) {
      const length = frameLength(this.#rest);
      if (length === 'malformed') {
        this.#rest = Buffer.concat([...frames, this.#rest]);
        return undefined;
      }
      if (length === 'incomplete' || length > this.#rest.length) return frames;
      frames.push(this.#rest.subarray(0, length));
      this.#rest = this.#rest.subarray(length);
    }
  }

  /** What is not given out, and never will be. */
  takeRest(): Buffer {
    const rest = this.#rest;
    this.#rest = Buffer.alloc(0);
    return rest;
  }
}

function frameLength(bytes: Buffer): number | 'incomplete' | 'malformed' {
  let remaining = 0;
  for (let i = 0; i < mostLengthBytes; i++) {
    const byte = bytes[1 + i];
    if (byte === undefined) return 'incomplete';
    remaining += (byte & 0x7f) * 128 ** i;
    if (byte < 0x80) return 2 + i + remaining;
  }
  return 'malformed';
}

/** Reads packets, one frame at a time. */
export class Decoder {
  readonly #version: 4 | 5;
  #parser: Parser | undefined;
  #decoded: Packet | undefined;

  /** The version does not matter for CONNECT, which names its own. */
  constructor(version: 4 | 5) {
    this.#version = version;
  }

  /** Undefined for what is no packet of MQTT. */
  decode(frame: Buffer): Packet | undefined {
    this.#decoded = undefined;
    this.#parser ??= this.#begin();
    try {
      this.#parser.parse(frame);
    } catch {
      this.#parser = undefined;
      return undefined;
    }
    const decoded: Packet | undefined = this.#decoded;
    // A parser in the middle of a packet, or after an error, reads nothing that comes next as it is meant.
    if (decoded === undefined) this.#parser = undefined;
    return decoded;
  }

  #begin(): Parser {
    const begun = parser({ protocolVersion: this.#version });
    begun.on('packet', (packet) => {
      this.#decoded = packet;
    });
    begun.on('error', () => {});
    return begun;
  }
}

export function encode(packet: Packet, version: 4 | 5): Buffer {
  return generate(packet, { protocolVersion: version });
}
