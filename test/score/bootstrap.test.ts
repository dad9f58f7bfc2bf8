import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createRandom } from '../../src/base/random.ts';
import type { WindowRecord } from '../../src/model/record.ts';
import {
  blockLength,
  fewestWindows,
  intervalOf,
  measureHold,
  mostGroups,
  resampleHold,
  resamples,
} from '../../src/score/bootstrap.ts';
import { scoreScenario } from '../../src/score/scenario.ts';
import { merge, scenarioRecord, windowRecord } from '../support/records.ts';

/** Windows of hold without latencies: `done` of 1000 operations each. */
function holdOf(done: readonly number[]): WindowRecord[] {
  return done.map((count, index) => windowRecord('hold', index * 1_000, [], { possible: 1_000, done: count }));
}

const steps = (length: number): number[] => Array.from({ length }, (_, index) => 900 + (index % 7) * 10);

describe('merging the histograms of windows', () => {
  test('gives the percentile that hdr-histogram-js gives for the merged histogram', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.double({ min: 0.001, max: 60_000, noNaN: true }), { maxLength: 60 }), { maxLength: 12 }),
        (seconds) => {
          const windows = seconds.map((latencies, index) =>
            windowRecord('hold', index * 1_000, latencies, { possible: 1, done: 1 }),
          );
          const merged = merge(windows);
          expect(measureHold(windows).p99Ms).toBe(
            merged.totalCount === 0 ? null : merged.getValueAtPercentile(99) / 1_000,
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  test('measures what the scenario measured over hold', () => {
    const { windows, measures } = scenarioRecord({ name: 'any', second: () => ({ medianMs: 80, doneShare: 0.93 }) });
    expect(measureHold(windows)).toEqual({ availability: measures.availability, p99Ms: measures.p99LatencyMs });
  });

  test('measures nothing where there was nothing to measure', () => {
    expect(measureHold([])).toEqual({ availability: null, p99Ms: null });
  });
});

describe('resampling hold', () => {
  test('is the same for the same seed and different for another', () => {
    const windows = holdOf(steps(30));
    const once = resampleHold(windows, createRandom('one'));
    expect(once).toHaveLength(resamples);
    expect(resampleHold(windows, createRandom('one'))).toEqual(once);
    expect(resampleHold(windows, createRandom('two'))).not.toEqual(once);
  });

  test('scatters around what was measured, without leaning to either end of hold', () => {
    // The onset of a fault: only the first second is bad. Blocks that cannot wrap round would nearly always miss it.
    const windows = holdOf([0, ...new Array<number>(29).fill(1_000)]);
    const draws = resampleHold(windows, createRandom('onset')) ?? [];
    const mean = draws.reduce((sum, draw) => sum + (draw.availability ?? 0), 0) / draws.length;
    expect(mean).toBeCloseTo(29 / 30, 2);
  });

  test('draws neighbours together: seconds that are alike widen the interval', () => {
    const values = [...new Array<number>(15).fill(800), ...new Array<number>(15).fill(1_000)];
    const shuffled = createRandom('shuffle').pick(values, values.length);
    const width = (done: readonly number[]): number => {
      const [low, high] = intervalOf(
        (resampleHold(holdOf(done), createRandom('width')) ?? []).map((draw) => draw.availability ?? 0),
        0.9,
      );
      return high - low;
    };
    expect(width(values)).toBeGreaterThan(width(shuffled) * 1.2);
  });

  test('gives no interval for too few windows to tell anything from', () => {
    expect(resampleHold(holdOf(steps(fewestWindows - 1)), createRandom('few'))).toBeUndefined();
    expect(resampleHold(holdOf(steps(fewestWindows)), createRandom('few'))).toHaveLength(resamples);
    const short = scenarioRecord({ name: 'short', holdS: fewestWindows - 1 });
    expect(short.score).toBe(10);
    expect(short.interval).toBeNull();
  });

  test('leaves a resample without operations unmeasured', () => {
    const silent = Array.from({ length: 8 }, (_, index) =>
      windowRecord('hold', index * 1_000, [], { possible: 0, done: 0 }),
    );
    expect(resampleHold(silent, createRandom('silent'))?.[0]).toEqual({ availability: null, p99Ms: null });
  });

  test('pools very long holds without losing an operation', () => {
    const windows = holdOf(steps(mostGroups * 2 + 17));
    const sum = windows.reduce((total, window) => total + window.done, 0);
    expect(measureHold(windows).availability).toBeCloseTo(sum / (windows.length * 1_000), 12);
  });

  test('holds the true availability in about 95 of 100 runs though seconds are correlated', () => {
    const truth = 0.9;
    let held = 0;
    for (let run = 0; run < 100; run++) {
      const random = createRandom(`run ${run}`);
      let drift = 0;
      const windows = holdOf(
        Array.from({ length: 60 }, () => {
          drift = 0.4 * drift + (random.next() - 0.5) * 0.08;
          return Math.round(1_000 * (truth + drift));
        }),
      );
      const draws = (resampleHold(windows, random) ?? []).map((draw) => draw.availability ?? 0);
      const [low, high] = intervalOf(draws, measureHold(windows).availability ?? 0);
      if (low <= truth && truth <= high) held++;
    }
    expect(held).toBeGreaterThanOrEqual(85);
  });

  test('is quick enough to follow every scenario: a minute of hold in well under a second', () => {
    const scenario = scenarioRecord({ name: 'minute', holdS: 60, second: () => ({ medianMs: 400, doneShare: 0.95 }) });
    // Of the CPU's time: what else the machine does does not count.
    const before = process.cpuUsage();
    scoreScenario(scenario, 'a-seed');
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(1_000);
  });
});

test('a block is n^(1/3) windows long', () => {
  expect([1, 8, 27, 28, 64, 600].map(blockLength)).toEqual([1, 2, 3, 4, 4, 9]);
});

test('an interval holds the score even where a single bad second put it beyond the resamples', () => {
  expect(intervalOf([5, 6, 7], 4)).toEqual([4, 7]);
  expect(intervalOf([5, 6, 7], 8)).toEqual([5, 8]);
});
