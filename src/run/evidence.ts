import { messageOf } from '../base/error.ts';
import { account } from '../checks/accounting.ts';
import type { Check, CheckInput, CheckResult, Clause, Finding, MqttVersion } from '../checks/check.ts';
import { checks as allChecks } from '../checks/registry.ts';
import type { KnownIssue } from '../model/config.ts';
import type { Accounting, Evidence, FaultRecord, UnknownRecord, ViolationRecord } from '../model/record.ts';
import { noStreams } from '../workload/flows/stream/facts.ts';
import type { History } from '../workload/history.ts';
import { episodesOf } from './episodes.ts';
import { limitedTo, sortByIssue } from './known-issues.ts';

export type Judged = {
  readonly violations: readonly ViolationRecord[];
  readonly notApplicable: readonly { readonly invariant: string; readonly why: string }[];
  /** Checks that saw something of which this run cannot tell what it means. */
  readonly undecided: readonly UnknownRecord[];
  readonly unknown: readonly UnknownRecord[];
};

type Around = {
  readonly faults: readonly FaultRecord[];
  readonly relativeMs: (monotonicMs: number) => number;
  /** Lines of the nodes' logs at about this time, those first that hold one of the names. */
  readonly logsAt: (monotonicMs: number, naming: readonly string[]) => readonly string[];
};

/**
 * Runs every check and dresses its findings with what stands around them: times relative to the run, the faults in force, log lines.
 * A fact whose name ends in AtMs is a point in time on the monotonic clock.
 * A check that throws has decided nothing: whether its invariant holds is unknown, and the other checks are run.
 */
export function runChecks(
  input: CheckInput,
  around: Around & { readonly scenario: string; readonly knownIssues: readonly KnownIssue[] },
  checks: readonly Check[] = allChecks,
): Judged {
  const violations: ViolationRecord[] = [];
  const notApplicable: { invariant: string; why: string }[] = [];
  const undecided: UnknownRecord[] = [];
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
      (result.undecided ? undecided : notApplicable).push({ invariant: check.id, why: result.why });
      continue;
    }
    if (result.count === 0) continue;
    const issues = around.knownIssues.filter(
      ({ invariant, scenario }) => invariant === check.id && (scenario === undefined || scenario === around.scenario),
    );
    for (const { found, issue } of sortByIssue(check, input, result, issues)) {
      const limits = issue && limitedTo(issue);
      violations.push({
        invariant: check.id,
        statement: check.statement,
        clause: clauseOf(check.clause, found.findings, input.mqttVersion),
        count: found.count,
        known: issue?.why ?? null,
        ...(limits === undefined ? {} : { limitedTo: limits }),
        ...episodesOf(found, input.history.facts.stream ?? noStreams, around),
        ...(found.lost === undefined || found.lost.length === 0 ? {} : { lost: found.lost }),
        examples: found.findings.toSorted(byTime).map((finding) => evidenceOf(finding, input.mqttVersion, around)),
      });
    }
  }
  return { violations, notApplicable: [...notApplicable, ...undecided], undecided, unknown };
}

/** What came first is read first; what has no time comes last. */
function byTime(a: Finding, b: Finding): number {
  return (a.atMs ?? Number.MAX_VALUE) - (b.atMs ?? Number.MAX_VALUE);
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
export function accountFor({ facts }: History, stillArriving: boolean): { accounting: Accounting; why?: string } {
  try {
    return { accounting: account(facts.stream ?? noStreams, stillArriving) };
  } catch (error) {
    return { accounting: notAccounted, why: messageOf(error) };
  }
}

/** What the violation rests on: the clauses of its check, and those that single findings add. */
function clauseOf(clause: Clause | null, findings: readonly Finding[], version: MqttVersion): string | null {
  const all = [clause ?? [], ...findings.map((finding) => finding.clause ?? [])].flat();
  if (all.length === 0) return null;
  const named = [...new Set(all.flatMap((one) => numbers(one, version).split(', ')))];
  const isOf5 = version === 5 || all.every(({ v311 }) => v311 === null);
  return `${isOf5 ? 'MQTT 5.0' : 'MQTT 3.1.1'}: ${named.join(', ')}`;
}

function numbers({ v311, v5 }: Clause, version: MqttVersion): string {
  return version === 5 ? v5 : (v311 ?? v5);
}

function evidenceOf({ what, atMs, facts, clause }: Finding, version: MqttVersion, around: Around): Evidence {
  const when = atMs === null ? null : around.relativeMs(atMs);
  return {
    what,
    atMs: when,
    facts: Object.fromEntries(
      Object.entries({ ...facts, ...(clause && { clause: numbers(clause, version) }) }).map(([name, value]) => [
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
}

/** Facts by which a broker's log may name what a finding is about. */
const naming = ['client', 'subscriber', 'publisher', 'topic', 'filter'];

function namesIn(facts: Finding['facts']): string[] {
  const named = naming.flatMap((name) => {
    const value = facts[name];
    return typeof value === 'string' && value !== '' ? [value] : [];
  });
  return [...new Set(named)];
}
