import { createRandom } from '../base/random.ts';
import type { ApplicableParts, ExpectationRecord, Interval, ScenarioRecord, ScoreParts } from '../model/record.ts';
import { intervalOf, resampleHold, resamples } from './bootstrap.ts';

/** Weights of the three parts in a scenario's score. If some do not apply, the score is the weighted mean of the others. */
export const partWeights = { availability: 0.4, latency: 0.2, recovery: 0.4 } as const;

export const partNames = ['availability', 'latency', 'recovery'] as const satisfies readonly (keyof ScoreParts)[];

/**
 * The limits at which each part is 0: availability 25 points below what was expected (or 0%), latency at ten times the expected 99th
 * percentile, recovery at six times the expected time.
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

export type ScenarioScore = Pick<ScenarioRecord, 'score' | 'interval' | 'parts' | 'applicableParts'>;

/** A score with the bootstrap draws behind its interval; null where hold was too short for any. */
export type DrawnScore = {
  readonly score: number;
  readonly parts: ApplicableParts;
  readonly draws: readonly number[] | null;
  /** True if nothing in it varies over the seconds of hold: all draws are the same, and there is no interval. */
  readonly isFixed: boolean;
};

/**
 * A scenario's score, 0 to 10, with its 95% interval and parts. All null if the verdict is inconclusive or skipped, if one of the
 * parts that apply was not measured, or if none applies. The interval covers the seconds of hold; recovery happens once and is taken as
 * fixed, so that a score of recovery alone has no interval.
 */
export function scoreScenario(scenario: ScorableScenario, seed: string): ScenarioScore {
  const drawn = drawScore(scenario, seed);
  if (!drawn) return { score: null, interval: null, parts: null };
  const score = round(drawn.score);
  return {
    score,
    interval: drawn.draws === null || drawn.isFixed ? null : roundInterval(intervalOf(drawn.draws, score)),
    ...recordedParts(drawn.parts),
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
  const score = Math.min(cap, weigh(parts));
  if (parts.availability === undefined && parts.latency === undefined)
    return { score, parts, draws: new Array<number>(resamples).fill(score), isFixed: true };
  const draws = resampleHold(scenario.windows, random)?.map((resample) =>
    Math.min(
      cap,
      weigh({
        ...parts,
        ...(parts.availability === undefined || resample.availability === null
          ? {}
          : { availability: availabilityPart(resample.availability, availability) }),
        ...(parts.latency === undefined || resample.p99Ms === null
          ? {}
          : { latency: latencyPart(resample.p99Ms, latency) }),
      }),
    ),
  );
  return { score, parts, draws: draws ?? null, isFixed: false };
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
export function isCapped(
  scenario: Pick<ScenarioRecord, 'violations' | 'crashes' | 'parts' | 'applicableParts'>,
): boolean {
  const parts = partsOf(scenario);
  return isUnexplained(scenario) && parts !== null && weigh(parts) > violationCap;
}

/** What a score is made of; null where there is none. */
export function partsOf({
  parts,
  applicableParts,
}: Pick<ScenarioRecord, 'parts' | 'applicableParts'>): ApplicableParts | null {
  return parts ?? applicableParts ?? null;
}

/** Whether an expectation applied and was not met. */
export function isBroken({ met, notApplicable }: ExpectationRecord): boolean {
  return !met && notApplicable === undefined;
}

/** A recovery of null means "never" only if there was a recovery phase in which it was watched for. */
export function recoveryWasWatched(scenario: Pick<ScenarioRecord, 'phases'>): boolean {
  return scenario.phases.some((phase) => phase.name === 'recover' && phase.endMs > phase.startMs);
}

/** Rounded to the two digits that are stored and shown; the third digit would be noise. */
export function round(score: number): number {
  return Math.round(score * 100) / 100;
}

export function roundInterval([low, high]: Interval): Interval {
  return [round(low), round(high)];
}

/** Undefined where there is nothing to score: no verdict, a part that applies and was not measured, or no part that applies. */
function scoreParts(scenario: ScorableScenario): ApplicableParts | undefined {
  if (scenario.verdict === 'inconclusive' || scenario.verdict === 'skipped') return undefined;
  const { availability, p99LatencyMs, recoveryMs } = scenario.measures;
  const parts = {
    availability: partOf(scenario, 'availability', (expected) =>
      availability === null ? undefined : availabilityPart(availability, expected),
    ),
    latency: partOf(scenario, 'p99-latency', (expected) => {
      if (p99LatencyMs !== null) return latencyPart(p99LatencyMs, expected);
      // If no operation was done, there is no latency to measure. A silent broker must not score better than a slow one.
      return availability === 0 ? 0 : undefined;
    }),
    recovery: partOf(scenario, 'recovery', (expected) =>
      recoveryMs === null && !recoveryWasWatched(scenario) ? undefined : recoveryPart(recoveryMs, expected),
    ),
  };
  const applicable = Object.entries(parts).filter(([, part]) => part !== 'not applicable');
  if (applicable.length === 0 || applicable.some(([, part]) => part === undefined)) return undefined;
  return Object.fromEntries(applicable) as ApplicableParts;
}

/** `points` gives the part for what was expected, undefined where it was not measured. */
function partOf(
  scenario: ScorableScenario,
  name: ExpectationRecord['name'],
  points: (expected: number) => number | undefined,
): number | 'not applicable' | undefined {
  const expectation = scenario.expectations.find((one) => one.name === name);
  if (expectation?.notApplicable !== undefined) return 'not applicable';
  return expectation && points(expectation.expected);
}

function recordedParts(parts: ApplicableParts): Pick<ScenarioRecord, 'parts' | 'applicableParts'> {
  const { availability, latency, recovery } = parts;
  if (availability !== undefined && latency !== undefined && recovery !== undefined)
    return { parts: { availability: round(availability), latency: round(latency), recovery: round(recovery) } };
  const rounded = Object.entries(parts).flatMap(([name, part]) => (part === undefined ? [] : [[name, round(part)]]));
  return { parts: null, applicableParts: Object.fromEntries(rounded) };
}

function expected(scenario: ScorableScenario, name: ExpectationRecord['name']): number | undefined {
  return scenario.expectations.find((expectation) => expectation.name === name)?.expected;
}

/** The mean of the parts that apply, by their weights. */
function weigh(parts: ApplicableParts): number {
  let sum = 0;
  let total = 0;
  for (const name of partNames) {
    const part = parts[name];
    if (part === undefined) continue;
    sum += partWeights[name] * part;
    total += partWeights[name];
  }
  return Math.min(10, Math.max(0, sum / total));
}

/** 10 up to `inside`, 0 from `limit` on, a straight line in between. */
function falling(measured: number, inside: number, limit: number): number {
  if (measured <= inside) return 10;
  if (measured >= limit) return 0;
  return (10 * (limit - measured)) / (limit - inside);
}
