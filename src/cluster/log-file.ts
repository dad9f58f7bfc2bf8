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
  if (!match || line.includes(toolsOwn)) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '0', zone] = match;
  const wallMs = Date.parse(
    `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.padEnd(3, '0')}${zone ?? ''}`,
  );
  return Number.isNaN(wallMs) ? undefined : { wallMs, resolutionMs: match[7] === undefined ? 1_000 : 1 };
}

/** The lines whose own time stamp lies between two wall times; none where lines carry no stamp that is understood. */
export function linesBetween(file: string, fromWallMs: number, toWallMs: number): string[] {
  return readFrom(file, -4 * 1_024 * 1_024)
    .split('\n')
    .filter((line) => {
      const stamped = stampOf(line);
      return stamped !== undefined && stamped.wallMs >= fromWallMs && stamped.wallMs <= toWallMs;
    });
}
