import { describe, expect, test } from '@jest/globals';
import { checks } from '../../src/checks/registry.ts';
import { type Mutant, mutants } from '../../src/embedded/mutants.ts';
import { violated } from '../support/measured-run.ts';
import { type MutantScenario, mutantRuns } from '../support/mutant-run.ts';

type Case = {
  readonly scenario: MutantScenario;
  readonly invariant: string;
  readonly redeliverWithin?: string;
  readonly rate?: string;
};

/** The invariant that names each defect; what a broker never serves at all is in unserved.test.ts. */
const caught: Record<Exclude<Mutant, 'local-wildcards'>, Case> = {
  'ack-before-store': { scenario: 'short-restart', invariant: 'no-acknowledged-loss' },
  'forget-outbox': { scenario: 'short-restart', invariant: 'no-acknowledged-loss' },
  'reorder-after-reconnect': { scenario: 'short-quiet', invariant: 'ordering' },
  'redeliver-qos2': { scenario: 'short-restart', invariant: 'exactly-once' },
  'forget-session': { scenario: 'short-quiet', invariant: 'session-state' },
  // The bound of liveness is waited for, half a minute.
  'never-redial': { scenario: 'short-restart', invariant: 'liveness', redeliverWithin: '4s', rate: '60/s' },
  'corrupt-forward': { scenario: 'short-quiet', invariant: 'integrity' },
  'duplicate-qos0': { scenario: 'short-quiet', invariant: 'at-most-once' },
};

const runOf = mutantRuns();

describe('a broker with one deliberate defect fails, by the invariant that names the defect', () => {
  test('every mutant has its case', () => {
    expect([...Object.keys(caught), 'local-wildcards'].sort()).toEqual(Object.keys(mutants).sort());
  });

  test('every invariant has a mutant that it catches', () => {
    const proved = new Set(Object.values(caught).map(({ invariant }) => invariant));
    expect(checks.map(({ id }) => id).filter((id) => !proved.has(id))).toEqual([]);
  });

  test.each(Object.entries(caught))('%s', async (mutant, { scenario, invariant, redeliverWithin = '1s', rate }) => {
    const more = rate === undefined ? [] : ['--rate', rate];
    const { code, record, stderr } = await runOf([scenario], redeliverWithin, '--mutant', mutant, ...more);
    expect({ code, error: record?.error ?? null, stderr: code === 1 ? '' : stderr }).toEqual({
      code: 1,
      error: null,
      stderr: '',
    });
    expect(record?.scenarios[0]?.verdict).toBe('fail');
    expect(violated(record)[invariant]).toBeGreaterThan(0);
  });
});
