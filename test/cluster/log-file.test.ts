import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { lastLines, linesBetween, readFrom } from '../../src/cluster/log-file.ts';
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

test('a log is read from an offset, or from so many bytes before its end', () => {
  const file = log('0123456789');
  expect(readFrom(file, 4)).toBe('456789');
  expect(readFrom(file, -3)).toBe('789');
  expect(readFrom(file, 40)).toBe('');
  expect(readFrom(file, -40)).toBe('0123456789');
});

describe('lines between two times', () => {
  const from = Date.parse('2026-11-23T03:21:07.000Z');
  const to = Date.parse('2026-11-23T03:21:08.000Z');
  const between = (text: string): string[] => linesBetween(log(text), from, to);

  test('are chosen by the ISO 8601 stamp that they carry, wherever it stands', () => {
    expect(
      between(
        [
          '2026-11-23T03:21:06.999Z too early',
          '2026-11-23T03:21:07.000Z first',
          'level=info time="2026-11-23 03:21:07,5Z" in the middle of the line',
          '2026-11-23T04:21:07.250+01:00 in another time zone',
          '2026-11-23T04:21:07.250123+0100 the same without the colon',
          '2026-11-23T03:21:08Z last',
          '2026-11-23T03:21:08.001Z too late',
        ].join('\n'),
      ).map((line) => line.split(' ').at(-1)),
    ).toEqual(['first', 'line', 'zone', 'colon', 'last']);
  });

  test("nats-server's stamps are local time", () => {
    const local = new Date(from + 123);
    const two = (value: number): string => String(value).padStart(2, '0');
    const stamp =
      `${local.getFullYear()}/${two(local.getMonth() + 1)}/${two(local.getDate())} ` +
      `${two(local.getHours())}:${two(local.getMinutes())}:${two(local.getSeconds())}.123456`;
    expect(between(`[7] ${stamp} [INF] Server is ready`)).toHaveLength(1);
  });

  test('lines without a stamp, and those that the tool wrote itself, are nobody’s evidence', () => {
    expect(
      between('no stamp\nat 03:21:07\n--- 2026-11-23T03:21:07.100Z chaos-action starts node1: ./broker\n'),
    ).toEqual([]);
  });

  test('of a log that is not there are none', () => {
    expect(linesBetween(join(folder(), 'none.log'), from, to)).toEqual([]);
  });
});
