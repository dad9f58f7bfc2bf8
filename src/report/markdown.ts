import { formatCount, plural } from '../base/count.ts';
import type {
  Accounting,
  CrashRecord,
  Evidence,
  ExpectationRecord,
  FaultRecord,
  FeatureRecord,
  RunRecord,
  ScenarioRecord,
  ViolationRecord,
} from '../model/record.ts';
import { formatMs } from '../model/units.ts';
import { isBroken } from '../score/scenario.ts';
import { latencyChart } from './chart.ts';
import { code, fenced, fencedCommand, inlineCommand, text } from './escape.ts';
import {
  type ChecksOfReason,
  checkTitles,
  type Found,
  findingsOf,
  leftOutOf,
  notApplicableOf,
  unknownOf,
} from './findings.ts';
import {
  balance,
  capital,
  cutLogsText,
  defaultBrokerNote,
  expectationNames,
  expectedText,
  featureRows,
  formatAccounted,
  formatAt,
  formatAvailability,
  formatCores,
  formatDimensionInterval,
  formatFaultsProven,
  formatGrowth,
  formatInterval,
  formatLatency,
  formatMeasure,
  formatMebibytes,
  formatRange,
  formatScore,
  harnessText,
  machineText,
  measuredText,
  metText,
  notMeasured,
  ofClients,
  otherRuns,
  partsText,
  sentence,
  suspectsTitle,
  whyNotApplicable,
} from './format.ts';
import { repeatCommand } from './repeat.ts';

/** Examples of one violation that are shown; report.json holds the rest. */
const mostExamples = 3;

/** report.md: what broke first, then the scenarios, then how to repeat it. GitHub's Markdown; outside text is escaped. */
export function renderMarkdown(record: RunRecord): string {
  return `${[
    ...headline(record),
    ...broken(record),
    ...undecided(record),
    ...scenarioTable(record),
    ...dimensionTable(record),
    ...record.scenarios.flatMap((scenario) => scenarioSection(record, scenario)),
    ...abilities(record),
    ...environment(record),
    ...repeating(record),
  ].join('\n\n')}\n`;
}

export function headline(record: RunRecord): string[] {
  const verdict = record.verdict.toUpperCase();
  const score =
    record.score === null
      ? 'score not measured'
      : `${formatScore(record.score)} of 10, ${record.grade ?? 'not graded'} (${formatInterval(record.interval)})`;
  const run = [
    `${text(record.broker.name)}${record.broker.mutant === null ? '' : `, mutant ${code(record.broker.mutant)}`}`,
    plural(record.broker.nodes, 'node'),
    record.plan === null ? `tier ${record.tiers.join(', ')}` : `plan ${text(record.plan)}`,
    `${formatMs(record.durationMs)}`,
    `seed ${code(record.seed)}`,
    text(record.startedAt),
  ];
  return [
    `# ${verdict}: ${score}`,
    run.join(' · '),
    ...(record.broker.isDefault ? [`> **Not your broker:** ${sentence(defaultBrokerNote)}`] : []),
    ...(record.partial
      ? [`> **This run is not complete:** ${partialReason(record)} What follows covers only what was done until then.`]
      : []),
    ...(record.error !== null && !record.partial ? [`> **Error:** ${errorText(record)}`] : []),
    ...(record.cap === null ? [] : [`> The score is capped: ${text(record.cap)}.`]),
  ];
}

function partialReason(record: RunRecord): string {
  return record.error === null ? 'it is still going on, or was cut off.' : errorText(record);
}

function errorText(record: RunRecord): string {
  if (record.error === null) return '';
  const hint = record.error.hint === null ? '' : ` ${sentence(text(record.error.hint))}`;
  return `${sentence(text(record.error.message))} (${code(record.error.code)})${hint}`;
}

/** `commands`: with how to repeat each violation. */
export function broken(record: RunRecord, { commands = true } = {}): string[] {
  const { violations, crashes, expectations, unhealed, known, gone } = findingsOf(record);
  const sections = [
    ...violations.flatMap(({ scenario, found }) => violationSection(record, scenario, found, commands)),
    ...crashes.flatMap(({ scenario, found }) => crashSection(scenario, found)),
    ...(expectations.length === 0 ? [] : ['### Broken expectations', expectations.map(expectationLine).join('\n')]),
    ...(unhealed.length === 0 ? [] : ['### Faults left behind', unhealed.map(unhealedLine).join('\n')]),
  ];
  return [
    ...(sections.length === 0 ? [] : ['## What broke', ...sections]),
    ...(known.length === 0 ? [] : ['## Known issues seen', known.map(knownLine).join('\n')]),
    ...(gone.length === 0 ? [] : ['## Known issues not seen any more', gone.map(goneLine).join('\n')]),
  ];
}

function expectationLine({ scenario, found }: Found<ExpectationRecord>): string {
  return `- ${expectationNames[found.name]} in ${code(scenario.name)}: ${measuredText(scenario, found)}, expected ${expectedText(found)}`;
}

function unhealedLine({ scenario, found }: Found<FaultRecord>): string {
  return `- ${code(found.kind)} on ${code(found.target)} in ${code(scenario.name)} was not healed`;
}

function goneLine(issue: RunRecord['knownIssues'][number]): string {
  const { invariant, scenario, why } = issue;
  return `- ${text(invariant)}${scenario === null ? '' : ` in ${text(scenario)}`}${text(ofClients(issue))}: ${text(why)}. If this holds, it can be taken out of chaos.yml.`;
}

function violationSection(
  record: RunRecord,
  scenario: ScenarioRecord,
  violation: ViolationRecord,
  commands: boolean,
): string[] {
  const clause = violation.clause === null ? '' : ` (${code(violation.clause)})`;
  const shown = violation.examples.slice(0, mostExamples);
  const repeat = commands ? [`To repeat: ${inlineCommand(repeatCommand(record, scenario))}`] : [];
  return [
    `### ${text(violation.invariant)}: ${plural(violation.count, 'violation')} in ${text(scenario.name)}${attemptText(scenario)}`,
    `${sentence(capital(text(violation.statement)))}${clause}`,
    ...(shown.length === 0 ? [] : [sentence(text(shown[0]?.what ?? ''))]),
    ...(shown.length === 0
      ? repeat
      : [
          details(`Evidence: ${shown.length} of ${plural(violation.count, 'violation')}`, [
            ...shown.flatMap((evidence, index) => evidenceBlock(evidence, index + 1)),
            ...(violation.examples.length > shown.length ? ['More examples are in report.json.'] : []),
            ...repeat,
          ]),
        ]),
  ];
}

function evidenceBlock(evidence: Evidence, number: number): string[] {
  const facts = Object.entries(evidence.facts).map(
    ([name, value]) => `| ${cell(name)} | ${value === null ? 'none' : code(String(value))} |`,
  );
  const when = evidence.atMs === null ? '' : `Seen at ${formatAt(evidence.atMs)}. `;
  const faults =
    evidence.faultsInForce.length === 0
      ? 'No fault was in force'
      : `In force: ${evidence.faultsInForce.map(code).join(', ')}`;
  // The first example's sentence stands above the fold already.
  const what = number === 1 ? '' : `${sentence(text(evidence.what))} `;
  return [
    `**${number}.** ${what}${when}${faults}.`,
    ...(facts.length === 0 ? [] : [['| fact | value |', '|---|---|', ...facts].join('\n')]),
    ...(evidence.logs.length === 0 ? [] : [fenced(evidence.logs)]),
  ];
}

function crashSection(scenario: ScenarioRecord, crash: CrashRecord): string[] {
  return [
    `### ${text(crash.node)} ended by itself in ${text(scenario.name)}${attemptText(scenario)}`,
    `At ${formatAt(crash.atMs)}: ${sentence(text(crash.how))}`,
    ...(crash.suspects?.length ? [suspectsTitle, fenced(crash.suspects)] : []),
    ...(crash.lastLines.length === 0 ? [] : [details('Its last lines', [fenced(crash.lastLines)])]),
  ];
}

function knownLine({ scenario, found }: Found<ViolationRecord>): string {
  return `- ${code(found.invariant)} in ${code(scenario.name)}${text(ofClients(found))}: ${plural(found.count, 'violation')}. ${sentence(text(found.known ?? ''))}`;
}

export function undecided(record: RunRecord): string[] {
  const lines = findingsOf(record).undecided.map(
    (scenario) => `- ${code(scenario.name)} ${scenario.verdict}: ${sentence(text(scenario.reason))}`,
  );
  return lines.length === 0 ? [] : ['## What could not be decided', lines.join('\n')];
}

export function scenarioTable(record: RunRecord): string[] {
  if (record.scenarios.length === 0) return ['## Scenarios', 'No scenario was run.'];
  const rows = record.scenarios.map((scenario) => {
    const cells = [
      code(scenario.name),
      `${verdictText(scenario)}${attemptText(scenario)}`,
      `${formatScore(scenario.score)}${scenario.interval === null ? '' : `<br>${formatRange(scenario.interval)}`}`,
      mark(scenario, 'availability'),
      mark(scenario, 'p99-latency'),
      mark(scenario, 'recovery'),
      formatFaultsProven(scenario),
      formatAccounted(scenario),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '## Scenarios',
    [
      '| scenario | verdict | score, 95% interval | availability | p99 latency | recovery | faults proven | messages accounted |',
      '|---|---|---:|---:|---:|---:|---:|---:|',
      ...rows,
    ].join('\n'),
    'Times below are counted from the start of the run, those of a chart from the start of its first phase.',
  ];
}

/** Bold where the expectation was broken, so that the column that failed is seen at once. */
function mark(scenario: ScenarioRecord, name: ExpectationRecord['name']): string {
  const shown = formatMeasure(scenario, name);
  const broke = scenario.verdict === 'fail' && scenario.expectations.some((one) => one.name === name && isBroken(one));
  return broke ? `**${shown}**` : shown;
}

function dimensionTable(record: RunRecord): string[] {
  const measured = record.dimensions.filter((dimension) => dimension.score !== null);
  const rest = record.dimensions.filter((dimension) => dimension.score === null).map((dimension) => dimension.id);
  if (measured.length === 0) return [];
  return [
    '## Dimensions',
    [
      '| dimension | score | 95% interval |',
      '|---|---:|---|',
      ...measured.map(
        (dimension) => `| ${dimension.id} | ${formatScore(dimension.score)} | ${formatDimensionInterval(dimension)} |`,
      ),
    ].join('\n'),
    ...(rest.length === 0 ? [] : [`Not measured: ${rest.join(', ')}.`]),
  ];
}

function scenarioSection(record: RunRecord, scenario: ScenarioRecord): string[] {
  const parameters = Object.entries(scenario.parameters).map(([key, value]) => code(`${key}=${value}`));
  const about = [
    `${scenario.verdict === 'fail' ? verdictText(scenario) : `**${scenario.verdict}**`}${attemptText(scenario)}: ${sentence(text(scenario.reason))}`,
    `Tier ${scenario.tier}, severity ${scenario.severity}, ${scenario.dimension}; ${scenario.cluster.fresh ? 'fresh' : 'shared'} cluster: ${sentence(text(scenario.cluster.why))}`,
    partsText(scenario),
    ...(parameters.length === 0 ? [] : [`Parameters: ${parameters.join(', ')}.`]),
  ];
  if (scenario.verdict === 'skipped')
    return [`## ${text(scenario.name)}: ${text(scenario.title)}`, about.slice(0, 2).join('\n')];
  const drawn = latencyChart(scenario);
  return [
    `## ${text(scenario.name)}: ${text(scenario.title)}`,
    about.join('  \n'),
    ...faultTable(scenario),
    ...expectationTable(scenario),
    ...(drawn ? [drawn.chart] : []),
    ...(drawn?.note ? [drawn.note] : []),
    ...accountingLines(scenario.accounting),
    ...phaseTable(scenario),
    ...otherRuns(scenario).map((run) => `Run ${run.attempt} was ${run.verdict}: ${sentence(text(run.reason))}`),
    `To repeat this scenario: ${inlineCommand(repeatCommand(record, scenario))}`,
  ];
}

function faultTable(scenario: ScenarioRecord): string[] {
  if (scenario.faults.length === 0) return ['No fault was injected.'];
  return [
    '**Injected against observed**',
    [
      '| fault | injected | observed | mechanism | in force | proven |',
      '|---|---|---|---|---|---|',
      ...scenario.faults.map(
        (fault) =>
          `| ${code(fault.kind)} on ${code(fault.target)} | ${cell(fault.injected)} | ${cell(fault.observed)} | ${cell(fault.mechanism)} | ${formatAt(fault.startMs)} to ${formatAt(fault.endMs)} | ${fault.proven ? 'yes' : '**no**'} |`,
      ),
    ].join('\n'),
  ];
}

function expectationTable(scenario: ScenarioRecord): string[] {
  if (scenario.expectations.length === 0) return [];
  return [
    '**Expectations**',
    [
      '| measure | expected | measured | met |',
      '|---|---:|---:|---|',
      ...scenario.expectations.map((one) => {
        const met = metText(scenario, one);
        return `| ${expectationNames[one.name]} | ${expectedText(one)} | ${measuredText(scenario, one)} | ${met === 'no' ? '**no**' : met} |`;
      }),
    ].join('\n'),
    ...whyNotApplicable(scenario).map(text),
  ];
}

function accountingLines(accounting: Accounting): string[] {
  if (accounting.published === 0 && accounting.owed === 0) return ['**Messages:** not measured.'];
  const { legal, publishedGap, owedGap } = balance(accounting);
  const n = formatCount;
  const rules = Object.entries(accounting.legallyUndelivered)
    .filter(([, count]) => count > 0)
    .map(([rule, count]) => `${text(rule)}: ${n(count)}`);
  const duplicates = Object.entries(accounting.legalDuplicates)
    .filter(([, count]) => count > 0)
    .map(([rule, count]) => `${text(rule)}: ${n(count)}`);
  const gap = (missing: number): string =>
    missing === 0 ? '' : ` **Does not add up: ${n(Math.abs(missing))} ${missing > 0 ? 'missing' : 'too many'}.**`;
  return [
    '**Messages**',
    [
      `- published ${n(accounting.published)} = acknowledged ${n(accounting.acknowledged)} + unknown ${n(accounting.unknown)} + not sent ${n(accounting.notSent)} + QoS 0 ${n(accounting.unacknowledgeable)}.${gap(publishedGap)}`,
      `- owed ${n(accounting.owed)} = delivered ${n(accounting.delivered)} + legally undelivered ${n(legal)}${rules.length === 0 ? '' : ` (${rules.join('; ')})`} + lost ${accounting.lost === 0 ? '0' : `**${n(accounting.lost)}**`}.${gap(owedGap)}`,
      ...(duplicates.length === 0
        ? []
        : [`- received more than once where that is allowed: ${duplicates.join('; ')}.`]),
    ].join('\n'),
  ];
}

function phaseTable(scenario: ScenarioRecord): string[] {
  if (scenario.phases.length === 0) return [];
  const rows = scenario.phases.map((phase) => {
    const { measures } = phase;
    const { latency } = measures ?? { latency: null };
    const cells = [
      phase.name,
      formatAt(phase.startMs),
      formatMs(phase.endMs - phase.startMs),
      formatAvailability(measures?.availability ?? null),
      formatLatency(latency?.p50Ms ?? null),
      formatLatency(latency?.p99Ms ?? null),
      formatLatency(latency?.p999Ms ?? null),
      formatLatency(latency?.maxMs ?? null),
      measures ? `${formatCount(Math.round(measures.deliveredPerSecond))}/s` : notMeasured,
      measures ? formatCount(measures.reconnects) : notMeasured,
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    details('Phases', [
      [
        '| phase | from | length | availability | p50 | p99 | p99.9 | max | delivered | reconnects |',
        '|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|',
        ...rows,
      ].join('\n'),
      ...nodeTable(scenario),
      harnessText(scenario.harness),
      machineText(scenario),
    ]),
  ];
}

function nodeTable(scenario: ScenarioRecord): string[] {
  const hold = scenario.phases.find((phase) => phase.name === 'hold')?.measures;
  if (!hold || hold.nodes.length === 0) return [];
  return [
    [
      '| node, in hold | mean CPU in cores | largest memory | growth of memory |',
      '|---|---:|---:|---:|',
      ...hold.nodes.map(
        (node) =>
          `| ${code(node.name)} | ${formatCores(node.cpuCores)} | ${formatMebibytes(node.memoryBytes)} | ${formatGrowth(node.memoryGrowthBytes)} |`,
      ),
    ].join('\n'),
  ];
}

function abilities(record: RunRecord): string[] {
  return [
    '## What the broker can do',
    featureTable(record.broker.features),
    ...checks(checkTitles.notApplicable, notApplicableOf(record)),
    ...checks(checkTitles.unknown, unknownOf(record)),
    ...leftOut(record),
  ];
}

function featureTable(features: FeatureRecord | null): string {
  if (features === null) return 'Not measured.';
  return [
    '| feature | available | seen |',
    '|---|---|---|',
    ...featureRows(features).map(
      ({ title, available, seen }) => `| ${title} | ${available ? 'yes' : 'no'} | ${cell(seen)} |`,
    ),
  ].join('\n');
}

function checks(title: string, checks: readonly ChecksOfReason[]): string[] {
  const lines = checks.map(
    ({ invariant, why, scenarios, everywhere }) =>
      `- ${code(invariant)}: ${sentence(text(why))}${everywhere ? '' : ` (${scenarios.map(code).join(', ')})`}`,
  );
  return lines.length === 0 ? [] : [`**${title}**`, lines.join('\n')];
}

function leftOut(record: RunRecord): string[] {
  const lines = leftOutOf(record).map((what) => `- ${text(what)}`);
  return lines.length === 0
    ? []
    : ['**Left out of the workload**, because it did not work before any fault', lines.join('\n')];
}

function environment({ environment, workload, tool, cutLogs = [] }: RunRecord): string[] {
  return [
    '## Environment',
    [
      `- ${text(environment.os)}, kernel ${text(environment.kernel)}${environment.ci === null ? '' : `, ${text(environment.ci)}`}`,
      `- ${plural(environment.cpus, 'CPU')} (${text(environment.cpuModel)}), ${(environment.memoryBytes / 1024 ** 3).toFixed(1)} GiB of memory`,
      `- Node ${text(environment.node)}, ${tool.name} ${text(tool.version)}`,
      `- Workload ${code(workload.profile)}: ${formatCount(workload.ratePerSecond)} messages a second of ${formatCount(workload.payloadBytes)} bytes`,
      ...(cutLogs.length === 0 ? [] : [`- ${text(cutLogsText(cutLogs))}`]),
    ].join('\n'),
  ];
}

export function repeating(record: RunRecord): string[] {
  return ['## How to repeat it', fencedCommand(record.command)];
}

function verdictText(scenario: ScenarioRecord): string {
  return scenario.verdict === 'fail' ? '**FAIL**' : scenario.verdict;
}

function attemptText(scenario: ScenarioRecord): string {
  return scenario.attempt > 1 ? ` (run ${scenario.attempt})` : '';
}

/** Outside text in a table, where a blank would read as nothing to say. */
function cell(outside: string): string {
  return text(outside) || notMeasured;
}

export function details(summary: string, blocks: readonly string[]): string {
  return ['<details>', `<summary>${summary}</summary>`, '', blocks.join('\n\n'), '', '</details>'].join('\n');
}
