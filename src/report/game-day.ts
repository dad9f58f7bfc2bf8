import { plural } from '../base/count.ts';
import type { RunRecord, ScenarioRecord } from '../model/record.ts';
import type { Expectation, Plan, Scenario, Stage } from '../model/scenario.ts';
import { formatMs, formatShare } from '../model/units.ts';
import {
  type Block,
  code,
  heading,
  type Inline,
  list,
  own,
  paragraph,
  say,
  scenarioName,
  table,
  verdictOf,
} from './document.ts';
import { expectedText, formatAt, formatRecovery, measuredText } from './format.ts';
import { printMarkdown } from './print-markdown.ts';
import { scenariosSection } from './sections/scenarios.ts';

/** When people were waited for before a stage, in milliseconds since the run's start. */
export type Pause = { readonly stage: string; readonly fromMs: number; readonly toMs: number };

export type GameDay = {
  readonly record: RunRecord;
  readonly plan: Plan;
  /** What was planned, whether it ran or not. */
  readonly scenarios: readonly Pick<Scenario, 'name' | 'title' | 'expect'>[];
  readonly pauses: readonly Pause[];
};

/**
 * game-day.md: what was prepared, what was done and when, what was observed, how the cluster came back, and a retrospective whose times
 * and measures are filled in and whose questions are left to people. Pure.
 */
export function renderGameDay(day: GameDay): string {
  const parts = [prepare(day), execute(day), observe(day), recover(day), retrospective(day)];
  return `# Game day\n\n${printMarkdown([paragraph(say`${day.plan.title}`), ...parts.flat()]).join('\n\n')}\n`;
}

/** The name of the stage that a scenario belongs to; empty where the plan names none. */
export function stageOf({ stages }: Plan, scenario: Pick<ScenarioRecord, 'name'>): string {
  return stages.find(({ scenarios }: Stage) => scenarios.includes(scenario.name))?.name ?? '';
}

function prepare({ record, plan, scenarios }: GameDay): Block[] {
  const { broker, workload, environment, startedAt, seed } = record;
  const facts: readonly (readonly [string, Inline])[] = [
    ['broker', say`${broker.name}, ${own(plural(broker.nodes, 'node'))}`],
    ['began', say`${startedAt}`],
    [
      'workload',
      say`${workload.profile}, ${workload.ratePerSecond} messages a second of ${workload.payloadBytes} bytes`,
    ],
    ['machine', say`${environment.cpuModel}, ${own(plural(environment.cpus, 'CPU'))}, ${environment.os}`],
    [
      'ends early',
      plan.abortOn === 'fail' ? say`at the first scenario that fails; its faults are healed first` : say`never`,
    ],
    ['seed', say`${seed}`],
  ];
  return [
    heading(say`Prepare`),
    table(
      [{ head: 'what' }, { head: 'value' }],
      facts.map(([name, value]) => [own(name), value]),
    ),
    paragraph(say`What a good cluster is expected to keep:`),
    table(
      [{ head: 'stage' }, { head: 'scenario' }, { head: 'what is done' }, { head: 'expected' }],
      scenarios.map(({ name, title, expect }) => [
        say`${stageOf(plan, { name })}`,
        code(name),
        say`${title}`,
        own(expectationText(expect)),
      ]),
    ),
    { type: 'command', command: record.command },
  ];
}

/** The hypothesis of a scenario in one line. */
export function expectationText({ availability, p99LatencyMs, recoveryMs }: Expectation): string {
  return `availability at least ${formatShare(availability)}, p99 at most ${formatMs(p99LatencyMs)}, recovery at most ${formatMs(recoveryMs)}`;
}

type Moment = { readonly atMs: number; readonly what: Inline };

function execute({ record, plan, pauses }: GameDay): Block[] {
  const moments: Moment[] = [
    ...pauses.map(
      ({ stage, fromMs, toMs }): Moment => ({
        atMs: fromMs,
        what: say`people were asked before ${stage}, and answered after ${own(formatMs(toMs - fromMs))}`,
      }),
    ),
    ...record.scenarios.flatMap((scenario) => momentsOf(scenario, stageOf(plan, scenario))),
  ];
  const inOrder = moments.sort((a, b) => a.atMs - b.atMs);
  return [
    heading(say`Execute`),
    table(
      [{ head: 'at', kind: 'number' }, { head: 'what happened' }],
      inOrder.map(({ atMs, what }) => [own(formatAt(atMs)), what]),
    ),
  ];
}

function momentsOf(scenario: ScenarioRecord, stage: string): Moment[] {
  const { startMs, endMs, faults, verdict, reason, crashes } = scenario;
  if (verdict === 'skipped') return [{ atMs: startMs, what: say`${scenarioName(scenario)} was skipped: ${reason}` }];
  return [
    {
      atMs: startMs,
      what: stage === '' ? say`${scenarioName(scenario)} began` : say`${scenarioName(scenario)} began (${stage})`,
    },
    ...faults.flatMap(({ kind, target, injected, startMs: fromMs, endMs: toMs, proven, healed }): Moment[] => [
      { atMs: fromMs, what: say`${kind} in force at ${target}: ${injected}` },
      {
        atMs: toMs,
        what: say`${kind} ${own(healed ? 'healed' : 'could not be healed')}, ${own(proven ? 'and proven' : 'and not proven')}`,
      },
    ]),
    ...crashes.map(({ node, how, atMs }): Moment => ({ atMs, what: say`${node} ${how} though nobody told it to` })),
    { atMs: endMs, what: say`${scenarioName(scenario)} ended: ${verdictOf(scenario)}, ${reason}` },
  ];
}

function observe({ record }: GameDay): Block[] {
  const [, ...scenarios] = scenariosSection(record);
  const violations = record.scenarios.flatMap((scenario) =>
    scenario.violations.map(
      ({ invariant, count, examples }) =>
        say`${scenarioName(scenario)}: ${invariant} violated ${own(plural(count, 'time'))}${own(examples[0] === undefined ? '' : '; first: ')}${examples[0]?.what ?? ''}`,
    ),
  );
  return [
    heading(say`Observe`),
    ...scenarios.filter(({ type }) => type === 'table'),
    violations.length === 0 ? paragraph(say`No promise was broken.`) : list(violations),
  ];
}

function recover({ record }: GameDay): Block[] {
  const ran = record.scenarios.filter(({ verdict }) => verdict !== 'skipped');
  return [
    heading(say`Recover`),
    table(
      [
        { head: 'scenario' },
        { head: 'faults healed' },
        { head: 'steady again after' },
        { head: 'cluster before the next' },
      ],
      ran.map((scenario, index) => {
        const healed = scenario.faults.filter((fault) => fault.healed).length;
        return [
          scenarioName(scenario),
          own(scenario.faults.length === 0 ? 'no fault' : `${healed} of ${scenario.faults.length}`),
          own(formatRecovery(scenario)),
          say`${ran[index + 1]?.cluster.why ?? 'stopped'}`,
        ];
      }),
    ),
  ];
}

/** What a tool cannot answer. */
const questions = [
  'Which expectation was wrong, and why did we believe it?',
  'How was each failure noticed? By whom or what, and how long after it began?',
  'Which alert should have fired and did not? Which fired for nothing?',
  'Was the documentation that people reached for right, and found in time?',
  'What is mended, by whom and until when? Which scenario shows that it is?',
  'What do we try next time?',
];

function retrospective({ record, pauses }: GameDay): Block[] {
  const of = (verdict: ScenarioRecord['verdict']): ScenarioRecord[] =>
    record.scenarios.filter((scenario) => scenario.verdict === verdict);
  const faults = record.scenarios.flatMap((scenario) => scenario.faults);
  const inForceMs = faults.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  const waitedMs = pauses.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
  const missed = record.scenarios.flatMap((scenario) =>
    scenario.expectations
      .filter(({ met }) => met === false)
      .map(
        (one) =>
          say`${scenarioName(scenario)}: ${own(expectedText(one))}, measured ${own(measuredText(scenario, one))}`,
      ),
  );
  return [
    heading(say`Retrospective`),
    list([
      say`It took ${own(formatMs(record.durationMs))}, of which people were waited for ${own(formatMs(waitedMs))}.`,
      say`${own(plural(of('pass').length, 'scenario'))} passed, ${of('fail').length} failed, ${of('inconclusive').length} stayed undecided, ${of('skipped').length} were skipped.`,
      say`Faults were in force for ${own(formatMs(inForceMs))} in all; ${faults.filter(({ proven }) => proven).length} of ${faults.length} were proven.`,
    ]),
    ...(missed.length === 0 ? [] : [paragraph(say`Expectations that were missed:`), list(missed)]),
    paragraph(say`For people to fill in:`),
    table(
      [{ head: 'question' }, { head: 'answer' }],
      questions.map((question) => [own(question), own('')]),
    ),
  ];
}
