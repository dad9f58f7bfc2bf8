import { createHash } from 'node:crypto';
import uplot from 'uplot/dist/uPlot.iife.min.js' with { type: 'text' };
import uplotStyle from 'uplot/dist/uPlot.min.css' with { type: 'text' };
import uplotLicence from 'uplot/LICENSE' with { type: 'text' };
import { formatCount, plural } from '../base/count.ts';
import type { RunRecord } from '../model/record.ts';
import { formatMs } from '../model/units.ts';
import type { Change, Comparison, ViolationChange } from '../score/compare.ts';
import { attempts } from '../score/run.ts';
import { callText, differenceText, sideText } from './comparison.ts';
import { where } from './document.ts';
import { type Findings, findingsOf } from './findings.ts';
import { defaultBrokerNote, formatInterval, formatScore, ofClients, sentence } from './format.ts';
import { code, joined, list, table, tones } from './html-parts.ts';
import { scenarioSection } from './html-scenario.ts';
import { Markup, markup, nothing } from './markup.ts';
import chartsScript from './page/charts.js' with { type: 'text' };
import pageStyle from './page/page.css' with { type: 'text' };
import { type Ids, printHtml, printLine } from './print-html.ts';
import { abilitiesSection } from './sections/abilities.ts';
import { brokenSection, expectationLine, knownSection } from './sections/broken.ts';
import { dimensionsPart } from './sections/dimensions.ts';
import { environmentSection } from './sections/environment.ts';
import { repeatSection } from './sections/repeat.ts';
import { scenariosSection } from './sections/scenarios.ts';
import type { Timeline } from './timeline.ts';

/** Examples of one violation that are shown; report.json holds the rest. */
const mostExamples = 5;
/** Findings in the score card; all of them stand below it. */
const mostFindings = 8;

const style = `${uplotStyle}\n${pageStyle}`;
const script = `/*\nuPlot:\n\n${uplotLicence}*/\n${uplot}\n${chartsScript}`;

/**
 * report.html: one file that asks the network for nothing, which its content security policy enforces. The score card and what
 * broke come first; without JavaScript only the charts are missing. Outside text is escaped. Pure: the same record, the same bytes.
 */
export function renderHtml(record: RunRecord, comparison?: Comparison): string {
  const timelines: Timeline[] = [];
  const found = findingsOf(record);
  const ids: Ids = new Map(
    record.scenarios.flatMap((scenario, index) =>
      attempts([scenario]).map((attempt) => [attempt, `scenario-${index + 1}`] as const),
    ),
  );
  const sections = [
    scoreCard(record, found, ids),
    broken(record, ids),
    printHtml(knownSection(record), ids),
    ...(comparison ? [compared(comparison)] : []),
    scenarioTable(record, ids),
    ...record.scenarios.map((scenario) => scenarioSection(record, scenario, ids.get(scenario) ?? '', timelines)),
    ...[abilitiesSection, environmentSection, repeatSection].map(
      (section) => markup`<section>\n${printHtml(section(record))}</section>\n`,
    ),
  ];
  const policy = `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}; base-uri 'none'; form-action 'none'`;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${record.verdict.toUpperCase()} ${formatScore(record.score)}: ${record.broker.name}</title>
<style>${new Markup(style)}</style>
</head>
<body>
${sections}
<footer>${record.tool.name} ${record.tool.version}. Rendered from report.json, which holds every figure.</footer>
<script type="application/json" id="timelines">${new Markup(jsonInHtml(timelines))}</script>
<script>${new Markup(script)}</script>
</body>
</html>
`.text;
}

function hashOf(inline: string): string {
  return `'sha256-${createHash('sha256').update(inline).digest('base64')}'`;
}

/** No tag can begin in it, the end of its own element included. */
function jsonInHtml(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

function scoreCard(record: RunRecord, found: Findings, ids: Ids): Markup {
  const { broker } = record;
  const about = [
    markup`${broker.name}${broker.mutant === null ? '' : markup`, mutant ${code(broker.mutant)}`}`,
    markup`${plural(broker.nodes, 'node')}`,
    markup`tier ${record.tiers.join(', ')}`,
    markup`${formatMs(record.durationMs)}`,
    markup`seed ${code(record.seed)}`,
    markup`<time>${record.startedAt}</time>`,
  ];
  const score =
    record.score === null
      ? markup`<p class="score">Score not measured.</p>`
      : markup`<p class="score"><strong>${formatScore(record.score)}</strong> of 10, <strong>${record.grade ?? 'not graded'}</strong> <span class="muted">(${formatInterval(record.interval)})</span></p>`;
  return markup`<header class="card score-card ${record.verdict}">
<div>
<h1><span class="${tones[record.verdict]}">${record.verdict.toUpperCase()}</span></h1>
${score}
${record.broker.isDefault ? markup`<p class="note"><strong>Not your broker:</strong> ${sentence(defaultBrokerNote)}</p>\n` : nothing}${incomplete(record)}${headlines(record, found, ids)}${record.cap === null ? nothing : markup`<p>The score is capped: ${sentence(record.cap)}</p>\n`}<p class="muted">${joined(about, markup` · `)}</p>
</div>
<div>
${printHtml(dimensionsPart(record))}</div>
</header>
`;
}

function incomplete({ error, partial }: RunRecord): Markup {
  const why =
    error === null
      ? markup`it is still going on, or was cut off.`
      : markup`${sentence(error.message)} (${code(error.code)}) ${sentence(error.hint ?? '')}`;
  if (partial)
    return markup`<p class="note"><strong>This run is not complete:</strong> ${why} What follows covers only what was done until then.</p>\n`;
  return error === null ? nothing : markup`<p class="note"><strong>Error:</strong> ${why}</p>\n`;
}

/** What broke and where, a line each, for a reader who has five seconds. */
function headlines(record: RunRecord, found: Findings, ids: Ids): Markup {
  const item = (tone: '' | 'doubt' | 'good', line: Markup): Markup =>
    markup`<li${tone === '' ? nothing : markup` class="${tone}"`}>${line}</li>\n`;
  const items = [
    ...found.violations.map(({ scenario, found: { invariant, count } }, index) =>
      item(
        '',
        markup`<a href="#violation-${index + 1}"><strong>${invariant}</strong></a>: ${plural(count, 'violation')} in ${printLine(where(scenario), ids)}`,
      ),
    ),
    ...found.crashes.map(({ scenario, found: { node, how } }) =>
      item('', markup`<strong>${node} ended by itself</strong> in ${printLine(where(scenario), ids)}: ${how}`),
    ),
    ...found.expectations.map((one) => item('', printLine(expectationLine(one), ids))),
    ...found.unhealed.map(({ scenario, found: { kind, target } }) =>
      item('', markup`<strong>left behind</strong>: ${kind} on ${target} in ${printLine(where(scenario), ids)}`),
    ),
    ...found.undecided.map((scenario) =>
      item(
        'doubt',
        markup`<a href="#${ids.get(scenario) ?? ''}">${scenario.name}</a> ${scenario.verdict}: ${sentence(scenario.reason)}`,
      ),
    ),
    ...found.known.map(({ scenario, found: { invariant, count, limitedTo } }) =>
      item(
        'doubt',
        markup`known issue: ${invariant}${ofClients({ limitedTo })}, ${plural(count, 'violation')} in ${printLine(where(scenario), ids)}`,
      ),
    ),
  ];
  if (items.length === 0)
    return record.verdict === 'pass'
      ? markup`<ul class="found">${item('good', markup`Nothing broke in ${plural(record.scenarios.length, 'scenario')}.`)}</ul>\n`
      : nothing;
  const shown = items.slice(0, items.length > mostFindings ? mostFindings - 1 : mostFindings);
  const rest = items.length - shown.length;
  return markup`<ul class="found">\n${shown}${rest === 0 ? nothing : item('doubt', markup`and ${formatCount(rest)} more below`)}</ul>\n`;
}

function compared({ total, scenarios, appeared, stayed, gone, onlyInBase, onlyInHead, caveats }: Comparison): Markup {
  const row = (name: string | Markup, change: Change) => ({
    cells: [name, sideText(change.base), sideText(change.head), differenceText(change), change.call],
    ...(change.call === 'worse' ? { style: 'fail' } : {}),
  });
  const change = ({ scenario, invariant, baseCount, headCount }: ViolationChange): Markup =>
    markup`${code(invariant)} in ${code(scenario)}: ${formatCount(baseCount)} before, ${formatCount(headCount)} now`;
  const only = (where: string, names: readonly string[]): Markup =>
    names.length === 0 ? nothing : markup`<p>Only in the ${where}: ${joined(names.map(code))}.</p>\n`;
  return markup`<section>
<h2>Against the base: ${callText(total)}</h2>
${caveats.length === 0 ? nothing : markup`<p class="note">Not like for like: ${sentence(caveats.join('; '))}</p>\n`}${
  appeared.length === 0 ? nothing : markup`<h3 class="bad">New violations</h3>\n${list(appeared.map(change))}`
}${
  stayed.length === 0
    ? nothing
    : markup`<h3>Violations that are already there in the base</h3>\n${list(stayed.map(change))}`
}${
  gone.length === 0 ? nothing : markup`<h3>Violations that did not happen this time</h3>\n${list(gone.map(change))}`
}${table(
  [{ head: '' }, { head: 'base' }, { head: 'head' }, { head: 'difference', kind: 'number' }, { head: 'call' }],
  [row('total', total), ...scenarios.map((scenario) => row(code(scenario.name), scenario))],
)}<p class="muted">Same: the 95% intervals overlap, no change that could be told from noise.</p>
${only('head', onlyInHead)}${only('base', onlyInBase)}</section>
`;
}

function broken(record: RunRecord, ids: Ids): Markup {
  const blocks = brokenSection(record, { examples: mostExamples, commands: true });
  return blocks.length === 0 ? nothing : markup`<section id="broke">\n${printHtml(blocks, ids)}</section>\n`;
}

function scenarioTable(record: RunRecord, ids: Ids): Markup {
  const table = printHtml(scenariosSection(record), ids);
  if (record.scenarios.length === 0) return markup`<section>\n${table}</section>\n`;
  return markup`<section>
${table}<p class="muted">All times below are counted from the start of the run. In the charts a fault was in force where they are shaded, and a phase began at each
dotted line. An operation counts at the time it was due, however late it was done; a gap means that nothing was measured. Drag to zoom, double-click
to go back.</p>
<noscript><p class="note">The charts need JavaScript; the tables have the figures of each phase without it.</p></noscript>
</section>
`;
}
