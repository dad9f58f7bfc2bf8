import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Newest } from '../../../src/workload/flows/stream/newest.ts';

test('a flow is one run: the newest message is the newest of all', () => {
  const newest = new Newest();
  expect(newest.before(3)).toBe(0);
  newest.note(5);
  newest.note(3);
  expect(newest.before(4)).toBe(5);
});

test('from where its publisher went on, order is owed anew; within what it wrote before, still', () => {
  const newest = new Newest();
  newest.note(5);
  newest.begin(8);
  newest.note(9);
  // 6 comes after 9, which was written at another node, but not before 5.
  expect(newest.before(6)).toBe(5);
  expect(newest.before(8)).toBe(9);
  newest.note(7);
  expect(newest.before(6)).toBe(7);
});

test('a run without a message is none', () => {
  const newest = new Newest();
  newest.begin(1);
  newest.begin(4);
  newest.begin(4);
  newest.note(4);
  expect(newest.before(5)).toBe(4);
  expect(newest.before(3)).toBe(0);
});

test('what is newer than a message in its run was noted, and is the newest of it', () => {
  const sequences = fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 40 });
  const starts = fc
    .uniqueArray(fc.integer({ min: 2, max: 30 }), { maxLength: 4 })
    .map((all) => all.sort((a, b) => a - b));
  fc.assert(
    fc.property(starts, sequences, fc.integer({ min: 1, max: 30 }), (runs, noted, asked) => {
      const newest = new Newest();
      for (const from of runs) newest.begin(from);
      for (const sequence of noted) newest.note(sequence);
      const run = (sequence: number) => runs.filter((from) => from <= sequence).length;
      expect(newest.before(asked)).toBe(Math.max(0, ...noted.filter((one) => run(one) === run(asked))));
    }),
  );
});
