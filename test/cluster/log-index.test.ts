import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { LogIndex } from '../../src/engines/local/cluster/log-index.ts';

/** Notes of a file that grew by so many bytes after so many milliseconds each time. */
const steps = fc.array(fc.record({ afterMs: fc.nat(3_000), bytes: fc.nat(5_000), noted: fc.boolean() }), {
  maxLength: 200,
});

describe('an index of when a log grew', () => {
  test('gives a range that holds every byte written between two times, in bounded memory', () => {
    fc.assert(
      fc.property(
        steps,
        fc.nat(600_000),
        fc.nat(60_000),
        fc.integer({ min: 4, max: 64 }),
        (grown, fromMs, spanMs, most) => {
          const index = new LogIndex(most);
          const written: { atMs: number; offset: number }[] = [];
          let [nowMs, size] = [0, 0];
          index.note(nowMs, size);
          for (const { afterMs, bytes, noted } of grown) {
            nowMs += afterMs;
            if (bytes > 0) written.push({ atMs: nowMs, offset: size }, { atMs: nowMs, offset: size + bytes - 1 });
            size += bytes;
            if (noted) index.note(nowMs, size);
            expect(index.size).toBeLessThanOrEqual(most);
          }
          const { start, end } = index.between(fromMs, fromMs + spanMs);
          for (const { atMs, offset } of written) {
            if (atMs >= fromMs && atMs <= fromMs + spanMs) expect(offset >= start && offset < end).toBe(true);
            const span = index.written(offset);
            expect(atMs >= span.fromWallMs && atMs <= span.toWallMs).toBe(true);
          }
        },
      ),
    );
  });

  test('is as fine as its notes', () => {
    const index = new LogIndex();
    for (const [atMs, bytes] of [
      [0, 0],
      [1_000, 500],
      [2_000, 700],
      [3_000, 900],
    ] as const)
      index.note(atMs, bytes);
    expect(index.between(1_200, 1_800)).toEqual({ start: 500, end: 700 });
    expect(index.between(1_200, 9_000)).toEqual({ start: 500, end: Number.POSITIVE_INFINITY });
    expect(index.written(600)).toEqual({ fromWallMs: 1_000, toWallMs: 2_000 });
    expect(index.written(900)).toEqual({ fromWallMs: 3_000, toWallMs: Number.POSITIVE_INFINITY });
  });

  test('holds two notes of a log that stands still, however long', () => {
    const index = new LogIndex();
    for (let atMs = 0; atMs <= 1_000_000; atMs += 1_000) index.note(atMs, 42);
    expect(index.size).toBe(2);
    index.note(1_001_000, 50);
    expect(index.written(45)).toEqual({ fromWallMs: 1_000_000, toWallMs: 1_001_000 });
  });

  test('forgets what it knew of a log that was truncated', () => {
    const index = new LogIndex();
    index.note(1_000, 500);
    index.note(2_000, 10);
    expect(index.between(900, 1_100)).toEqual({ start: 0, end: 10 });
  });

  test('stands still while a clock that was set back catches up', () => {
    const index = new LogIndex();
    index.note(10_000, 100);
    index.note(4_000, 200);
    index.note(10_500, 300);
    expect(index.written(150)).toEqual({ fromWallMs: 10_000, toWallMs: 10_000 });
    expect(index.written(250)).toEqual({ fromWallMs: 10_000, toWallMs: 10_500 });
  });
});
