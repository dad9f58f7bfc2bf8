import { decodeFromCompressedBase64 } from 'hdr-histogram-js';
import { createRandom } from '../../../src/base/random.ts';
import type { Interval, RunRecord, ScenarioRecord, Verdict } from '../../../src/model/record.ts';

/**
 * docs/score.md once more, written from that page: it shares no code with src/score. The types of the record and the random streams are
 * those of the tool, since they are what the formulas are applied to.
 */
export type Figures = Pick<RunRecord, 'verdict' | 'score' | 'interval' | 'grade'> & {
  readonly isCapped: boolean;
  readonly dimensions: ReadonlyMap<string, Estimate>;
  /** In the order of the record. */
  readonly scenarios: readonly ScenarioFigures[];
};

export type Estimate = { readonly score: number | null; readonly interval: Interval | null };
export type ScenarioFigures = Estimate & {
  readonly parts: ReadonlyMap<Part, number>;
  readonly isCapped: boolean;
  /** Over hold, from its windows. */
  readonly availability: number | null;
  readonly p99Ms: number | null;
};

export type Part = 'availability' | 'latency' | 'recovery';
const partsInOrder: readonly Part[] = ['availability', 'latency', 'recovery'];
const weights = { availability: 0.4, latency: 0.2, recovery: 0.4 };
const severities = { none: 0.5, low: 1, medium: 2, high: 3, critical: 4 };
const resamples = 1_000;

/** A score that is not rounded yet, with its draws; `fixed` if nothing in it varies. */
type Drawn = { readonly score: number; readonly draws: readonly number[] | null; readonly fixed: boolean };

export function figuresOf(record: RunRecord): Figures {
  const drawn = record.scenarios.map((scenario) => drawScenario(scenario, record.seed));
  const broke = allRuns(record.scenarios).some(isBroken);
  const dimensions = new Map<string, { drawn: Drawn | null; counted: boolean }>();
  for (const { id } of record.dimensions) {
    const members = record.scenarios.flatMap((scenario, index) => {
      const one = drawn[index];
      return scenario.dimension === id && one ? [{ one, weight: severities[scenario.severity] }] : [];
    });
    dimensions.set(id, { drawn: mean(members), counted: false });
  }
  for (const [id, score] of [
    ['observability', observabilityOf(record.scenarios)],
    ['coverage', coverageOf(record)],
  ] as const)
    dimensions.set(id, { drawn: score === null ? null : fixedAt(score), counted: true });
  const members = [...dimensions.values()].flatMap(({ drawn: one, counted }) =>
    one === null ? [] : [{ one, weight: counted ? 0.5 : 1, counted }],
  );
  const total = members.some(({ counted }) => !counted) ? mean(members) : null;
  const capped = (score: number): number => (broke ? Math.min(3.9, score) : score);
  const score = total === null ? null : twoDigits(capped(total.score));
  const verdict = verdictOf(record, broke);
  return {
    verdict,
    score,
    interval:
      score === null || total === null || total.draws === null || total.fixed
        ? null
        : middle(total.draws.map(capped), score),
    grade: score === null || verdict === 'inconclusive' ? null : gradeOf(score),
    isCapped: broke && total !== null && total.score > 3.9,
    dimensions: new Map(
      [...dimensions].map(([id, { drawn: one, counted }]) => [
        id,
        {
          score: one === null ? null : twoDigits(one.score),
          interval: one === null || one.draws === null || one.fixed || counted ? null : middle(one.draws, one.score),
        },
      ]),
    ),
    scenarios: record.scenarios.map((scenario, index) => scenarioFigures(scenario, drawn[index] ?? null)),
  };
}

/** Every run of every scenario, the first of a scenario first. */
export function allRuns(scenarios: readonly ScenarioRecord[]): ScenarioRecord[] {
  return scenarios.flatMap((scenario) =>
    scenario.earlier === null ? [scenario] : [...allRuns([scenario.earlier]), scenario],
  );
}

export function isBroken({ violations, crashes }: ScenarioRecord): boolean {
  return crashes.length > 0 || violations.some(({ count, known }) => count > 0 && known === null);
}

/** The parts of a score that apply; null where there is no score. Of a run of a scenario that does not count too. */
export function partsOf(scenario: ScenarioRecord): ReadonlyMap<Part, number> | null {
  if (scenario.verdict === 'inconclusive' || scenario.verdict === 'skipped') return null;
  const parts = new Map<Part, number>();
  for (const part of partsInOrder) {
    const expectation = scenario.expectations.find(
      ({ name }) =>
        name === ({ availability: 'availability', latency: 'p99-latency', recovery: 'recovery' } as const)[part],
    );
    if (expectation?.notApplicable !== undefined) continue;
    const points = expectation && pointsOf(scenario, part, expectation.expected);
    if (points === undefined) return null;
    parts.set(part, points);
  }
  return parts.size === 0 ? null : parts;
}

/** A score of a scenario whose parts these are, before any cap. */
export function weighted(parts: ReadonlyMap<Part, number>): number {
  let [sum, total] = [0, 0];
  for (const [part, points] of parts) {
    sum += weights[part] * points;
    total += weights[part];
  }
  return sum / total;
}

function pointsOf(scenario: ScenarioRecord, part: Part, expected: number): number | undefined {
  const { availability, p99LatencyMs, recoveryMs } = scenario.measures;
  switch (part) {
    case 'availability':
      return availability === null ? undefined : availabilityPoints(availability, expected);
    case 'latency':
      if (p99LatencyMs !== null) return latencyPoints(p99LatencyMs, expected);
      return availability === 0 ? 0 : undefined;
    case 'recovery': {
      const watched = scenario.phases.some(({ name, startMs, endMs }) => name === 'recover' && endMs > startMs);
      if (recoveryMs === null) return watched ? 0 : undefined;
      return straight(recoveryMs, expected, 6 * expected);
    }
  }
}

function availabilityPoints(share: number, expected: number): number {
  return straight(-share, -expected, -Math.max(0, expected - 0.25));
}

function latencyPoints(ms: number, expectedMs: number): number {
  return straight(ms, expectedMs, 10 * expectedMs);
}

/** 10 up to the expectation, then a straight line to 0 at the limit. */
function straight(measured: number, expected: number, limit: number): number {
  if (measured <= expected) return 10;
  return measured >= limit ? 0 : 10 * ((limit - measured) / (limit - expected));
}

function scenarioFigures(scenario: ScenarioRecord, drawn: Drawn | null): ScenarioFigures {
  const parts = partsOf(scenario) ?? new Map<Part, number>();
  const score = drawn === null ? null : twoDigits(drawn.score);
  const hold = holdOf(scenario);
  const { share, p99Ms } = measured(
    hold,
    hold.seconds.map(() => 1),
  );
  return {
    score,
    interval:
      drawn === null || drawn.draws === null || drawn.fixed || score === null ? null : middle(drawn.draws, score),
    parts,
    isCapped: isBroken(scenario) && parts.size > 0 && weighted(parts) > 2,
    availability: share,
    p99Ms,
  };
}

function drawScenario(scenario: ScenarioRecord, seed: string): Drawn | null {
  const parts = partsOf(scenario);
  if (parts === null) return null;
  const capped = (score: number): number => (isBroken(scenario) ? Math.min(2, score) : score);
  const score = capped(weighted(parts));
  if (!parts.has('availability') && !parts.has('latency')) return fixedAt(score);
  const hold = holdOf(scenario);
  if (hold.seconds.length < 5) return { score, draws: null, fixed: false };
  const expected = (name: string): number => scenario.expectations.find((one) => one.name === name)?.expected ?? 0;
  const draws = resampled(hold, `${seed}/score/${scenario.name}/${scenario.attempt}/${scenario.startMs}`).map(
    ({ share, p99Ms }) => {
      const drawn = new Map(parts);
      if (parts.has('availability') && share !== null)
        drawn.set('availability', availabilityPoints(share, expected('availability')));
      if (parts.has('latency') && p99Ms !== null) drawn.set('latency', latencyPoints(p99Ms, expected('p99-latency')));
      return capped(weighted(drawn));
    },
  );
  return { score, draws, fixed: false };
}

/** The seconds of hold: their operations, and how often each of `latenciesMs` was seen in each. */
type Hold = {
  readonly seconds: readonly { readonly possible: number; readonly done: number; readonly counts: readonly number[] }[];
  /** Ascending. */
  readonly latenciesMs: readonly number[];
};

function holdOf({ windows }: ScenarioRecord): Hold {
  const hold = windows.filter(({ phase }) => phase === 'hold');
  if (hold.length > 600) throw new Error('a hold that long is pooled, which is not recomputed here');
  const seen = hold.map(({ latency }) => countsOf(latency));
  const latenciesMs = [...new Set(seen.flatMap((counts) => [...counts.keys()]))].sort((a, b) => a - b);
  return {
    latenciesMs,
    seconds: hold.map(({ possible, done }, index) => ({
      ...{ possible, done },
      counts: latenciesMs.map((ms) => seen[index]?.get(ms) ?? 0),
    })),
  };
}

/** How often each latency was seen. A value is the highest that its bin stands for, as a percentile is. */
function countsOf(latency: string | null): Map<number, number> {
  const counts = new Map<number, number>();
  if (latency === null) return counts;
  const histogram = decodeFromCompressedBase64(latency);
  for (let rank = 0; rank < histogram.totalCount; rank++) {
    const ms = histogram.getValueAtPercentile((100 * (rank + 0.5)) / histogram.totalCount) / 1_000;
    counts.set(ms, (counts.get(ms) ?? 0) + 1);
  }
  return counts;
}

function resampled(hold: Hold, stream: string): { share: number | null; p99Ms: number | null }[] {
  const random = createRandom(stream);
  const { length } = hold.seconds;
  const block = Math.ceil(Math.cbrt(length) - 1e-9);
  return Array.from({ length: resamples }, () => {
    const times = new Array<number>(length).fill(0);
    for (let taken = 0; taken < length; ) {
      const start = random.below(length);
      for (let next = 0; next < block && taken < length; next++, taken++) {
        const at = (start + next) % length;
        times[at] = (times[at] ?? 0) + 1;
      }
    }
    return measured(hold, times);
  });
}

/** Availability and the 99th percentile of the seconds, each taken so often. */
function measured(
  { seconds, latenciesMs }: Hold,
  times: readonly number[],
): { share: number | null; p99Ms: number | null } {
  const sum = (of: (second: Hold['seconds'][number]) => number): number =>
    seconds.reduce((all, second, at) => all + (times[at] ?? 0) * of(second), 0);
  const possible = sum((second) => second.possible);
  const totals = latenciesMs.map((_, at) => sum(({ counts }) => counts[at] ?? 0));
  const rank = Math.max(1, Math.ceil(0.99 * totals.reduce((all, one) => all + one, 0) - 1e-6));
  let seen = 0;
  const at = totals.findIndex((count) => {
    seen += count;
    return seen >= rank;
  });
  return { share: possible === 0 ? null : sum(({ done }) => done) / possible, p99Ms: latenciesMs[at] ?? null };
}

function mean(members: readonly { readonly one: Drawn; readonly weight: number }[]): Drawn | null {
  const total = members.reduce((sum, { weight }) => sum + weight, 0);
  if (members.length === 0) return null;
  const of = (value: (one: Drawn) => number): number =>
    members.reduce((sum, { one, weight }) => sum + weight * value(one), 0) / total;
  return {
    score: of(({ score }) => score),
    draws: members.some(({ one }) => one.draws === null)
      ? null
      : Array.from({ length: resamples }, (_, nth) => of(({ draws }) => draws?.[nth] ?? Number.NaN)),
    fixed: members.every(({ one }) => one.fixed),
  };
}

function fixedAt(score: number): Drawn {
  return { score, draws: new Array<number>(resamples).fill(score), fixed: true };
}

/** The middle 95% of the draws, widened to contain the score. */
function middle(draws: readonly number[], score: number): Interval {
  const sorted = draws.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN;
  return [twoDigits(Math.min(score, at(0.025))), twoDigits(Math.max(score, at(0.975)))];
}

function observabilityOf(scenarios: readonly ScenarioRecord[]): number | null {
  const sum = (of: (scenario: ScenarioRecord) => number): number => scenarios.reduce((all, one) => all + of(one), 0);
  const proven = ({ faults, faultsSeenByBroker }: ScenarioRecord): number =>
    faultsSeenByBroker === null ? 0 : faults.filter((fault) => fault.proven).length;
  const attempted = sum(({ scrapes }) => scrapes.attempted);
  const shares = [
    ...(attempted === 0 ? [] : [sum(({ scrapes }) => scrapes.answered) / attempted]),
    ...(sum(proven) === 0 ? [] : [sum((one) => Math.min(proven(one), one.faultsSeenByBroker ?? 0)) / sum(proven)]),
  ];
  return shares.length === 0 ? null : (10 * shares.reduce((all, one) => all + one, 0)) / shares.length;
}

/** A complete run has a record of each scenario that was requested. How many a partial run still owed is not in its record. */
function coverageOf({ scenarios }: RunRecord): number | null {
  const covered = scenarios.filter(
    ({ verdict, faults }) => (verdict === 'pass' || verdict === 'fail') && faults.every(({ proven }) => proven),
  ).length;
  return scenarios.length === 0 ? null : (10 * covered) / scenarios.length;
}

function verdictOf({ scenarios, partial }: RunRecord, broke: boolean): Verdict {
  const some = (verdict: Verdict): boolean => scenarios.some((one) => one.verdict === verdict);
  if (broke || some('fail')) return 'fail';
  return partial || some('inconclusive') || !some('pass') ? 'inconclusive' : 'pass';
}

function gradeOf(score: number): RunRecord['grade'] {
  if (score >= 9) return 'Excellent';
  if (score >= 7.5) return 'Good';
  return score >= 6 ? 'Fair' : 'Needs Improvement';
}

function twoDigits(value: number): number {
  return Math.round(value * 100) / 100;
}
