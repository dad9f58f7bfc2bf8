import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);

// src/engines/local/cluster/log-file.ts
import { closeSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { basename, dirname } from "node:path";
function partPath(file, start) {
  return start === 0 ? file : file.replace(/\.log$/, `.from-${start}.log`);
}
function partsOf(file) {
  const name = basename(file, ".log");
  const starts = files(dirname(file)).flatMap((entry) => {
    if (entry === basename(file)) return [0];
    if (!entry.startsWith(`${name}.from-`) || !entry.endsWith(".log")) return [];
    const start = Number(entry.slice(name.length + ".from-".length, -".log".length));
    return Number.isSafeInteger(start) ? [start] : [];
  });
  return starts.sort((a, b) => a - b).map((start) => {
    const path = partPath(file, start);
    return { path, start, end: start + (statSync(path, { throwIfNoEntry: false })?.size ?? 0) };
  });
}
function files(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
function logBytes(file) {
  return partsOf(file).at(-1)?.end ?? 0;
}
function keptOf(file) {
  const parts = partsOf(file);
  return {
    writtenBytes: parts.at(-1)?.end ?? 0,
    keptBytes: parts.reduce((sum, { start, end }) => sum + end - start, 0)
  };
}
function logWrittenWallMs(file) {
  const last = partsOf(file).at(-1);
  return last && statSync(last.path, { throwIfNoEntry: false })?.mtimeMs;
}
var tailBytes = 64 * 1024;
var mostLineBytes = 8 * 1024;
function lastLines(file, count, since = 0) {
  const start = Math.max(since, logBytes(file) - tailBytes);
  const lines = [...readLines(file, { start, end: Number.POSITIVE_INFINITY }, { whole: false })];
  return lines.map(({ text }) => shortened(text)).filter((line) => line.trim() !== "").slice(-count);
}
var mostShown = 1e3;
function shortened(line) {
  return line.length <= mostShown ? line : `${line.slice(0, mostShown)}... (${line.length} characters)`;
}
var stamp = /(\d{4})[-/](\d{2})[-/](\d{2})[T ](\d{2}):(\d{2}):(\d{2})(?:[.,](\d{1,3})\d*)?(Z|[+-]\d{2}:?\d{2})?/;
var toolsOwn = "chaos-action starts";
function stampOf(line) {
  const match = stamp.exec(line);
  if (!match || isToolsOwn(line)) return void 0;
  const [, year, month, day, hour, minute, second, fraction = "0", zone] = match;
  const wallMs = Date.parse(
    `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.padEnd(3, "0")}${zone ?? ""}`
  );
  return Number.isNaN(wallMs) ? void 0 : { wallMs, resolutionMs: match[7] === void 0 ? 1e3 : 1 };
}
function isToolsOwn(line) {
  return line.includes(toolsOwn);
}
var chunkBytes = 256 * 1024;
var newline = 10;
function* readLines(file, { start, end }, { whole = true } = {}) {
  const log = new LogReader(file);
  try {
    if (start >= log.bytes) return;
    const chunk = Buffer.alloc(chunkBytes);
    let offset = whole ? log.lineStart(start) : start;
    let next = offset;
    let parts = [];
    let kept = 0;
    const keep = (bytes) => {
      const part = bytes.subarray(0, Math.max(0, mostLineBytes - kept));
      if (part.length > 0) parts.push(Buffer.from(part));
      kept += part.length;
    };
    for (; ; ) {
      const { length, at } = log.read(chunk, next);
      if (at > next) {
        if (kept > 0) yield { text: Buffer.concat(parts).toString("utf8"), offset };
        offset = at;
        parts = [];
        kept = 0;
      }
      let from = 0;
      while (from < length) {
        if (offset >= end) return;
        const found = chunk.subarray(0, length).indexOf(newline, from);
        const to = found < 0 ? length : found;
        keep(chunk.subarray(from, to));
        from = to + 1;
        if (found < 0) break;
        yield { text: Buffer.concat(parts).toString("utf8"), offset };
        offset = at + from;
        parts = [];
        kept = 0;
      }
      next = at + length;
      if (length === 0 || next >= end && kept >= mostLineBytes) break;
    }
    if (kept > 0) yield { text: Buffer.concat(parts).toString("utf8"), offset };
  } finally {
    log.close();
  }
}
function searchLog(file, text, from) {
  const wanted = Buffer.from(text, "utf8");
  const log = new LogReader(file);
  try {
    const chunk = Buffer.alloc(chunkBytes);
    let next = from;
    for (; ; ) {
      const { length, at } = log.read(chunk, next);
      if (chunk.subarray(0, length).includes(wanted)) return { found: true, next: at };
      const rest = Math.min(length, wanted.length - 1);
      const end = at + length;
      if (length === 0 || length === rest && end >= log.bytes) return { found: false, next: at };
      next = length < chunk.length && end < log.bytes ? end : end - rest;
    }
  } finally {
    log.close();
  }
}
var LogReader = class {
  #parts;
  #open;
  constructor(file) {
    this.#parts = partsOf(file);
  }
  get bytes() {
    return this.#parts.at(-1)?.end ?? 0;
  }
  /** Fills the buffer with what is there from `from` on, until bytes are missing. Where that one is missing, `at` is where it goes on. */
  read(buffer, from) {
    const first = this.#parts.find(({ end }) => from < end);
    const at = Math.max(from, first?.start ?? from);
    let length = 0;
    for (const part of this.#parts) {
      const next = at + length;
      if (next >= part.end || next < part.start) continue;
      const fd = this.#descriptor(part);
      if (fd === void 0) break;
      length += readSync(fd, buffer, length, Math.min(buffer.length - length, part.end - next), next - part.start);
      if (length === buffer.length) break;
    }
    return { length, at };
  }
  /** Where the line begins that holds the byte at `offset`; a line of which more than 8 KiB were before is cut there. */
  lineStart(offset) {
    const from = Math.max(0, offset - mostLineBytes);
    const before = Buffer.alloc(offset - from);
    let begin = from;
    for (let next = from; next < offset; ) {
      const { length, at } = this.read(before.subarray(0, offset - next), next);
      if (at > next) begin = Math.min(at, offset);
      if (length === 0 || at >= offset) break;
      const end = before.subarray(0, length).lastIndexOf(newline);
      if (end >= 0) begin = at + end + 1;
      next = at + length;
    }
    return begin;
  }
  close() {
    if (this.#open) closeSync(this.#open.fd);
    this.#open = void 0;
  }
  /** Undefined for a part that has been taken away meanwhile. */
  #descriptor(part) {
    if (this.#open?.part === part) return this.#open.fd;
    this.close();
    try {
      this.#open = { part, fd: openSync(part.path, "r") };
      return this.#open.fd;
    } catch {
      return void 0;
    }
  }
};

export {
  partPath,
  partsOf,
  logBytes,
  keptOf,
  logWrittenWallMs,
  lastLines,
  shortened,
  stampOf,
  isToolsOwn,
  readLines,
  searchLog
};
