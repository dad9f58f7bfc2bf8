import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const tailBytes = 64 * 1_024;

/** The last lines of a log, at most `count`; none when there is no such file. */
export function lastLines(file: string, count: number): string[] {
  const text = readFrom(file, -tailBytes);
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-count);
}

/** The file's text from a byte offset; a negative one counts from the end. */
export function readFrom(file: string, offset: number): string {
  let fd: number;
  try {
    fd = openSync(file, 'r');
  } catch {
    return '';
  }
  try {
    const { size } = fstatSync(fd);
    const start = offset < 0 ? Math.max(0, size + offset) : offset;
    const buffer = Buffer.alloc(Math.max(0, size - start));
    readSync(fd, buffer, 0, buffer.length, start);
    return buffer.toString('utf8');
  } finally {
    closeSync(fd);
  }
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

/** A line of a file, and the offset of its first byte. */
export type LogLine = { readonly text: string; readonly offset: number };

const chunkBytes = 256 * 1_024;
/** What a line has beyond this is left out. */
const mostLineBytes = 8 * 1_024;
const newline = 0x0a;

/**
 * The lines of a part of a file, one after the other in bounded memory, however long the part and its lines are. A line that begins before
 * the part belongs to it when it ends within; one that goes on beyond the part is whole. None when there is no such file.
 */
export function* readLines(file: string, { start, end }: { start: number; end: number }): Generator<LogLine> {
  let fd: number;
  try {
    fd = openSync(file, 'r');
  } catch {
    return;
  }
  try {
    if (start >= fstatSync(fd).size) return;
    const chunk = Buffer.alloc(chunkBytes);
    let offset = lineStart(fd, start);
    let at = offset;
    let parts: Buffer[] = [];
    let kept = 0;
    const keep = (bytes: Buffer): void => {
      const part = bytes.subarray(0, Math.max(0, mostLineBytes - kept));
      // The chunk is used again.
      if (part.length > 0) parts.push(Buffer.from(part));
      kept += part.length;
    };
    for (;;) {
      const length = readSync(fd, chunk, 0, chunkBytes, at);
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
      at += length;
      // The rest of a line that has no end is not read to find one.
      if (length === 0 || (at >= end && kept >= mostLineBytes)) break;
    }
    if (kept > 0) yield { text: Buffer.concat(parts).toString('utf8'), offset };
  } finally {
    closeSync(fd);
  }
}

/** Where the line begins that holds the byte at `offset`; a line of which more than that was before is cut there. */
function lineStart(fd: number, offset: number): number {
  const from = Math.max(0, offset - mostLineBytes);
  const before = Buffer.alloc(offset - from);
  const length = readSync(fd, before, 0, before.length, from);
  const end = before.subarray(0, length).lastIndexOf(newline);
  return end >= 0 ? from + end + 1 : from;
}
