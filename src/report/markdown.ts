import { plural } from '../base/count.ts';
import type { RunRecord, ScenarioRecord } from '../model/record.ts';
import { formatMs } from '../model/units.ts';
import { latencyChart } from './chart.ts';
import { code, inlineCommand, text } from './escape.ts';
import { defaultBrokerNote, formatInterval, formatScore, otherRuns, partsText, sentence } from './format.ts';
import { printMarkdown } from './print-markdown.ts';
import { repeatCommand } from './repeat.ts';
import { abilitiesSection } from './sections/abilities.ts';
import { brokenSection, knownSection, undecidedSection } from './sections/broken.ts';
import { dimensionsPart } from './sections/dimensions.ts';
import { environmentSection } from './sections/environment.ts';
import { messagesPart } from './sections/messages.ts';
import { repeatSection } from './sections/repeat.ts';
import { expectationsPart, faultsPart, phasesPart } from './sections/scenario.ts';
import { scenariosSection } from './sections/scenarios.ts';

/** Examples of one violation that are shown; report.json holds the rest. */
const mostExamples = 3;

/** report.md: what broke first, then the scenarios, then how to repeat it. GitHub's Markdown; outside text is escaped. */
export function renderMarkdown(record: RunRecord): string {
  return `${[
    ...headline(record),
    ...broken(record),
    ...undecided(record),
    ...scenarioTable(record),
    ...dimensions(record),
    ...record.scenarios.flatMap((scenario) => scenarioSection(record, scenario)),
    ...printMarkdown([...abilitiesSection(record), ...environmentSection(record), ...repeatSection(record)]),
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
  return printMarkdown([...brokenSection(record, { examples: mostExamples, commands }), ...knownSection(record)]);
}

export function undecided(record: RunRecord): string[] {
  return printMarkdown(undecidedSection(record));
}

export function scenarioTable(record: RunRecord): string[] {
  const note = 'Times below are counted from the start of the run, those of a chart from the start of its first phase.';
  return [...printMarkdown(scenariosSection(record)), ...(record.scenarios.length === 0 ? [] : [note])];
}

function dimensions(record: RunRecord): string[] {
  const parts = dimensionsPart(record);
  return parts.some(({ type }) => type === 'scores') ? ['## Dimensions', ...printMarkdown(parts)] : [];
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
    ...printMarkdown([...faultsPart(scenario), ...expectationsPart(scenario)]),
    ...(drawn ? [drawn.chart] : []),
    ...(drawn?.note ? [drawn.note] : []),
    ...printMarkdown([...messagesPart(scenario.accounting), ...phasesPart(scenario)]),
    ...otherRuns(scenario).map((run) => `Run ${run.attempt} was ${run.verdict}: ${sentence(text(run.reason))}`),
    `To repeat this scenario: ${inlineCommand(repeatCommand(record, scenario))}`,
  ];
}

function verdictText(scenario: ScenarioRecord): string {
  return scenario.verdict === 'fail' ? '**FAIL**' : scenario.verdict;
}

function attemptText(scenario: ScenarioRecord): string {
  return scenario.attempt > 1 ? ` (run ${scenario.attempt})` : '';
}
