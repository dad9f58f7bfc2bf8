import { generate, type Packet, parser } from 'mqtt-packet';
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
  const decoder = parser({ protocolVersion: version });
  let packet: Packet | undefined;
  let failed = false;
  decoder.on('packet', (decoded) => {
    packet = decoded;
  });
  decoder.on('error', () => {
    failed = true;
  });
  try {
    decoder.parse(bytes);
  } catch {
    // It trips over some malformed packets instead of reporting them.
    return undefined;
  }
  return failed ? undefined : packet;
}

/** The bytes of a packet of ours. Throws on one that cannot be encoded, such as an empty set of user properties. */
export function encode(packet: Packet, version: ProtocolVersion): Buffer {
  const bytes = generate(packet, { protocolVersion: version });
  if (bytes.length === 0) throw new RangeError(`mqtt-packet cannot encode this ${packet.cmd}`);
  return bytes;
}
