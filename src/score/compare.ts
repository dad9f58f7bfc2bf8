import type { Interval, RunRecord, ScenarioRecord, Verdict } from '../report/record.ts';
import { round } from './scenario.ts';

/** `same` means that the intervals overlap, not that nothing changed; `unknown`, that one side has no score or no interval. */
export type Call = 'better' | 'worse' | 'same' | 'unknown';

export type Change = {
  readonly call: Call;
  readonly base: Scored;
  readonly head: Scored;
  /** head - base; null if either was not measured. */
  readonly difference: number | null;
};

export type Scored = { readonly verdict: Verdict; readonly score: number | null; readonly interval: Interval | null };

export type ViolationChange = {
  readonly scenario: string;
  readonly invariant: string;
  readonly baseCount: number;
  readonly headCount: number;
};

export type Comparison = {
  readonly total: Change;
  /** Scenarios of both records, in the head's order. */
  readonly scenarios: readonly (Change & { readonly name: string })[];
  readonly onlyInBase: readonly string[];
  readonly onlyInHead: readonly string[];
  /** Unexplained violations that only the head has, and those that only the base has, in scenarios that both ran. */
  readonly appeared: readonly ViolationChange[];
  readonly gone: readonly ViolationChange[];
  /** Why the two are not like for like: another machine, cluster size, workload. */
  readonly caveats: readonly string[];
};

/**
 * What `head` changed against `base`. Better or worse is said only where the two 95% intervals do not overlap (for intervals of
 * equal width that is p < 0.006 under no change); mere points outside each other's interval would cry wolf one time in six.
 */
export function compareRecords(base: RunRecord, head: RunRecord): Comparison {
  const baseByName = new Map(base.scenarios.map((scenario) => [scenario.name, scenario]));
  const headNames = new Set(head.scenarios.map(({ name }) => name));
  const pairs = head.scenarios.flatMap((scenario) => {
    const other = baseByName.get(scenario.name);
    return other ? [{ base: other, head: scenario }] : [];
  });
  return {
    total: change(base, head),
    scenarios: pairs.map((pair) => ({ name: pair.head.name, ...change(pair.base, pair.head) })),
    onlyInBase: base.scenarios.map(({ name }) => name).filter((name) => !headNames.has(name)),
    onlyInHead: [...headNames].filter((name) => !baseByName.has(name)),
    appeared: pairs.flatMap((pair) => violationChanges(pair.base, pair.head)).filter((one) => one.baseCount === 0),
    gone: pairs.flatMap((pair) => violationChanges(pair.base, pair.head)).filter((one) => one.headCount === 0),
    caveats: caveats(base, head),
  };
}

function change(base: Scored, head: Scored): Change {
  const pick = ({ verdict, score, interval }: Scored): Scored => ({ verdict, score, interval });
  return {
    call: callOf(base, head),
    base: pick(base),
    head: pick(head),
    difference: base.score === null || head.score === null ? null : round(head.score - base.score),
  };
}

function callOf(base: Scored, head: Scored): Call {
  if (base.score === null || head.score === null || base.interval === null || head.interval === null) return 'unknown';
  if (head.interval[0] > base.interval[1]) return 'better';
  if (head.interval[1] < base.interval[0]) return 'worse';
  return 'same';
}

function violationChanges(base: ScenarioRecord, head: ScenarioRecord): ViolationChange[] {
  const count = (scenario: ScenarioRecord, invariant: string): number =>
    scenario.violations
      .filter((violation) => violation.invariant === invariant && violation.known === null)
      .reduce((sum, violation) => sum + violation.count, 0);
  const invariants = new Set([...base.violations, ...head.violations].map(({ invariant }) => invariant));
  return [...invariants]
    .map((invariant) => ({
      scenario: head.name,
      invariant,
      baseCount: count(base, invariant),
      headCount: count(head, invariant),
    }))
    .filter((one) => one.baseCount > 0 || one.headCount > 0);
}

function caveats(base: RunRecord, head: RunRecord): string[] {
  const figures: [string, (record: RunRecord) => string | number | null][] = [
    ['broker', (record) => record.broker.name],
    ['nodes', (record) => record.broker.nodes],
    ['workload', ({ workload }) => `${workload.profile} at ${workload.ratePerSecond}/s of ${workload.payloadBytes} B`],
    ['seed', (record) => record.seed],
    ['CPU model', (record) => record.environment.cpuModel],
    ['CPUs', (record) => record.environment.cpus],
    ['tool version', (record) => record.tool.version],
  ];
  const different = figures
    .filter(([, of]) => of(base) !== of(head))
    .map(([name, of]) => `${name}: ${of(base) ?? 'none'} in the base, ${of(head) ?? 'none'} in the head`);
  const parameters = head.scenarios.flatMap((scenario) => {
    const other = base.scenarios.find(({ name }) => name === scenario.name);
    const same = other === undefined || canonical(other.parameters) === canonical(scenario.parameters);
    return same ? [] : [`parameters of ${scenario.name} differ`];
  });
  const partial = [
    ...(base.partial ? ['the base run is partial'] : []),
    ...(head.partial ? ['the head run is partial'] : []),
  ];
  return [...partial, ...different, ...parameters];
}

function canonical(parameters: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1)));
}
