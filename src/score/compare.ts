import { ChaosError } from '../base/error.ts';
import type { DimensionId, Interval, RunRecord, ScenarioRecord, Verdict } from '../model/record.ts';
import { attempts } from './run.ts';
import { round } from './scenario.ts';

/**
 * Intervals that are closer than this, of 10 points, make no difference: a scenario that meets all expectations has an interval without width,
 * and the next run of the same commit may miss it by a hundredth.
 */
export const leastDistance = 0.05;

/**
 * `same` means that the intervals overlap or nearly so, not that nothing changed. `unknown` means that a round of one side has no score or no interval, or,
 * for a mean, that it is of other scenarios than that of another round.
 */
export type Call = 'better' | 'worse' | 'same' | 'unknown';

/** One side. Of several rounds: the mean of the scores, and the interval that spans all of theirs. */
export type Measured = { readonly score: number | null; readonly interval: Interval | null };

/** A side that was judged. Of several rounds: the worst verdict. */
export type Scored = Measured & { readonly verdict: Verdict };

export type Change<Side extends Measured = Scored> = {
  readonly call: Call;
  readonly base: Side;
  readonly head: Side;
  /** head - base; null if either was not measured. */
  readonly difference: number | null;
};

export type DimensionChange = Change<Measured> & { readonly id: DimensionId };

/** What stands in the place of an invariant for nodes that ended by themselves. */
export const crashed = 'crash';

export type ViolationChange = {
  readonly scenario: string;
  /** The invariant that was violated, or `crashed`. */
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
  /** In the head's order; those that neither side measured are left out. */
  readonly dimensions: readonly DimensionChange[];
  /** Scenarios of both sides, in the head's order. */
  readonly scenarios: readonly (Change & { readonly name: string })[];
  readonly onlyInBase: readonly string[];
  readonly onlyInHead: readonly string[];
  /** Unexplained violations and crashes that only the head has, and those that only the base has, in scenarios that both ran. */
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
 * rounds of the head are at least `leastDistance` from those of all rounds of the base. So there is no difference if the rounds of one commit differ from each
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
    total: sameScored(bases, heads) ? change(bases, heads) : uncalled(change(bases, heads)),
    dimensions: dimensionChanges(bases, heads),
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
      ...scoredInPart(bases, heads),
      ...pairs.flatMap(parameterDifference),
    ],
  };
}

/** `regression`: something is worse, or broke that did not. `undecided`: not that, but something that the base shows is not known of the head. */
export type Result = 'regression' | 'undecided' | 'no regression';

export function resultOf({ total, dimensions, scenarios, appeared, onlyInBase }: Comparison): Result {
  const changes = [total, ...dimensions, ...scenarios];
  if (appeared.length > 0 || changes.some(({ call }) => call === 'worse')) return 'regression';
  const isKnown = total.call !== 'unknown' && !changes.some(isUndecided) && onlyInBase.length === 0;
  return isKnown ? 'no regression' : 'undecided';
}

/** Whether the base shows something that could not be compared with the head. */
export function isUndecided({ call, base }: Change<Measured>): boolean {
  return call === 'unknown' && base.interval !== null;
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
  return changeOf(judgedSide(bases), judgedSide(heads));
}

/** What one side changed against the other. */
export function changeOf<Side extends Measured>(base: Side, head: Side): Change<Side> {
  return {
    call: callOf(base, head),
    base,
    head,
    difference: base.score === null || head.score === null ? null : round(head.score - base.score),
  };
}

function dimensionChanges(bases: readonly RunRecord[], heads: readonly RunRecord[]): DimensionChange[] {
  const ids = new Set([...heads, ...bases].flatMap(({ dimensions }) => dimensions.map(({ id }) => id)));
  return [...ids].flatMap((id) => {
    const side = (rounds: readonly RunRecord[]): Measured =>
      sideOf(rounds.map(({ dimensions }) => dimensions.find((one) => one.id === id)));
    const [base, head] = [side(bases), side(heads)];
    if (base.score === null && head.score === null) return [];
    const change = dimensionChange(id, base, head);
    return [{ id, ...(sameScored(bases, heads, id) ? change : uncalled(change)) }];
  });
}

/** A mean of other scenarios is another figure: its difference says nothing about the broker. */
function sameScored(bases: readonly RunRecord[], heads: readonly RunRecord[], dimension?: DimensionId): boolean {
  const scored = [...bases, ...heads].map((record) =>
    [...byName(record)]
      .filter(([, { score, dimension: own }]) => score !== null && (dimension === undefined || own === dimension))
      .map(([name]) => name)
      .sort()
      .join('\n'),
  );
  return new Set(scored).size === 1;
}

function uncalled<Side extends Measured>(change: Change<Side>): Change<Side> {
  return { ...change, call: 'unknown' };
}

/** Two dimensions are counts, which have no interval: only that nothing changed can be said of them. */
export function dimensionChange(id: DimensionId, base: Measured, head: Measured): Change<Measured> {
  const change = changeOf(base, head);
  const isCount = id === 'observability' || id === 'coverage';
  return isCount && change.difference === 0 ? { ...change, call: 'same' } : change;
}

function judgedSide(rounds: readonly (Scored | undefined)[]): Scored {
  return { verdict: worst(present(rounds.map((one) => one?.verdict))), ...sideOf(rounds) };
}

function sideOf(rounds: readonly (Measured | undefined)[]): Measured {
  const scores = present(rounds.map((one) => one?.score));
  const intervals = present(rounds.map((one) => one?.interval));
  return {
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

function callOf(base: Measured, head: Measured): Call {
  if (base.score === null || head.score === null || base.interval === null || head.interval === null) return 'unknown';
  if (areApart(base.interval[1], head.interval[0])) return 'better';
  if (areApart(head.interval[1], base.interval[0])) return 'worse';
  return 'same';
}

/** In hundredths, in which scores are given. */
function areApart(highest: number, lowest: number): boolean {
  return Math.round((lowest - highest) * 100) >= Math.round(leastDistance * 100);
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
  const add = (what: string, count: number): void => {
    if (count > 0) counts.set(what, (counts.get(what) ?? 0) + count);
  };
  for (const { violations, crashes } of attempts(scenario ? [scenario] : [])) {
    for (const { invariant, count, known } of violations) if (known === null) add(invariant, count);
    add(crashed, crashes.length);
  }
  return counts;
}

function partialRounds(side: 'base' | 'head', rounds: readonly RunRecord[]): string[] {
  const partial = rounds.filter((record) => record.partial).length;
  if (partial === 0) return [];
  if (rounds.length === 1) return [`the ${side} run is partial`];
  return [`${partial} of ${rounds.length} ${side} runs ${partial === 1 ? 'is' : 'are'} partial`];
}

function scoredInPart(bases: readonly RunRecord[], heads: readonly RunRecord[]): string[] {
  if (sameScored(bases, heads)) return [];
  const rounds = [...bases, ...heads].map(byName);
  const names = namesIn(rounds).filter((name) => {
    const scores = rounds.map((scenarios) => scenarios.get(name)?.score ?? null);
    return scores.some((score) => score === null) && scores.some((score) => score !== null);
  });
  return [`not every run has a score of ${names.join(', ')}`];
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
