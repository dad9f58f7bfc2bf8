import { describe, expect, test } from '@jest/globals';
import type { z } from 'zod';
import {
  atLeastShare,
  atMostDuration,
  bytes,
  duration,
  oneOf,
  operationRate,
  rate,
  share,
  wholeNumber,
} from '../../src/config/zod-units.ts';
import { parseShare } from '../../src/model/units.ts';

/** The converted value, or `message; hint`. */
function read(schema: z.ZodType, value: unknown): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const hint: unknown = issue?.code === 'custom' ? issue.params?.hint : undefined;
  return hint === undefined ? issue?.message : `${issue?.message}; ${hint}`;
}

describe('a value with a unit is read as a number, or the message says what to write', () => {
  test.each([
    ['100ms', 100],
    ['1.5s', 1_500],
    ['2m', 120_000],
    ['24h', 86_400_000],
    ['250us', 0.25],
    [0, 0],
    ['0', 0],
    [100, '100 has no unit; write 100ms or 100s'],
    ['100', '100 has no unit; write 100ms or 100s'],
    ['100 sec', '"100 sec" is not a duration; write it as 100ms, 1.5s, 2m or 24h'],
    ['-1s', '"-1s" is negative; write it as 100ms, 1.5s or 2m'],
    [true, 'true is not a duration; write it as 100ms, 1.5s or 2m'],
    [['1s'], 'a list is not a duration; write it as 100ms, 1.5s or 2m'],
    [undefined, 'is missing'],
  ])('duration %j is %j', (given, expected) => {
    const result = duration.safeParse(given);
    if (given === undefined) expect(result.error?.issues[0]?.message).toBe('is missing');
    else expect(read(duration, given)).toBe(expected);
  });

  test.each([
    ['10%', 0.1],
    ['99.9%', 0.999],
    ['100%', 1],
    ['0%', 0],
    [10, '10 has no unit; write 10%'],
    [0.1, '0.1 has no unit; write 0.1% or 10%'],
    ['101%', '101% is outside 0% to 100%; write a share between 0% and 100%'],
    ['-1%', '-1% is outside 0% to 100%; write a share between 0% and 100%'],
    ['a tenth', '"a tenth" is not a percentage; write it as 10%'],
  ])('share %j is %j', (given, expected) => expect(read(share, given)).toBe(expected));

  test.each([
    ['300/s', 300],
    ['6000/m', 100],
    [300, '300 has no unit; write 300/s or 300/m'],
    ['0/s', 'a rate must be above 0 and at most 1000000/s; write 300/s'],
    ['fast', '"fast" is not a rate; write it as 300/s or 6000/m'],
  ])('rate of operations %j is %j', (given, expected) => expect(read(operationRate, given)).toBe(expected));

  test.each([
    ['1MB/s', 1e6],
    ['64KiB/s', 65_536],
    ['1MB', '1MB is a size, not a rate; write 1MB/s'],
    [1000, '1000 has no unit; write 1000KB/s or 1000MB/s'],
    ['8Mbit/s', '"8Mbit/s" counts bits; write bytes a second, as in 1MB/s'],
    ['0B/s', 'a data rate must be above 0; write it as 1MB/s'],
  ])('data rate %j is %j', (given, expected) => expect(read(rate, given)).toBe(expected));

  test.each([
    ['64B', 64],
    ['1KiB', 1024],
    ['1.5KB', 1500],
    [64, '64 has no unit; write 64B or 64KB'],
    ['1.0001KB', '1.0001KB is not a whole number of bytes'],
    ['big', '"big" is not a size; write it as 64B, 1KiB or 2MB'],
  ])('size %j is %j', (given, expected) => expect(read(bytes, given)).toBe(expected));

  test.each([
    ['>= 99%', 0.99],
    ['>=99.9%', 0.999],
    ['<= 99%', '"<=" is the wrong direction here; this is at least: write ">= 99%"'],
    ['99%', '"99%" has no direction; this is at least: write ">= 99%"'],
    ['>= 1s', '"1s" is not a percentage; write it as 10%'],
    ['>= 99', '99 has no unit; write 99%'],
    ['>=', '">=" is not a bound; write ">= 99%"'],
  ])('lower bound %j is %j', (given, expected) => expect(read(atLeastShare, given)).toBe(expected));

  test.each([
    ['<= 1s', 1000],
    ['>= 1s', '">=" is the wrong direction here; this is at most: write "<= 1s"'],
    ['< 1s', '"<" is the wrong direction here; this is at most: write "<= 1s"'],
    ['<= 5', '5 has no unit; write 5ms or 5s'],
    ['<= 99%', '"99%" is not a duration; write it as 100ms, 1.5s, 2m or 24h'],
  ])('upper bound %j is %j', (given, expected) => expect(read(atMostDuration, given)).toBe(expected));

  test.each([
    [3, 3],
    ['3', 3],
    [0, '0 is out of range; write a number from 1 to 9'],
    [2.5, '2.5 is not a whole number'],
    ['many', '"many" is not a whole number'],
  ])('whole number %j is %j', (given, expected) => expect(read(wholeNumber({ min: 1, max: 9 }), given)).toBe(expected));

  test.each([
    ['ring', 'ring'],
    ['rign', '"rign" is not one of ring, one-way; did you mean "ring"?'],
    ['star', '"star" is not one of ring, one-way; write ring or one-way'],
  ])('word %j is %j', (given, expected) => {
    expect(read(oneOf(['ring', 'one-way']), given)).toBe(expected);
  });

  test('a percentage is as strict as it reads: 99.9% is no more than 0.999', () => {
    expect(parseShare('99.9%')).toBe(0.999);
    expect(parseShare('7%')).toBe(0.07);
  });
});
