import type { DimensionId, Grade, Interval, RunRecord, ScenarioRecord, Verdict } from '../model/record.ts';
import { type Dimension, dimensions, type Severity } from '../model/scenario.ts';
import { intervalOf, resamples } from './bootstrap.ts';
import { drawScore, isUnexplained, round, roundInterval } from './scenario.ts';

/** Weight of a scenario in the mean of its dimension. A baseline has the least, because it has no fault. */
export const severityWeights: Readonly<Record<Severity, number>> = {
  none: 0.5,
  low: 1,
  medium: 2,
  high: 3,
  critical: 4,
};

/** Weight of a dimension in the total: 1 for what the broker did under faults, 0.5 for observability and coverage. */
export const dimensionWeights: Readonly<Record<DimensionId, number>> = {
  'latency-tolerance': 1,
  'loss-recovery': 1,
  'resource-pressure': 1,
  'clock-tolerance': 1,
  'fault-isolation': 1,
  'auto-recovery': 1,
  observability: 0.5,
  coverage: 0.5,
};

/** The most that a run with an unexplained violation, or a node that ended by itself, can score. */
export const runCap = 3.9;

/** Each grade and the score from which it is given, the best first. */
export const gradeThresholds: readonly (readonly [from: number, grade: Grade])[] = [
  [9, 'Excellent'],
  [7.5, 'Good'],
  [6, 'Fair'],
  [0, 'Needs Improvement'],
];

export type RunScore = Pick<RunRecord, 'verdict' | 'score' | 'interval' | 'grade' | 'cap' | 'dimensions'>;

export type RunToScore = Pick<RunRecord, 'scenarios' | 'seed' | 'partial'> & {
  /** Names of all scenarios that were requested, by tier, by name or by plan, whether they ran or not. Coverage is a share of these. */
  readonly catalogue: readonly string[];
};

/** Scores a whole run; see docs/score.md for each formula. Scenarios are scored again from their measures and windows. */
export function scoreRun(run: RunToScore): RunScore {
  const scored = scoreDimensions(run);
  const measured = scored.flatMap(({ id, drawn }) => (drawn ? [{ id, drawn, weight: dimensionWeights[id] }] : []));
  // Observability and coverage alone are no score: they say nothing about the broker if no scenario was scored.
  const total = measured.some(({ id }) => isScenarioDimension(id)) ? weightedMean(measured) : undefined;
  const unexplained = describeUnexplained(run.scenarios);
  const capped = (score: number): number => (unexplained === undefined ? score : Math.min(runCap, score));
  const score = total === undefined ? null : round(capped(total.score));
  const verdict = runVerdict(run);
  return {
    verdict,
    score,
    interval:
      score === null || !total?.draws || total.isFixed
        ? null
        : roundInterval(intervalOf(total.draws.map(capped), score)),
    // A partial run has no grade: `Excellent` for half a run would mislead.
    grade: score === null || verdict === 'inconclusive' ? null : gradeOf(score),
    cap:
      total !== undefined && total.score > runCap && unexplained !== undefined
        ? `at most ${runCap}: ${unexplained}`
        : null,
    dimensions: scored.map(({ id, drawn, interval }) => ({ id, score: drawn ? round(drawn.score) : null, interval })),
  };
}

/**
 * `fail` if any scenario failed or anything unexplained was seen. If not, `inconclusive` if any scenario was inconclusive, if none came to
 * pass or fail, or if the run was interrupted. If not, `pass`. A run in which all scenarios were skipped is never a pass.
 */
export function runVerdict(run: Pick<RunRecord, 'scenarios' | 'partial'>): Verdict {
  const verdicts = run.scenarios.map((scenario) => scenario.verdict);
  if (verdicts.includes('fail') || attempts(run.scenarios).some(isUnexplained)) return 'fail';
  if (run.partial || verdicts.includes('inconclusive') || !verdicts.includes('pass')) return 'inconclusive';
  return 'pass';
}

export function gradeOf(score: number): Grade {
  return gradeThresholds.find(([from]) => score >= from)?.[1] ?? 'Needs Improvement';
}

/**
 * 0 to 10: the mean of two shares: scrapes that were answered, and proven faults that the broker's own metrics or logs showed. If only one
 * was measured, that one; null if neither was.
 */
export function observability(scenarios: readonly ScenarioRecord[]): number | null {
  let attempted = 0;
  let answered = 0;
  let faults = 0;
  let seen = 0;
  for (const scenario of scenarios) {
    attempted += scenario.scrapes.attempted;
    answered += Math.min(scenario.scrapes.answered, scenario.scrapes.attempted);
    if (scenario.faultsSeenByBroker === null) continue;
    const proven = scenario.faults.filter((fault) => fault.proven).length;
    faults += proven;
    seen += Math.min(scenario.faultsSeenByBroker, proven);
  }
  const shares = [share(answered, attempted), share(seen, faults)].filter((value) => value !== null);
  return shares.length === 0 ? null : (10 * shares.reduce((sum, value) => sum + value, 0)) / shares.length;
}

/** 0 to 10: the share of the requested scenarios that came to pass or fail with every fault proven; null if none was requested. */
export function coverage(scenarios: readonly ScenarioRecord[], catalogue: readonly string[]): number | null {
  const decided = (scenario: ScenarioRecord): boolean => scenario.verdict === 'pass' || scenario.verdict === 'fail';
  const names = new Set(
    scenarios
      .filter((scenario) => decided(scenario) && scenario.faults.every((fault) => fault.proven))
      .map(({ name }) => name),
  );
  const wanted = [...new Set(catalogue)];
  const covered = share(wanted.filter((name) => names.has(name)).length, wanted.length);
  return covered === null ? null : 10 * covered;
}

/** Unexplained violations and crashes in one line; undefined if there are none. */
export function describeUnexplained(scenarios: readonly ScenarioRecord[]): string | undefined {
  const violations = new Map<string, Set<string>>();
  const crashed = new Set<string>();
  for (const scenario of attempts(scenarios)) {
    for (const violation of scenario.violations) {
      if (violation.known !== null || violation.count === 0) continue;
      violations.set(violation.invariant, (violations.get(violation.invariant) ?? new Set()).add(scenario.name));
    }
    if (scenario.crashes.length > 0) crashed.add(scenario.name);
  }
  const parts = [...violations].map(([invariant, names]) => `${invariant} violated in ${[...names].join(', ')}`);
  if (crashed.size > 0) parts.push(`a node ended by itself in ${[...crashed].join(', ')}`);
  return parts.length === 0 ? undefined : parts.join('; ');
}

/** Every run of every scenario, also the runs that do not count for the score: a violation in one of them is still a violation. */
export function attempts(scenarios: readonly ScenarioRecord[]): readonly ScenarioRecord[] {
  return scenarios.flatMap((scenario) =>
    scenario.earlier === null ? [scenario] : [...attempts([scenario.earlier]), scenario],
  );
}

type Drawn = { readonly score: number; readonly draws: readonly number[] | null; readonly isFixed: boolean };
type Weighed = { readonly drawn: Drawn; readonly weight: number };
type ScoredDimension = {
  readonly id: DimensionId;
  readonly drawn: Drawn | undefined;
  readonly interval: Interval | null;
};

function scoreDimensions(run: RunToScore): ScoredDimension[] {
  const byDimension = new Map<Dimension, Weighed[]>();
  for (const scenario of run.scenarios) {
    const drawn = drawScore(scenario, run.seed);
    if (!drawn) continue;
    const members = byDimension.get(scenario.dimension) ?? [];
    byDimension.set(scenario.dimension, [...members, { drawn, weight: severityWeights[scenario.severity] }]);
  }
  const fromScenarios = dimensions.map((id): ScoredDimension => {
    const drawn = weightedMean(byDimension.get(id) ?? []);
    return {
      id,
      drawn,
      interval: drawn?.draws && !drawn.isFixed ? roundInterval(intervalOf(drawn.draws, drawn.score)) : null,
    };
  });
  return [
    ...fromScenarios,
    counted('observability', observability(run.scenarios)),
    counted('coverage', coverage(run.scenarios, run.catalogue)),
  ];
}

/** Counts are exact and have no interval. In the total they have the same value in every draw. */
function counted(id: DimensionId, score: number | null): ScoredDimension {
  const drawn = score === null ? undefined : { score, draws: new Array<number>(resamples).fill(score), isFixed: true };
  return { id, drawn, interval: null };
}

/** Combines the nth draws of all. This is allowed because scenarios were resampled independently of each other. */
function weightedMean(members: readonly Weighed[]): Drawn | undefined {
  const total = members.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return undefined;
  const mean = (of: (drawn: Drawn) => number): number =>
    Math.min(10, Math.max(0, members.reduce((sum, { drawn, weight }) => sum + weight * of(drawn), 0) / total));
  return {
    score: mean((drawn) => drawn.score),
    isFixed: members.every(({ drawn }) => drawn.isFixed),
    draws: members.some(({ drawn }) => drawn.draws === null)
      ? null
      : Array.from({ length: resamples }, (_, draw) => mean((drawn) => drawn.draws?.[draw] ?? 0)),
  };
}

function isScenarioDimension(id: DimensionId): boolean {
  return dimensions.some((dimension) => dimension === id);
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
