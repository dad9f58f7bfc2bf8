import { generate, type Packet, type Parser, parser } from 'mqtt-packet';

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
