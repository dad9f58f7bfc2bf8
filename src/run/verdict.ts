import type {
  CrashRecord,
  ExpectationRecord,
  FaultRecord,
  HarnessRecord,
  ScenarioRecord,
  UnknownRecord,
  Verdict,
  ViolationRecord,
} from '../model/record.ts';
import type { Plan } from '../model/scenario.ts';
import { formatMs, formatMsBeside, formatShare } from '../model/units.ts';
import { isBroken } from '../score/scenario.ts';

/** Fewer operations that were possible show nothing. */
export const leastOperations = 20;
/** An event loop of ours that lagged more at the 99th percentile measured itself, not the broker. */
export const mostLagMs = 100;

export type VerdictInput = {
  readonly violations: readonly ViolationRecord[];
  /** Checks that failed themselves. */
  readonly unknown: readonly UnknownRecord[];
  readonly crashes: readonly CrashRecord[];
  readonly faults: readonly FaultRecord[];
  readonly expectations: readonly ExpectationRecord[];
  readonly harness: HarnessRecord;
  /** Checks that could not decide, with the reason. */
  readonly undecided?: readonly { readonly invariant: string; readonly why: string }[];
  /** Operations by which the scenario is judged: in hold, or after the heal where its faults left too few possible in hold. */
  readonly operations: { readonly phase: 'hold' | 'recover'; readonly possible: number };
  /** Draining was given up while messages were still coming. */
  readonly stillArriving: boolean;
  /** What of the hypothesis the steady phase did not keep, before anything was injected. */
  readonly unsteady: readonly string[];
  /** Why what was missed may be the doing of others who used the machine; undefined where they did not. */
  readonly disturbed?: string | undefined;
};

/**
 * What was violated is violated, whatever else went wrong. Then a run that shows nothing is inconclusive, before any expectation is
 * judged by its figures. Only what is left can pass.
 */
export function judge(input: VerdictInput): { verdict: Verdict; reason: string } {
  const broken = [
    ...input.violations
      .filter(({ count, known }) => count > 0 && known === null)
      .map(({ invariant, count }) => `${invariant} violated ${count === 1 ? 'once' : `${count} times`}`),
    ...input.crashes.map(({ node, how }) => `${node} ${how} by itself`),
  ];
  const unknown = input.unknown.map(
    ({ invariant, why }) => `${invariant} is unknown, as its check failed: ${why} (a defect of chaos-action)`,
  );
  if (broken.length > 0) return { verdict: 'fail', reason: [...broken, ...unknown].join('; ') };

  const empty = [
    ...unknown,
    ...input.faults.filter(({ proven }) => !proven).map(({ kind, observed }) => `${kind} was not proven: ${observed}`),
    ...input.faults.filter(({ healed }) => !healed).map(({ kind }) => `${kind} could not be healed`),
    ...tooFew(input.operations),
    ...starved(input.harness),
    ...(input.undecided ?? []).map(({ invariant, why }) => `${invariant} could not be judged: ${why}`),
    ...(input.stillArriving
      ? ['messages were still arriving, or clients still coming back, when waiting for them was given up']
      : []),
    ...input.unsteady.map((what) => `the steady phase was outside the hypothesis already: ${what}`),
  ];
  if (empty.length > 0) return { verdict: 'inconclusive', reason: empty.join('; ') };

  const unmet = missed(input.expectations);
  if (unmet.length > 0 && input.disturbed !== undefined)
    return { verdict: 'inconclusive', reason: `${unmet.join('; ')}: but ${input.disturbed}` };
  if (unmet.length > 0) return { verdict: 'fail', reason: unmet.join('; ') };

  const proven =
    input.faults.length === 0
      ? 'no fault, steady state held'
      : `${input.faults.length === 1 ? 'the fault' : `${input.faults.length} faults`} proven`;
  return {
    verdict: 'pass',
    reason: `${proven}, ${input.violations.length > 0 ? 'nothing but known issues violated' : 'every message accounted for'}, every ${input.expectations.some(({ notApplicable }) => notApplicable !== undefined) ? 'applicable expectation' : 'expectation'} met`,
  };
}

/** Why no further scenario of a plan runs; undefined while it goes on. */
export function planStops(
  plan: Plan | undefined,
  done: readonly Pick<ScenarioRecord, 'name' | 'verdict'>[],
): string | undefined {
  const failed = plan?.abortOn === 'fail' ? done.find(({ verdict }) => verdict === 'fail') : undefined;
  return failed && `the plan stops at the first failure: ${failed.name} failed`;
}

function tooFew({ phase, possible }: VerdictInput['operations']): string[] {
  if (possible >= leastOperations) return [];
  return [`only ${possible} operations were possible ${phase === 'hold' ? 'in hold' : 'after the heal'}`];
}

/** That this tool was too late to measure anything but itself, in words, with the event loops that were. */
function starved(harness: HarnessRecord): string[] {
  const lags = {
    conductor: harness.conductorLagP99Ms,
    workload: harness.workloadLagP99Ms,
    links: harness.linksLagP99Ms,
  };
  const late = Object.entries(lags).flatMap(([name, lagMs]) =>
    lagMs !== null && lagMs > mostLagMs ? [`${name} ${formatMs(lagMs)}`] : [],
  );
  if (late.length === 0) return [];
  return [
    `this tool got too little CPU time to measure: its event loops were late by ${late.join(', ')} at the 99th percentile, at most ${formatMs(mostLagMs)} is allowed`,
  ];
}

/** The expectations that were not met, in words. */
export function missed(expectations: readonly ExpectationRecord[]): string[] {
  return expectations.filter(isBroken).map(missedText);
}

function missedText({ name, expected, measured, unit }: ExpectationRecord): string {
  // Rounded down: 94.999% must not read as 95%.
  const show = (value: number): string =>
    unit === 'share' ? formatShare(Math.floor(value * 1e4 + 1e-6) / 1e4) : formatMsBeside(value, expected);
  const bound = unit === 'share' ? 'at least' : 'at most';
  const nothing = name === 'recovery' ? 'was never reached' : 'could not be measured: nothing was done';
  return `${name} ${measured === null ? nothing : `was ${show(measured)}`}, expected ${bound} ${show(expected)}`;
}
