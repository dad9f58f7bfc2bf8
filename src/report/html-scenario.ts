import type { RunRecord, ScenarioRecord } from '../model/record.ts';
import { formatMs } from '../model/units.ts';
import { otherRuns, partsText, sentence } from './format.ts';
import { attemptText, code, fold, joined, tones, verdictMark } from './html-parts.ts';
import { type Markup, markup, nothing, wholeCommand } from './markup.ts';
import { printHtml } from './print-html.ts';
import { repeatCommand } from './repeat.ts';
import { messagesPart } from './sections/messages.ts';
import { expectationsPart, faultsPart, phasesPart } from './sections/scenario.ts';
import { type Timeline, timelineOf } from './timeline.ts';

/** One scenario in report.html. What its charts show is added to `timelines`, to which they refer by index. */
export function scenarioSection(
  record: RunRecord,
  scenario: ScenarioRecord,
  id: string,
  timelines: Timeline[],
): Markup {
  return markup`<section id="${id}">
<h2>${scenario.name} ${verdictMark(scenario.verdict)}${attemptText(scenario)}</h2>
<p>${sentence(scenario.title)}</p>
<p><strong class="${tones[scenario.verdict]}">${scenario.verdict}:</strong> ${sentence(scenario.reason)}</p>
${content(scenario, timelines)}
${otherRuns(scenario).map((run) => fold(`Run ${run.attempt} was ${run.verdict}: ${run.reason}`, content(run, timelines)))}<p>To repeat this scenario: <code class="command">${wholeCommand(repeatCommand(record, scenario))}</code></p>
</section>
`;
}

function content(scenario: ScenarioRecord, timelines: Timeline[]): Markup {
  const { cluster, tier, severity, dimension } = scenario;
  const parameters = Object.entries(scenario.parameters).map(([key, value]) => code(`${key}=${value}`));
  const about = markup`<p class="muted">Tier ${tier}, severity ${severity}, ${dimension}; ${cluster.fresh ? 'fresh' : 'shared'} cluster: ${sentence(cluster.why)}${
    parameters.length === 0 ? nothing : markup` Parameters: ${joined(parameters)}.`
  }</p>
`;
  if (scenario.verdict === 'skipped') return about;
  return markup`${about}<p>${partsText(scenario)}</p>
${charts(scenario, timelines)}${printHtml(faultsPart(scenario))}<div class="beside">
${expectations(scenario)}<div>
${printHtml(messagesPart(scenario.accounting))}</div>
</div>
${printHtml(phasesPart(scenario))}`;
}

function charts(scenario: ScenarioRecord, timelines: Timeline[]): Markup {
  const timeline = timelineOf(scenario);
  if (!timeline) return markup`<p>Timeline: not measured.</p>\n`;
  const index = timelines.push(timeline) - 1;
  const chart = (kind: string, title: string): Markup =>
    markup`<h4>${title}</h4>\n<div class="chart" role="img" aria-label="${title} of ${scenario.name} over time" data-chart="${kind}" data-timeline="${index}"></div>\n`;
  const pooled =
    timeline.pooled === undefined
      ? nothing
      : markup`<p class="muted">Each point pools up to ${formatMs(timeline.pooled)}: the mean of the rates, and the worst of latency and availability.</p>\n`;
  return markup`<div class="charts">
${chart('latency', 'Latency from publish to receipt, p50 and p99 (logarithmic)')}${chart('throughput', 'Throughput, messages a second')}${chart('availability', 'Availability, operations done in time of those possible')}
${pooled}</div>
`;
}

function expectations(scenario: ScenarioRecord): Markup {
  const blocks = expectationsPart(scenario);
  return blocks.length === 0 ? nothing : markup`<div>\n${printHtml(blocks)}</div>\n`;
}
