import { plural } from '../base/count.ts';
import type { Evidence, RunRecord, ScenarioRecord } from '../model/record.ts';
import type { Tier } from '../model/scenario.ts';
import { attempts } from '../score/run.ts';
import { isBroken, isUnexplained } from '../score/scenario.ts';
import {
  expectationNames,
  expectedText,
  formatAt,
  formatScore,
  measuredText,
  ofClients,
  sentence,
  suspectsTitle,
  whyNotApplicable,
} from './format.ts';
import { meanwhileText, momentOf } from './lifeline.ts';
import { lines, type Markup, markup, nothing, wholeCommand } from './markup.ts';
import { repeatCommand } from './repeat.ts';

/** Examples of one violation in the text of a failure, which CI systems show in a small box. */
const mostExamples = 3;

/**
 * junit.xml, for CI systems that list tests: a test suite for each tier, a test case for each scenario.
 *
 * | scenario | test case |
 * |---|---|
 * | fail, or anything unexplained in a first run of it | failure |
 * | inconclusive | skipped, its message beginning with `inconclusive` |
 * | skipped | skipped |
 * | pass, known issues included | passed; what was observed is in system-out |
 *
 * Inconclusive is not an error, because most CI systems fail on an error, while this verdict asks for a warning; `fail-on-inconclusive` makes
 * the step fail. It is not passed either. A run that was interrupted is an error. It has a test case of its own, so that a broker that did not
 * boot does not look like a run without failures.
 */
export function renderJunit(record: RunRecord): string {
  const tiers = [...new Set([...record.tiers, ...record.scenarios.map(({ tier }) => tier)])];
  const suites = [
    ...tiers.map((tier) => suiteOf(record, tier)).filter(({ cases }) => cases.length > 0),
    ...(record.partial || record.error !== null || record.scenarios.length === 0
      ? [{ name: 'run', cases: [brokenOff(record)] }]
      : []),
  ];
  return markup`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="chaos-action: ${record.broker.name}" ${counts(suites.flatMap(({ cases }) => cases))} time="${seconds(record.durationMs)}">
${suites.map(({ name, cases }) => suiteElement(record, name, cases))}</testsuites>
`.text;
}

type Outcome = 'passed' | 'failure' | 'skipped' | 'error';

type Case = { readonly outcome: Outcome; readonly timeMs: number; readonly element: Markup };

type Suite = { readonly name: string; readonly cases: readonly Case[] };

function suiteOf(record: RunRecord, tier: Tier): Suite {
  const scenarios = record.scenarios.filter((scenario) => scenario.tier === tier);
  return { name: tier, cases: scenarios.map((scenario) => caseOf(record, scenario)) };
}

function suiteElement(record: RunRecord, name: string, cases: readonly Case[]): Markup {
  const timeMs = cases.reduce((sum, one) => sum + one.timeMs, 0);
  return markup`<testsuite name="${name}" ${counts(cases)} time="${seconds(timeMs)}" timestamp="${record.startedAt.slice(0, 19)}">
<properties>
${properties({
  verdict: record.verdict,
  score: formatScore(record.score),
  grade: record.grade ?? 'not graded',
  seed: record.seed,
  broker: record.broker.name,
  ...(record.sabotage ? { sabotage: record.sabotage.name } : {}),
  nodes: String(record.broker.nodes),
  command: wholeCommand(record.command),
})}</properties>
${cases.map(({ element }) => element)}</testsuite>
`;
}

function counts(cases: readonly Case[]): Markup {
  const count = (outcome: Outcome): number => cases.filter((one) => one.outcome === outcome).length;
  return markup`tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`;
}

function caseOf(record: RunRecord, scenario: ScenarioRecord): Case {
  const all = attempts([scenario]);
  const outcome = outcomeOf(scenario);
  const timeMs = all.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  return {
    outcome,
    timeMs,
    element: markup`<testcase classname="${record.broker.name}.${scenario.tier}" name="${scenario.name}" time="${seconds(timeMs)}">
<properties>
${properties({ ...scenario.parameters, score: formatScore(scenario.score) })}</properties>
${outcome === 'failure' ? failure(record, scenario) : outcome === 'skipped' ? markup`<skipped message="${scenario.verdict}: ${scenario.reason}"/>\n` : nothing}<system-out>${observed(scenario)}</system-out>
</testcase>
`,
  };
}

function outcomeOf(scenario: ScenarioRecord): Outcome {
  if (scenario.verdict === 'fail' || attempts([scenario]).some(isUnexplained)) return 'failure';
  return scenario.verdict === 'pass' ? 'passed' : 'skipped';
}

function failure(record: RunRecord, scenario: ScenarioRecord): Markup {
  const all = attempts([scenario]);
  const violations = all
    .flatMap(({ violations, faults }) => violations.map((one) => ({ ...one, faults })))
    .filter(({ count, known }) => count > 0 && known === null);
  const crashes = all.flatMap((attempt) => attempt.crashes);
  const expectations = scenario.expectations.filter(isBroken);
  const headlines = [
    ...violations.map(({ invariant, count }) => `${invariant}: ${plural(count, 'violation')}`),
    ...crashes.map(({ node }) => `${node} ended by itself`),
    ...expectations.map(
      (one) => `${expectationNames[one.name]} ${measuredText(scenario, one)}, expected ${expectedText(one)}`,
    ),
  ];
  const text = [
    ...violations.flatMap(({ invariant, count, statement, clause, examples, faults }) => [
      `${invariant}: ${plural(count, 'violation')}. ${sentence(statement)}${clause === null ? '' : ` (${clause})`}`,
      ...examples.slice(0, mostExamples).flatMap((one) => evidence(faults, one)),
    ]),
    ...crashes.flatMap(({ node, atMs, how, lastLines, suspects = [] }) => [
      `${node} ended by itself at ${formatAt(atMs)}: ${sentence(how)}`,
      ...(suspects.length === 0 ? [] : [suspectsTitle, ...suspects.map((line) => `    ${line}`)]),
      ...lastLines.map((line) => `    ${line}`),
    ]),
    ...expectations.map(
      (one) => `${expectationNames[one.name]}: ${measuredText(scenario, one)}, expected ${expectedText(one)}.`,
    ),
  ];
  const type = violations.length > 0 ? 'violation' : crashes.length > 0 ? 'crash' : 'expectation';
  return markup`<failure type="${type}" message="${headlines.length === 0 ? scenario.reason : headlines.join('; ')}">${lines(text, text.length)}
To repeat: ${wholeCommand(repeatCommand(record, scenario))}
</failure>
`;
}

function evidence(faults: ScenarioRecord['faults'], one: Evidence): string[] {
  const { what, atMs, logs } = one;
  const when = atMs === null ? '' : ` ${momentOf(one)} ${meanwhileText(faults, atMs, 'that')}`;
  return [`  - ${sentence(what)}${when}`, ...logs.map((line) => `    ${line}`)];
}

/** What was shown: the proofs of the faults, and known issues, which do not fail the test but must be seen. */
function observed(scenario: ScenarioRecord): Markup {
  const text = [
    `${scenario.verdict}: ${sentence(scenario.reason)}`,
    ...scenario.faults.map(
      ({ kind, target, injected, observed, proven }) =>
        `${kind} on ${target}: injected ${injected}; observed ${observed}; ${proven ? 'proven' : 'not proven'}`,
    ),
    ...whyNotApplicable(scenario),
    ...attempts([scenario])
      .flatMap(({ violations }) => violations)
      .flatMap(({ invariant, count, known, limitedTo }) =>
        count === 0 || known === null
          ? []
          : [`known issue: ${invariant}${ofClients({ limitedTo })}, ${plural(count, 'violation')}. ${sentence(known)}`],
      ),
  ];
  return lines(text, text.length);
}

function brokenOff({ partial, error, durationMs }: RunRecord): Case {
  const why =
    error !== null
      ? `${sentence(error.message)} ${sentence(error.hint ?? '')}`
      : partial
        ? 'this run is still going on, or was cut off.'
        : 'no scenario was run.';
  return {
    outcome: 'error',
    timeMs: durationMs,
    element: markup`<testcase classname="chaos-action" name="the run came to its end" time="${seconds(durationMs)}">
<error type="${error?.code ?? 'partial'}" message="${why}"/>
</testcase>
`,
  };
}

function properties(values: Readonly<Record<string, string | Markup>>): Markup[] {
  return Object.entries(values).map(([name, value]) => markup`<property name="${name}" value="${value}"/>\n`);
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(3);
}
