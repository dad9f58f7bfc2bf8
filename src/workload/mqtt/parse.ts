import { generate, type Packet, type Parser, parser } from 'mqtt-packet';
import type { ProtocolVersion } from './breach.ts';
import type { Frame } from './frames.ts';

/**
 * One whole packet, decoded by mqtt-packet; undefined when it cannot decode it. `properFlags` takes the place of wrong flags in the
 * fixed header, which mqtt-packet does not decode.
 */
export function parseFrame(frame: Frame, version: ProtocolVersion, properFlags?: number): Packet | undefined {
  let bytes = frame.bytes;
  if (properFlags !== undefined) {
    bytes = Buffer.from(bytes);
    bytes[0] = ((bytes[0] ?? 0) & 0xf0) | properFlags;
  }
  decoders[version] ??= new Decoder(version);
  return decoders[version].decode(bytes);
}

/** mqtt-packet's decoder, which is costly to make and works at once: one of each version does for all connections. */
class Decoder {
  readonly #parser: Parser;
  readonly #version: ProtocolVersion;
  #packet: Packet | undefined;
  #failed = false;

  constructor(version: ProtocolVersion) {
    this.#version = version;
    this.#parser = parser({ protocolVersion: version });
    this.#parser.on('packet', (packet) => {
      this.#packet = packet;
    });
    this.#parser.on('error', () => {
      this.#failed = true;
    });
  }

  decode(bytes: Buffer): Packet | undefined {
    try {
      this.#parser.parse(bytes);
    } catch {
      // It trips over some malformed packets instead of reporting them.
      this.#failed = true;
    }
    const packet = this.#failed ? undefined : this.#packet;
    // One that has failed, or has not read all, is of no more use.
    if (packet === undefined) delete decoders[this.#version];
    this.#packet = undefined;
    return packet;
  }
}

const decoders: Partial<Record<ProtocolVersion, Decoder>> = {};

/** The bytes of a packet of ours. Throws on one that cannot be encoded, such as an empty set of user properties. */
export function encode(packet: Packet, version: ProtocolVersion): Buffer {
  const bytes = generate(packet, { protocolVersion: version });
  if (bytes.length === 0) throw new RangeError(`mqtt-packet cannot encode this ${packet.cmd}`);
  return bytes;
}
