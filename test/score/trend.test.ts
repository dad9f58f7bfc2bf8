import { describe, expect, test } from '@jest/globals';
import type { RunRecord } from '../../src/model/record.ts';
import { compareRecords } from '../../src/score/compare.ts';
import { trendsOf, withoutEvidence } from '../../src/score/trend.ts';
import { failingRun, inconclusiveRun, knownIssueRun, passingRun } from '../support/records.ts';

const day = (nth: number, given: Partial<RunRecord> = {}): { record: RunRecord } => ({
  record: { ...passingRun(), startedAt: new Date(Date.UTC(2026, 9, nth)).toISOString(), ...given },
});
const { broker } = passingRun();
const starts = (runs: readonly { record: RunRecord }[]): string[] =>
  runs.map(({ record }) => record.startedAt.slice(0, 10));

describe('a trend', () => {
  test('has its runs by their start, however they were named, and a value of each for each line', () => {
    const [trend] = trendsOf([day(3, { score: 3, interval: null }), day(1), day(2, { score: null, interval: null })]);
    expect(starts(trend?.runs ?? [])).toEqual(['2026-10-01', '2026-10-02', '2026-10-03']);
    const { score, interval } = passingRun();
    expect(trend?.series[0]).toEqual({
      id: 'total',
      values: [
        { score, interval },
        { score: null, interval: null },
        { score: 3, interval: null },
      ],
      call: 'unknown',
    });
    for (const { values } of trend?.series ?? []) expect(values).toHaveLength(3);
  });

  test('has a line for each dimension that some run measured', () => {
    const [trend] = trendsOf([day(1), day(2)]);
    expect(trend?.series.map(({ id }) => id)).toEqual([
      'total',
      'fault-isolation',
      'auto-recovery',
      'observability',
      'coverage',
    ]);
  });

  test('calls what the newest run changed against the one before it, and nothing of a single run', () => {
    const worse = { ...failingRun(), broker };
    const [trend] = trendsOf([day(1), day(2), { record: { ...worse, startedAt: '2026-10-03T00:00:00Z' } }]);
    expect(trend?.series.map(({ id, call }) => [id, call])).toEqual([
      ['total', 'worse'],
      ['fault-isolation', 'worse'],
      ['auto-recovery', 'worse'],
      ['observability', 'same'],
      ['coverage', 'same'],
    ]);
    expect(trendsOf([day(1)])[0]).toMatchObject({ newest: undefined, series: [{ call: undefined }, {}, {}, {}, {}] });
  });

  test('is of runs that can be compared: another broker has its own, the newest first', () => {
    const nats = { broker: { ...broker, name: 'nats' } };
    const trends = trendsOf([day(1), day(4, nats), day(2), day(3, nats), day(5, { plan: 'week-1' })]);
    expect(trends.map(({ runs }) => starts(runs))).toEqual([
      ['2026-10-05'],
      ['2026-10-03', '2026-10-04'],
      ['2026-10-01', '2026-10-02'],
    ]);
  });

  test('of more runs than fit a line keeps the newest, and says how many there were', () => {
    const [trend] = trendsOf(Array.from({ length: 75 }, (_, index) => day(index + 1)));
    expect(trend?.runs).toHaveLength(60);
    expect(trend?.older).toBe(15);
    expect(starts(trend?.runs ?? [])[0]).toBe('2026-10-16');
  });
});

test('a record without its evidence compares as the whole one', () => {
  const all = [passingRun(), failingRun(), inconclusiveRun(), knownIssueRun()];
  for (const base of all)
    for (const head of all)
      expect(compareRecords(withoutEvidence(base), withoutEvidence(head))).toEqual(compareRecords(base, head));
  expect(JSON.stringify(withoutEvidence(failingRun())).length).toBeLessThan(JSON.stringify(failingRun()).length / 10);
});
