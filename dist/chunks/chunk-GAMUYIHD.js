import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);

// src/workload/mqtt/frames.ts
var largestRemainingLength = 268435455;
var FrameReader = class {
  #chunks = [];
  #bytes = 0;
  /** How many bytes the packet that has begun needs in all; undefined while its length is not known. */
  #needed;
  /** The packets that `chunk` completes. */
  read(chunk) {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    if (this.#needed !== void 0 && this.#bytes < this.#needed) return { frames: [] };
    const joined = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks, this.#bytes);
    const frames = [];
    let start = 0;
    this.#needed = void 0;
    while (start < joined.length) {
      const length = remainingLength(joined, start + 1);
      if (length === "incomplete") break;
      if (length === "too long") {
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
  takeRest() {
    const rest = Buffer.concat(this.#chunks);
    this.#chunks = [];
    this.#bytes = 0;
    this.#needed = void 0;
    return rest;
  }
};
function remainingLength(bytes, start) {
  let value = 0;
  for (let i = 0; i < 4; i++) {
    const byte = bytes[start + i];
    if (byte === void 0) return "incomplete";
    value += (byte & 127) * 128 ** i;
    if (byte < 128) return { value, end: start + i + 1 };
  }
  return "too long";
}

export {
  largestRemainingLength,
  FrameReader
};
