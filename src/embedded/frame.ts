import { deserialize, serialize } from 'node:v8';
import { crc32 } from 'node:zlib';

const headerBytes = 8;
/** More than the largest MQTT packet can need; a length above it is a stray client's bytes. */
const frameLimitBytes = 300 * 1024 * 1024;

/** One value as length, CRC-32 and body: a record of the journal, a frame between nodes. */
export function encodeFrame(value: unknown): Buffer {
  const body = serialize(value);
  const header = Buffer.allocUnsafe(headerBytes);
  header.writeUInt32LE(body.length, 0);
  header.writeUInt32LE(crc32(body), 4);
  return Buffer.concat([header, body]);
}

export type Decoded =
  | { readonly kind: 'value'; readonly value: unknown; readonly end: number }
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'corrupt' };

/** Reads the frame that begins at `start`. */
export function decodeFrame(bytes: Buffer, start: number): Decoded {
  if (bytes.length - start < headerBytes) return { kind: 'incomplete' };
  const bodyStart = start + headerBytes;
  const end = bodyStart + bytes.readUInt32LE(start);
  if (end > bytes.length) return { kind: 'incomplete' };
  const body = bytes.subarray(bodyStart, end);
  if (crc32(body) !== bytes.readUInt32LE(start + 4)) return { kind: 'corrupt' };
  try {
    return { kind: 'value', value: deserialize(body), end };
  } catch {
    return { kind: 'corrupt' };
  }
}

/** Puts the frames of a byte stream together again. */
export class FrameReader {
  private rest: Buffer = Buffer.alloc(0);

  /** The frames that `chunk` completes, or undefined when the stream is not one of frames. */
  read(chunk: Buffer): unknown[] | undefined {
    const bytes = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    const values: unknown[] = [];
    let start = 0;
    for (;;) {
      const decoded = decodeFrame(bytes, start);
      if (decoded.kind === 'corrupt') return undefined;
      if (decoded.kind === 'incomplete') break;
      values.push(decoded.value);
      start = decoded.end;
    }
    this.rest = bytes.subarray(start);
    if (this.rest.length > 4 && this.rest.readUInt32LE(0) > frameLimitBytes) return undefined;
    return values;
  }
}
