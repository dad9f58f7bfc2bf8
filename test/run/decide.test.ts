import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ScenarioRecord, Verdict } from '../../src/model/record.ts';
import { decide } from '../../src/run/decide.ts';
import { attempts } from '../../src/score/run.ts';
import { passingRun } from '../support/records.ts';

const [template] = passingRun().scenarios as [ScenarioRecord];
const crash = { node: 'node1', atMs: 1, how: 'ended with exit code 2', lastLines: [] };

/** Runs of one scenario with these verdicts and scores. */
function runs(...of: readonly (readonly [verdict: Verdict, score: number | null])[]): ScenarioRecord[] {
  return of.map(([verdict, score], i) => ({
    ...template,
    ...{ verdict, score, attempt: i + 1, earlier: null, violations: [], crashes: [], reason: `run ${i + 1}` },
  }));
}

const decided = (of: readonly ScenarioRecord[], repeat: 1 | 3 = 3) => {
  const result = decide(of, repeat);
  return result && [result.verdict, result.attempt, result.reason];
};

describe('a scenario is decided', () => {
  test('by one run that meets what was expected', () => {
    expect(decided(runs(['pass', 10]))).toEqual(['pass', 1, 'run 1']);
  });

  test('by the median of three where one misses it', () => {
    expect(decided(runs(['fail', 8]))).toBeUndefined();
    expect(decided(runs(['fail', 8], ['pass', 10]))).toBeUndefined();
    expect(decided(runs(['fail', 8], ['pass', 10], ['pass', 10]))).toEqual([
      'pass',
      2,
      'run 2; every expectation was met in 2 of 3 runs',
    ]);
    expect(decided(runs(['fail', 8], ['pass', 10], ['pass', 9.98]))?.[1]).toBe(3);
    expect(decided(runs(['fail', 8], ['pass', 10], ['fail', 9]))).toEqual([
      'fail',
      3,
      'run 3; an expectation was missed in 2 of 3 runs',
    ]);
  });

  test('by two that both miss it: a third could not change that', () => {
    expect(decided(runs(['fail', 8], ['fail', 6]))).toEqual([
      'fail',
      1,
      'run 1; an expectation was missed in 2 of 2 runs',
    ]);
  });

  test('at once where that was asked for', () => {
    expect(decided(runs(['fail', 8]), 1)).toEqual(['fail', 1, 'run 1']);
  });

  test('at once by a violation or a node that ends by itself, whatever other runs showed', () => {
    const [first, second] = runs(['fail', 2], ['pass', 10]) as [ScenarioRecord, ScenarioRecord];
    expect(decided([{ ...first, crashes: [crash] }])).toEqual(['fail', 1, 'run 1']);
    expect(decided([first, { ...second, verdict: 'fail', crashes: [crash] }])).toEqual(['fail', 2, 'run 2']);
    // The node ended after the first run, and was seen before the second.
    expect(decided([{ ...first, crashes: [crash] }, second])).toEqual(['fail', 1, 'run 1']);
  });

  test('by a second run where the first showed nothing, and not at all by two that did not', () => {
    expect(decided(runs(['inconclusive', null]))).toBeUndefined();
    expect(decided(runs(['inconclusive', null], ['pass', 10]))).toEqual(['pass', 2, 'run 2']);
    expect(decided(runs(['inconclusive', null], ['inconclusive', null]))).toEqual(['inconclusive', 2, 'run 2']);
    expect(decided(runs(['fail', 8], ['inconclusive', null]))).toBeUndefined();
    expect(decided(runs(['inconclusive', null], ['fail', 8], ['fail', 7]))).toEqual([
      'fail',
      2,
      'run 2; an expectation was missed in 2 of 2 runs',
    ]);
  });

  test('by being skipped', () => {
    expect(decided(runs(['skipped', null]))).toEqual(['skipped', 1, 'run 1']);
  });
});

test('every run is in the report of the one that counts, in their order', () => {
  const result = decide(runs(['fail', 8], ['pass', 10], ['fail', 9]), 3);
  expect(result && attempts([result]).map(({ attempt, verdict }) => [attempt, verdict])).toEqual([
    [1, 'fail'],
    [2, 'pass'],
    [3, 'fail'],
  ]);
});

test('whatever the runs are like, four of them decide, and most of them agree with what was decided', () => {
  const run = fc.oneof(
    fc.constant(['pass', 10] as const),
    fc.tuple(fc.constant('fail' as const), fc.double({ min: 2, max: 9.99, noNaN: true })),
    fc.constant(['inconclusive', null] as const),
  );
  fc.assert(
    fc.property(fc.array(run, { minLength: 4, maxLength: 4 }), (of) => {
      const all = runs(...of);
      const made = [1, 2, 3, 4].find((count) => decide(all.slice(0, count), 3) !== undefined) ?? 5;
      expect(made).toBeLessThanOrEqual(4);
      const result = decide(all.slice(0, made), 3) as ScenarioRecord;
      if (result.verdict === 'inconclusive') return;
      const others = all.slice(0, made).filter(({ verdict }) => verdict !== 'inconclusive');
      const same = others.filter(({ verdict }) => verdict === result.verdict).length;
      expect(2 * same).toBeGreaterThan(others.length);
    }),
  );
});
