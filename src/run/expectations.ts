import type { ExpectationRecord, PhaseMeasures, ScenarioMeasures } from '../model/record.ts';
import type { Scenario } from '../model/scenario.ts';

/** The expectations of a scenario beside what was measured. Pure. */
export function expectationsOf({ expect }: Scenario, measures: ScenarioMeasures): ExpectationRecord[] {
  const { availability, p99LatencyMs, recoveryMs } = measures;
  return [
    {
      name: 'availability',
      expected: expect.availability,
      unit: 'share',
      measured: availability,
      met: availability !== null && availability >= expect.availability,
    },
    {
      name: 'p99-latency',
      expected: expect.p99LatencyMs,
      unit: 'ms',
      measured: p99LatencyMs,
      met: p99LatencyMs !== null && p99LatencyMs <= expect.p99LatencyMs,
    },
    {
      name: 'recovery',
      expected: expect.recoveryMs,
      unit: 'ms',
      measured: recoveryMs,
      met: recoveryMs !== null && recoveryMs <= expect.recoveryMs,
    },
  ];
}

/** The same for the steady phase: a cluster that is outside of the hypothesis already shows nothing about a fault. */
export function expectationsOfSteady(scenario: Scenario, steady: PhaseMeasures | null): ExpectationRecord[] {
  return expectationsOf(scenario, {
    availability: steady?.availability ?? null,
    p99LatencyMs: steady?.latency?.p99Ms ?? null,
    recoveryMs: 0,
    operationsInHold: 0,
  });
}
