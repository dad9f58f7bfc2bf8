import type { DimensionId, RunRecord, ScenarioRecord } from '../model/record.ts';
import { identityOf } from './comparable.ts';
import { type Call, type Comparison, compareRecords, type Measured } from './compare.ts';

/** Runs of the same thing, the oldest first. */
export type Trend<Run extends Dated> = {
  readonly runs: readonly Run[];
  /** Older runs than these, which are not kept. */
  readonly older: number;
  /** The total, then each dimension that some run measured. */
  readonly series: readonly Series[];
  /** The newest run against the one before it; undefined for a single run. */
  readonly newest: Comparison | undefined;
};

/** A run with its start. */
export type Dated = { readonly record: RunRecord };

export type Series = {
  readonly id: 'total' | DimensionId;
  /** One for each run. */
  readonly values: readonly Measured[];
  /** Of the newest run against the one before it; undefined for a single run. */
  readonly call: Call | undefined;
};

/** More do not fit a line of a terminal. */
const mostRuns = 60;

/** The history of what was run: runs of the same broker as configured, and of the same scenarios, in one trend. The newest trend first. */
export function trendsOf<Run extends Dated>(runs: readonly Run[]): Trend<Run>[] {
  const groups = new Map<string, Run[]>();
  for (const run of runs) {
    const of = JSON.stringify(identityOf(run.record));
    groups.set(of, [...(groups.get(of) ?? []), run]);
  }
  const started = ({ record }: Run): number => Date.parse(record.startedAt);
  return [...groups.values()]
    .map((group) => group.toSorted((a, b) => started(a) - started(b)))
    .toSorted((a, b) => lastOf(b, started) - lastOf(a, started))
    .map((group) => trendOf(group.slice(-mostRuns), Math.max(0, group.length - mostRuns)));
}

function lastOf<Run>(group: readonly Run[], started: (run: Run) => number): number {
  const last = group.at(-1);
  return last === undefined ? 0 : started(last);
}

function trendOf<Run extends Dated>(runs: readonly Run[], older: number): Trend<Run> {
  const records = runs.map(({ record }) => record);
  const [before, last] = records.slice(-2);
  const newest = before && last && compareRecords(before, last);
  const ids = new Set(
    records.flatMap(({ dimensions }) => dimensions.filter(({ score }) => score !== null).map(({ id }) => id)),
  );
  const total: Series = {
    id: 'total',
    values: records.map(({ score, interval }) => ({ score, interval })),
    call: newest?.total.call,
  };
  const ofDimension = (id: DimensionId): Series => ({
    id,
    values: records.map(({ dimensions }) => {
      const { score = null, interval = null } = dimensions.find((one) => one.id === id) ?? {};
      return { score, interval };
    }),
    call: newest && (newest.dimensions.find((one) => one.id === id)?.call ?? 'unknown'),
  });
  return { runs, older, series: [total, ...[...ids].map(ofDimension)], newest };
}

/** A record with what a trend needs of it: a long history of whole ones does not fit the memory. */
export function withoutEvidence(record: RunRecord): RunRecord {
  return { ...record, scenarios: record.scenarios.map(scenarioWithoutEvidence) };
}

function scenarioWithoutEvidence(scenario: ScenarioRecord): ScenarioRecord {
  return {
    ...scenario,
    earlier: scenario.earlier && scenarioWithoutEvidence(scenario.earlier),
    phases: [],
    windows: [],
    faults: [],
    violations: scenario.violations.map(({ invariant, statement, clause, count, known }) => ({
      ...{ invariant, statement, clause, count, known },
      examples: [],
    })),
    crashes: scenario.crashes.map((crash) => ({ ...crash, lastLines: [] })),
  };
}
