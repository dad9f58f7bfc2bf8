import type { CheckInput, CheckResult, Finding } from '../checks/check.ts';
import { checks } from '../checks/registry.ts';
import type { KnownIssue } from '../config/types.ts';
import type { FaultRecord, ViolationRecord } from '../report/record.ts';

export type Judged = {
  readonly violations: readonly ViolationRecord[];
  readonly notApplicable: readonly { readonly invariant: string; readonly why: string }[];
};

/**
 * Runs every check and dresses its findings with what stands around them: times relative to the run, the faults in force, log lines.
 * A fact whose name ends in AtMs is a point in time on the monotonic clock.
 */
export function runChecks(
  input: CheckInput,
  around: {
    readonly scenario: string;
    readonly knownIssues: readonly KnownIssue[];
    readonly faults: readonly FaultRecord[];
    readonly relativeMs: (monotonicMs: number) => number;
    /** Lines of the nodes' logs at about this time, those first that hold one of the names. */
    readonly logsAt: (monotonicMs: number, naming: readonly string[]) => readonly string[];
  },
): Judged {
  const violations: ViolationRecord[] = [];
  const notApplicable: { invariant: string; why: string }[] = [];
  for (const check of checks) {
    const result: CheckResult = check.run(input);
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
      ...(result.lost === undefined || result.lost.length === 0 ? {} : { lost: result.lost }),
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
          logs: atMs === null ? [] : around.logsAt(atMs, namesIn(facts)),
        };
      }),
    });
  }
  return { violations, notApplicable };
}

/** Facts by which a broker's log may name what a finding is about. */
const naming = ['client', 'subscriber', 'publisher', 'topic', 'filter'];

function namesIn(facts: Finding['facts']): string[] {
  return naming.flatMap((name) => {
    const value = facts[name];
    return typeof value === 'string' && value !== '' ? [value] : [];
  });
}
