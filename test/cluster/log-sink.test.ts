import { appendFileSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { keptOf, lastLines, readLines, searchLog } from '../../src/engines/local/cluster/log-file.ts';
import { LogSink } from '../../src/engines/local/cluster/logs/log-sink.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const temporary = temporaryFolders();
const keepBytes = 64 * 1_024;
const half = keepBytes / 2;
const all = { start: 0, end: Number.POSITIVE_INFINITY };

function openSink(folder: string, secrets: readonly string[] = []) {
  const file = join(folder, 'node1.log');
  return { file, sink: new LogSink({ file, secrets, keepBytes }) };
}

/** Lines of 64 bytes, numbered. */
function lines(from: number, count: number): Buffer {
  const line = (i: number): string => `line ${i}`.padEnd(63, '.');
  return Buffer.from(`${Array.from({ length: count }, (_, i) => line(from + i)).join('\n')}\n`);
}

describe('what a program says', () => {
  test('is in its log as it was said, and a log that is there goes on', () => {
    const folder = temporary();
    for (const text of ['one\n', 'two\n']) {
      const { sink } = openSink(folder);
      sink.push(Buffer.from(text));
      sink.close();
    }
    expect(readFileSync(join(folder, 'node1.log'), 'utf8')).toBe('one\ntwo\n');
  });

  test('holds no secret when it reaches the disk, wherever it was cut', () => {
    const { file, sink } = openSink(temporary(), ['hunter2']);
    for (const piece of ['password hun', 'ter2\npassword hunt']) sink.push(Buffer.from(piece));
    expect(readFileSync(file, 'utf8')).toBe('password ***\npassword ');
    sink.flush();
    expect(readFileSync(file, 'utf8')).toBe('password ***\npassword hunt');
  });

  test('does not fail on a disk that takes nothing', () => {
    const sink = new LogSink({ file: '/dev/full', secrets: [], keepBytes });
    sink.push(Buffer.from('lost'));
    sink.close();
  });
});

describe('a log that grows beyond what may be kept', () => {
  test('keeps its first half and its newest part, and never has more on the disk', () => {
    const folder = temporary();
    const { file, sink } = openSink(folder);
    const batch = 128;
    for (let i = 0; i < 4_096; i += batch) {
      sink.push(lines(i, batch));
      const onDisk = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
      expect(onDisk).toBeLessThanOrEqual(keepBytes);
    }
    sink.close();
    const { writtenBytes, keptBytes } = keptOf(file);
    expect(writtenBytes).toBe(4_096 * 64);
    expect(keptBytes).toBeLessThanOrEqual(keepBytes);
    expect(keptBytes).toBeGreaterThan(keepBytes - half / 4 - 1);
    const numbers = [...readLines(file, all)].map(({ text }) => Number(/\d+/.exec(text)?.[0]));
    expect(numbers.slice(0, half / 64)).toEqual(Array.from({ length: half / 64 }, (_, i) => i));
    expect(numbers.at(-1)).toBe(4_095);
    expect(lastLines(file, 2).map((line) => line.slice(0, 9))).toEqual(['line 4094', 'line 4095']);
  });

  test('is read by the offsets of the whole: where a line was written is where it is looked for', () => {
    const { file, sink } = openSink(temporary());
    sink.push(lines(0, 1_500));
    sink.close();
    const at = (number: number) => [...readLines(file, { start: number * 64, end: number * 64 + 1 })];
    for (const number of [0, half / 64 - 1, 1_400, 1_499])
      expect(at(number)).toEqual([{ text: expect.stringMatching(`^line ${number}\\.`), offset: number * 64 }]);
    // One that was not kept.
    expect(at(half / 64 + 2)).toEqual([]);
  });

  test('is searched without reading a byte twice, also across what is missing', () => {
    const { file, sink } = openSink(temporary());
    sink.push(lines(0, 2_000));
    const first = searchLog(file, 'listening', 0);
    expect(first.found).toBe(false);
    expect(first.next).toBeGreaterThan(2_000 * 64 - 'listening'.length - 1);
    sink.push(Buffer.from('now liste'));
    const second = searchLog(file, 'listening', first.next);
    expect(second.found).toBe(false);
    sink.push(Buffer.from('ning\n'));
    expect(searchLog(file, 'listening', second.next).found).toBe(true);
    sink.close();
  });

  test('goes on where it was after another start', () => {
    const folder = temporary();
    const first = openSink(folder);
    first.sink.push(lines(0, 1_000));
    first.sink.close();
    const second = openSink(folder);
    second.sink.push(lines(1_000, 10));
    second.sink.close();
    expect(keptOf(first.file).writtenBytes).toBe(1_010 * 64);
    expect(lastLines(first.file, 1)[0]).toMatch(/^line 1009/);
  });
});

test('a line of megabytes is cut in messages, not in the log', () => {
  const { file, sink } = openSink(temporary());
  sink.close();
  appendFileSync(file, `${'x'.repeat(30_000)}\n`);
  const [line = ''] = lastLines(file, 5);
  expect(line.length).toBeLessThan(1_100);
  expect(line).toMatch(/^x+\.\.\. \(/);
});
