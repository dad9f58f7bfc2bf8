import { crc32 } from 'node:zlib';

/**
 * The header of every message the workload publishes. Little-endian: CRC-32 u32 of all that follows, magic u32, run u32, flow u16,
 * kind u8, version u8, sequence u32, send time u64 (monotonic ns). The CRC stands first so that one pass covers the rest.
 */
const magic = 0x4f414843;
const version = 1;
export const headerBytes = 28;
const crcBytes = 4;

export type MessageKind = 'flow' | 'warm-up';
const kinds: readonly MessageKind[] = ['flow', 'warm-up'];

export type Header = {
  readonly run: number;
  readonly flow: number;
  readonly kind: MessageKind;
  readonly sequence: number;
  /** Intended send time on the monotonic clock, whole nanoseconds below 2^53 (104 days of uptime). */
  readonly sentNs: number;
};

export type Decoded =
  | { readonly ok: true; readonly header: Header }
  | { readonly ok: false; readonly why: 'foreign' | 'corrupt' };

/** A payload of `size` bytes (at least the header's 28); the filler is a pattern that the CRC covers. */
export function encodePayload(header: Header, size: number): Buffer {
  const payload = Buffer.allocUnsafe(Math.max(size, headerBytes));
  payload.writeUInt32LE(magic, 4);
  payload.writeUInt32LE(header.run, 8);
  payload.writeUInt16LE(header.flow, 12);
  payload.writeUInt8(kinds.indexOf(header.kind), 14);
  payload.writeUInt8(version, 15);
  payload.writeUInt32LE(header.sequence, 16);
  payload.writeUInt32LE(header.sentNs % 0x1_0000_0000, 20);
  payload.writeUInt32LE(Math.floor(header.sentNs / 0x1_0000_0000), 24);
  payload.fill(0x61 + (header.sequence % 26), headerBytes);
  payload.writeUInt32LE(crc32(payload.subarray(crcBytes)), 0);
  return payload;
}

export function decodePayload(payload: Buffer): Decoded {
  if (payload.length < headerBytes || payload.readUInt32LE(4) !== magic) return { ok: false, why: 'foreign' };
  if (payload.readUInt32LE(0) !== crc32(payload.subarray(crcBytes))) return { ok: false, why: 'corrupt' };
  const kind = kinds[payload.readUInt8(14)];
  if (kind === undefined || payload.readUInt8(15) !== version) return { ok: false, why: 'foreign' };
  return {
    ok: true,
    header: {
      run: payload.readUInt32LE(8),
      flow: payload.readUInt16LE(12),
      kind,
      sequence: payload.readUInt32LE(16),
      sentNs: payload.readUInt32LE(24) * 0x1_0000_0000 + payload.readUInt32LE(20),
    },
  };
}

/** Of a payload known to be our own: no check is made. */
export function sequenceOf(payload: Buffer): number {
  return payload.readUInt32LE(16);
}

/** Of a payload known to be our own: whether it is an accounted message and not a probe. */
export function isFlowPayload(payload: Buffer): boolean {
  return payload.readUInt8(14) === kinds.indexOf('flow');
}
