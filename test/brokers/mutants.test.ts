import { describe, expect, test } from '@jest/globals';
import { type Mutant, mutants } from '../../src/embedded/mutants.ts';
import { measuredRun, violated } from '../support/measured-run.ts';

/** The shortest scenario of the basic tier in which each defect shows, and the invariant that names it. */
const caught: Record<Mutant, { scenario: string; invariant: string }> = {
  'ack-before-store': { scenario: 'node-restart', invariant: 'no-acknowledged-loss' },
  'forget-outbox': { scenario: 'node-restart', invariant: 'no-acknowledged-loss' },
  'reorder-after-reconnect': { scenario: 'baseline', invariant: 'ordering' },
  'redeliver-qos2': { scenario: 'node-restart', invariant: 'exactly-once' },
  'forget-session': { scenario: 'baseline', invariant: 'session-state' },
  'never-redial': { scenario: 'node-restart', invariant: 'liveness' },
  'corrupt-forward': { scenario: 'baseline', invariant: 'integrity' },
  'duplicate-qos0': { scenario: 'baseline', invariant: 'at-most-once' },
};

describe('a broker with one deliberate defect fails, by the invariant that names the defect', () => {
  test.each(Object.keys(mutants) as Mutant[])('%s', async (mutant) => {
    const { scenario, invariant } = caught[mutant];
    const { code, record, stderr } = await measuredRun('--scenario', scenario, '--mutant', mutant, '--seed', 'mutants');
    expect({ code, error: record?.error ?? null, stderr: code === 1 ? '' : stderr }).toEqual({
      code: 1,
      error: null,
      stderr: '',
    });
    expect(record?.scenarios[0]?.verdict).toBe('fail');
    expect(violated(record)[invariant]).toBeGreaterThan(0);
  });
});

test('the same broker without a defect passes the same scenarios, each fault proven and every message accounted for', async () => {
  const { code, record, stderr } = await measuredRun('--scenario', 'baseline,node-restart', '--seed', 'mutants');
  expect(violated(record)).toEqual({});
  for (const { faults, accounting, reason } of record?.scenarios ?? []) {
    expect(faults.filter(({ proven }) => !proven)).toEqual([]);
    expect(accounting.lost).toBe(0);
    expect(accounting.published).toBeGreaterThan(1_000);
    expect(reason).not.toMatch(/violated|not proven/);
  }
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
});
