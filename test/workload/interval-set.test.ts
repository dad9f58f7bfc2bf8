import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { IntervalSet } from '../../src/workload/interval-set.ts';

function rangeOf(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
}

function build(ranges: readonly (readonly [number, number])[]): { intervals: IntervalSet; plain: Set<number> } {
  const intervals = new IntervalSet();
  const plain = new Set<number>();
  for (const [first, last] of ranges) {
    intervals.addRange(first, last);
    for (const value of rangeOf(first, last)) plain.add(value);
  }
  return { intervals, plain };
}

function members(set: IntervalSet): number[] {
  return set.intervals().flatMap(([first, last]) => rangeOf(first, last));
}

const sorted = (values: Iterable<number>): number[] => [...values].sort((a, b) => a - b);

const value = fc.integer({ min: 0, max: 60 });
/** Some of them the wrong way round, which are empty. */
const ranges = fc.array(fc.tuple(value, value), { maxLength: 12 });

describe('is a set', () => {
  test('of what was added, one by one or as ranges', () => {
    fc.assert(
      fc.property(ranges, fc.array(value, { maxLength: 30 }), (added, single) => {
        const { intervals, plain } = build(added);
        for (const one of single) {
          expect(intervals.add(one)).toBe(!plain.has(one));
          plain.add(one);
        }
        expect(members(intervals)).toEqual(sorted(plain));
        expect(intervals.size).toBe(plain.size);
        expect(intervals.max).toBe(plain.size === 0 ? -1 : Math.max(...plain));
        for (const one of rangeOf(0, 61)) expect(intervals.has(one)).toBe(plain.has(one));
        for (const count of [0, 1, 3, 100]) expect(intervals.first(count)).toEqual(sorted(plain).slice(0, count));
      }),
    );
  });

  test('with differences, intersections and parts', () => {
    fc.assert(
      fc.property(ranges, ranges, value, value, (some, others, first, last) => {
        const a = build(some);
        const b = build(others);
        expect(members(a.intervals.minus(b.intervals))).toEqual(
          sorted([...a.plain].filter((one) => !b.plain.has(one))),
        );
        expect(members(a.intervals.and(b.intervals))).toEqual(sorted([...a.plain].filter((one) => b.plain.has(one))));
        expect(members(a.intervals.within(first, last))).toEqual(
          sorted([...a.plain].filter((one) => first <= one && one <= last)),
        );
        for (const made of [
          a.intervals.minus(b.intervals),
          a.intervals.and(b.intervals),
          a.intervals.within(first, last),
        ])
          expect(made.size).toBe(members(made).length);
        // None of these changes what it was asked of.
        expect(members(a.intervals)).toEqual(sorted(a.plain));
        expect(members(b.intervals)).toEqual(sorted(b.plain));
      }),
    );
  });

  test('whose intervals ascend and neither touch nor overlap, and make the same set again', () => {
    fc.assert(
      fc.property(ranges, (added) => {
        const made = build(added).intervals.intervals();
        made.forEach(([first, last], i) => {
          expect(first).toBeLessThanOrEqual(last);
          expect(first).toBeGreaterThan((made[i - 1]?.[1] ?? -2) + 1);
        });
        expect(IntervalSet.from(made).intervals()).toEqual(made);
      }),
    );
  });
});

test('a million messages in a row are one interval', () => {
  const set = new IntervalSet();
  for (let sequence = 1; sequence <= 1_000_000; sequence++) set.add(sequence);
  expect(set.intervals()).toEqual([[1, 1_000_000]]);
  expect(set.size).toBe(1_000_000);
});

test('a gap that is filled joins its neighbours', () => {
  const set = IntervalSet.from([
    [1, 3],
    [5, 9],
  ]);
  expect(set.add(4)).toBe(true);
  expect(set.intervals()).toEqual([[1, 9]]);
});

test('an open end is as good as a number', () => {
  const set = IntervalSet.from([[1, 9]]);
  expect(set.within(5, Number.MAX_SAFE_INTEGER).intervals()).toEqual([[5, 9]]);
});
