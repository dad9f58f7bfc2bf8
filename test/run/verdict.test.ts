import { describe, expect, test } from '@jest/globals';
import type { CrashRecord, ExpectationRecord, FaultRecord, ViolationRecord } from '../../src/model/record.ts';
import { judge, leastOperations, mostLagMs, planStops, type VerdictInput } from '../../src/run/verdict.ts';

const fault: FaultRecord = {
  kind: 'kill',
  target: 'node2',
  mechanism: 'SIGKILL',
  injected: 'killed',
  observed: 'gone',
  proven: true,
  figures: {},
  startMs: 0,
  endMs: 1,
  healed: true,
};
const met: ExpectationRecord = { name: 'availability', expected: 0.99, unit: 'share', measured: 1, met: true };
const violation: ViolationRecord = {
  invariant: 'ordering',
  statement: '',
  clause: null,
  count: 3,
  known: null,
  examples: [],
};
const crash: CrashRecord = { node: 'node3', atMs: 5, how: 'ended with code 2', lastLines: [] };
const good: VerdictInput = {
  violations: [],
  unknown: [],
  crashes: [],
  faults: [fault],
  expectations: [met],
  harness: { conductorLagP99Ms: 1, workloadLagP99Ms: 2, linksLagP99Ms: 3 },
  operations: { phase: 'hold', possible: 500 },
  stillArriving: false,
  unsteady: [],
};

const bad = {
  violation: { violations: [violation] },
  crash: { crashes: [crash] },
  unproven: { faults: [{ ...fault, proven: false, observed: 'the process is still there' }] },
  unhealed: { faults: [{ ...fault, healed: false }] },
  idle: { operations: { phase: 'hold', possible: leastOperations - 1 } },
  starved: { harness: { ...good.harness, linksLagP99Ms: mostLagMs + 1 } },
  missed: { expectations: [{ ...met, measured: 0.5, met: false }] },
} satisfies Record<string, Partial<VerdictInput>>;

describe('one thing wrong', () => {
  test.each<[string, Partial<VerdictInput>, string, string]>([
    ['nothing', {}, 'pass', 'the fault proven, every message accounted for, every expectation met'],
    [
      'nothing, and no fault asked for',
      { faults: [] },
      'pass',
      'no fault, steady state held, every message accounted for, every expectation met',
    ],
    [
      'nothing, with two faults',
      { faults: [fault, fault] },
      'pass',
      '2 faults proven, every message accounted for, every expectation met',
    ],
    ['a violation', bad.violation, 'fail', 'ordering violated 3 times'],
    ['a single violation', { violations: [{ ...violation, count: 1 }] }, 'fail', 'ordering violated once'],
    ['a crash', bad.crash, 'fail', 'node3 ended with code 2 by itself'],
    ['a fault without proof', bad.unproven, 'inconclusive', 'kill was not proven: the process is still there'],
    ['a fault that stayed', bad.unhealed, 'inconclusive', 'kill could not be healed'],
    ['too few operations', bad.idle, 'inconclusive', 'only 19 operations were possible in hold'],
    [
      'a starved harness',
      bad.starved,
      'inconclusive',
      'this tool got too little CPU time to measure: its event loops were late by links 101 ms at the 99th percentile, at most 100 ms is allowed',
    ],
    ['an expectation that was not met', bad.missed, 'fail', 'availability was 50%, expected at least 99%'],
    [
      'a latency that was not met',
      { expectations: [{ name: 'p99-latency', expected: 200, unit: 'ms', measured: 1_500, met: false }] },
      'fail',
      'p99-latency was 1.5 s, expected at most 200 ms',
    ],
    [
      'a recovery that never came',
      { expectations: [{ name: 'recovery', expected: 5_000, unit: 'ms', measured: null, met: false }] },
      'fail',
      'recovery was never reached, expected at most 5 s',
    ],
  ])('%s', (_, change, verdict, reason) => {
    expect(judge({ ...good, ...change })).toEqual({ verdict, reason });
  });
});

describe('on the edge', () => {
  test('as many operations as are needed are enough', () => {
    expect(judge({ ...good, operations: { phase: 'hold', possible: leastOperations } }).verdict).toBe('pass');
  });

  test('as much lag as is allowed is allowed', () => {
    const lag = { conductorLagP99Ms: mostLagMs, workloadLagP99Ms: mostLagMs, linksLagP99Ms: mostLagMs };
    expect(judge({ ...good, harness: lag }).verdict).toBe('pass');
  });

  test('a known issue never fails, nor does a violation that happened no times', () => {
    expect(judge({ ...good, violations: [{ ...violation, known: 'https://example.org/1' }] }).verdict).toBe('pass');
    expect(judge({ ...good, violations: [{ ...violation, count: 0 }] }).verdict).toBe('pass');
  });

  test('a known issue does not hide another violation', () => {
    expect(judge({ ...good, violations: [{ ...violation, known: 'known' }, violation] })).toEqual({
      verdict: 'fail',
      reason: 'ordering violated 3 times',
    });
  });

  test('one unproven fault among proven ones is enough', () => {
    expect(judge({ ...good, faults: [fault, { ...fault, proven: false }] }).verdict).toBe('inconclusive');
  });
});

describe('several things wrong: what is violated is violated, what shows nothing is not judged by its figures', () => {
  const failing = ['violation', 'crash'] as const;
  const hollow = ['unproven', 'unhealed', 'idle', 'starved'] as const;
  test.each(failing.flatMap((first) => [...hollow, 'missed' as const].map((second) => [first, second] as const)))(
    'a %s fails whatever else: %s',
    (first, second) => {
      expect(judge({ ...good, ...bad[second], ...bad[first] })).toEqual(judge({ ...good, ...bad[first] }));
    },
  );

  test.each(hollow)('%s before an expectation', (first) => {
    const judged = judge({ ...good, ...bad.missed, ...bad[first] });
    expect(judged).toEqual(judge({ ...good, ...bad[first] }));
    expect(judged.verdict).toBe('inconclusive');
  });

  test('all reasons of the same rank are told', () => {
    expect(judge({ ...good, ...bad.violation, ...bad.crash }).reason).toBe(
      'ordering violated 3 times; node3 ended with code 2 by itself',
    );
    expect(judge({ ...good, ...bad.unproven, ...bad.idle }).reason).toBe(
      'kill was not proven: the process is still there; only 19 operations were possible in hold',
    );
  });
});

describe('a scenario whose faults left nothing possible in hold', () => {
  const why = 'the faults left no operation possible in hold';
  const recovery: ExpectationRecord = {
    name: 'recovery',
    expected: 8_000,
    unit: 'ms',
    measured: 900,
    met: true,
  };
  const alone: VerdictInput = {
    ...good,
    expectations: [
      { ...met, measured: null, met: false, notApplicable: why },
      { name: 'p99-latency', expected: 5_000, unit: 'ms', measured: null, met: false, notApplicable: why },
      recovery,
    ],
    operations: { phase: 'recover', possible: 500 },
  };

  test('passes by its recovery and its accounting', () => {
    expect(judge(alone)).toEqual({
      verdict: 'pass',
      reason: 'the fault proven, every message accounted for, every applicable expectation met',
    });
  });

  test('fails where the broker does not come back', () => {
    const never = { ...recovery, measured: null, met: false };
    expect(judge({ ...alone, expectations: [...alone.expectations.slice(0, 2), never] })).toEqual({
      verdict: 'fail',
      reason: 'recovery was never reached, expected at most 8 s',
    });
  });

  test('shows nothing where too few operations were possible after the heal', () => {
    expect(judge({ ...alone, operations: { phase: 'recover', possible: leastOperations - 1 } })).toEqual({
      verdict: 'inconclusive',
      reason: 'only 19 operations were possible after the heal',
    });
  });
});

test('a broker that does nothing of what was possible fails, and is not called undecided', () => {
  const silent: ExpectationRecord[] = [
    { ...met, measured: 0, met: false },
    { name: 'p99-latency', expected: 5_000, unit: 'ms', measured: null, met: false },
  ];
  expect(judge({ ...good, expectations: silent })).toEqual({
    verdict: 'fail',
    reason:
      'availability was 0%, expected at least 99%; p99-latency could not be measured: nothing was done, expected at most 5 s',
  });
});

describe('a plan', () => {
  const plan = { name: 'mine', title: 'Mine', abortOn: 'fail', stages: [] } as const;
  const passed = { name: 'baseline', verdict: 'pass' } as const;
  const undecided = { name: 'node-pause', verdict: 'inconclusive' } as const;
  const failed = { name: 'node-kill', verdict: 'fail' } as const;

  test('with `abort-on: fail` stops after a failure, and goes on after all else', () => {
    expect(planStops(plan, [])).toBeUndefined();
    expect(planStops(plan, [passed, undecided])).toBeUndefined();
    expect(planStops(plan, [passed, failed])).toBe('the plan stops at the first failure: node-kill failed');
  });

  test('goes on naming the failure, also after those that were skipped for it', () => {
    const skipped = { name: 'node-restart', verdict: 'skipped' } as const;
    expect(planStops(plan, [failed, skipped])).toBe('the plan stops at the first failure: node-kill failed');
  });

  test('without it, or no plan at all, runs to the end', () => {
    expect(planStops({ ...plan, abortOn: undefined }, [failed])).toBeUndefined();
    expect(planStops(undefined, [failed])).toBeUndefined();
  });
});

describe('an expectation that was missed while others used the machine', () => {
  const disturbed = 'others used 1.0 of 2 CPUs more in hold than in steady, and the nodes waited for a CPU';

  test('decides nothing, and says why', () => {
    expect(judge({ ...good, ...bad.missed, disturbed })).toEqual({
      verdict: 'inconclusive',
      reason: `availability was 50%, expected at least 99%: but ${disturbed}`,
    });
  });

  test('while a violation counts all the same, and what was met is met', () => {
    expect(judge({ ...good, ...bad.violation, ...bad.missed, disturbed }).verdict).toBe('fail');
    expect(judge({ ...good, disturbed }).verdict).toBe('pass');
  });
});

test('what was missed by little is told so exactly that it can be seen', () => {
  const reasonOf = (expectation: ExpectationRecord): string => judge({ ...good, expectations: [expectation] }).reason;
  const latency = { name: 'p99-latency', expected: 5_000, unit: 'ms', met: false } as const;
  expect(reasonOf({ ...latency, measured: 5_013.503 })).toBe('p99-latency was 5013.5 ms, expected at most 5 s');
  expect(reasonOf({ ...latency, measured: 5_242.879 })).toBe('p99-latency was 5.2 s, expected at most 5 s');
  expect(reasonOf({ ...met, measured: 0.98999, met: false })).toBe('availability was 98.99%, expected at least 99%');
});
