import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ScenarioRecord, Verdict } from '../../src/model/record.ts';
import { coverage, gradeOf, observability, runCap, runVerdict, scoreRun } from '../../src/score/run.ts';
import {
  basicTier,
  failingRun,
  faultRecord,
  inconclusiveRun,
  knownIssueRun,
  partialRun,
  passingRun,
  rescored,
  runRecord,
  scenarioRecord,
  violationRecord,
} from '../support/records.ts';

const crash = { node: 'node1', atMs: 14_000, how: 'exit code 2', lastLines: [] };
const run = (scenarios: readonly ScenarioRecord[], partial = false) => ({ scenarios, partial });
const decided = (verdict: Verdict, name = 'x'): ScenarioRecord =>
  scenarioRecord({ name, verdict, holdS: 5, steadyS: 1, recoverS: 1 });
const dimension = (record: ReturnType<typeof scoreRun>, id: string) => record.dimensions.find((one) => one.id === id);

describe('the verdict of a run', () => {
  test.each<[Verdict, Verdict[]]>([
    ['pass', ['pass', 'pass']],
    ['pass', ['pass', 'skipped']],
    ['fail', ['pass', 'fail', 'inconclusive', 'skipped']],
    ['inconclusive', ['pass', 'inconclusive', 'skipped']],
    ['inconclusive', ['skipped', 'skipped']],
    ['inconclusive', []],
  ])('is %s for scenarios that ended %j', (verdict, verdicts) => {
    expect(runVerdict(run(verdicts.map((one) => decided(one))))).toBe(verdict);
  });

  test('is fail for a crash or an unexplained violation whatever the scenario says, in a repeated first run too', () => {
    const broken = { ...decided('inconclusive'), violations: [violationRecord()] };
    expect(runVerdict(run([broken]))).toBe('fail');
    expect(runVerdict(run([{ ...decided('pass'), crashes: [crash] }]))).toBe('fail');
    expect(runVerdict(run([{ ...decided('pass'), attempt: 2, earlier: broken }]))).toBe('fail');
  });

  test('is not pass for a run that broke off, however well it went until then', () => {
    expect(runVerdict(run([decided('pass')], true))).toBe('inconclusive');
    expect(runVerdict(run([decided('fail')], true))).toBe('fail');
  });

  test('is pass with a known issue', () => {
    expect(knownIssueRun().verdict).toBe('pass');
  });
});

describe('the total', () => {
  test('of a good basic tier is good, graded, and inside its interval', () => {
    const { score, interval, grade, cap } = passingRun();
    expect(score).toBeGreaterThan(9);
    expect(interval?.[0]).toBeLessThanOrEqual(score ?? 0);
    expect(interval?.[1]).toBeGreaterThanOrEqual(score ?? 10);
    expect(grade).toBe('Excellent');
    expect(cap).toBeNull();
  });

  test('is capped by what nothing explains, and says by what', () => {
    const { score, interval, grade, cap } = failingRun();
    expect(score).toBe(runCap);
    expect(interval?.[1]).toBe(runCap);
    expect(grade).toBe('Needs Improvement');
    expect(cap).toBe(
      'at most 3.9: no-acknowledged-loss violated in node-kill; ordering violated in node-kill; a node ended by itself in node-restart',
    );
  });

  test('names no cap that did not bind', () => {
    const dead = rescored({
      ...scenarioRecord({ name: 'dead', recoveryMs: null }),
      verdict: 'fail',
      violations: [violationRecord()],
    });
    const low = scoreRun({ scenarios: [dead], seed: 's', partial: false, catalogue: basicTier });
    expect(low.score).toBeLessThan(runCap);
    expect(low.cap).toBeNull();
  });

  test('is null, with interval and grade, where no scenario was scored, though coverage can be counted', () => {
    const none = runRecord([scenarioRecord({ name: 'node-kill', verdict: 'skipped' })]);
    expect([none.score, none.interval, none.grade, none.verdict]).toEqual([null, null, null, 'inconclusive']);
    expect(dimension(none, 'coverage')?.score).toBe(0);
  });

  test('of an inconclusive run has no grade', () => {
    for (const record of [inconclusiveRun(), partialRun()]) {
      expect(record.score).not.toBeNull();
      expect(record.grade).toBeNull();
    }
  });

  test('leaves out what was not measured rather than counting it 10 or 0', () => {
    const { dimensions } = passingRun();
    expect(dimensions).toHaveLength(8);
    expect(dimensions.filter((one) => one.score === null).map((one) => one.id)).toEqual([
      'latency-tolerance',
      'loss-recovery',
      'resource-pressure',
      'clock-tolerance',
    ]);
    expect(dimensions.filter((one) => one.score === null).every((one) => one.interval === null)).toBe(true);
  });

  test('has no interval where one of its scenarios has none', () => {
    const short = runRecord([scenarioRecord({ name: 'node-kill', holdS: 3 })]);
    expect(short.score).not.toBeNull();
    expect(short.interval).toBeNull();
  });

  test('stays within 0 and 10 and never falls when a scenario gets better', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const ms = fc.double({ min: 0, max: 60_000, noNaN: true });
    const [first, second, third] = passingRun().scenarios;
    const rest = [first, third].filter((one) => one !== undefined);
    fc.assert(
      fc.property(share, share, ms, ms, fc.boolean(), (a1, a2, r1, r2, broken) => {
        const total = (availability: number, recoveryMs: number): number => {
          if (!second) throw new Error('the passing run has more than one scenario');
          const violations = broken ? [violationRecord()] : [];
          const changed = { ...second, violations, measures: { ...second.measures, availability, recoveryMs } };
          return (
            scoreRun({ scenarios: [...rest, changed], seed: 's', partial: false, catalogue: basicTier }).score ??
            Number.NaN
          );
        };
        const worse = total(Math.min(a1, a2), Math.max(r1, r2));
        const better = total(Math.max(a1, a2), Math.min(r1, r2));
        expect(worse).toBeGreaterThanOrEqual(0);
        expect(better).toBeLessThanOrEqual(broken ? runCap : 10);
        expect(better).toBeGreaterThanOrEqual(worse);
      }),
      { numRuns: 15 },
    );
  });

  test('is the same for the same record and seed', () => {
    const { scenarios, seed, partial } = passingRun();
    const again = () => scoreRun({ scenarios, seed, partial, catalogue: basicTier });
    expect(again()).toEqual(again());
  });
});

describe('observability', () => {
  const watched = (answered: number, seen: number | null, faults = 2): ScenarioRecord => ({
    ...decided('pass'),
    scrapes: { attempted: 10, answered },
    faults: Array.from({ length: faults }, () => faultRecord()),
    faultsSeenByBroker: seen,
  });

  test('is the mean of scrapes answered and faults seen', () => {
    expect(observability([watched(10, 2)])).toBe(10);
    expect(observability([watched(5, 1)])).toBe(5);
    expect(observability([watched(10, 0)])).toBe(5);
  });

  test('is measured by one of the two where the broker offers no more', () => {
    expect(observability([watched(8, null)])).toBe(8);
    expect(observability([{ ...watched(0, 1), scrapes: { attempted: 0, answered: 0 } }])).toBe(5);
  });

  test('is null where nothing was measured, and does not ask for faults that were never in force', () => {
    expect(observability([])).toBeNull();
    expect(observability([{ ...watched(0, null), scrapes: { attempted: 0, answered: 0 } }])).toBeNull();
    const unproven = { ...watched(10, 0), faults: [faultRecord({ proven: false })] };
    expect(observability([unproven])).toBe(10);
  });

  test('cannot exceed 10, whatever was counted', () => {
    expect(observability([watched(99, 99)])).toBe(10);
  });
});

describe('coverage', () => {
  test('counts scenarios that came to a verdict with every fault proven', () => {
    const proven = { ...decided('fail', 'node-kill'), faults: [faultRecord()] };
    const unproven = { ...decided('pass', 'node-pause'), faults: [faultRecord(), faultRecord({ proven: false })] };
    expect(coverage([decided('pass', 'baseline'), proven], basicTier)).toBe(5);
    expect(coverage([decided('pass', 'baseline'), unproven], basicTier)).toBe(2.5);
    expect(coverage([decided('inconclusive', 'baseline'), decided('skipped', 'node-kill')], basicTier)).toBe(0);
  });

  test('is not raised by repeats or by scenarios from outside the catalogue, and is null without one', () => {
    expect(
      coverage([decided('pass', 'baseline'), decided('pass', 'baseline'), decided('pass', 'mine')], basicTier),
    ).toBe(2.5);
    expect(coverage([decided('pass', 'baseline')], [])).toBeNull();
  });

  test('never rises when a scenario is taken away', () => {
    const name = fc.constantFrom(...basicTier, 'mine');
    const verdict = fc.constantFrom<Verdict>('pass', 'fail', 'inconclusive', 'skipped');
    const prototype = decided('pass');
    const scenarios = fc.array(fc.record({ name, verdict, proven: fc.boolean() }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(scenarios, fc.nat(), (shapes, index) => {
        const all = shapes.map((shape) => ({
          ...prototype,
          ...shape,
          faults: [faultRecord({ proven: shape.proven })],
        }));
        const fewer = all.filter((_, at) => at !== index % all.length);
        expect(coverage(fewer, basicTier)).toBeLessThanOrEqual(coverage(all, basicTier) ?? -1);
      }),
    );
  });
});

test('grades begin at their thresholds', () => {
  expect([10, 9, 8.99, 7.5, 7.49, 6, 5.99, 0].map(gradeOf)).toEqual([
    'Excellent',
    'Excellent',
    'Good',
    'Good',
    'Fair',
    'Fair',
    'Needs Improvement',
    'Needs Improvement',
  ]);
});
