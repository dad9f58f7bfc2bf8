import { ChaosError } from '../base/error.ts';
import type { Interval, RunRecord, ScenarioRecord, Verdict } from '../model/record.ts';
import { attempts } from './run.ts';
import { round } from './scenario.ts';

/** `same` means that the intervals overlap, not that nothing changed. `unknown` means that a round of one side has no score or no interval. */
export type Call = 'better' | 'worse' | 'same' | 'unknown';

export type Change = {
  readonly call: Call;
  readonly base: Scored;
  readonly head: Scored;
  /** head - base; null if either was not measured. */
  readonly difference: number | null;
};

/** One side. Of several rounds: the worst verdict, the mean of the scores, and the interval that spans all of theirs. */
export type Scored = { readonly verdict: Verdict; readonly score: number | null; readonly interval: Interval | null };

export type ViolationChange = {
  readonly scenario: string;
  readonly invariant: string;
  /** Summed over the rounds. */
  readonly baseCount: number;
  readonly headCount: number;
  /** Rounds in which it was seen. */
  readonly baseRounds: number;
  readonly headRounds: number;
};

export type Comparison = {
  /** How many runs each side is made of. */
  readonly rounds: { readonly base: number; readonly head: number };
  readonly total: Change;
  /** Scenarios of both sides, in the head's order. */
  readonly scenarios: readonly (Change & { readonly name: string })[];
  readonly onlyInBase: readonly string[];
  readonly onlyInHead: readonly string[];
  /** Unexplained violations that only the head has, and those that only the base has, in scenarios that both ran. */
  readonly appeared: readonly ViolationChange[];
  readonly gone: readonly ViolationChange[];
  /** Those that both have. */
  readonly stayed: readonly ViolationChange[];
  /** Why the two are not comparable: another machine, cluster size, workload. */
  readonly caveats: readonly string[];
};

/** What `head` changed against `base`: `compareRounds` of one round each. */
export function compareRecords(base: RunRecord, head: RunRecord): Comparison {
  return compareRounds([base], [head]);
}

/**
 * What the head changed against the base, each run once or several times. A side is called better or worse only if the 95% intervals of all
 * rounds of the head lie outside of those of all rounds of the base. So there is no difference if the rounds of one commit differ from each
 * other as much. With one round on each side and intervals of equal width, the probability of a false alarm is below 0.006; if only each
 * score had to lie outside of the other's interval, it would be one in six. A violation counts in whichever round it was seen. Throws
 * ChaosError('internal') if a side has no round.
 */
export function compareRounds(bases: readonly RunRecord[], heads: readonly RunRecord[]): Comparison {
  if (bases.length === 0 || heads.length === 0)
    throw new ChaosError('internal', 'a comparison needs at least one run on either side');
  const inBases = bases.map(byName);
  const inHeads = heads.map(byName);
  const baseNames = namesIn(inBases);
  const headNames = namesIn(inHeads);
  const pairs = headNames
    .filter((name) => baseNames.includes(name))
    .map((name) => ({
      name,
      bases: inBases.map((scenarios) => scenarios.get(name)),
      heads: inHeads.map((scenarios) => scenarios.get(name)),
    }));
  const violations = pairs.flatMap(violationChanges);
  return {
    rounds: { base: bases.length, head: heads.length },
    total: change(bases, heads),
    scenarios: pairs.map((pair) => ({ name: pair.name, ...change(pair.bases, pair.heads) })),
    onlyInBase: baseNames.filter((name) => !headNames.includes(name)),
    onlyInHead: headNames.filter((name) => !baseNames.includes(name)),
    appeared: violations.filter((one) => one.baseCount === 0),
    gone: violations.filter((one) => one.headCount === 0),
    stayed: violations.filter((one) => one.baseCount > 0 && one.headCount > 0),
    caveats: [
      ...partialRounds('base', bases),
      ...partialRounds('head', heads),
      ...differences(bases, heads),
      ...pairs.flatMap(parameterDifference),
    ],
  };
}

/** The same scenario in every round of each side; undefined for a partial round that ended before it. */
type Pair = {
  readonly name: string;
  readonly bases: readonly (ScenarioRecord | undefined)[];
  readonly heads: readonly (ScenarioRecord | undefined)[];
};

/** A plan may run a scenario more than once, with other parameters: the second one is then `name (2)`. */
function byName({ scenarios }: RunRecord): Map<string, ScenarioRecord> {
  const found = new Map<string, ScenarioRecord>();
  for (const scenario of scenarios) {
    let name = scenario.name;
    for (let nth = 2; found.has(name); nth++) name = `${scenario.name} (${nth})`;
    found.set(name, scenario);
  }
  return found;
}

function namesIn(rounds: readonly ReadonlyMap<string, ScenarioRecord>[]): string[] {
  return [...new Set(rounds.flatMap((scenarios) => [...scenarios.keys()]))];
}

function change(bases: readonly (Scored | undefined)[], heads: readonly (Scored | undefined)[]): Change {
  const base = sideOf(bases);
  const head = sideOf(heads);
  return {
    call: callOf(base, head),
    base,
    head,
    difference: base.score === null || head.score === null ? null : round(head.score - base.score),
  };
}

function sideOf(rounds: readonly (Scored | undefined)[]): Scored {
  const scores = present(rounds.map((one) => one?.score));
  const intervals = present(rounds.map((one) => one?.interval));
  return {
    verdict: worst(present(rounds.map((one) => one?.verdict))),
    score: scores.length === 0 ? null : mean(scores),
    // The score of a round that was not measured could be anything.
    interval:
      intervals.length < rounds.length
        ? null
        : [Math.min(...intervals.map(([low]) => low)), Math.max(...intervals.map(([, high]) => high))],
  };
}

/** The mean of scores with two digits, computed in hundredths, because sums of fractions depend on their order. */
function mean(scores: readonly number[]): number {
  const hundredths = scores.reduce((sum, score) => sum + Math.round(score * 100), 0);
  return Math.round(hundredths / scores.length) / 100;
}

/** As in the verdict of a run, a skipped round does not count, and skipped rounds alone are never a pass. */
function worst(verdicts: readonly Verdict[]): Verdict {
  const fromWorst = ['fail', 'inconclusive', 'pass'] as const;
  return fromWorst.find((verdict) => verdicts.includes(verdict)) ?? 'skipped';
}

function callOf(base: Scored, head: Scored): Call {
  if (base.score === null || head.score === null || base.interval === null || head.interval === null) return 'unknown';
  if (head.interval[0] > base.interval[1]) return 'better';
  if (head.interval[1] < base.interval[0]) return 'worse';
  return 'same';
}

function violationChanges({ name, bases, heads }: Pair): ViolationChange[] {
  const unexplained = (rounds: Pair['bases']): Map<string, number>[] => rounds.map(unexplainedCounts);
  const [inBases, inHeads] = [unexplained(bases), unexplained(heads)];
  const count = (rounds: readonly Map<string, number>[], invariant: string): number =>
    rounds.reduce((sum, counts) => sum + (counts.get(invariant) ?? 0), 0);
  const seen = (rounds: readonly Map<string, number>[], invariant: string): number =>
    rounds.filter((counts) => counts.has(invariant)).length;
  const invariants = new Set([...inBases, ...inHeads].flatMap((counts) => [...counts.keys()]));
  return [...invariants].map((invariant) => ({
    scenario: name,
    invariant,
    baseCount: count(inBases, invariant),
    headCount: count(inHeads, invariant),
    baseRounds: seen(inBases, invariant),
    headRounds: seen(inHeads, invariant),
  }));
}

/** By invariant; none of them is 0. */
function unexplainedCounts(scenario: ScenarioRecord | undefined): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { invariant, count, known } of attempts(scenario ? [scenario] : []).flatMap((one) => one.violations))
    if (known === null && count > 0) counts.set(invariant, (counts.get(invariant) ?? 0) + count);
  return counts;
}

function partialRounds(side: 'base' | 'head', rounds: readonly RunRecord[]): string[] {
  const partial = rounds.filter((record) => record.partial).length;
  if (partial === 0) return [];
  if (rounds.length === 1) return [`the ${side} run is partial`];
  return [`${partial} of ${rounds.length} ${side} runs ${partial === 1 ? 'is' : 'are'} partial`];
}

/** The rounds of one side may differ from each other, for example in their seeds. It counts whether both sides have the same values. */
function differences(bases: readonly RunRecord[], heads: readonly RunRecord[]): string[] {
  const figures: [string, (record: RunRecord) => string | number | null][] = [
    ['broker', (record) => record.broker.name],
    ['nodes', (record) => record.broker.nodes],
    ['workload', ({ workload }) => `${workload.profile} at ${workload.ratePerSecond}/s of ${workload.payloadBytes} B`],
    ['seed', (record) => record.seed],
    ['CPU model', (record) => record.environment.cpuModel],
    ['CPUs', (record) => record.environment.cpus],
    ['tool version', (record) => record.tool.version],
  ];
  return figures.flatMap(([name, of]) => {
    const [inBase, inHead] = [valuesOf(bases, of), valuesOf(heads, of)];
    return inBase === inHead ? [] : [`${name}: ${inBase} in the base, ${inHead} in the head`];
  });
}

function parameterDifference({ name, bases, heads }: Pair): string[] {
  const of = (rounds: Pair['bases']): string => valuesOf(present(rounds), ({ parameters }) => canonical(parameters));
  return of(bases) === of(heads) ? [] : [`parameters of ${name} differ`];
}

/** The different values that the rounds of one side have. */
function valuesOf<T>(rounds: readonly T[], of: (one: T) => string | number | null): string {
  return [...new Set(rounds.map((one) => String(of(one) ?? 'none')))].sort().join(', ');
}

function canonical(parameters: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function present<T>(values: readonly (T | null | undefined)[]): T[] {
  return values.filter((value) => value !== null && value !== undefined);
}
