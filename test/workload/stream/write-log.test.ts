import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { WriteLog } from '../../../src/workload/flows/stream/write-log.ts';

test('it never names a later message than the first that was written since, at any rate', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 100 }),
      fc.integer({ min: 0, max: 20_000 }),
      (gapsMs, atMs) => {
        const log = new WriteLog();
        const times: number[] = [];
        let nowMs = 0;
        for (const gapMs of gapsMs) {
          nowMs += gapMs;
          times.push(nowMs);
          log.note(times.length, nowMs);
        }
        const first = times.findIndex((one) => one >= atMs) + 1 || times.length;
        expect(log.firstSince(atMs)).toBeLessThanOrEqual(first);
        // And not one that was written more than a mark's distance and a gap before.
        const named = times[log.firstSince(atMs) - 1] ?? 0;
        expect(times.filter((one) => one > named + 50 && one <= atMs)).toEqual([]);
      },
    ),
  );
});

test('what was written a minute ago is as if it had been written just before', () => {
  const log = new WriteLog();
  for (let sequence = 1; sequence <= 2_000; sequence++) log.note(sequence, sequence * 100);
  expect(log.firstSince(10_000)).toBe(1);
  expect(log.firstSince(195_000)).toBe(1_950);
});
