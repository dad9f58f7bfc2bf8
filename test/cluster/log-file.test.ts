import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { lastLines, readLines, stampOf } from '../../src/engines/local/cluster/log-file.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const folder = temporaryFolders();

function log(text: string): string {
  const file = join(folder(), 'node1.log');
  writeFileSync(file, text);
  return file;
}

describe('the last lines of a log', () => {
  test('are at most so many, and blank ones do not count', () => {
    expect(lastLines(log('one\n\ntwo\n  \nthree\n'), 2)).toEqual(['two', 'three']);
    expect(lastLines(log('one\ntwo'), 20)).toEqual(['one', 'two']);
  });

  test('of a log that is not there, or empty, are none', () => {
    expect(lastLines(join(folder(), 'none.log'), 5)).toEqual([]);
    expect(lastLines(log(''), 5)).toEqual([]);
  });

  test('are found at the end of a log of any size', () => {
    const file = log(`${'a line of some length that is written very often\n'.repeat(50_000)}the end\n`);
    expect(lastLines(file, 1)).toEqual(['the end']);
  });
});

test('the last lines since an offset are those that follow it', () => {
  const file = log('one\ntwo\nthree\n');
  expect(lastLines(file, 5, 4)).toEqual(['two', 'three']);
  expect(lastLines(file, 5, 40)).toEqual([]);
});

describe('the time stamp of a line', () => {
  const stamped = (line: string): string | undefined => {
    const stamp = stampOf(line);
    return stamp && `${new Date(stamp.wallMs).toISOString()} +${stamp.resolutionMs}`;
  };

  test.each([
    ['2026-11-23T03:21:07.000Z first', '2026-11-23T03:21:07.000Z +1'],
    ['level=info time="2026-11-23 03:21:07,5Z" in the middle of the line', '2026-11-23T03:21:07.500Z +1'],
    ['2026-11-23T04:21:07.250+01:00 in another time zone', '2026-11-23T03:21:07.250Z +1'],
    ['2026-11-23T04:21:07.250123+0100 the same without the colon', '2026-11-23T03:21:07.250Z +1'],
    ['2026-11-23T03:21:08Z in whole seconds', '2026-11-23T03:21:08.000Z +1000'],
    ['no stamp', undefined],
    ['at 03:21:07', undefined],
    ['--- 2026-11-23T03:21:07.100Z chaos-action starts node1: ./broker', undefined],
  ])('%s', (line, at) => {
    expect(stamped(line)).toBe(at);
  });

  test("nats-server's is local time", () => {
    const local = new Date('2026-11-23T03:21:07.123Z');
    const two = (value: number): string => String(value).padStart(2, '0');
    const stamp =
      `${local.getFullYear()}/${two(local.getMonth() + 1)}/${two(local.getDate())} ` +
      `${two(local.getHours())}:${two(local.getMinutes())}:${two(local.getSeconds())}.123456`;
    expect(stamped(`[7] ${stamp} [INF] Server is ready`)).toBe('2026-11-23T03:21:07.123Z +1');
  });
});

describe('the lines of a part of a log', () => {
  const read = (file: string, start: number, end = Number.POSITIVE_INFINITY) => [...readLines(file, { start, end })];

  test('are whole, each with the offset of its first byte', () => {
    const file = log('one\ntwo\n\nthree');
    expect(read(file, 0)).toEqual([
      { text: 'one', offset: 0 },
      { text: 'two', offset: 4 },
      { text: '', offset: 8 },
      { text: 'three', offset: 9 },
    ]);
    expect(read(file, 5, 6)).toEqual([{ text: 'two', offset: 4 }]);
    expect(read(file, 4, 4)).toEqual([]);
    expect(read(file, 12)).toEqual([{ text: 'three', offset: 9 }]);
    expect(read(file, 14)).toEqual([]);
    expect(read(file, 99)).toEqual([]);
  });

  test('are those of the text, wherever it is cut', () => {
    const text = fc.array(fc.constantFrom('a', 'ü', '\n', 'b'.repeat(300_000)), { maxLength: 12 });
    fc.assert(
      fc.property(text, fc.nat(50), fc.nat(700_000), (pieces, startAt, span) => {
        const all = Buffer.from(pieces.join(''));
        const file = log(all.toString());
        const start = Math.min(startAt, all.length);
        for (const { text: line, offset } of read(file, start, start + span)) {
          expect(offset).toBeLessThan(start + span);
          const end = all.indexOf(10, offset);
          const whole = all.subarray(offset, end < 0 ? undefined : end);
          expect(line).toBe(whole.subarray(0, 8_192).toString());
        }
      }),
      { numRuns: 50 },
    );
  });

  test('that have no end are cut, and what follows is found', () => {
    const file = log(`${'x'.repeat(20_000_000)}\nnext\n`);
    expect(read(file, 0).map(({ text }) => text.length)).toEqual([8_192, 4]);
  });

  test('of a log that is not there are none', () => {
    expect(read(join(folder(), 'none.log'), 0)).toEqual([]);
  });
});
