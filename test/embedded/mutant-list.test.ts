import { expect, test } from '@jest/globals';
import { checks } from '../../src/checks/registry.ts';
import { mutants } from '../../src/embedded/mutants.ts';

test('every invariant has at least two mutants that it must name', () => {
  const named = Object.values(mutants).map(({ invariant }): string => invariant);
  const count = (id: string): number => named.filter((invariant) => invariant === id).length;
  expect(checks.map(({ id }) => id).filter((id) => count(id) < 2)).toEqual([]);
  expect(named.filter((invariant) => !checks.some(({ id }) => id === invariant))).toEqual([]);
});

test('the report of a mutant is a GitHub issue or pull request', () => {
  const reports = Object.values(mutants).flatMap((mutant) => ('report' in mutant ? (mutant.report ?? []) : []));
  expect(reports.length).toBeGreaterThan(0);
  expect(reports.filter((report) => !/^[\w.-]+\/[\w.-]+#\d+$/.test(report))).toEqual([]);
});
