import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';

/**
 * A log is `NAME.log`, and, once that has as many bytes as it may, `NAME.from-OFFSET.log` and so on, each named by the offset of its first
 * byte in the whole log. Of those the newest are kept (log-sink.ts): between the first part and them bytes may be missing.
 */
type Part = { readonly path: string; readonly start: number; readonly end: number };

/** The file of the part that begins at this offset. */
export function partPath(file: string, start: number): string {
  return start === 0 ? file : file.replace(/\.log$/, `.from-${start}.log`);
}

/** The parts of a log that are there, in their order. */
export function partsOf(file: string): Part[] {
  const name = basename(file, '.log');
  const starts = files(dirname(file)).flatMap((entry) => {
    if (entry === basename(file)) return [0];
    if (!entry.startsWith(`${name}.from-`) || !entry.endsWith('.log')) return [];
    const start = Number(entry.slice(name.length + '.from-'.length, -'.log'.length));
    return Number.isSafeInteger(start) ? [start] : [];
  });
  return starts
    .sort((a, b) => a - b)
    .map((start) => {
      const path = partPath(file, start);
      return { path, start, end: start + (statSync(path, { throwIfNoEntry: false })?.size ?? 0) };
    });
}

function files(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** How many bytes were written to a log, those that were not kept among them. */
export function logBytes(file: string): number {
  return partsOf(file).at(-1)?.end ?? 0;
}

/** How much was written to a log and how much of it is there. */
export function keptOf(file: string): { readonly writtenBytes: number; readonly keptBytes: number } {
  const parts = partsOf(file);
  return {
    writtenBytes: parts.at(-1)?.end ?? 0,
    keptBytes: parts.reduce((sum, { start, end }) => sum + end - start, 0),
  };
}

/** When the log was last written to, by the kernel's clock; undefined when there is none. */
export function logWrittenWallMs(file: string): number | undefined {
  const last = partsOf(file).at(-1);
  return last && statSync(last.path, { throwIfNoEntry: false })?.mtimeMs;
}

const tailBytes = 64 * 1_024;
/** What a line has beyond this is left out. */
const mostLineBytes = 8 * 1_024;

/** The last lines of a log, at most `count`, from `since` on; none when there is no such file. Very long ones are cut. */
export function lastLines(file: string, count: number, since = 0): string[] {
  const start = Math.max(since, logBytes(file) - tailBytes);
  const lines = [...readLines(file, { start, end: Number.POSITIVE_INFINITY }, { whole: false })];
  return lines
    .map(({ text }) => shortened(text))
    .filter((line) => line.trim() !== '')
    .slice(-count);
}

const mostShown = 1_000;

/** As much of a line as a message can hold. */
export function shortened(line: string): string {
  return line.length <= mostShown ? line : `${line.slice(0, mostShown)}... (${line.length} characters)`;
}

/** Wall-clock times as brokers write them: ISO 8601 or nats-server's `2026/11/23 03:21:07.123456` (local time). */
const stamp = /(\d{4})[-/](\d{2})[-/](\d{2})[T ](\d{2}):(\d{2}):(\d{2})(?:[.,](\d{1,3})\d*)?(Z|[+-]\d{2}:?\d{2})?/;

/** A line that the tool itself has written into a node's log: its time is not the node's. */
const toolsOwn = 'chaos-action starts';

/** The wall time that a node's log line carries, and how fine it is written; undefined where it carries none that is understood. */
export function stampOf(line: string): { readonly wallMs: number; readonly resolutionMs: number } | undefined {
  const match = stamp.exec(line);
  if (!match || isToolsOwn(line)) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '0', zone] = match;
  const wallMs = Date.parse(
    `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.padEnd(3, '0')}${zone ?? ''}`,
  );
  return Number.isNaN(wallMs) ? undefined : { wallMs, resolutionMs: match[7] === undefined ? 1_000 : 1 };
}

/** Whether the tool itself has written this line. */
export function isToolsOwn(line: string): boolean {
  return line.includes(toolsOwn);
}

/** A line of a log, and the offset of its first byte. */
export type LogLine = { readonly text: string; readonly offset: number };

const chunkBytes = 256 * 1_024;
const newline = 0x0a;

/**
 * The lines of a part of a log, one after the other in bounded memory, however long the part and its lines are. A line that begins before
 * the part belongs to it when it ends within, unless `whole` is false; one that goes on beyond the part is whole. None when there is no
 * such log.
 */
export function* readLines(
  file: string,
  { start, end }: { start: number; end: number },
  { whole = true }: { whole?: boolean } = {},
): Generator<LogLine> {
  const log = new LogReader(file);
  try {
    if (start >= log.bytes) return;
    const chunk = Buffer.alloc(chunkBytes);
    let offset = whole ? log.lineStart(start) : start;
    let next = offset;
    let parts: Buffer[] = [];
    let kept = 0;
    const keep = (bytes: Buffer): void => {
      const part = bytes.subarray(0, Math.max(0, mostLineBytes - kept));
      // The chunk is used again.
      if (part.length > 0) parts.push(Buffer.from(part));
      kept += part.length;
    };
    for (;;) {
      const { length, at } = log.read(chunk, next);
      if (at > next) {
        // Bytes that were not kept: a line does not go on across them.
        if (kept > 0) yield { text: Buffer.concat(parts).toString('utf8'), offset };
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
        yield { text: Buffer.concat(parts).toString('utf8'), offset };
        offset = at + from;
        parts = [];
        kept = 0;
      }
      next = at + length;
      // The rest of a line that has no end is not read to find one.
      if (length === 0 || (next >= end && kept >= mostLineBytes)) break;
    }
    if (kept > 0) yield { text: Buffer.concat(parts).toString('utf8'), offset };
  } finally {
    log.close();
  }
}

/**
 * Whether a text is in the log from an offset on, and from where to search on once the log has grown, so that no byte is read twice but
 * for those in which the text may have begun.
 */
export function searchLog(
  file: string,
  text: string,
  from: number,
): { readonly found: boolean; readonly next: number } {
  const wanted = Buffer.from(text, 'utf8');
  const log = new LogReader(file);
  try {
    const chunk = Buffer.alloc(chunkBytes);
    let next = from;
    for (;;) {
      const { length, at } = log.read(chunk, next);
      if (chunk.subarray(0, length).includes(wanted)) return { found: true, next: at };
      const rest = Math.min(length, wanted.length - 1);
      const end = at + length;
      if (length === 0 || (length === rest && end >= log.bytes)) return { found: false, next: at };
      // Where bytes are missing, no text goes on.
      next = length < chunk.length && end < log.bytes ? end : end - rest;
    }
  } finally {
    log.close();
  }
}

/** Reads a log by offsets, over its parts. */
class LogReader {
  readonly #parts: readonly Part[];
  #open: { readonly part: Part; readonly fd: number } | undefined;

  constructor(file: string) {
    this.#parts = partsOf(file);
  }

  get bytes(): number {
    return this.#parts.at(-1)?.end ?? 0;
  }

  /** Fills the buffer with what is there from `from` on, until bytes are missing. Where that one is missing, `at` is where it goes on. */
  read(buffer: Buffer, from: number): { length: number; at: number } {
    const first = this.#parts.find(({ end }) => from < end);
    const at = Math.max(from, first?.start ?? from);
    let length = 0;
    for (const part of this.#parts) {
      const next = at + length;
      if (next >= part.end || next < part.start) continue;
      const fd = this.#descriptor(part);
      if (fd === undefined) break;
      length += readSync(fd, buffer, length, Math.min(buffer.length - length, part.end - next), next - part.start);
      if (length === buffer.length) break;
    }
    return { length, at };
  }

  /** Where the line begins that holds the byte at `offset`; a line of which more than 8 KiB were before is cut there. */
  lineStart(offset: number): number {
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

  close(): void {
    if (this.#open) closeSync(this.#open.fd);
    this.#open = undefined;
  }

  /** Undefined for a part that has been taken away meanwhile. */
  #descriptor(part: Part): number | undefined {
    if (this.#open?.part === part) return this.#open.fd;
    this.close();
    try {
      this.#open = { part, fd: openSync(part.path, 'r') };
      return this.#open.fd;
    } catch {
      return undefined;
    }
  }
}
