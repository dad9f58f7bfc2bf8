import { describe, expect, test } from '@jest/globals';
import { checks } from '../../src/checks/registry.ts';
import { type Mutant, type MutantSpec, mutants } from '../../src/embedded/mutants.ts';
import { violated } from '../support/measured-run.ts';
import { mutantRuns } from '../support/mutant-run.ts';

const all: Readonly<Record<Mutant, MutantSpec>> = mutants;

/** A few mutants that show in the shortest scenarios. `chaos-action selftest` runs all of them, each with the traffic that it strikes. */
const few = {
  'ack-before-store': {},
  'forget-outbox': {},
  'reorder-after-reconnect': {},
  'redeliver-qos2': {},
  'forget-session': {},
  // The bound of liveness is waited for, half a minute.
  'never-redial': { redeliverWithin: '4s', rate: '60/s' },
  'corrupt-forward': {},
  'duplicate-qos0': {},
  'deliver-at-grant': {},
} satisfies Partial<Record<Mutant, { readonly redeliverWithin?: string; readonly rate?: string }>>;

const runOf = mutantRuns();

test('every invariant has at least two mutants that it must name', () => {
  const named = Object.values(all).map(({ invariant }) => invariant);
  const count = (id: string): number => named.filter((invariant) => invariant === id).length;
  expect(checks.map(({ id }) => id).filter((id) => count(id) < 2)).toEqual([]);
  expect(named.filter((invariant) => !checks.some(({ id }) => id === invariant))).toEqual([]);
});

test('the report of a mutant is a GitHub issue or pull request', () => {
  const reports = Object.values(all).flatMap(({ report }) => report ?? []);
  expect(reports.filter((report) => !/^[\w.-]+\/[\w.-]+#\d+$/.test(report))).toEqual([]);
});

describe('a broker with one deliberate defect fails, by the invariant that names the defect', () => {
  test.each(Object.entries(few))('%s', async (name, how: { redeliverWithin?: string; rate?: string }) => {
    const { invariant, scenario } = all[name as Mutant];
    const { redeliverWithin = '1s', rate } = how;
    const more = ['--mutant', name, ...(rate === undefined ? [] : ['--rate', rate])];
    const { code, record, stderr } = await runOf([`short-${scenario}`], redeliverWithin, ...more);
    expect({ code, error: record?.error ?? null, stderr: code === 1 ? '' : stderr }).toEqual({
      code: 1,
      error: null,
      stderr: '',
    });
    expect(record?.scenarios[0]?.verdict).toBe('fail');
    expect(violated(record)[invariant]).toBeGreaterThan(0);
  });
});
