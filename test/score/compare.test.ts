import { describe, expect, test } from '@jest/globals';
import type { Interval, RunRecord } from '../../src/report/record.ts';
import { compareRecords } from '../../src/score/compare.ts';
import { failingRun, inconclusiveRun, partialRun, passingRun } from '../support/records.ts';

const base = passingRun();

/** A run of which only the total matters. */
function total(score: number | null, interval: Interval | null): RunRecord {
  return { ...base, score, interval };
}

describe('the call', () => {
  test.each([
    ['better', total(6, [5.8, 6.2]), total(7, [6.3, 7.5])],
    ['worse', total(7, [6.3, 7.5]), total(6, [5.8, 6.2])],
    ['same', total(6, [5.8, 6.4]), total(7, [6.3, 7.5])],
    ['same', total(6, [5.8, 6.3]), total(7, [6.3, 7.5])],
    ['unknown', total(6, [5.8, 6.2]), total(null, null)],
    ['unknown', total(6, null), total(9, [8, 9.5])],
  ])('is %s only where intervals say so', (call, one, other) => {
    expect(compareRecords(one, other).total.call).toBe(call);
  });

  test('turns round when base and head change places', () => {
    expect(compareRecords(base, failingRun()).total.call).toBe('worse');
    expect(compareRecords(failingRun(), base).total.call).toBe('better');
    expect(compareRecords(base, base).total).toMatchObject({ call: 'same', difference: 0 });
  });
});

test('scenarios are compared by name, and those of one side only are named', () => {
  const { scenarios, onlyInBase, onlyInHead } = compareRecords(base, partialRun());
  expect(scenarios.map(({ name, call }) => [name, call])).toEqual([
    ['baseline', 'same'],
    ['node-kill', 'same'],
  ]);
  expect(onlyInBase).toEqual(['node-restart', 'node-pause']);
  expect(onlyInHead).toEqual([]);
});

test('a scenario that was not scored on one side is unknown, not worse', () => {
  const kill = compareRecords(base, inconclusiveRun()).scenarios.find(({ name }) => name === 'node-kill');
  expect(kill).toMatchObject({ call: 'unknown', difference: null });
});

test('violations that appeared or went are listed whatever the scores say', () => {
  const { appeared, gone } = compareRecords(base, failingRun());
  expect(appeared).toEqual([
    { scenario: 'node-kill', invariant: 'no-acknowledged-loss', baseCount: 0, headCount: 12 },
    { scenario: 'node-kill', invariant: 'ordering', baseCount: 0, headCount: 3 },
  ]);
  expect(gone).toEqual([]);
  expect(compareRecords(failingRun(), base).gone).toHaveLength(2);
});

test('whatever makes two runs not like for like is said', () => {
  expect(compareRecords(base, base).caveats).toEqual([]);
  const elsewhere: RunRecord = {
    ...base,
    seed: 'another',
    partial: true,
    environment: { ...base.environment, cpus: 2 },
    scenarios: base.scenarios.map((scenario) => ({ ...scenario, parameters: { ...scenario.parameters, delay: '9s' } })),
  };
  expect(compareRecords(base, elsewhere).caveats).toEqual([
    'the head run is partial',
    'seed: a-seed in the base, another in the head',
    'CPUs: 4 in the base, 2 in the head',
    ...base.scenarios.map(({ name }) => `parameters of ${name} differ`),
  ]);
});
