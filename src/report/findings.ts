import type {
  CrashRecord,
  ExpectationRecord,
  FaultRecord,
  RunRecord,
  ScenarioRecord,
  ViolationRecord,
} from '../model/record.ts';
import { attempts } from '../score/run.ts';
import { isBroken } from '../score/scenario.ts';

/** Something that was found, and the scenario in which it was found, or the run of a scenario that was run again. */
export type Found<T> = { readonly scenario: ScenarioRecord; readonly found: T };

/** What a reader of any report has to know first. */
export type Findings = {
  /** Those that no known issue explains. */
  readonly violations: readonly Found<ViolationRecord>[];
  readonly crashes: readonly Found<CrashRecord>[];
  /** Broken expectations of scenarios that failed. */
  readonly expectations: readonly Found<ExpectationRecord>[];
  /** Faults left behind. */
  readonly unhealed: readonly Found<FaultRecord>[];
  readonly known: readonly Found<ViolationRecord>[];
  /** Known issues that did not happen. */
  readonly gone: RunRecord['knownIssues'];
  /** Inconclusive or skipped. */
  readonly undecided: readonly ScenarioRecord[];
};

export function findingsOf(record: RunRecord): Findings {
  const all = attempts(record.scenarios);
  const violations = all
    .flatMap((scenario) => scenario.violations.map((found) => ({ scenario, found })))
    .filter(({ found }) => found.count > 0);
  return {
    violations: violations.filter(({ found }) => found.known === null),
    crashes: all.flatMap((scenario) => scenario.crashes.map((found) => ({ scenario, found }))),
    expectations: record.scenarios
      .filter(({ verdict }) => verdict === 'fail')
      .flatMap((scenario) => scenario.expectations.map((found) => ({ scenario, found })))
      .filter(({ found }) => isBroken(found)),
    unhealed: all
      .flatMap((scenario) => scenario.faults.map((found) => ({ scenario, found })))
      .filter(({ found }) => !found.healed),
    known: violations.filter(({ found }) => found.known !== null),
    gone: record.knownIssues.filter(({ seen }) => !seen),
    undecided: record.scenarios.filter(({ verdict }) => verdict === 'inconclusive' || verdict === 'skipped'),
  };
}

/** What was left out of the workload of some scenario, each once. */
export function leftOutOf(record: RunRecord): string[] {
  return [...new Set(record.scenarios.flatMap(({ leftOut }) => leftOut ?? []))];
}

export const checkTitles = {
  notApplicable: 'Checks that were not applicable',
  unknown: 'Checks that failed themselves, by a defect of this tool',
} as const;

export type ChecksOfReason = {
  readonly invariant: string;
  readonly why: string;
  readonly scenarios: readonly string[];
  /** In every scenario that ran. */
  readonly everywhere: boolean;
};

/** Checks that had nothing to look at, grouped by reason. */
export function notApplicableOf(record: RunRecord): ChecksOfReason[] {
  return byReason(record, ({ notApplicable }) => notApplicable);
}

/** Checks that failed themselves, grouped by reason. */
export function unknownOf(record: RunRecord): ChecksOfReason[] {
  return byReason(record, ({ unknown }) => unknown ?? []);
}

function byReason(
  record: RunRecord,
  checksOf: (scenario: ScenarioRecord) => readonly { readonly invariant: string; readonly why: string }[],
): ChecksOfReason[] {
  const ran = record.scenarios.filter(({ verdict }) => verdict !== 'skipped').length;
  const found = new Map<string, { invariant: string; why: string; scenarios: string[] }>();
  for (const scenario of record.scenarios) {
    for (const { invariant, why } of checksOf(scenario)) {
      const key = JSON.stringify([invariant, why]);
      const same = found.get(key) ?? { invariant, why, scenarios: [] };
      same.scenarios.push(scenario.name);
      found.set(key, same);
    }
  }
  return [...found.values()].map((one) => ({ ...one, everywhere: one.scenarios.length === ran }));
}
