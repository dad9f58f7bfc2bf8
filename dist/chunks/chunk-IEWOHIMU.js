import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);

// src/workload/payload.ts
import { crc32 } from "node:zlib";
var magic = 1329678403;
var version = 1;
var headerBytes = 28;
var crcBytes = 4;
var kinds = ["flow", "warm-up"];
function encodePayload(header, size) {
  const payload = Buffer.allocUnsafe(Math.max(size, headerBytes));
  payload.writeUInt32LE(magic, 4);
  payload.writeUInt32LE(header.run, 8);
  payload.writeUInt16LE(header.flow, 12);
  payload.writeUInt8(kinds.indexOf(header.kind), 14);
  payload.writeUInt8(version, 15);
  payload.writeUInt32LE(header.sequence, 16);
  payload.writeUInt32LE(header.sentNs % 4294967296, 20);
  payload.writeUInt32LE(Math.floor(header.sentNs / 4294967296), 24);
  payload.fill(97 + header.sequence % 26, headerBytes);
  payload.writeUInt32LE(crc32(payload.subarray(crcBytes)), 0);
  return payload;
}
function decodePayload(payload) {
  if (payload.length < headerBytes || payload.readUInt32LE(4) !== magic) return { ok: false, why: "foreign" };
  if (payload.readUInt32LE(0) !== crc32(payload.subarray(crcBytes))) return { ok: false, why: "corrupt" };
  const kind = kinds[payload.readUInt8(14)];
  if (kind === void 0 || payload.readUInt8(15) !== version) return { ok: false, why: "foreign" };
  return {
    ok: true,
    header: {
      run: payload.readUInt32LE(8),
      flow: payload.readUInt16LE(12),
      kind,
      sequence: payload.readUInt32LE(16),
      sentNs: payload.readUInt32LE(24) * 4294967296 + payload.readUInt32LE(20)
    }
  };
}

export {
  headerBytes,
  encodePayload,
  decodePayload
};
