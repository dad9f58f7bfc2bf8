import { createRandom } from '../base/random.ts';
import type { Interval, ScenarioRecord, ScoreParts } from '../report/record.ts';
import { intervalOf, resampleHold } from './bootstrap.ts';

/** Shares of the three parts in a scenario's score. */
export const partWeights = { availability: 0.4, latency: 0.2, recovery: 0.4 } as const;

/**
 * Where each part reaches 0: availability when a quarter of all operations is lost beyond what was allowed (or all of them),
 * latency at ten times the expected 99th percentile, recovery at six times the expected time.
 */
export const limits = { availabilityShare: 0.25, latencyFactor: 10, recoveryFactor: 6 } as const;

/** The most that a scenario with an unexplained violation, or with a node that ended by itself, can score. */
export const violationCap = 2;

/** What a scenario is scored from: a record before its score is known, or one read back from report.json. */
export type ScorableScenario = Pick<
  ScenarioRecord,
  | 'name'
  | 'attempt'
  | 'startMs'
  | 'verdict'
  | 'expectations'
  | 'measures'
  | 'phases'
  | 'violations'
  | 'crashes'
  | 'windows'
>;

export type ScenarioScore = Pick<ScenarioRecord, 'score' | 'interval' | 'parts'>;

/** A score with the bootstrap draws behind its interval; null where hold was too short for any. */
export type DrawnScore = {
  readonly score: number;
  readonly parts: ScoreParts;
  readonly draws: readonly number[] | null;
};

/**
 * A scenario's score, 0 to 10, with its 95% interval and parts. All null if the verdict is inconclusive or skipped, or if one
 * of the three parts was not measured. The interval covers the seconds of hold; recovery happens once and is taken as fixed.
 */
export function scoreScenario(scenario: ScorableScenario, seed: string): ScenarioScore {
  const drawn = drawScore(scenario, seed);
  if (!drawn) return { score: null, interval: null, parts: null };
  const score = round(drawn.score);
  return {
    score,
    interval: drawn.draws === null ? null : roundInterval(intervalOf(drawn.draws, score)),
    parts: {
      availability: round(drawn.parts.availability),
      latency: round(drawn.parts.latency),
      recovery: round(drawn.parts.recovery),
    },
  };
}

/** The score unrounded and its draws, for pooling over scenarios; undefined where `scoreScenario` gives null. */
export function drawScore(scenario: ScorableScenario, seed: string): DrawnScore | undefined {
  const parts = scoreParts(scenario);
  if (!parts) return undefined;
  const cap = isUnexplained(scenario) ? violationCap : 10;
  const availability = expected(scenario, 'availability') ?? 0;
  const latency = expected(scenario, 'p99-latency') ?? 0;
  const random = createRandom(seed).fork(`score/${scenario.name}/${scenario.attempt}/${scenario.startMs}`);
  const draws = resampleHold(scenario.windows, random)?.map((resample) =>
    Math.min(
      cap,
      weigh({
        availability:
          resample.availability === null ? parts.availability : availabilityPart(resample.availability, availability),
        latency: resample.p99Ms === null ? parts.latency : latencyPart(resample.p99Ms, latency),
        recovery: parts.recovery,
      }),
    ),
  );
  return { score: Math.min(cap, weigh(parts)), parts, draws: draws ?? null };
}

/** 0 to 10. `measured` and `expected` are shares of the operations of hold done in time, 0 to 1. */
export function availabilityPart(measured: number, expected: number): number {
  return falling(expected - measured, 0, Math.min(limits.availabilityShare, expected));
}

/** 0 to 10, from the 99th percentile of latency over hold. */
export function latencyPart(measuredMs: number, expectedMs: number): number {
  return falling(measuredMs, expectedMs, limits.latencyFactor * expectedMs);
}

/** 0 to 10, from the time between heal and the first sustained steady window; null means that it never came. */
export function recoveryPart(measuredMs: number | null, expectedMs: number): number {
  return measuredMs === null ? 0 : falling(measuredMs, expectedMs, limits.recoveryFactor * expectedMs);
}

/** Whether something happened that neither the specification nor a known issue of chaos.yml explains. */
export function isUnexplained(scenario: Pick<ScenarioRecord, 'violations' | 'crashes'>): boolean {
  return (
    scenario.crashes.length > 0 ||
    scenario.violations.some((violation) => violation.count > 0 && violation.known === null)
  );
}

/** Whether the cap lowered the score: its parts would have made it more. */
export function isCapped(scenario: Pick<ScenarioRecord, 'violations' | 'crashes' | 'parts'>): boolean {
  return isUnexplained(scenario) && scenario.parts !== null && weigh(scenario.parts) > violationCap;
}

/** Null recovery means "never" only where there was a recovery phase to see it in. */
export function recoveryWasWatched(scenario: Pick<ScenarioRecord, 'phases'>): boolean {
  return scenario.phases.some((phase) => phase.name === 'recover' && phase.endMs > phase.startMs);
}

/** Two digits are what is stored and shown; the noise is larger than the third. */
export function round(score: number): number {
  return Math.round(score * 100) / 100;
}

export function roundInterval([low, high]: Interval): Interval {
  return [round(low), round(high)];
}

function scoreParts(scenario: ScorableScenario): ScoreParts | undefined {
  if (scenario.verdict === 'inconclusive' || scenario.verdict === 'skipped') return undefined;
  const { availability, p99LatencyMs, recoveryMs } = scenario.measures;
  const expectedAvailability = expected(scenario, 'availability');
  const expectedP99Ms = expected(scenario, 'p99-latency');
  const expectedRecoveryMs = expected(scenario, 'recovery');
  if (availability === null || expectedAvailability === undefined) return undefined;
  // Where nothing at all was done there is no latency to measure, and that must not be better than a long one.
  if ((p99LatencyMs === null && availability > 0) || expectedP99Ms === undefined) return undefined;
  if ((recoveryMs === null && !recoveryWasWatched(scenario)) || expectedRecoveryMs === undefined) return undefined;
  return {
    availability: availabilityPart(availability, expectedAvailability),
    latency: p99LatencyMs === null ? 0 : latencyPart(p99LatencyMs, expectedP99Ms),
    recovery: recoveryPart(recoveryMs, expectedRecoveryMs),
  };
}

function expected(
  scenario: ScorableScenario,
  name: ScenarioRecord['expectations'][number]['name'],
): number | undefined {
  return scenario.expectations.find((expectation) => expectation.name === name)?.expected;
}

function weigh(parts: ScoreParts): number {
  const sum =
    partWeights.availability * parts.availability +
    partWeights.latency * parts.latency +
    partWeights.recovery * parts.recovery;
  return Math.min(10, Math.max(0, sum));
}

/** 10 up to `inside`, 0 from `limit` on, a straight line between. */
function falling(measured: number, inside: number, limit: number): number {
  if (measured <= inside) return 10;
  if (measured >= limit) return 0;
  return (10 * (limit - measured)) / (limit - inside);
}
