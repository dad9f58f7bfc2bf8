import { describe, expect, test } from '@jest/globals';
import type { RunRecord } from '../../src/model/record.ts';
import { differenceOf, whyUnfinished } from '../../src/score/comparable.ts';
import { partialRun, passingRun } from '../support/records.ts';

const run = passingRun();
const withBroker = (given: Partial<RunRecord['broker']>): RunRecord => ({
  ...run,
  broker: { ...run.broker, ...given },
});

describe('two runs can be compared', () => {
  test('if only what is to be compared differs: seed, machine, time, figures', () => {
    const other = {
      ...run,
      seed: 'b',
      startedAt: '2026-11-04T00:00:00Z',
      environment: { ...run.environment, cpus: 2 },
    };
    expect(differenceOf(run, other)).toBeUndefined();
  });

  test.each<[string, string, RunRecord]>([
    ['the broker nats', 'the broker embedded', withBroker({ name: 'nats', preset: 'nats' })],
    ['the mutant forget-session', 'no mutant', withBroker({ mutant: 'forget-session' })],
    [
      'the sabotage swallow',
      'no sabotage',
      { ...run, sabotage: { name: 'swallow', breaks: 'a delivery', invariant: 'no-acknowledged-loss', changes: 3 } },
    ],
    ['no preset', 'the preset embedded', withBroker({ preset: null })],
    ['ci/chaos.yml', 'no chaos.yml', withBroker({ config: 'ci/chaos.yml' })],
    ['5 nodes', '3 nodes', withBroker({ nodes: 5 })],
    ['60 messages a second', '300 messages a second', { ...run, workload: { ...run.workload, ratePerSecond: 60 } }],
    ['messages of 64 bytes', 'messages of 128 bytes', { ...run, workload: { ...run.workload, payloadBytes: 64 } }],
    ['the workload will', 'the workload mixed', { ...run, workload: { ...run.workload, profile: 'will' } }],
    ['tier basic, fault', 'tier basic', { ...run, tiers: ['basic', 'fault'] }],
    ['plan week-1', 'tier basic', { ...run, plan: 'week-1' }],
  ])('but not if one is of %s and the other of %s', (is, isNot, other) => {
    expect(differenceOf(other, run)).toEqual({ is, isNot });
  });
});

test('a run that did not come to its end is no side of a comparison', () => {
  expect(whyUnfinished(run)).toBeUndefined();
  expect(whyUnfinished(partialRun())).toBe('the report is partial');
  const error = { code: 'boot', message: 'node1 did not boot', hint: null };
  expect(whyUnfinished({ partial: false, error })).toBe('the run was interrupted');
});
