import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ScenarioRecord } from '../../src/model/record.ts';
import { scoreRun } from '../../src/score/run.ts';
import {
  availabilityPart,
  latencyPart,
  partWeights,
  recoveryPart,
  scoreScenario,
  violationCap,
} from '../../src/score/scenario.ts';
import { aloneScenario, quiet, rescored, scenarioRecord, violationRecord } from '../support/records.ts';

const crash = { node: 'node1', atMs: 14_000, how: 'exit code 2', lastLines: [] };
const share = fc.double({ min: 0, max: 1, noNaN: true });
const ms = fc.double({ min: 0, max: 1e6, noNaN: true });

/** The measures of a scenario replaced, its windows left as they are. */
function measured(scenario: ScenarioRecord, measures: Partial<ScenarioRecord['measures']>): ScenarioRecord {
  return rescored({ ...scenario, measures: { ...scenario.measures, ...measures } });
}

const slow = scenarioRecord({ name: 'slow', second: () => ({ medianMs: 900, doneShare: 0.9 }), recoveryMs: 9_000 });

describe('a part of the score', () => {
  test('is 10 inside its expectation and on its edge', () => {
    expect([availabilityPart(1, 0.99), availabilityPart(0.99, 0.99)]).toEqual([10, 10]);
    expect([latencyPart(1, 1_000), latencyPart(1_000, 1_000)]).toEqual([10, 10]);
    expect([recoveryPart(0, 5_000), recoveryPart(5_000, 5_000)]).toEqual([10, 10]);
  });

  test('is 5 half way to its limit and 0 from there on', () => {
    expect(availabilityPart(0.865, 0.99)).toBeCloseTo(5);
    expect(availabilityPart(0.74, 0.99)).toBeCloseTo(0);
    expect(latencyPart(5_500, 1_000)).toBe(5);
    expect([latencyPart(10_000, 1_000), latencyPart(1e9, 1_000)]).toEqual([0, 0]);
    expect(recoveryPart(17_500, 5_000)).toBe(5);
    expect([recoveryPart(30_000, 5_000), recoveryPart(null, 5_000)]).toEqual([0, 0]);
  });

  test('of availability reaches 0 at 0% where 25 points below the expectation would be less than nothing', () => {
    expect(availabilityPart(0, 0.2)).toBe(0);
    expect(availabilityPart(0.1, 0.2)).toBeCloseTo(5);
  });

  test('is met or not where the expectation leaves no room: nothing at all, or at once', () => {
    expect(availabilityPart(0, 0)).toBe(10);
    expect([recoveryPart(0, 0), recoveryPart(1, 0)]).toEqual([10, 0]);
  });

  test('stays within 0 and 10 and never falls when the measure improves', () => {
    fc.assert(
      fc.property(share, share, share, (expected, one, other) => {
        const [worse, better] = [
          availabilityPart(Math.min(one, other), expected),
          availabilityPart(Math.max(one, other), expected),
        ];
        expect(worse).toBeGreaterThanOrEqual(0);
        expect(better).toBeLessThanOrEqual(10);
        expect(better).toBeGreaterThanOrEqual(worse);
      }),
    );
    for (const part of [latencyPart, recoveryPart]) {
      fc.assert(
        fc.property(ms, ms, ms, (expected, one, other) => {
          const [worse, better] = [part(Math.max(one, other), expected), part(Math.min(one, other), expected)];
          expect(worse).toBeGreaterThanOrEqual(0);
          expect(better).toBeLessThanOrEqual(10);
          expect(better).toBeGreaterThanOrEqual(worse);
        }),
      );
    }
  });
});

describe('the score of a scenario', () => {
  test('is 10 where everything expected came true', () => {
    const scenario = scenarioRecord({ name: 'fine' });
    expect(scenario.score).toBe(10);
    expect(scenario.parts).toEqual({ availability: 10, latency: 10, recovery: 10 });
  });

  test('weighs its parts 0.4, 0.2 and 0.4', () => {
    const { score, parts } = slow;
    expect(parts).not.toBeNull();
    expect(score).toBeCloseTo(
      0.4 * (parts?.availability ?? 0) + 0.2 * (parts?.latency ?? 0) + 0.4 * (parts?.recovery ?? 0),
      1,
    );
  });

  test('lies within 0 and 10 and within its own interval, and never falls when a measure improves', () => {
    fc.assert(
      fc.property(share, share, ms, ms, ms, ms, (a1, a2, l1, l2, r1, r2) => {
        const worse = measured(slow, {
          availability: Math.min(a1, a2),
          p99LatencyMs: Math.max(l1, l2),
          recoveryMs: Math.max(r1, r2),
        });
        const better = measured(slow, {
          availability: Math.max(a1, a2),
          p99LatencyMs: Math.min(l1, l2),
          recoveryMs: Math.min(r1, r2),
        });
        for (const { score, interval } of [worse, better]) {
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(10);
          expect(interval?.[0]).toBeLessThanOrEqual(score ?? -1);
          expect(interval?.[1]).toBeGreaterThanOrEqual(score ?? 11);
          expect(interval?.[0]).toBeGreaterThanOrEqual(0);
          expect(interval?.[1]).toBeLessThanOrEqual(10);
        }
        expect(better.score).toBeGreaterThanOrEqual(worse.score ?? 11);
      }),
      { numRuns: 20 },
    );
  });

  test('is capped by a violation that nothing explains, and by a node that ended by itself', () => {
    const fine = scenarioRecord({ name: 'fine' });
    for (const broke of [{ violations: [violationRecord()] }, { crashes: [crash] }]) {
      const scenario = rescored({ ...fine, verdict: 'fail', ...broke });
      expect(scenario.score).toBe(violationCap);
      expect(scenario.interval).toEqual([violationCap, violationCap]);
      expect(scenario.parts).toEqual({ availability: 10, latency: 10, recovery: 10 });
    }
  });

  test('is not capped by a known issue, nor by a check that found nothing', () => {
    const fine = scenarioRecord({ name: 'fine' });
    expect(rescored({ ...fine, violations: [violationRecord({ known: 'issue 7' })] }).score).toBe(10);
    expect(rescored({ ...fine, violations: [violationRecord({ count: 0 })] }).score).toBe(10);
  });

  test.each(['inconclusive', 'skipped'] as const)('is null where the verdict is %s', (verdict) => {
    const { score, interval, parts } = scenarioRecord({ name: 'undecided', verdict });
    expect({ score, interval, parts }).toEqual({ score: null, interval: null, parts: null });
  });

  test('is null where a part was not measured or not expected: a gap is never a 10', () => {
    expect(measured(slow, { availability: null }).score).toBeNull();
    expect(measured(slow, { p99LatencyMs: null }).score).toBeNull();
    expect(rescored({ ...slow, expectations: slow.expectations.slice(1) }).score).toBeNull();
  });

  test('takes a recovery that was watched for and never came as 0, one that nobody watched for as not measured', () => {
    expect(measured(slow, { recoveryMs: null }).parts?.recovery).toBe(0);
    const unwatched = { ...slow, phases: slow.phases.filter((phase) => phase.name !== 'recover') };
    expect(measured(unwatched, { recoveryMs: null }).score).toBeNull();
  });

  test('is 0, not unknown, for a cluster so broken that there is no latency to measure', () => {
    const dead = scenarioRecord({
      name: 'dead',
      verdict: 'fail',
      recoveryMs: null,
      second: (phase) => (phase === 'steady' ? quiet() : { medianMs: undefined, doneShare: 0 }),
    });
    expect(dead.measures.p99LatencyMs).toBeNull();
    expect(dead.score).toBe(0);
  });

  test('does not look at phases other than hold', () => {
    const rough = scenarioRecord({
      name: 'same',
      second: (phase) => (phase === 'hold' ? quiet() : { medianMs: 5_000, doneShare: 0.1 }),
    });
    expect(rough.score).toBe(10);
    expect(rough.interval).toEqual([10, 10]);
  });

  test('of a scenario that left nothing possible in hold is made of its recovery, and has no interval', () => {
    expect(aloneScenario()).toMatchObject({
      score: 10,
      interval: null,
      parts: null,
      applicableParts: { recovery: 10 },
    });
    // Half way from 5 s to 30 s.
    expect(aloneScenario({ recoveryMs: 17_500 })).toMatchObject({ score: 5, applicableParts: { recovery: 5 } });
    expect(aloneScenario({ recoveryMs: null, verdict: 'fail' }).score).toBe(0);
  });

  test('is the mean of the parts that apply by their weights, and null where none does', () => {
    const names = ['availability', 'p99-latency', 'recovery'] as const;
    const partOfName = { availability: 'availability', 'p99-latency': 'latency', recovery: 'recovery' } as const;
    fc.assert(
      fc.property(fc.subarray([...names]), (apply) => {
        const { score, parts, applicableParts } = rescored({
          ...slow,
          expectations: slow.expectations.map((one) =>
            apply.includes(one.name) ? one : { ...one, met: false, notApplicable: 'nothing was possible' },
          ),
        });
        if (apply.length === 0) expect({ score, parts, applicableParts }).toMatchObject({ score: null, parts: null });
        else {
          const made = parts ?? applicableParts ?? {};
          expect(Object.keys(made).sort()).toEqual(apply.map((name) => partOfName[name]).sort());
          const weights = apply.map((name) => partWeights[partOfName[name]]);
          const sum = apply.reduce((all, name, i) => all + (weights[i] ?? 0) * (made[partOfName[name]] ?? 0), 0);
          expect(score).toBeCloseTo(sum / weights.reduce((all, weight) => all + weight, 0), 1);
        }
      }),
      { numRuns: 16 },
    );
  });

  test('counts in the total as it is in every draw, which has an interval by its other scenarios', () => {
    const total = (...scenarios: readonly ScenarioRecord[]) =>
      scoreRun({ scenarios, seed: 's', partial: false, catalogue: [] });
    const { score, interval } = total(aloneScenario(), scenarioRecord({ name: 'baseline' }));
    expect(interval).toEqual([score, score]);
    expect(total(aloneScenario()).dimensions.find(({ id }) => id === 'auto-recovery')).toMatchObject({
      score: 10,
      interval: null,
    });
  });

  test('can be computed again from the record', () => {
    const { score, interval, parts } = slow;
    expect(scoreScenario(JSON.parse(JSON.stringify(slow)), 'a-seed')).toEqual({ score, interval, parts });
  });
});
