import { messageOf } from '../base/error.ts';
import { account } from '../checks/accounting.ts';
import type { Check, CheckInput, CheckResult } from '../checks/check.ts';
import { checks as allChecks } from '../checks/registry.ts';
import type { KnownIssue } from '../config/types.ts';
import type { Accounting, FaultRecord, UnknownRecord, ViolationRecord } from '../report/record.ts';
import type { History } from '../workload/history.ts';

export type Judged = {
  readonly violations: readonly ViolationRecord[];
  readonly notApplicable: readonly { readonly invariant: string; readonly why: string }[];
  readonly unknown: readonly UnknownRecord[];
};

/**
 * Runs every check and dresses its findings with what stands around them: times relative to the run, the faults in force, log lines.
 * A fact whose name ends in AtMs is a point in time on the monotonic clock.
 * A check that throws has decided nothing: whether its invariant holds is unknown, and the other checks are run.
 */
export function runChecks(
  input: CheckInput,
  around: {
    readonly scenario: string;
    readonly knownIssues: readonly KnownIssue[];
    readonly faults: readonly FaultRecord[];
    readonly relativeMs: (monotonicMs: number) => number;
    readonly logsAt: (monotonicMs: number) => readonly string[];
  },
  checks: readonly Check[] = allChecks,
): Judged {
  const violations: ViolationRecord[] = [];
  const notApplicable: { invariant: string; why: string }[] = [];
  const unknown: UnknownRecord[] = [];
  for (const check of checks) {
    let result: CheckResult;
    try {
      result = check.run(input);
    } catch (error) {
      unknown.push({ invariant: check.id, why: messageOf(error) });
      continue;
    }
    if (!result.applicable) {
      notApplicable.push({ invariant: check.id, why: result.why });
      continue;
    }
    if (result.count === 0) continue;
    const known = around.knownIssues.find(
      ({ invariant, scenario }) => invariant === check.id && (scenario === undefined || scenario === around.scenario),
    );
    violations.push({
      invariant: check.id,
      statement: check.statement,
      clause: check.clause,
      count: result.count,
      known: known?.why ?? null,
      examples: result.findings.map(({ what, atMs, facts }) => {
        const when = atMs === null ? null : around.relativeMs(atMs);
        return {
          what,
          atMs: when,
          facts: Object.fromEntries(
            Object.entries(facts).map(([name, value]) => [
              name,
              name.endsWith('AtMs') && typeof value === 'number' ? around.relativeMs(value) : value,
            ]),
          ),
          faultsInForce:
            when === null
              ? []
              : around.faults
                  .filter((fault) => fault.startMs <= when && when <= fault.endMs)
                  .map((fault) => `${fault.kind} on ${fault.target}`),
          logs: atMs === null ? [] : around.logsAt(atMs),
        };
      }),
    });
  }
  return { violations, notApplicable, unknown };
}

/** The accounting of a scenario in which nothing was measured, or whose figures do not add up. */
export const notAccounted: Accounting = {
  published: 0,
  acknowledged: 0,
  unknown: 0,
  notSent: 0,
  unacknowledgeable: 0,
  owed: 0,
  delivered: 0,
  legallyUndelivered: {},
  lost: 0,
  legalDuplicates: {},
};

/** Figures that do not add up are not shown; `why` says what is wrong with them. */
export function accountFor(history: History, stillArriving: boolean): { accounting: Accounting; why?: string } {
  try {
    return { accounting: account(history, stillArriving) };
  } catch (error) {
    return { accounting: notAccounted, why: messageOf(error) };
  }
}
